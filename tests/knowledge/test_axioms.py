"""Each axiom is sorted by what it means to the engine, or refused by name; none is skipped.

`ABOVE` stands in for what the reasoner derives.
"""

import pytest
from tests.graphs import closure, names, triples

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import BASE, Datatype, Kind, Link
from primum.knowledge.axioms import Sorted, sort_axioms
from primum.model.expressions import And, Expression, Named, Some, SomeNumber
from primum.model.spans import Cut, Span

ABOVE = closure(
    TreatmentSituation="",
    Contraindicated="TreatmentSituation",
    AbsolutelyContraindicated="Contraindicated TreatmentSituation",
    Recommended="Appraised TreatmentSituation",
    Rule="TreatmentSituation",
    OtherRule="TreatmentSituation",
    Window="TreatmentSituation",
    Condition="",
    Sprain="Condition",
    Strain="Condition",
    Intervention="",
    Massage="Intervention",
    Friction="Massage Intervention",
    Heat="Intervention",
    PatientFactor="",
    Bleeding="PatientFactor",
    Thrombosis="PatientFactor",
    Child="PatientFactor",
    Symptom="",
    Pain="Symptom",
)


def some(prop: str, filler: str) -> str:
    """Turtle of an existential restriction."""
    return f"[ a owl:Restriction ; owl:onProperty :{prop} ; owl:someValuesFrom {filler} ]"


def facets(prop: str, members: str, datatype: str = "xsd:integer") -> str:
    """Turtle of a numeric restriction."""
    numbers = f"[ owl:onDatatype {datatype} ; owl:withRestrictions ({members}) ]"
    return some(prop, numbers)


def both(*operands: str) -> str:
    """Turtle of an intersection."""
    return f"[ a owl:Class ; owl:intersectionOf ({' '.join(operands)}) ]"


def either(*operands: str) -> str:
    """Turtle of a union."""
    return f"[ a owl:Class ; owl:unionOf ({' '.join(operands)}) ]"


def without(operand: str) -> str:
    """Turtle of a complement."""
    return f"[ a owl:Class ; owl:complementOf {operand} ]"


def general(part: str, whole: str, predicate: str = "rdfs:subClassOf") -> str:
    """Turtle of an axiom on an anonymous class."""
    return f"{part.removesuffix(']')} ; {predicate} {whole} ] ."


def sort(turtle: str) -> Sorted:
    """The axioms of a Turtle text, sorted."""
    return sort_axioms(triples(turtle), ABOVE)


def pairs(*texts: str) -> set[frozenset[str]]:
    """Unordered pairs of IRIs, each from two local names."""
    return {names(text) for text in texts}


MASSAGED = Some(Link.PROPOSES, Named(BASE + "Massage"))
PROPOSED = some("proposes", ":Massage")
EARLY = facets("hoursSinceOnset", "[xsd:minInclusive 0.0] [xsd:maxExclusive 48.0]", "xsd:decimal")
GRADED = facets("hasGrade", "[xsd:minInclusive 1] [xsd:maxInclusive 3]")
HIGH = facets("hasGrade", "[xsd:minInclusive 2]")
MINOR = both(":TreatmentSituation", facets("ageInYears", "[xsd:maxExclusive 18]"))
CHILD = some("hasFactor", ":Child")
BRINGS_CHILD = f":Window a owl:Class ; rdfs:subClassOf {CHILD} ; owl:equivalentClass {MINOR} ."
FROM_CHILD = general(both(":TreatmentSituation", CHILD), ":Window")


def test_an_empty_graph_says_nothing() -> None:
    """Without axioms there is nothing to sort."""
    assert Sorted() == sort("")


@pytest.mark.parametrize(
    ("expected", "definition"),
    [
        (MASSAGED, PROPOSED),
        (And((Named(Kind.SITUATION), MASSAGED)), both(":TreatmentSituation", PROPOSED)),
        (SomeNumber(Link.HOURS, Datatype.DECIMAL, Span.half_open(0, 48)), EARLY),
        (Named(BASE + "Window"), ":Window"),
    ],
)
def test_a_situation_class_is_known_by_its_definition(
    expected: Expression, definition: str
) -> None:
    """Rules and windows are defined classes of situations."""
    found = sort(f":Rule a owl:Class ; owl:equivalentClass {definition} .")
    assert Sorted(definitions={BASE + "Rule": expected}) == found


def test_a_definition_may_be_stated_twice() -> None:
    """Two files may say the same of a window."""
    found = sort(f":Rule a owl:Class ; owl:equivalentClass {PROPOSED}, {PROPOSED} .")
    assert Sorted(definitions={BASE + "Rule": MASSAGED}) == found


@pytest.mark.parametrize(
    "axiom",
    [
        ":Rule a owl:Class ; rdfs:subClassOf :AbsolutelyContraindicated .",
        ":Rule a owl:Class ; rdfs:subClassOf :Recommended .",
        ":AbsolutelyContraindicated a owl:Class ; rdfs:subClassOf :Contraindicated .",
        ":Contraindicated a owl:Class ; rdfs:subClassOf :TreatmentSituation .",
        ":Friction a owl:Class ; rdfs:subClassOf :Massage .",
        ":Massage a owl:Class ; owl:equivalentClass :Friction .",
        f":TreatmentSituation a owl:Class ; rdfs:subClassOf {some('forInjury', ':Condition')} .",
        f":TreatmentSituation a owl:Class ; rdfs:subClassOf {some('proposes', ':Intervention')} .",
        f":TreatmentSituation a owl:Class ; rdfs:subClassOf {facets('ageInYears', '')} .",
        f":Strain a owl:Class ; rdfs:subClassOf {some('hasSymptom', ':Pain')} .",
        f":Massage a owl:Class ; rdfs:subClassOf {some('hasActiveSubstance', ':Oil')} .",
        f":Bleeding a owl:Class ; rdfs:subClassOf {some('hasSite', ':Leg')} .",
        f":Pain a owl:Class ; rdfs:subClassOf {some('hasSite', ':Leg')} .",
        f":Pain a owl:Class ; owl:equivalentClass {both(':Symptom', some('hasSite', ':Leg'))} .",
        ":Strain rdfs:label 'strain' ; rdfs:comment 'A comment is no axiom.' .",
    ],
)
def test_what_the_hierarchy_holds_or_no_rule_can_ask_for_is_passed_over(axiom: str) -> None:
    """Named superclasses come back through the reasoner; plain links restrict no situation."""
    assert Sorted() == sort(axiom)


@pytest.mark.parametrize(
    ("expected", "axiom"),
    [
        (
            Sorted(grades={BASE + "Strain": frozenset({1, 2, 3})}),
            f":Strain a owl:Class ; rdfs:subClassOf {GRADED} .",
        ),
        (
            Sorted(grades={BASE + "Strain": frozenset({2, 3})}),
            f":Strain a owl:Class ; rdfs:subClassOf {GRADED}, {HIGH} .",
        ),
        (
            Sorted(grades={BASE + "Strain": frozenset({3})}),
            ":Strain a owl:Class ; rdfs:subClassOf"
            " [ a owl:Restriction ; owl:onProperty :hasGrade ; owl:hasValue 3 ] .",
        ),
        (
            Sorted(by_grade={BASE + "Strain": frozenset({1, 2, 3})}),
            f":Strain a owl:Class ; owl:equivalentClass {both(':Condition', GRADED)} .",
        ),
        (
            Sorted(disjoint=pairs("Strain Sprain")),
            f":Strain a owl:Class ; rdfs:subClassOf {without(':Sprain')} .",
        ),
        (
            Sorted(disjoint=pairs("Strain Sprain")),
            ":Strain a owl:Class ; owl:disjointWith :Sprain .",
        ),
        (
            Sorted(disjoint=pairs("Heat Massage", "Heat Strain", "Massage Strain")),
            "[] a owl:AllDisjointClasses ; owl:members (:Heat :Massage :Strain) .",
        ),
        (
            Sorted(implied={(BASE + "Strain", BASE + "Bleeding")}),
            general(some("forInjury", ":Strain"), some("hasFactor", ":Bleeding")),
        ),
        (
            Sorted(implied={(BASE + "Thrombosis", BASE + "Bleeding")}),
            general(
                both(":TreatmentSituation", some("hasFactor", ":Thrombosis")),
                some("hasFactor", ":Bleeding"),
            ),
        ),
        (
            Sorted(apart=pairs("Thrombosis Bleeding")),
            general(some("hasFactor", ":Thrombosis"), without(some("hasFactor", ":Bleeding"))),
        ),
    ],
)
def test_each_form_is_sorted_by_what_it_means(expected: Sorted, axiom: str) -> None:
    """Grades, disjointness, implied factors and factors apart each have their place."""
    assert expected == sort(axiom)


@pytest.mark.parametrize("axioms", [(BRINGS_CHILD, FROM_CHILD), (FROM_CHILD, BRINGS_CHILD)])
def test_a_factor_can_be_defined_by_age(axioms: tuple[str, str]) -> None:
    """A class of situations by age that has a factor, and all that have it, makes it an age."""
    found = sort(" ".join(axioms))
    assert {BASE + "Child": Span(end=Cut(18))} == found.by_age
    assert {BASE + "Window"} == found.definitions.keys()


OTHER_AGE = both(":TreatmentSituation", facets("ageInYears", "[xsd:maxExclusive 16]"))
REFUSED = {
    "disjoint-union": (
        "primum:Strain owl:disjointUnionOf",
        ":Strain a owl:Class ; owl:disjointUnionOf (:Sprain :Heat) .",
    ),
    "injury-below-a-union": (
        "Strain SubClassOf Sprain or Condition",
        f":Strain a owl:Class ; rdfs:subClassOf {either(':Sprain', ':Condition')} .",
    ),
    "injury-below-an-intersection": (
        "Strain SubClassOf Sprain and Condition",
        f":Strain a owl:Class ; rdfs:subClassOf {both(':Sprain', ':Condition')} .",
    ),
    "injury-defined-by-a-link": (
        "Strain EquivalentTo hasSite some Leg",
        f":Strain a owl:Class ; owl:equivalentClass {some('hasSite', ':Leg')} .",
    ),
    "injury-defined-by-grade-alone": (
        "Strain EquivalentTo hasGrade some",
        f":Strain a owl:Class ; owl:equivalentClass {HIGH} .",
    ),
    "injury-with-no-link": (
        "Strain SubClassOf not \\(hasSite some Leg\\)",
        f":Strain a owl:Class ; rdfs:subClassOf {without(some('hasSite', ':Leg'))} .",
    ),
    "injury-is-a-complement": (
        "Strain EquivalentTo not Sprain",
        f":Strain a owl:Class ; owl:equivalentClass {without(':Sprain')} .",
    ),
    "injury-with-a-number": (
        "Strain SubClassOf ageInYears some",
        f":Strain a owl:Class ; rdfs:subClassOf {facets('ageInYears', '')} .",
    ),
    "treatment-defined-as-a-union": (
        "Massage EquivalentTo Friction or Heat",
        f":Massage a owl:Class ; owl:equivalentClass {either(':Friction', ':Heat')} .",
    ),
    "treatment-below-a-complement": (
        "Massage SubClassOf not Heat",
        f":Massage a owl:Class ; rdfs:subClassOf {without(':Heat')} .",
    ),
    "factor-defined-as-a-union": (
        "Bleeding EquivalentTo Thrombosis or Child",
        f":Bleeding a owl:Class ; owl:equivalentClass {either(':Thrombosis', ':Child')} .",
    ),
    "rule-below-a-window": (
        "Rule SubClassOf Window",
        ":Rule a owl:Class ; rdfs:subClassOf :Window .",
    ),
    "rule-below-a-condition": (
        "Rule SubClassOf proposes some Massage",
        f":Rule a owl:Class ; rdfs:subClassOf {PROPOSED} .",
    ),
    "two-definitions": (
        "Rule EquivalentTo",
        f":Rule a owl:Class ; owl:equivalentClass {PROPOSED}, {EARLY} .",
    ),
    "two-ages-of-one-factor": (
        "Window SubClassOf hasFactor some Child",
        f"{BRINGS_CHILD} {FROM_CHILD}"
        f" :OtherRule a owl:Class ; rdfs:subClassOf {CHILD} ; owl:equivalentClass {OTHER_AGE} ."
        f" {general(CHILD, ':OtherRule')}",
    ),
    "age-brings-a-factor-that-others-may-have": (
        "Window SubClassOf hasFactor some Child",
        BRINGS_CHILD,
    ),
    "factor-only-at-an-age": (
        "hasFactor some Child SubClassOf Window",
        f"{FROM_CHILD} :Window a owl:Class ; owl:equivalentClass {MINOR} .",
    ),
    "factor-in-a-window": (
        "Window SubClassOf hasFactor some Child",
        f":Window a owl:Class ; rdfs:subClassOf {CHILD} ; owl:equivalentClass {EARLY} ."
        f" {FROM_CHILD}",
    ),
    "every-situation-has-a-factor": (
        "TreatmentSituation SubClassOf hasFactor some Bleeding",
        f":TreatmentSituation a owl:Class ; rdfs:subClassOf {some('hasFactor', ':Bleeding')} .",
    ),
    "every-situation-lacks-a-factor": (
        "TreatmentSituation SubClassOf not",
        f":TreatmentSituation a owl:Class ; rdfs:subClassOf"
        f" {without(some('hasFactor', ':Bleeding'))} .",
    ),
    "general-on-hours": (
        "hoursSinceOnset some xsd:decimal\\[>= 0, < 48\\] SubClassOf hasFactor some Bleeding",
        general(EARLY, some("hasFactor", ":Bleeding")),
    ),
    "general-on-a-treatment": (
        "proposes some Massage SubClassOf hasFactor some Bleeding",
        general(PROPOSED, some("hasFactor", ":Bleeding")),
    ),
    "general-on-two-premises": (
        "\\(forInjury some Strain\\) and \\(hasFactor some Child\\) SubClassOf",
        general(
            both(some("forInjury", ":Strain"), some("hasFactor", ":Child")),
            some("hasFactor", ":Bleeding"),
        ),
    ),
    "general-on-named-classes": (
        "Strain and Sprain SubClassOf Condition",
        general(both(":Strain", ":Sprain"), ":Condition"),
    ),
    "general-to-a-level": (
        "forInjury some Strain SubClassOf AbsolutelyContraindicated",
        general(some("forInjury", ":Strain"), ":AbsolutelyContraindicated"),
    ),
    "general-both-ways": (
        "hasFactor some Bleeding EquivalentTo hasFactor some Thrombosis",
        general(
            some("hasFactor", ":Bleeding"), some("hasFactor", ":Thrombosis"), "owl:equivalentClass"
        ),
    ),
    "general-on-graded-injuries": (
        "forInjury some \\(Strain and",
        general(some("forInjury", both(":Strain", HIGH)), some("hasFactor", ":Bleeding")),
    ),
    "injury-excludes-factor": (
        "forInjury some Strain SubClassOf not",
        general(some("forInjury", ":Strain"), without(some("hasFactor", ":Bleeding"))),
    ),
    "disjoint-with-anonymous": (
        "primum:Strain DisjointWith an anonymous class",
        f":Strain a owl:Class ; owl:disjointWith {HIGH} .",
    ),
    "only": (
        "an axiom on primum:Strain: .*owl:allValuesFrom",
        ":Strain a owl:Class ; rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty :hasSite ; owl:allValuesFrom :Leg ] .",
    ),
    "only-on-an-anonymous-class": (
        "an axiom on an anonymous class: .*owl:allValuesFrom",
        general(
            some("forInjury", ":Strain"),
            "[ a owl:Restriction ; owl:onProperty :hasSite ; owl:allValuesFrom :Leg ]",
        ),
    ),
}


@pytest.mark.parametrize("form", REFUSED)
def test_an_axiom_of_another_form_is_refused_by_name(form: str) -> None:
    """The error quotes the axiom in Manchester syntax, or names the class it stands on."""
    message, turtle = REFUSED[form]
    with pytest.raises(OutsideFragment, match=message):
        sort(turtle)


def test_a_refusal_points_to_the_description_of_the_fragment() -> None:
    """A curator is told where the allowed forms are listed."""
    with pytest.raises(OutsideFragment, match=r"cannot be compiled\. See rules/README\.md"):
        sort(REFUSED["general-on-hours"][1])


def test_one_bad_axiom_among_good_ones_is_found() -> None:
    """Good neighbours hide nothing."""
    good = f":Rule a owl:Class ; owl:equivalentClass {PROPOSED} ."
    with pytest.raises(OutsideFragment, match="Massage SubClassOf not Heat"):
        sort(good + REFUSED["treatment-below-a-complement"][1])


OVERLOOKED = {
    "undeclared-rule": f":Rule rdfs:subClassOf :AbsolutelyContraindicated ;"
    f" owl:equivalentClass {some('hasFactor', both(':Bleeding', ':Child'))} .",
    "undeclared-injury": f":Strain rdfs:subClassOf {without(':Heat')}, {some('forInjury', ':A')} .",
    "untyped-general": f"[ owl:onProperty :proposes ; owl:someValuesFrom :Massage ;"
    f" rdfs:subClassOf {some('hasFactor', ':Bleeding')} ] .",
    "all-disjoint-with-anonymous": f"[] a owl:AllDisjointClasses ; owl:members (:Strain {HIGH}) .",
    "anonymous-disjoint": general(HIGH, ":Strain", "owl:disjointWith"),
    "disjoint-rules": ":Rule a owl:Class ; owl:disjointWith :OtherRule .",
    "disjoint-rule-and-level": ":Rule a owl:Class ; owl:disjointWith :Recommended .",
    "named-union": ":Massage a owl:Class ; owl:unionOf (:Friction :Heat) .",
    "named-complement": ":Strain a owl:Class ; owl:complementOf :Sprain .",
    "named-intersection": f":Rule a owl:Class ; owl:intersectionOf (:Window {PROPOSED}) .",
    "named-one-of": ":Strain a owl:Class ; owl:oneOf (:patient) .",
    "everything": f"owl:Thing a owl:Class ; rdfs:subClassOf {without(':Strain')} .",
    "every-situation-early": f":TreatmentSituation a owl:Class ; rdfs:subClassOf {EARLY} .",
    "every-situation-massage": f":TreatmentSituation a owl:Class ; rdfs:subClassOf {PROPOSED} .",
    "two-defining-grades": f":Strain a owl:Class ; owl:equivalentClass"
    f" {both(':Condition', GRADED)}, {both(':Condition', HIGH)} .",
    "factor-apart-from-itself": general(
        some("hasFactor", ":Bleeding"), without(some("hasFactor", ":Bleeding"))
    ),
}
PROPERTIES = {
    "treatment-range": ":proposes a owl:ObjectProperty ; rdfs:range :Massage .",
    "factor-range": ":hasFactor a owl:ObjectProperty ; rdfs:range :Bleeding .",
    "grade-range": ":hasGrade a owl:DatatypeProperty ; rdfs:range"
    " [ owl:onDatatype xsd:integer ; owl:withRestrictions ([xsd:minInclusive 2]) ] .",
    "sub-property": ":hasSite a owl:ObjectProperty ; rdfs:subPropertyOf :hasFactor .",
    "chain": ":hasFactor owl:propertyChainAxiom (:forInjury :hasFeature) .",
}


@pytest.mark.parametrize("form", OVERLOOKED)
def test_no_axiom_that_bears_on_situations_is_passed_over(form: str) -> None:
    """What the engine cannot take into account is refused, wherever and however it is said."""
    with pytest.raises(OutsideFragment):
        sort(OVERLOOKED[form])


@pytest.mark.parametrize("form", PROPERTIES)
def test_no_axiom_on_the_properties_of_situations_is_passed_over(form: str) -> None:
    """Ranges and superproperties restrict situations as much as axioms on classes do."""
    with pytest.raises(OutsideFragment):
        sort(PROPERTIES[form])
