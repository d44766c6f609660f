"""An answer as RDF: the question as it was understood, and a finding for each treatment."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import PREFIXES, Datatype, Found, Record
from primum.model.answers import Answer, Finding
from primum.model.cases import Case
from primum.model.manchester import spell
from primum.model.regions import UNGRADED
from primum.model.spans import Number

_DECIMAL: Final = ox.NamedNode(Datatype.DECIMAL)
Value = ox.NamedNode | ox.BlankNode | ox.Literal


def turtle(answer: Answer, address: str) -> bytes:
    """The answer as Turtle; `address` is the IRI of the question, where it is asked."""
    triples = _triples(ox.NamedNode(address), answer)
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    return text or b""


def _triples(question: ox.NamedNode, answer: Answer) -> Iterator[ox.Triple]:
    """All statements, treatments in the order of the answer."""
    for predicate, value in _asked(answer.case):
        yield ox.Triple(question, ox.NamedNode(predicate), value)
    nodes = [ox.BlankNode(f"finding{number}") for number in range(len(answer.findings))]
    for node in nodes:
        yield ox.Triple(question, ox.NamedNode(Found.FINDING), node)
    for node, finding in zip(nodes, answer.findings, strict=True):
        for predicate, value in _found(finding):
            yield ox.Triple(node, ox.NamedNode(predicate), value)


def _asked(case: Case) -> Iterator[tuple[str, Value]]:
    """The facts of the question."""
    yield Record.INJURY, ox.NamedNode(case.injury)
    if case.grade not in (None, UNGRADED):
        yield Record.GRADE, ox.Literal(case.grade)
    if case.age is not None:
        yield Record.AGE, ox.Literal(case.age)
    for predicate, factors in ((Record.PRESENT, case.present), (Record.ABSENT, case.absent)):
        yield from ((predicate, ox.NamedNode(iri)) for iri in sorted(factors))
    yield Found.FROM, _hours(case.hours.start.at)
    if case.hours.end is not None:
        yield Found.UNTIL, _hours(case.hours.end.at)


def _found(finding: Finding) -> Iterator[tuple[str, Value]]:
    """What is found of a treatment, and the rules that it rests on."""
    yield Found.OF_TREATMENT, ox.NamedNode(finding.treatment.iri)
    yield Found.VERDICT, ox.Literal(finding.verdict.value)
    yield Found.CERTAIN, ox.Literal(finding.certain.word)
    yield Found.POSSIBLE, ox.Literal(finding.possible.word)
    for reason in (*finding.reasons, *finding.recommended):
        yield Found.RESTS_ON, ox.NamedNode(reason.rule.iri)
    if finding.changes_at is not None:
        yield Found.CHANGES_AT, _hours(finding.changes_at.hours)


def _hours(number: Number) -> ox.Literal:
    """A number of hours, exactly where a decimal number can be it."""
    return ox.Literal(spell(number), datatype=_DECIMAL)
