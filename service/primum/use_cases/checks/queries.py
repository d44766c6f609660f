"""The queries in `queries/qc` find nothing; `profile.tsv` says how much each finding weighs.

A query is `SELECT ?entity ?property ?value` over all that is asserted, as ROBOT's `report` has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.names import PREFIXES, shorten
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.check import Codes
from primum.use_cases.checks.subject import Subject

CODES = {
    "query-without-severity": "A quality-control query has no line in queries/qc/profile.tsv, so "
    "nobody knows how much it weighs. Add one: ERROR, WARN or INFO, a tab, its name.",
    "severity-without-query": "A line of queries/qc/profile.tsv names a query that there is not.",
    "query-invalid": "A quality-control query is no SPARQL SELECT of ?entity, ?property, ?value.",
}
_SEVERITIES = {"ERROR": Severity.ERROR, "WARN": Severity.WARNING, "INFO": Severity.INFO}
_ENTITY, _PROPERTY, _VALUE = "entity", "property", "value"


@dataclass(frozen=True, slots=True)
class _Query:
    """One query of the folder."""

    path: Path
    text: str

    @property
    def code(self) -> str:
        """The code of what it finds."""
        return f"qc-{self.path.stem.replace('_', '-')}"

    @property
    def header(self) -> dict[str, str]:
        """What its comments say, by the word before the colon: title, problem, solution."""
        found: dict[str, str] = {}
        key = ""
        for line in self.text.splitlines():
            if not line.startswith("#"):
                break
            said = line.lstrip("#").strip()
            word, colon, rest = said.partition(":")
            if colon and word.isalpha():
                key = word.lower()
                found[key] = rest.strip()
            elif key:
                found[key] = f"{found[key]} {said}".strip()
        return found


def queries(subject: Subject) -> Iterator[Remark]:
    """What the queries find, and where folder and profile disagree."""
    profile = _profile(subject.place)
    found = {query.path.stem: query for query in _queries(subject.place)}
    yield from _disagreements(subject, profile, found)
    for name, query in found.items():
        yield from _answers(subject, query, profile.get(name, (Severity.ERROR, 0))[0])


def codes(place: Place) -> Codes:
    """The codes of the queries, with what their headers say."""
    return {query.code: _help(query) for query in _queries(place)}


def _help(query: _Query) -> str:
    said = query.header
    parts = [said.get(word, "") for word in ("title", "problem", "solution")]
    return " ".join(part for part in parts if part) or query.path.stem


def _queries(place: Place) -> list[_Query]:
    """The queries of the folder, by name."""
    paths = sorted((place.queries / "qc").glob("*.rq"))
    return [_Query(path, path.read_text(encoding="utf-8")) for path in paths]


def _profile(place: Place) -> dict[str, tuple[Severity, int]]:
    """The severity of each query that the profile names, and the line."""
    path = place.queries / "qc" / "profile.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found: dict[str, tuple[Severity, int]] = {}
    for number, line in enumerate(lines, start=1):
        word, tab, name = line.partition("\t")
        if tab and word in _SEVERITIES:
            found[name.strip()] = _SEVERITIES[word], number
    return found


def _disagreements(
    subject: Subject, profile: dict[str, tuple[Severity, int]], found: dict[str, _Query]
) -> Iterator[Remark]:
    """Queries without severity, and severities without query."""
    for name in sorted(found.keys() - profile.keys()):
        yield Remark(
            "query-without-severity",
            Severity.ERROR,
            f"The query {name} has no line in queries/qc/profile.tsv.",
            file=subject.relative(found[name].path),
        )
    for name in sorted(profile.keys() - found.keys()):
        yield Remark(
            "severity-without-query",
            Severity.ERROR,
            f"The profile names {name}, and there is no queries/qc/{name}.rq.",
            file="queries/qc/profile.tsv",
            line=profile[name][1],
        )


def _answers(subject: Subject, query: _Query, severity: Severity) -> Iterator[Remark]:
    """What one query finds."""
    where = subject.relative(query.path)
    try:
        answer = subject.store.query(query.text, prefixes=PREFIXES)
    except SyntaxError as error:
        sentence = f"The query {query.path.stem} is no SPARQL: {error}"
        yield Remark("query-invalid", Severity.ERROR, sentence, file=where)
        return
    named = {v.value for v in answer.variables} if isinstance(answer, ox.QuerySolutions) else set()
    if not isinstance(answer, ox.QuerySolutions) or _ENTITY not in named:
        sentence = f"The query {query.path.stem} selects no ?entity."
        yield Remark("query-invalid", Severity.ERROR, sentence, file=where)
        return
    for row in answer:
        told = {v.value: row[v] for v in answer.variables if v.value in (_PROPERTY, _VALUE)}
        yield _remark(
            subject, query, severity, (row[_ENTITY], told.get(_PROPERTY), told.get(_VALUE))
        )


def _remark(
    subject: Subject, query: _Query, severity: Severity, row: tuple[object, object, object]
) -> Remark:
    """One row as a remark on its entity."""
    entity, prop, value = row
    term = subject.owner(entity) if isinstance(entity, ox.NamedNode | ox.BlankNode) else ""
    name = subject.called(term) if term else "A term without name"
    title = query.header.get("title", query.path.stem.replace("_", " ")).rstrip(".")
    detail = " ".join(_shown(part) for part in (prop, value) if part is not None)
    sentence = f"{name}: {title}{f' ({detail})' if detail else ''}."
    mentioned = value.value if isinstance(value, ox.NamedNode) else ""
    found = Remark(query.code, severity, sentence, term=term)
    return subject.placed(found, mentioning=mentioned) if term else found


def _shown(part: object) -> str:
    """A property or value on one line."""
    if isinstance(part, ox.NamedNode):
        return shorten(part.value)
    if isinstance(part, ox.Literal):
        return repr(part.value)
    return "an anonymous node"
