"""Questions about terms and graphs, computed another way: from the files themselves."""

import csv
from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS
from tests.named.asking import ROOT, asked, picked, records
from tests.named.linked import PRIMUM

from primum.foundation.names import BASE, local_name
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum


def mapping_rows() -> list[dict[str, str]]:
    """The rows of the mapping file."""
    lines = (ROOT / "ontology/mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader([k for k in lines if not k.startswith("#")], delimiter="\t"))


def test_mappings_are_those_of_the_file(questions: Questions, store: ox.Store) -> None:
    """Term, relation and code of each; every vocabulary of the file has a name."""
    rows = mapping_rows()
    expected = Counter(
        (
            row["subject_id"].removeprefix("primum:"),
            row["predicate_id"].removeprefix("skos:"),
            row["object_id"].partition(":")[2],
        )
        for row in rows
    )
    found = records(questions, store, "mappings")
    assert expected == Counter((row["term"], row["relation"], row["code"]) for row in found)
    vocabularies = {row["object_id"].partition(":")[0] for row in rows}
    assert len(vocabularies) == len({row["itsVocabulary"] for row in found})


@pytest.mark.parametrize(
    ("vocabulary", "prefix"),
    [("ICD-10-CM", "ICD10CM"), ("MeSH", "MESH"), ("UMLS", "UMLS"), ("SNOMED CT", "SCTID")],
)
def test_mappings_to_one_vocabulary(
    questions: Questions, store: ox.Store, vocabulary: str, prefix: str
) -> None:
    """As many as the file has, and each is found again from its identifier."""
    codes = {
        (row["subject_id"].removeprefix("primum:"), row["object_id"].partition(":")[2])
        for row in mapping_rows()
        if row["object_id"].startswith(f"{prefix}:")
    }
    found = records(questions, store, "mappings", [("vocabulary", vocabulary.lower())])
    assert codes == picked(found, "term", "code")
    for row in found:
        pairs = [("identifier", row["identifier"])]
        again = records(questions, store, "terms-of-identifier", pairs)
        assert (row["term"], row["relation"]) in picked(again, "term", "relation")


def test_terms_that_are_mapped_nowhere(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """Of injuries, treatments, factors and findings those that the file does not map."""
    mapped = {row["subject_id"].removeprefix("primum:") for row in mapping_rows()}
    found = records(questions, store, "unmapped-terms")
    assert not mapped & {row["term"] for row in found}
    knowledge = primum.release.knowledge
    for kind, terms in (
        ("treatment", knowledge.treatments),
        ("factor", knowledge.factors),
        ("finding", knowledge.findings),
    ):
        silent = {row["term"] for row in found if row["kind"] == kind}
        assert {term.id for term in terms} - mapped - {"Intervention"} == silent


def test_names_and_definitions_of_every_term(
    files: rdflib.Graph, primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """Labels, synonyms, slugs, definitions and their sources, for a sample of terms."""
    knowledge = primum.release.knowledge
    for term in [*knowledge.injuries, *knowledge.treatments[::4], *knowledge.factors[::8]]:
        node = rdflib.URIRef(term.iri)
        labels = {("label", str(label)) for label in files.objects(node, RDFS.label)}
        synonyms = {("synonym", str(name)) for name in files.objects(node, SKOS.altLabel)}
        found = picked(
            records(questions, store, "names-of-term", [("term", term.id)]), "kind", "name"
        )
        assert {pair for pair in found if not pair[0].endswith("Match")} == {
            *labels,
            *synonyms,
            ("slug", term.slug),
        }
        defined = records(questions, store, "term-definition", [("term", term.id)])
        assert {row["definition"] for row in defined} == {term.definition}
        assert {row["source"] for row in defined} == {
            local_name(str(source)) for source in files.objects(node, DCTERMS.source)
        }


def test_names_of_several_terms(files: rdflib.Graph, questions: Questions, store: ox.Store) -> None:
    """Every label or synonym that two classes have, in any case of letters."""
    bearers: dict[str, set[str]] = {}
    for node in files.subjects(RDF.type, OWL.Class):
        for name in (*files.objects(node, RDFS.label), *files.objects(node, SKOS.altLabel)):
            bearers.setdefault(str(name).lower(), set()).add(local_name(str(node)))
    expected = {(name, term) for name, terms in bearers.items() if len(terms) > 1 for term in terms}
    found = picked(records(questions, store, "ambiguous-names"), "name", "term")
    assert expected == found


def test_stages_are_those_of_the_files(
    files: rdflib.Graph, questions: Questions, store: ox.Store
) -> None:
    """Every stage definition with its hours."""
    stages = set(files.subjects(RDF.type, PRIMUM.StageDefinition))
    expected = {
        (
            str(files.value(stage, RDFS.label)),
            hours(files.value(stage, PRIMUM.fromHours)),
            hours(files.value(stage, PRIMUM.untilHours)),
            local_name(str(source)),
        )
        for stage in stages
        for source in files.objects(stage, DCTERMS.source)
    }
    found = records(questions, store, "stages")
    assert expected == picked(found, "label", "fromHours", "untilHours", "source")


def hours(value: rdflib.term.Node | None) -> str:
    """A number of hours as the table has it."""
    return "" if value is None else f"{rdflib.Literal(value).toPython():.0f}"


def test_rules_by_review(files: rdflib.Graph, questions: Questions, store: ox.Store) -> None:
    """All rules are older than a day after the last review, none than the first."""
    days = sorted({str(day) for day in files.objects(None, PRIMUM.reviewedOn)})
    rules = {(local_name(str(rule)),) for rule in files.subjects(PRIMUM.reviewedOn)}
    after = [("before", days[-1][:8] + "30")]
    assert rules == picked(records(questions, store, "rules-reviewed-before", after), "rule")
    assert not asked(questions, store, "rules-reviewed-before", [("before", days[0])])


def test_graphs_are_counted_as_they_are(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """Statements of each named graph of the release."""
    counted = Counter(
        local_name(quad.graph_name.value)
        for quad in primum.release.store
        if isinstance(quad.graph_name, ox.NamedNode)
    )
    found = records(questions, store, "graph-profile")
    assert counted == {row["graph"]: int(row["statements"]) for row in found}


def test_concepts_have_one_label_and_their_broader_concept(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """One concept for each treatment, one preferred label, and what is broader stands above it."""
    found = asked(questions, store, "terms-as-skos", [("top", "Intervention")])
    above = primum.release.knowledge.axioms.above
    labels = Counter(s for s, p, _ in found if p == str(SKOS.prefLabel))
    terms = {term.id for term in primum.release.knowledge.treatments} - {"Intervention"}
    assert labels == dict.fromkeys(terms, 1)
    broader = [(s, o) for s, p, o in found if p == str(SKOS.broader)]
    assert {s for s, _ in broader} == terms
    assert not [pair for pair in broader if BASE + pair[1] not in above[BASE + pair[0]]]


def test_a_rule_as_a_graph_holds_nothing_of_others_and_no_blank_node(
    primum: Primum, questions: Questions, store: ox.Store
) -> None:
    """For every tenth rule: its regions, its sources, and nothing else."""
    for rule in primum.release.knowledge.rules[::10]:
        found = asked(questions, store, "rule-as-graph", [("rule", rule.id)])
        sources = {citation.source.id for citation in rule.citations}
        regions = {f"{rule.id}-{n}" for n in range(1, len(rule.regions) + 9)}
        subjects = {row[0] for row in found}
        assert {rule.id, *sources} <= subjects <= {rule.id, *sources, *regions}
        assert not [row for row in found if any(cell.startswith("_:") for cell in row)]
