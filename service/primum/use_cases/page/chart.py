"""A timeline as a drawing: one row for treatments that share a course, bars for what bars them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from primum.model.answers import Course, Segment, Timeline
from primum.model.knowledge import Closure
from primum.model.levels import Level, Verdict
from primum.model.spans import Span
from primum.model.terms import Term
from primum.use_cases.page.axis import Axis, Tick

_OPEN_BOUNDS = frozenset({"minimum"})


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a row, placed in per cent; `level` is a word of the contracts.

    `style` is `certain`, `possible` (of what only may hold) or `open` (after an end that the
    source leaves open).
    """

    style: str
    level: str
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """The course that some treatments share; the first of them stands for the others."""

    treatments: tuple[Term, ...]
    segments: tuple[Segment, ...]
    bars: tuple[Bar, ...]

    @property
    def id(self) -> str:
        """What the row is called in the page: the local name of its first treatment."""
        return self.treatments[0].id


@dataclass(frozen=True, slots=True)
class Chart:
    """All rows on one axis; `now` is where the instant asked about stands, and how wide it is.

    `silent` are the treatments that no rule bars at any time.
    """

    axis: Axis
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    silent: tuple[Term, ...]
    now: tuple[float, float] | None

    @classmethod
    def of(cls, timeline: Timeline, above: Closure) -> Self:
        """The drawing of a timeline."""
        speaking = [course for course in timeline.courses if _barred(course)]
        axis = Axis.over(_ends(speaking, timeline.case.hours))
        rows = [_row(axis, courses, above) for courses in _alike(speaking)]
        silent = [course.treatment for course in timeline.courses if not _barred(course)]
        asked = timeline.case.hours
        return cls(
            axis,
            tuple(axis.ticks()),
            tuple(rows),
            tuple(silent),
            None if asked == Span() else axis.stretch(asked),
        )


def _barred(course: Course) -> bool:
    """Whether some rule may bar the treatment at some time."""
    return any(segment.possible for segment in course.segments)


def _ends(courses: Iterable[Course], asked: Span) -> Iterator[int]:
    """The hours that the axis has to reach."""
    for course in courses:
        yield from (int(segment.hours.start.at) for segment in course.segments)
    yield int(asked.start.at if asked.end is None else asked.end.at)


def _alike(courses: Iterable[Course]) -> list[list[Course]]:
    """The courses, those with the same segments together, in the order of the first."""
    found: dict[tuple[Segment, ...], list[Course]] = {}
    for course in courses:
        found.setdefault(course.segments, []).append(course)
    return list(found.values())


def _row(axis: Axis, courses: Sequence[Course], above: Closure) -> Row:
    """The row of courses that are alike."""
    treatments = widest_first([course.treatment for course in courses], above)
    segments = courses[0].segments
    return Row(treatments, segments, tuple(_bars(axis, segments)))


def widest_first(terms: Sequence[Term], above: Closure) -> tuple[Term, ...]:
    """Terms with those first that stand above most of the others, then by label."""

    def place(term: Term) -> tuple[int, str]:
        return -sum(term.iri in above[other.iri] for other in terms), term.label.casefold()

    return tuple(sorted(terms, key=place))


def _bars(axis: Axis, segments: Sequence[Segment]) -> Iterator[Bar]:
    """The bars of a row, those of what is certain below those of what is only possible."""
    ended_open = False
    for segment in segments:
        at, width = axis.stretch(segment.hours)
        if segment.certain:
            yield Bar("certain", segment.certain.word, at, width)
        if segment.possible > segment.certain:
            yield Bar("possible", segment.possible.word, at, width)
        if ended_open and segment.verdict is Verdict.RULED_OUT:
            yield Bar("open", Level.NONE.word, at, width)
        ended_open = segment.end is not None and segment.end.bound in _OPEN_BOUNDS
