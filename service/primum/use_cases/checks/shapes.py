"""Rules and terms are written as their shapes demand."""

from collections.abc import Iterator
from functools import partial

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE, SH, Shape
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.knowledge.validator import Violation, violations
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.check import Check, Codes
from primum.use_cases.checks.subject import Subject

_SEVERITIES = {SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}
CODES = {
    "shapes-unreadable": "A file of shapes is missing or does not parse, so what they demand is "
    "not checked.",
}


def shapes(subject: Subject, kind: str) -> Iterator[Remark]:
    """What the shapes of a kind, `rule` or `term`, refuse."""
    path = subject.place.rules / "shapes" / f"{kind}.ttl"
    try:
        quads = _read(subject.place, kind)
    except UnreadableFile as error:
        yield Remark("shapes-unreadable", Severity.ERROR, str(error), file=subject.relative(path))
        return
    stated = Triples(quads)
    for found in violations(subject.sources.dataset, quads):
        yield _remark(subject, stated, found)


def codes(place: Place, kind: str) -> Codes:
    """The codes of the shapes of a kind, with their messages."""
    try:
        stated = Triples(_read(place, kind))
    except UnreadableFile:
        return {}
    coded = stated.subjects_of(Shape.CODE)
    return {stated.text(node, Shape.CODE): stated.text(node, SH + "message") for node in coded}


def of_kind(kind: str) -> Check:
    """The check by the shapes of one kind."""
    return Check(
        name=f"{kind}-shapes",
        does=f"the {kind}s against their shapes",
        run=partial(shapes, kind=kind),
        codes=CODES,
        codes_of=partial(codes, kind=kind),
        apart=True,
    )


def _read(place: Place, kind: str) -> list[ox.Quad]:
    """The shapes of a kind."""
    path = place.rules / "shapes" / f"{kind}.ttl"
    if not path.is_file():
        raise UnreadableFile(f"{path.name} is missing.")
    return [ox.Quad(*triple) for triple in files.triples_of(path)]


def _remark(subject: Subject, stated: Triples, found: Violation) -> Remark:
    """One result as a remark on the term at fault."""
    shape = ox.NamedNode(found.shape)
    severities = stated.iris(shape, SH + "severity")
    term = _at_fault(subject, found)
    name = f"{subject.called(term)}: " if term else ""
    remark = Remark(
        stated.text(shape, Shape.CODE) or found.shape,
        _SEVERITIES.get(severities[0] if severities else "", Severity.ERROR),
        f"{name}{found.message.replace(BASE, '')}",
        term=term,
        axiom=found.value.value if isinstance(found.value, ox.Literal) else "",
    )
    return subject.placed(remark) if term else remark


def _at_fault(subject: Subject, found: Violation) -> str:
    """The term that a result is about: the focus, what it annotates, or what it points to."""
    for node in (found.focus, found.value):
        if isinstance(node, ox.NamedNode | ox.BlankNode):
            iri = subject.owner(node)
            if iri.startswith(BASE):
                return iri
    return found.value.value if isinstance(found.value, ox.NamedNode) else ""
