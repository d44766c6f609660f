"""Dates and times as callers write them: ISO 8601 with a time zone, read without rounding."""

import re
from datetime import date
from fractions import Fraction
from typing import Final

from primum.foundation.errors import InvalidValue
from primum.model.moments import HOURS_PER_DAY, Moment, Onset
from primum.model.spans import Cut, Number, exact

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
_OPEN = ".."
_MOST_OFFSET = 14 * 60
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_DATE = re.compile(rf"(?P<date>\d{{4}}-\d\d-\d\d){_ZONE}", re.ASCII)
_INSTANT = re.compile(
    rf"(?P<date>\d{{4}}-\d\d-\d\d)T(?P<hour>\d\d):(?P<minute>\d\d)"
    rf"(:(?P<second>\d\d(\.\d{{1,9}})?))?{_ZONE}",
    re.ASCII,
)


def read_moment(text: str, *, where: str = "at") -> Moment:
    """The instant that a dateTime with a zone spells."""
    found = _INSTANT.fullmatch(text)
    if not found or not found["zone"]:
        raise _unreadable(text, where, "2026-11-22T10:00:00Z", "a date and time with its zone")
    return _moment(found, text, where, _offset(found["zone"], text, where))


def read_onset(text: str, *, where: str = "onset", zone: int | None = None) -> tuple[Onset, int]:
    """The onset that a text spells, and the offset of its zone in minutes.

    An instant, a date (the whole day), or two of them as an ISO 8601 interval `A/B`, of which one
    may be `..` where nothing is known. A date without a zone is one in `zone`.
    """
    first, slash, last = text.partition("/")
    if not slash:
        onset, offset = _part(text, text, where, zone)
        return onset, offset
    parts = [None if part == _OPEN else _part(part, text, where, zone) for part in (first, last)]
    known = [part for part in parts if part is not None]
    if not known:
        raise _unreadable(text, where, "2026-11-19/..", "an interval that one end bounds")
    start, end = parts
    onset = Onset(start and start[0].earliest, end and end[0].latest)
    if onset.earliest is not None and onset.latest is not None and onset.latest <= onset.earliest:
        raise _impossible(text, where, "which ends before it begins", "A/B with A before B")
    return onset, known[0][1]


def _part(part: str, text: str, where: str, zone: int | None) -> tuple[Onset, int]:
    """One instant, or one day, as an onset."""
    if found := _DATE.fullmatch(part):
        offset = zone if found["zone"] is None else _offset(found["zone"], text, where)
        if offset is None:
            raise InvalidValue(
                f"{where} is {text!r}, a date without a time zone. Add one, as in {part}Z or "
                f"{part}+01:00, or say with a zone at which instant you ask.",
                where,
                text,
                (f"{part}Z", f"{part}+01:00"),
            )
        midnight = _moment(found, text, where, offset).hours
        return Onset(Cut(midnight), Cut(exact(midnight + HOURS_PER_DAY))), offset
    found = _INSTANT.fullmatch(part)
    if not found or not found["zone"]:
        allowed = "a date, a date and time with its zone, or an interval of two of them"
        raise _unreadable(text, where, "2026-11-19, 2026-11-19T10:00:00Z", allowed)
    moment = _moment(found, text, where, _offset(found["zone"], text, where))
    return Onset.at(moment.hours), moment.offset


def _moment(found: re.Match[str], text: str, where: str, offset: int) -> Moment:
    """The instant of a matched date, at its time of day or at midnight."""
    parts = found.groupdict()
    try:
        day = date.fromisoformat(parts["date"])
    except ValueError:
        raise _impossible(text, where, "a day that there is not", "a day of the calendar") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        allowed = f"{FIRST_YEAR} to {LAST_YEAR}"
        raise InvalidValue(
            f"{where} is {text!r}; years go from {allowed}.", where, text, (allowed,)
        )
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    second = _seconds(parts.get("second") or "0")
    midnight = hour == HOURS_PER_DAY and not minute and not second
    if not (hour < HOURS_PER_DAY or midnight) or minute >= 60 or second >= 60:  # noqa: PLR2004
        raise _impossible(text, where, "a time that there is not", "00:00:00 to 24:00:00")
    hours = (day.toordinal() - 1) * HOURS_PER_DAY + hour
    rest = (minute - offset) * 60 + second
    if rest:
        return Moment(exact(hours + Fraction(rest) / 3600), offset)
    return Moment(hours, offset)


def _seconds(text: str) -> Number:
    """The seconds of a time of day, whole or with a fraction."""
    return exact(text) if "." in text else int(text)


def _offset(zone: str, text: str, where: str) -> int:
    """The distance of a zone from UTC in minutes."""
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:])
    offset = hours * 60 + minutes
    if minutes >= 60 or offset > _MOST_OFFSET:  # noqa: PLR2004 - minutes of an hour
        raise _impossible(text, where, f"whose zone {zone} is none", "-14:00 to +14:00")
    return -offset if zone[0] == "-" else offset


def _unreadable(text: str, where: str, example: str, allowed: str) -> InvalidValue:
    """The error for a text of another form."""
    return InvalidValue(
        f"{where} is {text!r}; it is {allowed}, such as {example}.", where, text, (allowed,)
    )


def _impossible(text: str, where: str, fault: str, allowed: str) -> InvalidValue:
    """The error for a text of the right form that means nothing."""
    return InvalidValue(f"{where} is {text!r}, {fault}; it is {allowed}.", where, text, (allowed,))
