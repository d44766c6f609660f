"""Time over the shipped knowledge: half-open windows, days, and the next change.

Between two neighbouring cuts no rule begins or ends, so the instants at all cuts and at the
midpoints between them stand for every instant there is.
"""

from fractions import Fraction
from itertools import pairwise

import pytest

from primum.model.answers import Answer, Finding
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Screening
from primum.model.regions import UNGRADED
from primum.model.spans import Number, Span, exact
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

DAY = 24
Levels = tuple[Level, Level]


def cuts(knowledge: Knowledge) -> list[Number]:
    """Where some window begins or ends, ascending."""
    spans = [region.hours for rule in knowledge.rules for region in rule.regions]
    return sorted({cut.at for s in spans for cut in (s.start, s.end) if cut is not None})


def sampled(knowledge: Knowledge) -> list[Number]:
    """Every cut, every midpoint, and one instant after all."""
    edges = cuts(knowledge)
    middles = [Fraction(one + other) / 2 for one, other in pairwise(edges)]
    return sorted({*edges, *middles, edges[-1] + 1})


def questions(knowledge: Knowledge) -> list[Case]:
    """Each injury in each grade, with its grade unknown, and with its factors unknown."""
    graded = [
        Case(term.iri, grade=grade or None)
        for term in knowledge.injuries
        for grade in sorted({*knowledge.axioms.grades[term.iri], UNGRADED})
    ]
    return graded + [Case(term.iri, screening=Screening.UNKNOWN) for term in knowledge.injuries]


def levels(answer: Answer) -> dict[str, Levels]:
    """The levels of each treatment, by IRI."""
    return {f.treatment.iri: (f.certain, f.possible) for f in answer.findings}


def at(case: Case, hours: Span) -> Case:
    """The case at another time."""
    return Case(case.injury, case.grade, hours, screening=case.screening)


def asked(primum: Primum, treatment: str, hours: str) -> Finding:
    """What holds for a treatment of a grade 2 hamstring strain at an instant."""
    question = Asked("HamstringStrain", grade="2", hours=hours)
    return primum.ask(question, treatment=treatment).findings[0]


def test_a_change_is_the_first_later_instant_with_other_levels(primum: Primum) -> None:
    """Point questions at every later cut and midpoint find the same first change."""
    instants = sampled(primum.release.knowledge)
    for case in questions(primum.release.knowledge):
        answers = {at_: primum.engine.answer(at(case, Span.at(at_))) for at_ in instants}
        by_instant = {instant: levels(answer) for instant, answer in answers.items()}
        for start, answer in answers.items():
            for found in answer.findings:
                iri = found.treatment.iri
                own = by_instant[start][iri]
                later = (i for i in instants if i > start and by_instant[i][iri] != own)
                stated = found.changes_at.hours if found.changes_at else None
                assert next(later, None) == stated, (case, start, iri)


def test_a_change_is_at_a_cut_and_says_how_the_source_prints_it(primum: Primum) -> None:
    """A change at which a window ends carries the bound of such a window."""
    knowledge = primum.release.knowledge
    bounds = {
        region.hours.end.at: {b for r in knowledge.rules for b in r.bounds}
        for rule in knowledge.rules
        for region in rule.regions
        if region.hours.end is not None
    }
    for case in questions(knowledge):
        for found in primum.engine.answer(at(case, Span.at(0))).findings:
            if found.changes_at is not None:
                assert found.changes_at.bound in bounds[found.changes_at.hours]


@pytest.mark.parametrize("day", [0, 1, 2, 3, 5, 6, 7, 55, 56])
def test_a_day_is_the_least_and_the_most_of_its_instants(primum: Primum, day: int) -> None:
    """Certain is the minimum over the day's instants, possible the maximum."""
    span = Span.half_open(day * DAY, (day + 1) * DAY)
    edge = exact("0.000001")
    within = [n for n in sampled(primum.release.knowledge) if span.covers(Span.at(n))]
    instants = [*within, day * DAY, day * DAY + 12, (day + 1) * DAY - edge]
    for case in questions(primum.release.knowledge):
        points = [levels(primum.engine.answer(at(case, Span.at(n)))) for n in instants]
        for iri, found in levels(primum.engine.answer(at(case, span))).items():
            least, most = min(p[iri][0] for p in points), max(p[iri][1] for p in points)
            assert (least, most) == found, (case, iri)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("0", Level.ABSOLUTE),
        ("47", Level.ABSOLUTE),
        ("47.999999999999", Level.ABSOLUTE),
        ("48", Level.RELATIVE),
        ("48.000000000001", Level.RELATIVE),
        ("71.999999", Level.RELATIVE),
        ("72", Level.RELATIVE),
        ("167.999999999999", Level.RELATIVE),
        ("168", Level.NONE),
        ("168.000000000001", Level.NONE),
        ("1000000", Level.NONE),
    ],
)
def test_windows_are_half_open(primum: Primum, hours: str, expected: Level) -> None:
    """Massage in a grade 2 hamstring strain: the end of a window no longer belongs to it."""
    assert expected == asked(primum, "Massage", hours).certain


def test_at_exactly_72_hours_the_week_rule_stands_alone(primum: Primum) -> None:
    """A millionth earlier other rules hold too."""
    assert len(asked(primum, "Massage", "72").reasons) == 1
    assert len(asked(primum, "Massage", "71.999999").reasons) > 1


@pytest.mark.parametrize(
    ("hours", "change"),
    [
        ("0", (48, "minimum", "relatively-contraindicated")),
        ("47.999999", (48, "minimum", "relatively-contraindicated")),
        ("48", (168, "minimum", "ruled-out")),
        ("167.999999", (168, "minimum", "ruled-out")),
        ("168", None),
    ],
)
def test_the_next_change_of_the_worked_example(
    primum: Primum, hours: str, change: tuple[int, str, str] | None
) -> None:
    """The change is later than the instant asked about, never at it."""
    found = asked(primum, "Massage", hours).changes_at
    assert change == (found and (found.hours, found.bound, found.then))


def test_a_change_within_a_day_is_the_day_s_next_change(primum: Primum) -> None:
    """Day 1 ends at 48 hours: the change there is reported, and the day itself is all absolute."""
    found = primum.ask(Asked("HamstringStrain", grade="2", day="1"), treatment="Massage").findings
    assert (found[0].certain, found[0].possible) == (Level.ABSOLUTE, Level.ABSOLUTE)
    assert found[0].changes_at is not None
    assert found[0].changes_at.hours == 48


def test_without_a_dated_onset_nothing_is_said_of_a_change(primum: Primum) -> None:
    """Where the time is unknown, hour rules are open, and there is no next instant."""
    found = primum.ask(Asked("HamstringStrain", grade="2"), treatment="Massage").findings[0]
    assert found.changes_at is None
    assert (found.certain, found.possible) == (Level.NONE, Level.ABSOLUTE)
