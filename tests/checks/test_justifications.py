"""What Pellet says clashes is told as the files have it."""

from tests.checks.conftest import MakePlace
from tests.checks.planted import TERMS, axiom

from primum.knowledge.pellet import stated_axioms
from primum.use_cases.checks import check

EXPLANATION = """\
  1)   A subClassOf B and C
       DisjointClasses(B
                       C)
       A equivalentTo p some D
"""


def test_an_axiom_over_several_lines_is_one() -> None:
    """Pellet breaks long axioms; a line at the margin starts the next one."""
    expected = ["A subClassOf B and C", "DisjointClasses(B C)", "A equivalentTo p some D"]
    assert expected == stated_axioms(EXPLANATION)


def test_an_unsatisfiable_class_is_told_with_each_axiom_and_its_file(small: MakePlace) -> None:
    """Labels stand for names, and each axiom has the place in which it stands."""
    place = small()
    axiom("", "", "primum:KneeSprain rdfs:subClassOf primum:Bruise .\n").plant(place)
    (remark,) = check(place, only=["consistency"]).remarks
    text = (place.root / TERMS).read_text(encoding="utf-8").splitlines()
    lines = {name: text.index(f"primum:{name} rdf:type owl:Class ;") + 1 for name in NAMED}
    assert {
        f"'Knee sprain' SubClassOf Sprain ({TERMS}:{lines['KneeSprain']})",
        f"'Knee sprain' SubClassOf Bruise ({TERMS}:{lines['KneeSprain']})",
        f"Bruise DisjointWith Sprain ({TERMS}:{lines['Bruise']})",
    } == set(remark.axiom.split("; "))
    assert (TERMS, lines["KneeSprain"]) == (remark.file, remark.line)


NAMED = ("KneeSprain", "Bruise")


def test_ranges_and_restrictions_are_found_in_the_files(small: MakePlace) -> None:
    """Numbers are matched whatever the zeros behind the point."""
    place = small()
    axiom(
        "",
        "",
        "primum:Bruise rdfs:subClassOf [ rdf:type owl:Restriction ; owl:onProperty "
        "primum:hasGrade ; owl:hasValue 5 ] .\n",
    ).plant(place)
    (remark,) = check(place, only=["consistency"]).remarks
    assert all("(ontology/" in told for told in remark.axiom.split("; ")), remark.axiom
    assert "'has grade' value 5" in remark.axiom


def test_what_is_below_an_unsatisfiable_class_is_told_by_that(small: MakePlace) -> None:
    """One mistake is explained once, however many classes inherit it."""
    place = small()
    planted = "primum:KneeSprain rdfs:subClassOf primum:Bruise .\n"
    below = "primum:Torn rdf:type owl:Class ; rdfs:subClassOf primum:KneeSprain .\n"
    axiom("", "", planted + below).plant(place)
    root, inherited = sorted(check(place, only=["consistency"]).remarks, key=lambda r: not r.axiom)
    assert "The class 'Knee sprain' can have no member, because" in root.sentence
    expected = "The class Torn can have no member, as it is a kind of 'Knee sprain', which can have"
    assert inherited.sentence.startswith(expected)


def test_an_individual_that_contradicts_is_told(small: MakePlace) -> None:
    """The types that clash are named, with the axiom that keeps them apart."""
    place = small()
    planted = "primum:mine rdf:type owl:NamedIndividual , primum:Sprain , primum:Bruise .\n"
    axiom("", "", planted).plant(place)
    (remark,) = check(place, only=["consistency"]).remarks
    assert "mine Type Sprain" in remark.axiom
    assert f"Bruise DisjointWith Sprain ({TERMS}" in remark.axiom
