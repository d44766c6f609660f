"""When the injuries of rows began, and which instants are asked about, as places on one axis."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from primum.foundation.names import Record
from primum.model.moments import HOURS_PER_DAY
from primum.model.shapes import Form
from primum.reasoning.cohort.columns import AFTER, MICROSECONDS, STEP, UNKNOWN, Flags, Places
from primum.use_cases.cohort.options import Rows
from primum.use_cases.cohort.reading.amounts import since_onset
from primum.use_cases.cohort.reading.cells import either, some
from primum.use_cases.cohort.reading.instants import InstantReader, Instants
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table.matching import Matched
from primum.use_cases.cohort.table.zones import Zone
from primum.use_cases.records.records import Records

_DAY = HOURS_PER_DAY * MICROSECONDS


@dataclass(frozen=True, slots=True)
class Dates:
    """The columns of n rows that tell of time, and the rows to be read one by one."""

    earliest: Places
    latest: Places
    at: Places
    whole_day: Flags
    odd: Flags | None


class DatesReader:
    """Reads the columns of one table that tell of time."""

    def __init__(self, records: Records, matched: Matched, zone: Zone) -> None:
        """Make the reader of each column of instants."""
        forms, columns = records.shapes.forms, matched.columns
        self._columns = columns
        self._asked = table.AT if matched.rows is Rows.AUDIT else table.ASSESSED_AT
        self._since = any(name in columns for name in table.SINCE)
        members = {
            table.ONSET: (forms[Record.INJURY], "onset"),
            table.NOT_BEFORE: (forms[Record.ONSET], "notBefore"),
            table.NOT_AFTER: (forms[Record.ONSET], "notAfter"),
            table.ASSESSED_AT: (forms[""], "assessedAt"),
            table.AT: (forms[Record.TREATMENT], "at"),
        }
        readers = {name: _reader(*member, zone) for name, member in members.items()}
        self._readers = {name: readers[name] for name in members if name in columns}

    def read(self, batch: pa.RecordBatch) -> Dates:
        """The times of the rows of a batch."""
        found = {
            name: read(batch.column(self._columns[name])) for name, read in self._readers.items()
        }
        odd = None
        for name, instants in found.items():
            odd = either(odd, instants.odd)
            if name not in table.DATES and instants.end is not None:
                odd = either(odd, some(instants.end != UNKNOWN))
        rows = batch.num_rows
        if self._since:
            return self._hours(batch, odd)
        earliest, latest, twice = _onset(found, rows)
        odd = either(odd, twice)
        caps = [found[name].first for name in (table.ASSESSED_AT, table.AT) if name in found]
        if caps and earliest is not None and latest is not None:
            latest, late = _capped(earliest, latest, caps)
            odd = either(odd, late)
        asked = found.get(self._asked)
        return Dates(
            earliest=_known(earliest, rows),
            latest=_known(latest, rows),
            at=_known(None if asked is None else asked.first, rows),
            whole_day=np.zeros(rows, np.bool_),
            odd=odd,
        )

    def _hours(self, batch: pa.RecordBatch, odd: Flags | None) -> Dates:
        """Times as hours or days since an onset that stands at zero."""
        rows = batch.num_rows
        at = np.full(rows, UNKNOWN)
        whole_day = np.zeros(rows, np.bool_)
        for name, unit in ((table.HOURS, 1), (table.DAY, HOURS_PER_DAY)):
            if name in self._columns:
                micro, left = since_onset(batch.column(self._columns[name]), unit=unit)
                told = micro != UNKNOWN
                odd = either(either(odd, left), some(told & (at != UNKNOWN)))
                at = np.where(told, micro, at)
                if name == table.DAY:
                    whole_day = told & (micro % _DAY == 0)
        known = at != UNKNOWN
        return Dates(
            np.where(known, 0, UNKNOWN), np.where(known, AFTER, UNKNOWN), at, whole_day, odd
        )


def _reader(form: Form, key: str, zone: Zone) -> Callable[[pa.Array], Instants]:
    """What reads a column of instants of a member."""
    return InstantReader(form.members[key], zone.name).read


def _known(places: Places | None, rows: int) -> Places:
    """Places, or those of nothing."""
    return np.full(rows, UNKNOWN) if places is None else places


def _onset(
    found: dict[str, Instants], rows: int
) -> tuple[Places | None, Places | None, Flags | None]:
    """Between which places the onsets lie, and the rows whose onset is told twice or empty."""
    earliest, latest = _ends(found.get(table.ONSET), found.get(table.ONSET))
    first, last = _ends(found.get(table.NOT_BEFORE), found.get(table.NOT_AFTER))
    if first is None and last is None:
        return earliest, latest, None
    first, last = _known(first, rows), _known(last, rows)
    bounded = (first != UNKNOWN) | (last != UNKNOWN)
    odd = (first != UNKNOWN) & (last != UNKNOWN) & (last <= first)
    if earliest is None or latest is None:
        return first, last, some(odd)
    odd |= bounded & (earliest != UNKNOWN)
    return np.where(bounded, first, earliest), np.where(bounded, last, latest), some(odd)


def _ends(first: Instants | None, last: Instants | None) -> tuple[Places | None, Places | None]:
    """The places of a lower and an upper end."""
    return (
        None if first is None else _placed(first.first, 0),
        None if last is None else _upper(last),
    )


def _upper(last: Instants) -> Places:
    """The places of upper ends: just after an instant, just before the day after a date."""
    after = _placed(last.first, AFTER)
    if last.end is None:
        return after
    return np.where(last.end == UNKNOWN, after, _placed(last.end, 0))


def _placed(micro: Places, offset: int) -> Places:
    """Microseconds as places."""
    places: Places = micro * STEP  # which leaves UNKNOWN, a power of two, at zero
    if offset:
        places += offset
    if len(micro) and micro.min() == UNKNOWN:
        np.copyto(places, UNKNOWN, where=micro == UNKNOWN)
    return places


def _capped(
    earliest: Places, latest: Places, caps: Iterable[Places]
) -> tuple[Places, Flags | None]:
    """The upper ends of onsets that lie at or before some instants, and the rows that do not."""
    # One less than UNKNOWN, which is the least of all numbers, is the greatest: no bound at all.
    upper = latest - 1
    late = np.zeros(len(latest), np.bool_)
    for cap in caps:
        place = _placed(cap, AFTER)
        place -= 1
        late |= earliest > place
        np.minimum(upper, place, out=upper)
    upper += 1
    undated = latest == UNKNOWN
    undated &= earliest == UNKNOWN
    np.copyto(upper, UNKNOWN, where=undated)
    return upper, some(late)
