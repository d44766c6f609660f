"""Columns of instants and of dates, in whole microseconds since 1970-01-01T00:00Z."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as at
from numpy.typing import NDArray

from primum.foundation.errors import QuestionError
from primum.model.dates import read_moment
from primum.model.shapes import Member
from primum.reasoning.cohort.columns import UNKNOWN, Flags, Places
from primum.use_cases.cohort.reading.cells import either, encoded, numbers_of, some

_MICRO: Final = pa.timestamp("us", "UTC")
_NAIVE: Final = pa.timestamp("us")
_DAY_LONG: Final = 86_400_000_000
_OF_UNIT: Final = {"s": 1_000_000, "ms": 1_000, "us": 1}
# A day of the calendar, but for the 29th of February, which is left to be read one by one.
_DAY: Final = (
    "(([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))"
    "|([0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30))"
    "|([0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])))"
)
_CLOCK: Final = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
_ZONE: Final = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])"
_TEXT: Final = re.compile(f"^{_DAY}{_CLOCK}{_ZONE}$").pattern
_WITHOUT_ZONE: Final = re.compile(f"^{_DAY}{_CLOCK}$").pattern
_DATE: Final = re.compile(f"^{_DAY}$").pattern
_YEARS: Final = range(1, 10_000)


@dataclass(frozen=True, slots=True)
class Instants:
    """The instants of n rows: each begins at `first` and, where it is a date, ends before `end`.

    `first` is UNKNOWN where there is none, `end` where `first` is an instant, and None where that
    is so in all rows. `odd` are the rows to be read one by one.
    """

    first: Places
    end: Places | None = None
    odd: Flags | None = None


class InstantReader:
    """Reads columns of instants of one member of case records, in a zone where they have none."""

    def __init__(self, member: Member, zone: str | None) -> None:
        """Take the form of instants, and their bounds, from the shape of the member."""
        self._pattern = None if member.pattern is None else member.pattern.pattern
        self._zone = zone
        years = [year for year in _YEARS if _is_good(member, f"{year:04}-01-01T00:00:00Z")]
        # Years that are no range are left to be read one by one.
        whole = bool(years) and years == list(range(years[0], years[-1] + 1))
        bounds = (years[0], years[-1] + 1) if whole else (1, 1)
        self._least, self._until = (
            int(np.datetime64(f"{year:04}-01-01", "us").astype(np.int64)) for year in bounds
        )

    def read(self, column: pa.Array) -> Instants:
        """The instants of a column."""
        kind = column.type
        if at.is_null(kind):
            return Instants(np.full(len(column), UNKNOWN))
        if at.is_timestamp(kind):
            return self._timestamps(column)
        if at.is_date(kind):
            return self._dates(column.cast(pa.date32()))
        if isinstance(column, pa.DictionaryArray):
            values, indices, there = encoded(column)
            return _taken(self._texts(values), indices, there)
        return self._texts(column)

    def _timestamps(self, column: pa.Array) -> Instants:
        """Timestamps of any unit."""
        if column.type.tz is None:
            return self._located(column)
        found, there = numbers_of(column)
        if column.type.unit == "ns":
            micro, rest = np.divmod(found, 1000)
            odd = rest != 0
        else:
            factor, odd = _OF_UNIT[column.type.unit], None
            least, most = self._least // factor, self._until // factor
            if not _all_within(found, least, most):
                odd = (found < least) | (found > most)
                found = np.where(odd, 0, found)
            micro = found * factor
        return self._bounded(micro, there, odd)

    def _bounded(self, micro: Places, there: Flags | None, odd: Flags | None = None) -> Instants:
        """Instants of years that records can have."""
        if odd is None and _all_within(micro, self._least, self._until - 1):
            return Instants(micro if there is None else np.where(there, micro, UNKNOWN))
        outside = (micro < self._least) | (micro >= self._until)
        if odd is not None:
            outside |= odd
        if there is not None:
            outside &= there
            micro = np.where(there & ~outside, micro, UNKNOWN)
        else:
            micro = np.where(outside, UNKNOWN, micro)
        return Instants(micro, odd=some(outside))

    def _located(self, column: pa.Array) -> Instants:
        """Timestamps without a zone; those that the clock shows twice, or never, are odd."""
        if self._zone is None:
            return Instants(np.full(len(column), UNKNOWN), odd=np.ones(len(column), np.bool_))
        if column.type.unit == "ns":
            whole = column.cast(_NAIVE, safe=False)
            fine = pc.not_equal(whole.cast(column.type), column)
            coarse = fine.fill_null(False).to_numpy(zero_copy_only=False)
        else:
            whole, coarse = column, None
        early, late = (
            pc.assume_timezone(whole, self._zone, ambiguous=which, nonexistent=which)
            for which in ("earliest", "latest")
        )
        differ = pc.not_equal(early, late).fill_null(False).to_numpy(zero_copy_only=False)
        found = self._timestamps(early)
        # Within a day of the bounds, the year on the clock may be another one.
        known = found.first != UNKNOWN
        early_or_late = (found.first < self._least + _DAY_LONG) | (
            found.first >= self._until - _DAY_LONG
        )
        odd = either(some(differ), coarse if coarse is None else some(coarse))
        return _without(found, either(odd, some(known & early_or_late)))

    def _dates(self, column: pa.Array) -> Instants:
        """Dates, each the whole day."""
        begin = self._located(column.cast(pa.timestamp("s")))
        following = pc.add(column.cast(pa.timestamp("s")), pa.scalar(86_400, pa.duration("s")))
        end = self._located(following)
        odd = either(begin.odd, end.odd)
        return _without(Instants(begin.first, end.first), odd)

    def _texts(self, column: pa.Array) -> Instants:
        """Instants as case records write them; with a zone told, others without one, and dates."""
        empty = pc.equal(pc.binary_length(column), 0).fill_null(True)
        left = pc.invert(empty)
        found = np.full(len(column), UNKNOWN)
        end: Places | None = None
        ways: list[tuple[str, Callable[[pa.Array], Instants]]] = [(_TEXT, self._zoned)]
        if self._zone is not None:
            ways += [(_WITHOUT_ZONE, self._unzoned), (_DATE, self._days)]
        for form, read in ways:
            matched = pc.and_(left, pc.match_substring_regex(column, form).fill_null(False))
            rows = np.flatnonzero(matched.to_numpy(zero_copy_only=False))
            if not len(rows):
                continue
            part = read(column if len(rows) == len(column) else column.take(pa.array(rows)))
            good = rows if part.odd is None else rows[~part.odd]
            found[good] = part.first if part.odd is None else part.first[~part.odd]
            if part.end is not None:
                end = np.full(len(column), UNKNOWN) if end is None else end
                end[good] = part.end if part.odd is None else part.end[~part.odd]
        there = left.to_numpy(zero_copy_only=False)
        return Instants(found, end, some(there & (found == UNKNOWN)))

    def _zoned(self, column: pa.Array) -> Instants:
        """Texts with a zone, of the form that the shape asks for."""
        found = self._timestamps(column.cast(_MICRO))
        if self._pattern is None:
            return found
        formed = pc.match_substring_regex(column, self._pattern)
        return _without(found, some(~formed.to_numpy(zero_copy_only=False)))

    def _unzoned(self, column: pa.Array) -> Instants:
        """Texts without a zone."""
        return self._located(column.cast(_NAIVE))

    def _days(self, column: pa.Array) -> Instants:
        """Texts of dates."""
        return self._dates(column.cast(pa.date32()))


def _all_within(numbers: Places, least: int, most: int) -> bool:
    """Whether there are numbers, and all lie in a range."""
    return bool(len(numbers)) and bool(numbers.min() >= least and numbers.max() <= most)


def _is_good(member: Member, text: str) -> bool:
    """Whether a text is an instant to the shape and to the reader of instants."""
    if member.pattern is not None and not member.pattern.search(text):
        return False
    try:
        read_moment(text)
    except QuestionError:
        return False
    return True


def _without(found: Instants, odd: Flags | None) -> Instants:
    """Instants without those of some rows, which are left to be read one by one."""
    if odd is None:
        return found
    first = np.where(odd, UNKNOWN, found.first)
    end = None if found.end is None else np.where(odd, UNKNOWN, found.end)
    return Instants(first, end, either(found.odd, odd))


def _taken(distinct: Instants, indices: NDArray[Any], there: Flags | None) -> Instants:
    """The instants of rows, from those of distinct texts."""

    def of(values: NDArray[Any], missing: Any) -> NDArray[Any]:
        found: NDArray[Any] = (
            values.take(indices, mode="clip") if len(values) else np.full(len(indices), missing)
        )
        if there is not None:
            found[~there] = missing
        return found

    return Instants(
        of(distinct.first, UNKNOWN),
        None if distinct.end is None else of(distinct.end, UNKNOWN),
        None if distinct.odd is None else some(of(distinct.odd, False)),
    )
