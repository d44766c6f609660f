"""What is gathered of a term: hierarchy, links, evidence and statements, on small graphs."""

import pytest
from tests.graphs import closure, names, triples

from primum.foundation.names import BASE
from primum.knowledge.rdf import Triples
from primum.use_cases.terms.disjointness import disjoint_classes
from primum.use_cases.terms.hierarchy import Order
from primum.use_cases.terms.links import Linked, Links
from primum.use_cases.terms.nesting import shown
from primum.use_cases.terms.refs import References, text_of
from primum.use_cases.terms.statements import citations_of, evidence_of, statements

NAMES = ("A", "B", "C", "D", "S", "T", "X", "Y", "p", "q", "r")


@pytest.fixture(scope="module")
def refs() -> References:
    """Terms that go by their local names in capital letters."""
    return References([BASE + n for n in NAMES], {BASE + n: n.upper() for n in NAMES})


def labels(*found: object) -> list[str]:
    """The labels of what is found."""
    return [getattr(each, "label", "") for each in found]


# --- Hierarchy -----------------------------------------------------------------------------------


def test_the_next_are_told_from_those_further_off(refs: References) -> None:
    """Above and below."""
    order = Order.over(closure(A="B C", B="C"))
    found = order.around(BASE + "A", refs)
    assert (labels(*found.wider), labels(*found.wider_still)) == (["B"], ["C"])
    assert labels(*order.around(BASE + "C", refs).narrower) == ["B"]
    assert order.tops([BASE + "A", BASE + "B", BASE + "C"]) == [BASE + "C"]


def test_equals_stand_beside_each_other(refs: References) -> None:
    """Neither is above the other, and both are below what is wider."""
    order = Order.over(closure(A="B C", B="A C"))
    found = order.around(BASE + "A", refs)
    assert (labels(*found.same), labels(*found.wider), found.narrower) == (["B"], ["C"], ())
    assert labels(*order.around(BASE + "C", refs).narrower) == ["A", "B"]
    assert not order.strictly_above(BASE + "A", BASE + "B")
    assert order.strictly_above(BASE + "C", BASE + "B")


def test_a_term_that_stands_nowhere_has_nothing_around_it(refs: References) -> None:
    """It is its own top."""
    order = Order.over(closure(A="B"))
    found = order.around(BASE + "X", refs)
    assert (found.wider, found.wider_still, found.narrower, found.same) == ((), (), (), ())
    assert order.tops([BASE + "X"]) == [BASE + "X"]


def test_what_shares_no_member_is_told_from_both_sides() -> None:
    """Whether by pairs or by a list."""
    found = disjoint_classes(
        triples("""
:A owl:disjointWith :B .
[] a owl:AllDisjointClasses ; owl:members ( :B :C [ owl:complementOf :D ] ) .
""")
    )
    assert found == {BASE + a: names(b) for a, b in (("A", "B"), ("B", "A C"), ("C", "B"))}


# --- Links ---------------------------------------------------------------------------------------

STATED = """
:p a owl:ObjectProperty . :q a owl:ObjectProperty ; rdfs:subPropertyOf :p .
:A a owl:Class ; rdfs:subClassOf :B , _:x .
_:x a owl:Restriction ; owl:onProperty :q ; owl:someValuesFrom :X .
:B a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :q ; owl:someValuesFrom :Y ] ,
    [ a owl:Restriction ; owl:onProperty :q ; owl:someValuesFrom [ a owl:Class ;
        owl:unionOf ( :C :D ) ] ] .
[] a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:subClassOf ;
    owl:annotatedTarget _:x ; dcterms:source :S , :T ; :confidence "high" ;
    :locator "S: page 3 | T: figure 1: left" .
"""
DERIVED = ":A :q :X , :Y , :C ; :p :X , :Y , :C . :B :q :Y ; :p :Y ."


def links(refs: References, stated: str = STATED, derived: str = DERIVED) -> Links:
    """The links of small graphs, in which Y is below C."""
    classes = Order.over(closure(A="B", Y="C"))
    properties = Order.over(closure(q="p"))
    return Links.over((triples(stated), triples(derived)), refs, classes, properties)


def ends(found: tuple[Linked, ...]) -> list[tuple[str, str, str]]:
    """Property, end and the class that each link comes through."""
    return [
        (group.property.label, text_of(end.target), end.through.label if end.through else "")
        for group in found
        for end in group.ends
    ]


def test_links_are_found_from_both_ends(refs: References) -> None:
    """Also by one of several classes that an end may belong to."""
    found = links(refs)
    assert ends(found.stated_of(BASE + "A")) == [("Q", "X", "")]
    assert ends(found.stated_of(BASE + "B")) == [("Q", "C or D", ""), ("Q", "Y", "")]
    assert ends(found.stated_to(BASE + "X")) == [("Q", "A", "")]
    assert ends(found.stated_to(BASE + "D")) == [("Q", "B", "")]


def test_only_the_narrowest_links_that_follow_are_shown(refs: References) -> None:
    """Not what is stated, nor the same by a wider property or to a wider class."""
    assert ends(links(refs).following(BASE + "A")) == [("Q", "Y", "B")]
    assert ends(links(refs).following(BASE + "B")) == []


def test_a_link_that_no_wider_class_states_follows_all_the_same(refs: References) -> None:
    """As from a property that is transitive."""
    found = links(refs, derived=":A :q :X , :D .")
    assert ends(found.following(BASE + "A")) == [("Q", "D", "")]


def test_evidence_has_each_source_with_its_place(refs: References) -> None:
    """Whatever else the axiom says stands under its property."""
    found = links(refs)
    (group,) = found.stated_of(BASE + "A")
    (end,) = group.ends
    assert [(c.source.label, c.locator) for c in end.evidence.citations] == [
        ("S", "page 3"),
        ("T", "figure 1: left"),
    ]
    ((note, (value,)),) = ((n.property.iri, n.values) for n in end.evidence.notes)
    assert (note, text_of(value)) == (f"{BASE}confidence", "high")


def test_a_place_that_names_no_source_is_that_of_each(refs: References) -> None:
    """A locator with a colon of its own is no name of a source."""
    graph = triples('[] a owl:Axiom ; dcterms:source :S ; :locator "section two: bullet 3" .')
    (axiom,) = graph.of_type("http://www.w3.org/2002/07/owl#Axiom")
    (cited,) = evidence_of(graph, axiom, refs).citations
    assert cited.locator == "section two: bullet 3"


def test_the_sources_of_a_term_have_the_places_that_annotate_them(refs: References) -> None:
    """One without is named all the same."""
    graph = triples("""
:A dcterms:source :S , :T .
[] a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty dcterms:source ;
    owl:annotatedTarget :T ; :locator "page 9" .
""")
    found = citations_of(graph, graph.subjects_of("http://purl.org/dc/terms/source")[0], refs)
    assert [(c.source.label, c.locator) for c in found] == [("S", ""), ("T", "page 9")]


# --- Statements ----------------------------------------------------------------------------------


def nested(graph: Triples, refs: References) -> str:
    """The first value of `:p` of `:A`, as it is shown."""
    node = graph.subjects_of(BASE + "p")[0]
    return text_of(shown(graph, graph.values(node, BASE + "p")[0], refs))


@pytest.mark.parametrize(
    ("expected", "turtle"),
    [
        ("X", ":A :p :X ."),
        ("7", ":A :p 7 ."),
        ("[ q X ; r 1 ; r 2 ; ]", ":A :p [ :r 2 , 1 ; :q :X ] ."),
        ("( X [ q Y ; ] )", ":A :p ( :X [ :q :Y ] ) ."),
        ("[ rdfs:comment hello ; ]", ':A :p [ rdfs:comment "hello" ] .'),
        ("[ q [ r a ; ] ; q [ r b ; ] ; ]", ':A :p [ :q [ :r "b" ] , [ :r "a" ] ] .'),
    ],
)
def test_a_value_is_shown_as_turtle_nests_it(expected: str, turtle: str, refs: References) -> None:
    """Names by label, those within by local name, in an order of what they say."""
    assert nested(triples(turtle), refs) == expected


def test_statements_stand_by_the_label_of_their_property(refs: References) -> None:
    """Those that are shown elsewhere are left out."""
    graph = triples(':A :q 2 ; :p "b" , "a" ; :r :X ; rdfs:label "A" .')
    node = graph.subjects_of(BASE + "p")[0]
    found = statements(graph, node, refs, without={BASE + "r"})
    assert [(s.property.label, [text_of(v) for v in s.values]) for s in found] == [
        ("label", ["A"]),
        ("P", ["a", "b"]),
        ("Q", ["2"]),
    ]
