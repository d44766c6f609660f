"""Cases that were read one by one as columns of numbers, as far as these can hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from primum.model.cases import Case, Dating
from primum.model.knowledge import Knowledge
from primum.model.moments import HOURS_PER_DAY, Moment
from primum.model.spans import Cut, Number, Span
from primum.reasoning.cohort.columns import AFTER, MICROSECONDS, STEP, UNKNOWN, Columns, Lists
from primum.reasoning.tables import Bands

_EPOCH: Final = 719_162 * HOURS_PER_DAY  # from the first day of the calendar to 1970-01-01


@dataclass(frozen=True, slots=True)
class Times:
    """The places of one case; all UNKNOWN where nothing is known of its time."""

    earliest: int = UNKNOWN
    latest: int = UNKNOWN
    at: int = UNKNOWN
    whole_day: bool = False


class Collector:
    """Writes cases over one knowledge base as columns."""

    def __init__(self, knowledge: Knowledge, hours: Bands) -> None:
        """Number what cases name; `hours` are the bands between which an instant makes no odds."""
        self._injuries = {term.iri: n for n, term in enumerate(knowledge.injuries)}
        self._factors = {term.iri: n for n, term in enumerate(knowledge.factors)}
        self._hours = hours

    def times(self, case: Case) -> Times | None:
        """The places of a case that is answered just as the case is; None where there are none."""
        if case.dating is None and case.hours == Span():
            return Times()
        if case.dating is not None and case.dating.at is None:
            return Times()
        if case.hours.is_instant:
            return self._since(case.hours)
        return _day(case.hours) if case.dating is None else _dated(case.dating, case.dating.at)

    def _since(self, hours: Span) -> Times | None:
        """An instant since an onset that is known exactly, to the microsecond if that will do."""
        micro = int(Fraction(hours.start.at) * MICROSECONDS)
        same = self._hours.of(Span.at(Fraction(micro, MICROSECONDS))) == self._hours.of(hours)
        return Times(0, AFTER, micro) if same else None

    def columns(self, cases: Sequence[tuple[Case, Times]]) -> Columns:
        """Cases as columns."""
        found, times = [case for case, _ in cases], [one for _, one in cases]
        return Columns(
            injury=np.asarray([self._injuries[case.injury] for case in found], np.int16),
            grade=np.asarray([case.grade or 0 for case in found], np.int8),
            age=np.asarray([-1 if case.age is None else case.age for case in found], np.int16),
            present=_lists([case.present for case in found], self._factors),
            absent=_lists([case.absent for case in found], self._factors),
            earliest=np.asarray([one.earliest for one in times], np.int64),
            latest=np.asarray([one.latest for one in times], np.int64),
            at=np.asarray([one.at for one in times], np.int64),
            whole_day=np.asarray([one.whole_day for one in times], np.bool_),
        )


def _day(hours: Span) -> Times | None:
    """A whole day since an onset that is known exactly."""
    start = _whole(hours.start.at * MICROSECONDS)
    return None if start is None else Times(0, AFTER, start, whole_day=True)


def _dated(dating: Dating, asked: Moment | None) -> Times | None:
    """An instant, and an onset of which only the ends are known."""
    if asked is None:
        return None
    earliest, latest = _place(dating.onset.earliest), _place(dating.onset.latest)
    at = _whole((asked.hours - _EPOCH) * MICROSECONDS)
    if earliest is None or latest is None or at is None:
        return None
    return Times(earliest, latest, at)


def _place(cut: Cut | None) -> int | None:
    """The place of an end of an onset; None where it is no whole microsecond."""
    if cut is None:
        return UNKNOWN
    micro = _whole((cut.at - _EPOCH) * MICROSECONDS)
    return None if micro is None else micro * STEP + AFTER * cut.after


def _whole(number: Number) -> int | None:
    """A number if it is a whole one."""
    exact = Fraction(number)
    return int(exact) if exact.denominator == 1 else None


def _lists(iris: Sequence[frozenset[str]], numbers: Mapping[str, int]) -> Lists:
    """The factors of each case."""
    offsets = np.cumsum([0, *map(len, iris)], dtype=np.int64)
    return Lists(offsets, np.asarray([numbers[iri] for each in iris for iri in each], np.int16))
