"""Rules in words and in Manchester syntax, whatever they ask."""

from dataclasses import replace

import pytest
from tests.graphs import closure, triples

from primum.foundation.names import BASE
from primum.model.levels import Appraisal, Level
from primum.model.regions import Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.use_cases.service import Primum
from primum.use_cases.terms.hierarchy import Order
from primum.use_cases.terms.refs import References, text_of
from primum.use_cases.terms.speaking import Speaking

NAMES = ("Rub", "Knead", "Sprain", "Bruise", "Warmth", "Odd", "Even", "Window", "Situation")
LABELS = {BASE + name: name.lower() for name in NAMES} | {
    f"{BASE}hasGrade": "has grade",
    f"{BASE}hoursSinceOnset": "hours since onset",
    f"{BASE}ageInYears": "age in years",
    f"{BASE}windowBound": "window bound",
}
RUBS = Region(treatments=Classes(frozenset({f"{BASE}Rub"})))
DEFINED = """
:Odd owl:equivalentClass [ owl:intersectionOf ( :TreatmentSituation :Window
    [ owl:onProperty :proposes ; owl:someValuesFrom :Rub ] ) ] .
:Even owl:equivalentClass [ owl:oneOf ( :Odd ) ] .
"""


def classes(required: str = "", excluded: str = "") -> Classes:
    """A constraint on classes by their local names."""
    asked, barred = (frozenset(BASE + n for n in names.split()) for names in (required, excluded))
    return Classes(asked, barred)


def speaking(primum: Primum, *rules: Rule) -> Speaking:
    """Some rules with the words of the ontology."""
    knowledge = replace(primum.release.knowledge, rules=rules)
    return Speaking.over(knowledge, triples(DEFINED), References(LABELS, LABELS))


def rule(*regions: Region, bounds: tuple[str, ...] = (), name: str = "Odd", **more: object) -> Rule:
    """A rule of some regions."""
    given = {"label": name, "slug": name, "effect": Level.ABSOLUTE} | more
    return Rule(BASE + name, regions=regions, bounds=bounds or ("",) * len(regions), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "region"),
    [
        ("rub: Absolute contraindication", RUBS),
        (
            "knead, rub, not warmth: Absolute contraindication",
            Region(treatments=classes("Rub Knead", "Warmth")),
        ),
        (
            "rub: Absolute contraindication; the injury is sprain; the injury is not bruise",
            replace(RUBS, injuries=classes("Sprain", "Bruise")),
        ),
        (
            "rub: Absolute contraindication; bruise is present; warmth is absent",
            replace(RUBS, factors=classes("Bruise", "Warmth")),
        ),
        (
            "rub: Absolute contraindication; has grade: 1, 3",
            replace(RUBS, grades=frozenset({1, 3})),
        ),
        (
            "rub: Absolute contraindication; has grade: 1 or none",
            replace(RUBS, grades=frozenset({0, 1})),
        ),
        (
            "rub: Absolute contraindication; hours since onset: at least 48 and less than 72",
            replace(RUBS, hours=Span.half_open(48, 72)),
        ),
        (
            "rub: Absolute contraindication; hours since onset: more than 48",
            replace(RUBS, hours=Span(Cut(48, after=True))),
        ),
        (
            "rub: Absolute contraindication; age in years: at least 65",
            replace(RUBS, ages=Span(Cut(65))),
        ),
    ],
)
def test_a_region_is_put_into_words(expected: str, region: Region, primum: Primum) -> None:
    """By labels, and by phrases of the ontology."""
    odd = rule(region)
    assert speaking(primum, odd).line(odd, 0) == expected


def test_each_region_has_a_line_with_its_bound(primum: Primum) -> None:
    """In their order."""
    timed = replace(RUBS, hours=Span.half_open(0, 48))
    odd = rule(timed, RUBS, bounds=("minimum", ""), effect=Appraisal.AGAINST)
    said = speaking(primum, odd).said(odd.iri)
    assert said.lines == (
        "rub: Not recommended; hours since onset: less than 48; window bound: minimum",
        "rub: Not recommended",
    )
    assert (said.says, said.rule.label) == ("Not recommended", "odd")


def test_a_condition_stands_as_it_is_defined(primum: Primum) -> None:
    """Shared windows by name; each name is a term."""
    said = speaking(primum, rule(RUBS)).said(f"{BASE}Odd")
    assert text_of(said.condition) == "TreatmentSituation and Window and (proposes some Rub)"
    assert [piece.ref.label for piece in said.condition if piece.ref][1:] == [
        "window",
        f"{BASE}proposes",
        "rub",
    ]


def test_a_condition_that_is_not_read_is_that_of_its_regions(primum: Primum) -> None:
    """As the build compiled it."""
    even = rule(RUBS, name="Even")
    said = speaking(primum, even).said(even.iri)
    assert text_of(said.condition) == "TreatmentSituation and (proposes some Rub)"


def test_rules_are_found_by_all_that_they_name(primum: Primum) -> None:
    """But for what all of them name."""
    found = speaking(primum, rule(RUBS))
    for name, expected in (("Rub", 1), ("Window", 1), ("TreatmentSituation", 0), ("Knead", 0)):
        assert len(found.of(BASE + name)) == expected, name


def test_rules_on_a_wider_class_say_which(primum: Primum) -> None:
    """A rule that names the class itself is not told twice."""
    odd, even = rule(RUBS), rule(Region(treatments=classes("Knead")), name="Even")
    found, order = speaking(primum, odd, even), Order.over(closure(Knead="Rub", Rub=""))
    (through,) = found.through(f"{BASE}Knead", order)
    assert (through.rule.label, through.wider.label) == ("odd", "rub")
    assert through.says == "Absolute contraindication"
    assert found.through(f"{BASE}Rub", order) == ()


@pytest.mark.parametrize(
    ("expected", "name"),
    [(0, "Odd-1"), (1, "Odd-2"), (None, "Odd-3"), (None, "Odd-0"), (None, "Odd-x"), (None, "X-1")],
)
def test_a_region_is_known_by_its_name(expected: int | None, name: str, primum: Primum) -> None:
    """The rule and a number, counted from one; any other name is that of no region."""
    odd = rule(RUBS, RUBS)
    found = speaking(primum, odd).region(f"{BASE}region/{name}")
    assert found == (None if expected is None else (odd, expected))
