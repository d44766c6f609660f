"""A row of a table as a case record, with the column from which each part of the record comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from primum.foundation.errors import QuestionError
from primum.model.moments import Moment
from primum.model.spans import Span
from primum.use_cases.cohort.options import Rows
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table import values
from primum.use_cases.cohort.table.matching import Matched
from primum.use_cases.cohort.table.zones import Zone
from primum.use_cases.question import read_flag, span_of
from primum.use_cases.records.pointers import below

Json = dict[str, Any]
Row = Mapping[str, Any]
_BOTH: Final = "hours-and-day"
_NANOSECOND: Final = Fraction(1, 3600 * 10**9)
FACTORS: Final = "/patient/factors"


@dataclass(slots=True)
class RowRecord:
    """The case record of a row.

    `places` maps JSON Pointers into the document to columns of the table. `since` are the hours
    since onset where the row tells these, `end` the instant before which the onset lies where a
    date tells it, and `faults` are those that no record can have.
    """

    document: Json = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    since: Span | None = None
    end: Moment | None = None
    faults: list[Json] = field(default_factory=list)

    def column(self, pointer: str) -> str | None:
        """The column from which what a pointer points to comes; None where that is the row."""
        while pointer not in self.places and pointer:
            pointer = pointer.rpartition("/")[0]
        return self.places.get(pointer)

    def refuse(self, code: str, column: str, error: QuestionError) -> None:
        """Add a fault that reading a cell raises."""
        self.faults.append(
            fault(code, column, str(error), found=error.found, allowed=error.allowed)
        )


def fault(
    code: str, column: str | None, message: str, *, found: Any = None, allowed: Any = ()
) -> Json:
    """A fault of a row, as rejects and answers tell it."""
    return {
        "code": code,
        "column": column,
        "message": message,
        "found": found,
        "allowed": list(allowed),
    }


class RowRecords:
    """Writes rows of one table as case records.

    Hours or days since onset are no part of a record, which knows dates alone: a record of such a
    row has no onset, and says less than the row.
    """

    def __init__(self, matched: Matched, zone: Zone) -> None:
        """Know what the columns stand for."""
        self._columns = matched.columns
        self._flags = {name: term.id for name, term in matched.flags.items()}
        self._audit = matched.rows is Rows.AUDIT
        self._zone = zone

    def of(self, row: Row) -> RowRecord:
        """The record of a row, given by columns of the table."""
        found = RowRecord()
        cells = {name: row.get(column) for name, column in self._columns.items()}
        cells = {name: value for name, value in cells.items() if not values.is_missing(value)}
        document = found.document
        if table.ID in cells:
            document["id"] = values.label(cells[table.ID])
        document["injury"] = self._injury(cells, found)
        if table.ASSESSED_AT in cells:
            document["assessedAt"] = self._zone.instant(cells[table.ASSESSED_AT])
        if patient := self._patient(cells, row, found):
            document["patient"] = patient
        if self._audit:
            document["treatments"] = [self._treatment(cells)]
        found.places |= {
            pointer: self._columns[name]
            for name, pointer in _POINTERS.items()
            if name in self._columns
        }
        self._since(cells, found)
        return found

    def _injury(self, cells: Row, found: RowRecord) -> Json:
        """The injury, with its onset as far as it is dated."""
        injury: Json = {}
        if table.INJURY in cells:
            injury["type"] = cells[table.INJURY]
        if table.GRADE in cells:
            injury["grade"] = values.whole(cells[table.GRADE])
        if table.SIDE in cells:
            injury["side"] = cells[table.SIDE]
        onsets = [onset for onset in self._onsets(cells, found) if onset]
        if onsets:
            injury["onset"] = onsets[0] if len(onsets) == 1 else onsets
        return injury

    def _onsets(self, cells: Row, found: RowRecord) -> Iterator[Any]:
        """The onset, and the interval in which it lies: only one of them should be there."""
        if table.ONSET in cells:
            found.places["/injury/onset"] = self._columns[table.ONSET]
            day = self._zone.day(cells[table.ONSET])
            if day is None:
                yield self._zone.instant(cells[table.ONSET])
            else:
                found.end = day[1]
                yield {"notBefore": str(day[0]), "notAfter": _last(day[1])}
        yield self._interval(cells, found)

    def _interval(self, cells: Row, found: RowRecord) -> Json:
        """The interval that two columns bound; empty where neither does."""
        interval = {}
        if table.NOT_BEFORE in cells:
            day = self._zone.day(cells[table.NOT_BEFORE])
            interval["notBefore"] = (
                self._zone.instant(cells[table.NOT_BEFORE]) if day is None else str(day[0])
            )
        if table.NOT_AFTER in cells:
            day = self._zone.day(cells[table.NOT_AFTER])
            found.end = None if day is None else day[1]
            interval["notAfter"] = (
                self._zone.instant(cells[table.NOT_AFTER]) if day is None else _last(day[1])
            )
        for name, key in ((table.NOT_BEFORE, "notBefore"), (table.NOT_AFTER, "notAfter")):
            if key in interval:
                found.places.setdefault("/injury/onset", self._columns[name])
                found.places.setdefault(f"/injury/onset/{key}", self._columns[name])
        return interval

    def _patient(self, cells: Row, row: Row, found: RowRecord) -> Json:
        """The patient, with factors from lists and from columns of their own."""
        patient: Json = {}
        if table.AGE in cells:
            patient["age"] = values.whole(cells[table.AGE])
        factors = {
            "present": values.names(cells.get(table.PRESENT)),
            "absent": values.names(cells.get(table.ABSENT)),
        }
        for column, factor in self._flags.items():
            key = self._told(row.get(column), column, found)
            if key is not None:
                found.places[below(f"{FACTORS}/{key}", len(factors[key]))] = column
                factors[key].append(factor)
        told = {key: listed for key, listed in factors.items() if listed}
        return {**patient, "factors": told} if told else patient

    def _told(self, value: Any, column: str, found: RowRecord) -> str | None:
        """The list that a factor with a column of its own belongs to, if to any."""
        if values.is_missing(value):
            return None
        so = values.flag(value)
        if so is None:
            try:
                read_flag(str(value), where=column)
            except QuestionError as error:
                found.refuse("factor-flag-invalid", column, error)
            return None
        return "present" if so else "absent"

    def _treatment(self, cells: Row) -> Json:
        """The treatment of an audit."""
        treatment: Json = {}
        if table.TREATMENT in cells:
            treatment["type"] = cells[table.TREATMENT]
        if table.AT in cells:
            treatment["at"] = self._zone.instant(cells[table.AT])
        return treatment

    def _since(self, cells: Row, found: RowRecord) -> None:
        """The hours since onset, if the row tells them; at most one column does."""
        told = {n: values.decimal(cells[n]) for n in table.SINCE if n in cells}
        if not told:
            return
        try:
            found.since = span_of(day=told.get(table.DAY), hours=told.get(table.HOURS))
        except QuestionError as error:
            code = _BOTH if len(told) > 1 else f"{error.where}-invalid"
            found.refuse(code, self._columns[next(iter(told))], error)


def _last(end: Moment) -> str:
    """The last instant before another that a record can write."""
    return str(end.later(-_NANOSECOND))


_POINTERS: Final = {
    table.ID: "/id",
    table.INJURY: "/injury",
    table.GRADE: "/injury/grade",
    table.SIDE: "/injury/side",
    table.ASSESSED_AT: "/assessedAt",
    table.AGE: "/patient/age",
    table.PRESENT: f"{FACTORS}/present",
    table.ABSENT: f"{FACTORS}/absent",
    table.TREATMENT: "/treatments/0",
    table.AT: "/treatments/0/at",
}
