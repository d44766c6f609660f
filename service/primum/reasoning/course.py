"""One treatment over time: maximal segments in which its levels do not change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from primum.model.answers import Change, Course, Finding, Segment
from primum.model.levels import Level, verdict
from primum.model.moments import Onset
from primum.model.spans import Cut, Number, Span
from primum.model.terms import Term
from primum.reasoning.clock import Piece, pieces
from primum.reasoning.decision import Decision

Levels = tuple[Level, Level]


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that follow each other with the same levels; `first` is the one it starts with."""

    first: Piece
    bands: range
    levels: Levels


def course_of(decision: Decision, treatment: Term, onset: Onset) -> Course:
    """The course of a treatment from the onset's zero onwards; `onset` counts from that zero."""
    barring = decision.barring(treatment)
    runs = _runs(decision, barring, pieces(decision.tables.hours, onset))
    segments = [
        _segment(decision, barring, run, following)
        for run, following in zip(runs, [*runs[1:], None], strict=True)
    ]
    return Course(treatment, tuple(segments))


def _runs(decision: Decision, barring: int, parts: list[Piece]) -> list[Run]:
    """The pieces, those put together that follow each other with the same levels."""
    row = decision.row(barring)
    found: list[Run] = []
    for piece in parts:
        now = [row[band] for band in piece.bands]
        levels = min(certain for certain, _ in now), max(possible for _, possible in now)
        if found and found[-1].levels == levels:
            bands = range(found[-1].bands.start, piece.bands.stop)
            found[-1] = replace(found[-1], bands=bands)
        else:
            found.append(Run(piece, piece.bands, levels))
    return found


def _segment(decision: Decision, barring: int, run: Run, following: Run | None) -> Segment:
    """A run as a segment, up to the one that follows."""
    certain, possible = run.levels
    end = None if following is None else following.first.start
    return Segment(
        hours=Span(run.first.start, end),
        verdict=verdict(certain, possible, spoken_of=bool(barring)),
        certain=certain,
        possible=possible,
        reasons=decision.reasons(barring, run.bands),
        end=None if following is None else _end(decision, barring, following),
    )


def _end(decision: Decision, barring: int, following: Run) -> Change:
    """What happens where a run ends and another one follows."""
    bound = decision.bound_at(barring, following.first.passed)
    return Change(following.first.start.at, bound, verdict(*following.levels, spoken_of=True))


def dated(
    findings: Iterable[Finding], courses: Iterable[Course], instant: Number
) -> tuple[Finding, ...]:
    """The findings with their changes as the courses have them after an instant on their clock."""
    by_treatment = {course.treatment.iri: course for course in courses}
    return tuple(_with_changes(f, by_treatment[f.treatment.iri], instant) for f in findings)


def _with_changes(finding: Finding, course: Course, instant: Number) -> Finding:
    """A finding with its next change, and when it becomes definite if it is not."""
    now, later = _from(course, instant)
    definite = None
    if finding.certain != finding.possible:
        settled = (at for at, segment in later if segment.certain == segment.possible)
        definite = next(settled, None)
    return replace(finding, changes_at=now.end, definite_at=definite)


def next_verdict(course: Course, instant: Number) -> Change | None:
    """When a course next has another verdict than at an instant on its clock."""
    now, later = _from(course, instant)
    return next((at for at, segment in later if segment.verdict is not now.verdict), None)


def _from(course: Course, instant: Number) -> tuple[Segment, list[tuple[Change, Segment]]]:
    """The segment of an instant, and the later ones, each with the change it begins with."""
    number = max(i for i, s in enumerate(course.segments) if s.hours.start <= Cut(instant))
    ends = [segment.end for segment in course.segments[number:] if segment.end is not None]
    return course.segments[number], list(zip(ends, course.segments[number + 1 :], strict=True))
