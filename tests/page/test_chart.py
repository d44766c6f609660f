"""The drawing of a timeline says what the timeline says: nothing is lost, added or moved."""

import pytest

from primum.model.levels import Level, Screening, Verdict
from primum.model.spans import Span
from primum.use_cases.page.chart import Chart
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

QUESTIONS = (
    Asked("hamstring-strain", grade="2", day="3"),
    Asked("hamstring-strain"),
    Asked("itbs"),
    Asked("lateral-ankle-sprain", screening=Screening.UNKNOWN),
    Asked("hamstring-strain", onset="2026-11-19Z/2026-11-20Z"),
)


@pytest.fixture(params=QUESTIONS, ids=lambda asked: f"{asked.injury} {asked.screening}")
def drawn(primum: Primum, request: pytest.FixtureRequest) -> tuple[Primum, Asked, Chart]:
    """A question and the drawing of its timeline."""
    asked: Asked = request.param
    timeline = primum.timeline(asked)
    return primum, asked, Chart.of(timeline, primum.release.knowledge.axioms.above)


def test_every_treatment_is_in_one_row_or_said_to_be_silent(
    drawn: tuple[Primum, Asked, Chart],
) -> None:
    """None is missing and none stands twice."""
    primum, _, chart = drawn
    shown = [*chart.silent, *(term for row in chart.rows for term in row.treatments)]
    assert sorted(shown, key=lambda t: t.iri) == sorted(
        primum.release.knowledge.treatments, key=lambda t: t.iri
    )


def test_each_treatment_has_the_segments_of_its_course(drawn: tuple[Primum, Asked, Chart]) -> None:
    """A row stands for treatments whose courses are the same; silent ones are never barred."""
    primum, asked, chart = drawn
    courses = {course.treatment: course.segments for course in primum.timeline(asked).courses}
    for row in chart.rows:
        assert [courses[term] for term in row.treatments] == [row.segments] * len(row.treatments)
    assert not [s for term in chart.silent for s in courses[term] if s.possible]


def test_bars_stand_where_something_bars(drawn: tuple[Primum, Asked, Chart]) -> None:
    """A bar for each certain level, a hatched one where more is possible, none where none is."""
    _, _, chart = drawn
    for row in chart.rows:
        expected = [
            (style, level.word, *chart.axis.stretch(segment.hours))
            for segment in row.segments
            for style, level in _levels(segment.certain, segment.possible)
        ]
        found = [(b.style, b.level, b.at, b.width) for b in row.bars if b.style != "open"]
        assert expected == found


def _levels(certain: Level, possible: Level) -> list[tuple[str, Level]]:
    """The bars of a segment."""
    bars = [("certain", certain)] if certain else []
    return [*bars, ("possible", possible)] if possible > certain else bars


def test_an_end_that_the_source_leaves_open_is_drawn_open(
    drawn: tuple[Primum, Asked, Chart],
) -> None:
    """After a minimum, and only there, silence is hatched."""
    _, _, chart = drawn
    for row in chart.rows:
        pairs = zip(row.segments, row.segments[1:], strict=False)
        expected = [
            chart.axis.stretch(after.hours)
            for before, after in pairs
            if after.verdict is Verdict.RULED_OUT
            and before.end is not None
            and before.end.bound == "minimum"
        ]
        assert expected == [(b.at, b.width) for b in row.bars if b.style == "open"]


def test_now_is_marked_where_a_time_is_asked_about(primum: Primum) -> None:
    """A day is a stretch; without a time there is no mark."""
    above = primum.release.knowledge.axioms.above
    dated = Chart.of(primum.timeline(QUESTIONS[0]), above)
    assert dated.now == dated.axis.stretch(dated_hours(primum))
    assert Chart.of(primum.timeline(QUESTIONS[1]), above).now is None


def dated_hours(primum: Primum) -> Span:
    """The hours that the first question asks about."""
    return primum.timeline(QUESTIONS[0]).case.hours
