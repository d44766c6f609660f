"""The datasets that SPARQL is asked of: a release with the union of its graphs, or any RDF file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeNotFound, UnreadableFile
from primum.foundation.names import XSD, Datatype
from primum.knowledge.release import Release

_DEFAULT: Final = ox.DefaultGraph()
_NUMBERED: Final = "urn:n:"
_STATES: Final = ox.NamedNode("urn:states")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A store, and how the literals were written that it holds in another form of its own.

    Oxigraph's store keeps the value of a number or a date, and not how it was written: `"01"`
    comes back as `"1"`, `"-3"^^xsd:negativeInteger` as an xsd:integer. `written` maps what comes
    back to what was there, where that is one literal. `commas` tells whether an IRI may have one:
    the engine puts no quotes around it in CSV.
    """

    store: ox.Store
    written: Mapping[ox.Literal, ox.Literal] = field(default_factory=dict)
    commas: bool = True


def served_store(release: Release) -> ox.Store:
    """The named graphs of a release, and their union as the default graph.

    The union holds each statement once. Oxigraph's own union of graphs, like its merge of several
    FROM clauses, gives a statement as often as there are graphs that have it.
    """
    store = ox.Store()
    store.bulk_extend(release.store)
    store.bulk_extend(merged(release.store))
    return store


def merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The statements of any graphs, in the default graph."""
    return (ox.Quad(q.subject, q.predicate, q.object, _DEFAULT) for q in quads)


def read_dataset(path: Path) -> Dataset:
    """The dataset in an RDF file, whose format the name's ending tells.

    Raises KnowledgeNotFound where there is no such file, and UnreadableFile where it cannot be
    read as RDF.
    """
    if not path.is_file():
        raise KnowledgeNotFound(f"There is no file {path}.")
    if (form := ox.RdfFormat.from_extension(path.suffix.removeprefix("."))) is None:
        raise UnreadableFile(f"{path}: the ending names no RDF format; one of {_endings()} does.")
    store, typed = ox.Store(), dict[ox.Literal, None]()
    try:
        store.bulk_extend(_noting(ox.parse(path=str(path), format=form), typed))
    except (SyntaxError, ValueError, OSError) as error:
        raise UnreadableFile(f"{path}: {error}") from error
    return Dataset(store, rewritten(typed))


def _noting(quads: Iterable[ox.Quad], typed: dict[ox.Literal, None]) -> Iterator[ox.Quad]:
    """The quads; their literals of a datatype of XML Schema are noted on the way."""
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and _may_change(quad.object.datatype.value):
            typed[quad.object] = None
        yield quad


def _may_change(datatype: str) -> bool:
    """Whether a store may hold literals of a datatype in another form."""
    return datatype.startswith(XSD) and datatype != Datatype.STRING


def rewritten(literals: Iterable[ox.Literal]) -> dict[ox.Literal, ox.Literal]:
    """Which of some literals a store gives back otherwise, by what it gives.

    What stands for two literals that were written differently is left out: nobody could say
    which of them it was.
    """
    before = list(literals)
    probe = ox.Store()
    probe.bulk_extend(
        ox.Quad(ox.NamedNode(f"{_NUMBERED}{number}"), _STATES, literal, _DEFAULT)
        for number, literal in enumerate(before)
    )
    found: dict[ox.Literal, set[ox.Literal]] = {}
    for quad in probe:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            number = int(quad.subject.value.removeprefix(_NUMBERED))
            found.setdefault(quad.object, set()).add(before[number])
    single = {after: one for after, (one, *more) in found.items() if not more}
    return {after: one for after, one in single.items() if after != one}


def _endings() -> str:
    """The endings of file names that tell a format."""
    forms = (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE)
    more = (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD)
    return ", ".join(f".{form.file_extension}" for form in (*forms, *more))
