"""Shapes that hold a query are answered by oxigraph as rdflib would answer them."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH
from tests.test_shapes import BAD, CODE, GOOD, KINDS, in_context, name, shapes

from primum.foundation.names import Shape
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.knowledge.validator import violations

ASKING = {
    str(shapes(*KINDS).value(shape, CODE)) for shape in shapes(*KINDS).subjects(SH.sparql, None)
}
ASKED = [path for path in BAD if path.stem.partition(".")[0] in ASKING]


def codes(path: Path, place: Place) -> set[str]:
    """The codes by which both sets of shapes refuse a file, in its context."""
    stated = [
        ox.Quad(*triple)
        for kind in KINDS
        for triple in files.triples_of(place.rules / "shapes" / f"{kind}.ttl")
    ]
    text = in_context(path).serialize(format="nt")
    data = [ox.Quad(*quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    coded = Triples(stated)
    return {coded.text(ox.NamedNode(found.shape), Shape.CODE) for found in violations(data, stated)}


def test_some_shapes_hold_a_query() -> None:
    """What follows is about something."""
    assert len(ASKED) >= len(ASKING) > 4


@pytest.mark.parametrize("path", ASKED, ids=name)
def test_a_query_refuses_what_it_is_for_and_nothing_else(path: Path, place: Place) -> None:
    """A variable that is bound before stands for the focus node in every part of a query."""
    assert codes(path, place) == {path.stem.partition(".")[0]}


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_what_is_in_order_is_not_refused(path: Path, place: Place) -> None:
    """A query that always found something would be no check."""
    assert not codes(path, place)
