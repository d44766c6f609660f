"""The shapes of case records are read whole, or refused: no constraint is ever passed over."""

import pyoxigraph as ox
import pytest
from tests.graphs import PREFIXES

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import BASE, SH, Record
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.knowledge.record_shapes import read_record_shapes
from primum.model.shapes import Count, Holds, RecordShapes

SHAPES = f"{PREFIXES}@prefix sh: <{SH}> .\n@prefix s: <{BASE}shapes/> .\n"
WORDS = 's:code "new" ; sh:message "No."@en ; sh:severity sh:Violation'
PLANTED = {
    "a class as target alone": f"s:new a sh:NodeShape ; {WORDS} ; sh:targetClass :CaseRecord ; "
    "sh:property [ sh:path :note ; sh:maxCount 0 ] .",
    "one node as target": f"s:new a sh:NodeShape ; {WORDS} ; sh:targetNode :x ; "
    "sh:nodeKind sh:IRI .",
    "no target": f"s:new a sh:NodeShape ; {WORDS} ; sh:nodeKind sh:BlankNodeOrIRI .",
    "a class that is a shape": f"s:new a sh:NodeShape, owl:Class ; {WORDS} ; "
    "sh:targetObjectsOf :injury ; sh:nodeKind sh:BlankNodeOrIRI .",
    "a form with a blank constraint": "s:Injury sh:property [ sh:path :side ; sh:minCount 1 ] .",
    "a form with a choice": "s:Injury sh:or ( [ sh:nodeKind sh:Literal ] ) .",
    "a form with another shape": "s:Injury sh:node s:InjuryTerm .",
    "a target without a code": "s:new a sh:NodeShape ; sh:targetObjectsOf :patient ; "
    "sh:nodeKind sh:BlankNodeOrIRI .",
    "SPARQL": f"s:new a sh:NodeShape ; {WORDS} ; sh:targetObjectsOf :injury ; "
    'sh:sparql [ sh:select "SELECT $this WHERE {}" ] .',
    "a component that is not read": "s:side-unknown sh:uniqueLang true .",
    "a datatype that is not read": "s:new-side a sh:PropertyShape ; "
    f"{WORDS} ; sh:path :side ; sh:datatype xsd:float . s:Injury sh:property s:new-side .",
    "a path that is not read": f"s:new a sh:NodeShape ; {WORDS} ; sh:targetObjectsOf :injury ; "
    "sh:property [ sh:path [ sh:zeroOrMorePath :side ] ; sh:maxCount 3 ] .",
    "a member without a name": f"s:new a sh:PropertyShape ; {WORDS} ; sh:path :note ; "
    "sh:datatype xsd:string . s:Injury sh:property s:new .",
    "closed over other members": f"s:new a sh:NodeShape ; {WORDS} ; sh:targetObjectsOf :patient ; "
    "sh:closed true ; sh:ignoredProperties ( :age ) .",
    "no severity": 's:new a sh:NodeShape ; s:code "new" ; sh:message "No."@en ; '
    "sh:targetObjectsOf :injury ; sh:nodeKind sh:BlankNodeOrIRI .",
}


def shapes(place: Place, more: str = "") -> RecordShapes:
    """What is read of the shipped shapes with some more statements."""
    text = (place.rules / "shapes" / "record.ttl").read_text()
    quads = [
        *ox.parse(text, format=ox.RdfFormat.TURTLE),
        *ox.parse(SHAPES + more, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True),
    ]
    return read_record_shapes(Triples(quads), lambda _: {})


@pytest.mark.parametrize("more", PLANTED.values(), ids=list(PLANTED))
def test_a_shape_that_is_not_understood_is_refused(more: str, place: Place) -> None:
    """The error names the shape, before any record is read by it."""
    with pytest.raises(OutsideFragment, match=r"new|Injury|side-unknown|note|_:"):
        shapes(place, more)


def test_a_further_constraint_is_read(place: Place) -> None:
    """A coded constraint with a target becomes a check of its form."""
    more = (
        f"s:new a sh:NodeShape ; {WORDS} ; sh:targetObjectsOf :patient ; "
        "sh:property [ sh:path :age ; sh:minCount 1 ] ."
    )
    before, after = (shapes(place, each).forms[Record.PATIENT].checks for each in ("", more))
    assert [check.code for check in after if check not in before] == ["new"]


def test_the_forms_are_those_of_the_contract(place: Place) -> None:
    """Each kind of node has the members that a JSON record has."""
    forms = shapes(place).forms
    assert list(forms[""].members) == [
        "id",
        "injury",
        "assessedAt",
        "patient",
        "findings",
        "treatments",
    ]
    assert list(forms[Record.INJURY].members) == ["type", "grade", "side", "onset"]
    assert list(forms[Record.ONSET].members) == ["notBefore", "notAfter"]
    assert list(forms[Record.PATIENT].members) == ["age", "factors"]
    assert list(forms[Record.FACTORS].members) == ["present", "absent"]
    assert list(forms[Record.TREATMENT].members) == ["type", "at"]


def test_what_may_stand_in_a_member_is_read(place: Place) -> None:
    """Kinds, numbers, bounds and options."""
    forms = shapes(place).forms
    grade, onset = forms[Record.INJURY].members["grade"], forms[Record.INJURY].members["onset"]
    assert grade.holds == {Holds.WHOLE}
    assert (grade.least, grade.most) == (1, 3)
    assert onset.holds == {Holds.INSTANT, Holds.NODE}
    assert forms[Record.INJURY].members["side"].options == ("left", "right", "bilateral")
    assert forms[""].members["injury"].count == Count(1, 1)
    assert forms[""].members["treatments"].many
