"""Cases as the columns that the kernel takes, and what it finds as what the engine finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from tests.cohort.found import Found

from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.dates import read_moment
from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Verdict
from primum.model.moments import Moment
from primum.model.spans import Cut, Number
from primum.reasoning.cohort.columns import UNKNOWN, Audited, Columns, Levels, Lists
from primum.reasoning.cohort.kernel import Kernel

_MICROSECONDS: Final = 3_600_000_000
_EPOCH: Final = read_moment("1970-01-01T00:00:00Z").hours
_VERDICTS: Final = tuple(Verdict)
Place = Callable[[Case], int]


def columns_of(knowledge: Knowledge, cases: Sequence[Case]) -> Columns:
    """The columns of cases; hours without dates count from the epoch."""
    injuries = {term.iri: number for number, term in enumerate(knowledge.injuries)}
    factors = {term.iri: number for number, term in enumerate(knowledge.factors)}
    times = [_times(case) for case in cases]
    return Columns(
        injury=np.asarray([injuries[case.injury] for case in cases], np.int16),
        grade=np.asarray([case.grade or 0 for case in cases], np.int8),
        age=np.asarray([-1 if case.age is None else case.age for case in cases], np.int16),
        present=_lists([factors[iri] for iri in case.present] for case in cases),
        absent=_lists([factors[iri] for iri in case.absent] for case in cases),
        earliest=np.asarray([time[0] for time in times], np.int64),
        latest=np.asarray([time[1] for time in times], np.int64),
        at=np.asarray([time[2] for time in times], np.int64),
        whole_day=np.asarray([_is_day(case) for case in cases], np.bool_),
    )


def _lists(rows: Iterable[list[int]]) -> Lists:
    """Lists of codes."""
    found = [sorted(row) for row in rows]
    offsets = np.cumsum([0, *map(len, found)], dtype=np.int64)
    return Lists(offsets, np.asarray([code for row in found for code in row], np.int16))


def _is_day(case: Case) -> bool:
    """Whether a case is about 24 hours, not an instant, of an onset that is known."""
    return case.dating is None and case.hours.end is not None and not case.hours.is_instant


def _times(case: Case) -> tuple[int, int, int]:
    """The earliest and the latest onset as places, and the instant asked about."""
    if case.dating is not None:
        onset, at = case.dating.onset, case.dating.at
        asked = UNKNOWN if at is None else microsecond(at.hours - _EPOCH)
        return _place(onset.earliest), _place(onset.latest), asked
    if case.hours.end is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    return 0, 2, microsecond(case.hours.start.at)


def _place(cut: Cut | None) -> int:
    """The place of a cut on the calendar."""
    return UNKNOWN if cut is None else 4 * microsecond(cut.at - _EPOCH) + 2 * cut.after


def microsecond(hours: Number) -> int:
    """Hours as microseconds; raises ValueError where they are no whole number of these."""
    found = Fraction(hours) * _MICROSECONDS
    if found.denominator != 1:
        raise ValueError(f"{hours} hours are no whole number of microseconds")
    return found.numerator


def moment(microseconds: int) -> Moment:
    """An instant so many microseconds after the epoch."""
    return Moment(Moment(_EPOCH).later(Fraction(microseconds, _MICROSECONDS)).hours)


def audited(kernel: Kernel, found: Audited) -> Iterator[Found | None]:
    """What the kernel finds of one treatment for each record; None where facts contradict."""
    for number in range(len(found.contradicts)):
        rule, bound = int(found.rule[number]), int(found.bound[number])
        changes_at = float(found.changes_at[number])
        yield (
            None
            if found.contradicts[number]
            else Found(
                certain=Level(int(found.certain[number])).word,
                possible=Level(int(found.possible[number])).word,
                verdict=_VERDICTS[found.verdict[number]],
                rule=None if rule < 0 else local_name(kernel.rules[rule].iri),
                changes_at=None if np.isnan(changes_at) else changes_at,
                bound=None if bound < 0 else kernel.bounds[bound],
            )
        )


def levels_of(found: Levels, record: int, treatment: int) -> tuple[Level, Level]:
    """The certain and the possible level of a treatment that the kernel finds for a record."""

    def level(sets: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.uint64]]]) -> Level:
        word, bit = divmod(treatment, 64)
        return Level(sum(int(one[record, word]) >> bit & 1 for one in sets))

    return level(found.certain), level(found.possible)
