"""Instants and dates of a table as case records write them, in the zone that the caller tells."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from primum.foundation.errors import InvalidValue, QuestionError
from primum.model.dates import read_moment, read_onset
from primum.model.moments import Moment

_OFFSET: Final = re.compile(r"([+-])(\d\d):(\d\d)", re.ASCII)
_NAIVE: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?", re.ASCII)
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
Day = tuple[Moment, Moment]


class Zone:
    """The time zone of what is written without one; `name` is None where none is told."""

    def __init__(self, name: str | None) -> None:
        """Find the zone; raises InvalidValue where there is none of that name."""
        self.name = "UTC" if name == "Z" else name
        self._zone = None if self.name is None else _zone(self.name)

    def instant(self, value: Any) -> Any:
        """An instant as records write it; what is none, or lies in no zone, is left as it is."""
        text = _text(value)
        found = _NAIVE.fullmatch(text) if isinstance(text, str) else None
        return text if found is None else (self._located(found) or text)

    def day(self, value: Any) -> Day | None:
        """Where a date begins and where the next one does; None for all that is no date."""
        text = _text(value)
        found = _DATE.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            return None
        try:
            return _day_of(text) if found[2] else self._day(date.fromisoformat(found[1]))
        except (QuestionError, ValueError, OverflowError):
            return None

    def _day(self, day: date) -> Day | None:
        """A date in the zone."""
        ends = []
        for one in (day, day + timedelta(days=1)):
            found = _NAIVE.fullmatch(f"{one.isoformat()}T00:00:00")
            text = None if found is None else self._located(found)
            if text is None:
                return None
            ends.append(read_moment(text))
        return ends[0], ends[1]

    def _located(self, found: re.Match[str]) -> str | None:
        """A time of the zone with its offset; None where the clock shows it twice, or never."""
        if self._zone is None:
            return None
        try:
            local = datetime.fromisoformat(found[1]).replace(tzinfo=self._zone)
            offset = local.utcoffset()
            if offset is None or offset != local.replace(fold=1).utcoffset():
                return None
            if offset.seconds % 60:
                local = local.astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        spelled = local.isoformat()
        return f"{spelled[:19]}{found[2] or ''}{spelled[19:]}"


def _zone(name: str) -> tzinfo:
    """The zone of a name, or of an offset."""
    if found := _OFFSET.fullmatch(name):
        minutes = int(found[2]) * 60 + int(found[3])
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue(
            f"The zone is {name!r}; it is the name of a time zone or a distance from UTC, such as "
            "Europe/Berlin or +01:00.",
            where="zone",
            found=name,
            allowed=("a time zone",),
        ) from None


def _text(value: Any) -> Any:
    """A value of Python's calendar as text; any other as it is."""
    if isinstance(value, datetime):
        aware = value.tzinfo is not None
        return (value.astimezone(UTC) if aware else value).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _day_of(text: str) -> Day:
    """A date with its zone."""
    onset, offset = read_onset(text)
    if onset.earliest is None or onset.latest is None:
        raise InvalidValue(f"{text!r} is no day.", where="onset", found=text)
    return Moment(onset.earliest.at, offset), Moment(onset.latest.at, offset)
