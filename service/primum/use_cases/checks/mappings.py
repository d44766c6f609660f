"""The mappings to public vocabularies are valid SSSOM, about terms that there are."""

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeError, UnreadableFile
from primum.foundation.names import BASE, RDFS, local_name
from primum.knowledge.files import mappings_file
from primum.knowledge.mappings import Row, read_rows
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "mappings-unreadable": "The table of mappings is missing, or its header is no YAML with a "
    "curie_map.",
    "mapping-invalid": "A mapping lacks a column, has a prefix that is not in the curie_map, an "
    "identifier that is none, or a predicate that is no SKOS mapping relation.",
    "mapping-of-unknown-term": "A mapping is of a term that the ontology does not have. Correct "
    "its subject_id.",
    "mapping-of-deprecated-term": "A mapping is of a retired term. Map what replaces it.",
    "mapping-twice": "A mapping stands in the table twice. Remove one row.",
    "mapping-contradicted": "One term is mapped to one identifier by several relations. Keep one.",
    "mapping-label-differs": "The subject_label of a mapping is not the label that the term has. "
    "Correct the table, or look whether the right term is meant.",
    "mapping-justification-unknown": "A mapping_justification is a term of semapv: in the SSSOM "
    "vocabulary, such as semapv:ManualMappingCuration.",
    "mapping-confidence-outside": "The confidence of a mapping is a number from 0 to 1.",
}
_LINE = re.compile(r"^:(\d+): ")
_NUMBER = re.compile(r"(0(\.\d+)?|1(\.0+)?)")
Told = Callable[[Row, str, Severity, str], Remark]


def mappings(subject: Subject) -> Iterator[Remark]:
    """What is wrong with each row of the table."""
    path = mappings_file(subject.place)
    where = subject.relative(path)
    try:
        rows = list(read_rows(path))
    except (KnowledgeError, UnicodeDecodeError) as error:
        yield Remark("mappings-unreadable", Severity.ERROR, str(error), file=where)
        return

    def told(row: Row, code: str, severity: Severity, sentence: str) -> Remark:
        term = _term(row)
        return Remark(code, severity, sentence, file=where, line=row.line, term=term)

    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        yield from _invalid(row, told)
        yield from _of_term(subject, row, told)
        yield from _repeated(row, seen, told)


def _term(row: Row) -> str:
    """The IRI of the term that a row maps, or "" where it is none of Primum."""
    prefix, _, name = (row.values.get("subject_id") or "").partition(":")
    iri = row.prefixes.get(prefix, "") + name
    return iri if iri.startswith(BASE) else ""


def _invalid(row: Row, told: Told) -> Iterator[Remark]:
    """A row that says no mapping, or says it in a way that SSSOM does not have."""
    try:
        row.triple()
    except UnreadableFile as error:
        sentence = _LINE.sub("", error.detail.removeprefix(str(row.path)))
        yield told(row, "mapping-invalid", Severity.ERROR, f"In a mapping, {sentence}")
    justification = row.values.get("mapping_justification") or ""
    if justification and not justification.startswith("semapv:"):
        sentence = f"The mapping_justification {justification!r} is no term of semapv:."
        yield told(row, "mapping-justification-unknown", Severity.ERROR, sentence)
    confidence = row.values.get("confidence") or ""
    if confidence and not _NUMBER.fullmatch(confidence):
        sentence = f"The confidence {confidence!r} of a mapping is no number from 0 to 1."
        yield told(row, "mapping-confidence-outside", Severity.ERROR, sentence)


def _of_term(subject: Subject, row: Row, told: Told) -> Iterator[Remark]:
    """A row about a term that there is not, is retired, or is called otherwise."""
    subject_id, iri = row.values.get("subject_id") or "", _term(row)
    if subject_id and iri not in subject.sources.declared_in:
        sentence = f"A mapping is of {subject_id}, which no file declares."
        yield told(row, "mapping-of-unknown-term", Severity.ERROR, sentence)
        return
    if iri in subject.deprecated:
        sentence = f"A mapping is of {subject.called(iri)}, which is deprecated."
        yield told(row, "mapping-of-deprecated-term", Severity.ERROR, sentence)
    label = row.values.get("subject_label") or ""
    labels = subject.triples.texts(ox.NamedNode(iri), RDFS + "label") if iri else []
    if label and labels and label not in labels:
        sentence = f"A mapping calls {local_name(iri)} {label!r}; its label is {labels[0]!r}."
        yield told(row, "mapping-label-differs", Severity.WARNING, sentence)


def _repeated(row: Row, seen: dict[tuple[str, str], str], told: Told) -> Iterator[Remark]:
    """A row that says again, or otherwise, what another one says."""
    pair = row.values.get("subject_id") or "", row.values.get("object_id") or ""
    predicate = row.values.get("predicate_id") or ""
    before = seen.get(pair)
    seen.setdefault(pair, predicate)
    if before == predicate:
        sentence = f"The mapping of {pair[0]} to {pair[1]} stands in the table twice."
        yield told(row, "mapping-twice", Severity.ERROR, sentence)
    elif before is not None:
        sentence = f"{pair[0]} is mapped to {pair[1]} by {before} and by {predicate}."
        yield told(row, "mapping-contradicted", Severity.ERROR, sentence)
