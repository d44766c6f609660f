"""A timeline says of every instant what a question about that instant is answered.

Between two neighbouring edges (where a window begins or ends, counted from the earliest and from
the latest onset) nothing can change, so the edges, what lies a microsecond beside them and the
midpoints between them stand for all time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import cycle, pairwise

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.reasoning.bases import cases, exact_onsets, knowledge_bases, onsets, timed
from tests.reasoning.oracle import completions, covers, holds, within, worlds_of
from tests.reasoning.test_engine_against_brute_force import small

from primum.foundation.errors import Contradiction
from primum.model.answers import Change, Course, Finding, Reason, Segment, Timeline
from primum.model.cases import Case, Dating
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds, Level, Screening, Verdict
from primum.model.moments import Moment, Onset
from primum.model.regions import Region
from primum.model.spans import Cut, Number, Span, exact
from primum.reasoning.engine import Engine
from primum.use_cases.service import Primum

MICROSECOND = Fraction(1, 3_600_000_000)
BOUNDS = ("minimum", "stated", "approximate", "inferred", "")
WINDOWS = (Span.half_open(0, 2), Span.half_open(0, 1), Span.half_open(1, 2), Span.half_open(1))
Points = dict[Number, dict[str, Finding]]
bases = st.one_of(knowledge_bases, timed(), timed())
FULLY = settings(max_examples=60)


def dated(case: Case, onset: Onset) -> Case:
    """The case with an onset in place of its hours, and no instant that is asked about."""
    return replace(case, hours=Span(), dating=Dating(onset, 0))


def at(case: Case, instant: Number) -> Case:
    """The case, asked about an instant on the clock of its timeline."""
    if case.dating is None:
        return replace(case, hours=Span.at(instant))
    onset = case.dating.onset
    moment = Moment(exact(onset.zero + instant))
    hours = onset.hours_at(moment.hours)
    return replace(case, hours=hours, dating=replace(case.dating, at=moment))


def sampled(knowledge: Knowledge, case: Case) -> list[Number]:
    """Instants on the clock that stand for all, from zero on."""
    spans = [Span(), *(region.hours for rule in knowledge.rules for region in rule.regions)]
    cuts = {cut.at for span in spans for cut in (span.start, span.end) if cut is not None}
    onset = Onset.at(0) if case.dating is None else case.dating.onset
    ends = [cut.at - onset.zero for cut in (onset.earliest, onset.latest) if cut is not None]
    edges = sorted({0, *(exact(cut + end) for cut in cuts for end in ends)})
    middles = [Fraction(one + other) / 2 for one, other in pairwise(edges)]
    beside = [edge + step * MICROSECOND for edge in edges for step in (-1, 1)]
    return sorted(n for n in {*edges, *middles, *beside, edges[-1] + 1} if n >= 0)


def asked(engine: Engine, case: Case) -> Points:
    """The findings at every instant that is sampled, by treatment."""
    return {
        instant: {f.treatment.iri: f for f in engine.answer(at(case, instant)).findings}
        for instant in sampled(engine.knowledge, case)
    }


def followed(engine: Engine, case: Case) -> Timeline | None:
    """The timeline of a case, if its facts can be true together."""
    try:
        return engine.timeline(case)
    except Contradiction:
        return None


def compare(engine: Engine, case: Case) -> int:
    """Compare the timeline of a case with all answers; the most segments that a course has."""
    timeline = followed(engine, case)
    if timeline is None:
        return 0
    points = asked(engine, case)
    for course in timeline.courses:
        own = {instant: found[course.treatment.iri] for instant, found in points.items()}
        check_shape(course)
        check_levels(course, own)
        check_reasons(course, own)
        if case.dating is not None:
            check_changes(course, own)
    return max(len(course.segments) for course in timeline.courses)


def check_shape(course: Course) -> None:
    """Segments cover all time from zero, touch, are not empty, and differ from their neighbours."""
    segments = course.segments
    assert segments[0].hours.start == Cut(0)
    assert (segments[-1].hours.end, segments[-1].end) == (None, None)
    assert not [segment for segment in segments if segment.hours.is_empty]
    for one, other in pairwise(segments):
        assert one.hours.end == other.hours.start
        assert (one.certain, one.possible) != (other.certain, other.possible)
        assert one.end is not None
        assert (one.end.hours, one.end.then) == (other.hours.start.at, other.verdict)


def segment_at(course: Course, instant: Number) -> Segment:
    """The one segment in which an instant lies."""
    found = [segment for segment in course.segments if within(instant, segment.hours)]
    assert len(found) == 1
    return found[0]


def check_levels(course: Course, own: dict[Number, Finding]) -> None:
    """Each instant has the levels and the verdict of its segment."""
    for instant, found in own.items():
        segment = segment_at(course, instant)
        said = (segment.certain, segment.possible, segment.verdict)
        assert (found.certain, found.possible, found.verdict) == said, (course.treatment, instant)


def holding(reasons: Iterable[Reason]) -> dict[str, Holds]:
    """How each rule holds, by IRI."""
    return {reason.rule.iri: reason.holds for reason in reasons}


def check_reasons(course: Course, own: dict[Number, Finding]) -> None:
    """A segment gives the rules of all its instants, certain where certain in each of them."""
    for segment in course.segments:
        every = [holding(f.reasons) for n, f in own.items() if within(n, segment.hours)]
        expected = {
            rule: Holds.CERTAIN
            if all(found.get(rule) is Holds.CERTAIN for found in every)
            else Holds.POSSIBLE
            for rule in set().union(*every)
        }
        assert expected == holding(segment.reasons), (course.treatment, segment.hours)


def check_changes(course: Course, own: dict[Number, Finding]) -> None:
    """A dated answer changes where its segment ends, and is definite where the clock makes it."""
    for instant, found in own.items():
        number = course.segments.index(segment_at(course, instant))
        rest = course.segments[number:]
        settled = (one.end for one, other in pairwise(rest) if other.certain == other.possible)
        definite = next(settled, None) if found.certain != found.possible else None
        assert (rest[0].end, definite) == (found.changes_at, found.definite_at)


@FULLY
@given(knowledge=bases, case=cases)
def test_an_undated_timeline_agrees_with_the_answer_at_every_instant(
    knowledge: Knowledge, case: Case
) -> None:
    """Levels, verdicts and reasons of hours since onset, in windows with all kinds of ends."""
    event(f"{min(compare(Engine(knowledge), case), 6)} segments")


@settings(FULLY, max_examples=100)
@given(knowledge=bases, case=cases, onset=onsets)
def test_a_dated_timeline_agrees_with_the_answer_at_every_instant(
    knowledge: Knowledge, case: Case, onset: Onset
) -> None:
    """The same on the calendar, where the onset is an instant, an interval, or open at one end."""
    event(f"{min(compare(Engine(knowledge), dated(case, onset)), 6)} segments")


@FULLY
@given(knowledge=bases, case=cases, onset=exact_onsets)
def test_an_exactly_dated_answer_changes_when_the_undated_one_does(
    knowledge: Knowledge, case: Case, onset: Onset
) -> None:
    """A date that is known exactly only moves the zero of the clock."""
    engine = Engine(knowledge)
    if followed(engine, case) is None:
        return
    points = asked(engine, case)
    for instant, expected in points.items():
        for found in engine.answer(at(dated(case, onset), instant)).findings:
            same = replace(found, definite_at=None)
            assert expected[found.treatment.iri] == same


@FULLY
@given(
    knowledge=bases,
    case=cases,
    onset=st.none() | onsets,
    ends=st.lists(st.tuples(st.sampled_from(WINDOWS), st.sampled_from(BOUNDS)), min_size=8),
)
def test_an_end_is_as_firm_as_the_strictest_window_that_ends_there(
    knowledge: Knowledge, case: Case, onset: Onset | None, ends: list[tuple[Span, str]]
) -> None:
    """A minimum goes before what is printed otherwise; nothing is said where no window ends."""
    engine = Engine(ending(knowledge, ends))
    placed = case if onset is None else dated(case, onset)
    timeline = followed(engine, placed)
    possible = completions(worlds_of(knowledge.axioms), case)
    for course in () if timeline is None else timeline.courses:
        supers = knowledge.axioms.above[course.treatment.iri]
        windows = [
            (rule.level, region.hours, bound)
            for rule in engine.knowledge.rules
            for region, bound in zip(rule.regions, rule.bounds, strict=True)
            if rule.level and covers(region, supers)
            if any(holds(region, world) for world in possible)
        ]
        for one, other in pairwise(course.segments):
            ended = [w for w in windows if ends_at(w[1], placed, other.hours.start)]
            strictest = max((level for level, _, _ in ended), default=Level.NONE)
            said = sorted(bound for level, _, bound in ended if level is strictest)
            expected = "minimum" if "minimum" in said else next(iter(said), "")
            assert one.end is not None
            assert expected == one.end.bound


def test_two_windows_that_end_at_once_for_an_early_and_a_late_onset_both_count() -> None:
    """At two hours the earliest onset leaves the long window, the latest one the short one."""
    knowledge = small(Region(hours=Span.half_open(0, 1)), Region(hours=Span.half_open(0, 2)))
    rules = tuple(replace(rule, bounds=("stated", "minimum")) for rule in knowledge.rules)
    onset = Onset(Cut(ORIGIN), Cut(ORIGIN + 1, after=True))
    timeline = Engine(replace(knowledge, rules=rules)).timeline(dated(Case("Limb"), onset))
    end = timeline.courses[0].segments[0].end
    assert Change(2, "minimum", Verdict.UNDETERMINED) == end


def ending(knowledge: Knowledge, ends: list[tuple[Span, str]]) -> Knowledge:
    """The same rules, with few different windows and ends that sources print in several ways."""
    left = cycle(ends)
    rules = []
    for rule in knowledge.rules:
        windows = [next(left) for _ in rule.regions]
        regions = tuple(
            replace(region, hours=hours)
            for region, (hours, _) in zip(rule.regions, windows, strict=True)
        )
        rules.append(replace(rule, regions=regions, bounds=tuple(bound for _, bound in windows)))
    return replace(knowledge, rules=tuple(rules))


def ends_at(window: Span, case: Case, cut: Cut) -> bool:
    """Whether a window ends for the earliest or for the latest onset just at a cut."""
    step = MICROSECOND if cut.after else 0
    before, after = at(case, cut.at + step - MICROSECOND).hours, at(case, cut.at + step).hours
    return past(before, window) != past(after, window)


def past(hours: Span, window: Span) -> tuple[bool, bool]:
    """Whether some of the hours lie after the end of a window, and whether all do."""
    end = window.end
    if end is None:
        return False, False
    return hours.end is None or hours.end > end, hours.start >= end


@pytest.mark.parametrize(
    "hours", [Span.at(0), Span(Cut(0, after=True)), Span(Cut(0, after=True), Cut(1, after=True))]
)
@pytest.mark.parametrize(
    "onset",
    [
        None,
        Onset.at(7),
        Onset(Cut(7), Cut(8)),
        Onset(Cut(7), Cut(8, after=True)),
        Onset(Cut(7), None),
        Onset(None, Cut(7)),
        Onset(None, Cut(7, after=True)),
    ],
)
def test_a_window_that_ends_just_after_zero_makes_no_empty_segment(
    hours: Span, onset: Onset | None
) -> None:
    """Where the latest onset is no possible one, at zero it is already later than hour zero."""
    case = Case("Limb") if onset is None else dated(Case("Limb"), onset)
    assert compare(Engine(small(Region(hours=hours))), case)


ORIGIN = (date(2026, 11, 19).toordinal() - 1) * 24
SHIPPED_ONSETS = (
    None,
    Onset.at(ORIGIN + 10),
    Onset(Cut(ORIGIN), Cut(ORIGIN + 24)),
    Onset(Cut(ORIGIN), Cut(ORIGIN + 24, after=True)),
    Onset(Cut(ORIGIN), Cut(ORIGIN + 400)),
    Onset(Cut(ORIGIN), None),
    Onset(None, Cut(ORIGIN, after=True)),
)


@pytest.mark.parametrize("onset", SHIPPED_ONSETS)
def test_the_shipped_timelines_agree_with_the_answers(primum: Primum, onset: Onset | None) -> None:
    """Every fifth injury of unknown grade; all of them together over the kinds of onset."""
    injuries = primum.release.knowledge.injuries[SHIPPED_ONSETS.index(onset) :: 5]
    for injury in injuries:
        compare(
            primum.engine, Case(injury.iri) if onset is None else dated(Case(injury.iri), onset)
        )


def test_the_shipped_timelines_agree_with_the_answers_where_factors_are_open(
    primum: Primum,
) -> None:
    """A day of onset, factors of which nothing is known, and one that is present."""
    day = Onset(Cut(ORIGIN), Cut(ORIGIN + 24))
    factor = primum.release.knowledge.factors[0].iri
    injury = primum.vocabulary.injuries.find("HamstringStrain", where="injury").iri
    case = Case(injury, present=frozenset({factor}), screening=Screening.UNKNOWN)
    compare(primum.engine, dated(case, day))


def test_courses_that_are_strict_at_once_lead(primum: Primum) -> None:
    """Courses are in the order of their levels from onset on."""
    injury = primum.vocabulary.injuries.find("HamstringStrain", where="injury").iri
    courses = primum.engine.timeline(Case(injury, grade=2)).courses
    levels = [[(s.certain, s.possible) for s in course.segments] for course in courses]
    first = [found[0] for found in levels]
    assert sorted(first, reverse=True) == first
    assert {f.treatment for f in primum.engine.answer(Case(injury)).findings} == {
        course.treatment for course in courses
    }


def rules_of(segment: Segment) -> set[str]:
    """The local names of the rules that a segment gives."""
    return {reason.rule.id for reason in segment.reasons}


def test_the_worked_example_over_time(primum: Primum) -> None:
    """Massage of a grade 2 hamstring strain: absolute, then relative to a week, then silent."""
    injury = primum.vocabulary.injuries.find("HamstringStrain", where="injury").iri
    courses = primum.engine.timeline(Case(injury, grade=2)).courses
    massage = next(course for course in courses if course.treatment.id == "Massage")
    expected = [
        (Span.half_open(0, 48), Level.ABSOLUTE),
        (Span.half_open(48, 168), Level.RELATIVE),
        (Span.half_open(168), Level.NONE),
    ]
    assert expected == [(segment.hours, segment.certain) for segment in massage.segments]
    ends = [segment.end and (segment.end.hours, segment.end.bound) for segment in massage.segments]
    assert ends == [(48, "minimum"), (168, "minimum"), None]
    assert "MassageStrainGrade2To3Week" in rules_of(massage.segments[1])


def test_a_day_of_onset_makes_a_change_vague_for_a_day(primum: Primum) -> None:
    """From 48 hours after the first instant of the day the rule may be over; a day later it is."""
    injury = primum.vocabulary.injuries.find("HamstringStrain", where="injury").iri
    onset = Onset(Cut(ORIGIN), Cut(ORIGIN + 24))
    courses = primum.engine.timeline(dated(Case(injury, grade=2), onset)).courses
    massage = next(course for course in courses if course.treatment.id == "Massage")
    expected = [
        (0, Level.ABSOLUTE, Level.ABSOLUTE),
        (48, Level.RELATIVE, Level.ABSOLUTE),
        (72, Level.RELATIVE, Level.RELATIVE),
        (168, Level.NONE, Level.RELATIVE),
        (192, Level.NONE, Level.NONE),
    ]
    found = [(s.hours.start.at, s.certain, s.possible) for s in massage.segments]
    assert expected == found
