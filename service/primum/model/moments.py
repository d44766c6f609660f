"""Instants of the calendar, and when an injury began, in exact arithmetic.

An instant is counted in hours since the first day of the calendar, as an exact number, so that an
instant minus an onset is the hours since onset without any rounding.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from primum.model.manchester import spell
from primum.model.spans import Cut, Number, Span, exact

HOURS_PER_DAY = 24
_MINUTES_PER_HOUR = 60
_SECONDS_PER_HOUR = 3600
_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant: hours since 0001-01-01T00:00Z, and the zone it is written in.

    `offset` is the zone's distance from UTC in minutes; it changes how the instant is spelled,
    never which instant it is.
    """

    hours: Number
    offset: int = 0

    def later(self, hours: Number) -> Self:
        """The instant so many hours later, in the same zone."""
        return type(self)(exact(self.hours + hours), self.offset)

    def __str__(self) -> str:
        """The instant as an XSD dateTime with its zone: `2026-11-19T10:00:00Z`."""
        seconds = exact(self.hours * _SECONDS_PER_HOUR + self.offset * _SECONDS_PER_MINUTE)
        whole = int(seconds)
        days, left = divmod(whole, HOURS_PER_DAY * _SECONDS_PER_HOUR)
        minutes, second = divmod(left, _SECONDS_PER_MINUTE)
        hour, minute = divmod(minutes, _MINUTES_PER_HOUR)
        fraction = "" if seconds == whole else spell(exact(seconds - whole)).removeprefix("0")
        day = date.fromordinal(days + 1).isoformat()
        return f"{day}T{hour:02}:{minute:02}:{second:02}{fraction}{_zone(self.offset)}"


def _zone(offset: int) -> str:
    """A zone as XSD spells it: `Z`, `+02:00`."""
    hours, minutes = divmod(abs(offset), _MINUTES_PER_HOUR)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}" if offset else "Z"


@dataclass(frozen=True, slots=True)
class Onset:
    """When an injury began: somewhere from `earliest` to `latest`.

    Both are cuts on the same axis of hours (the calendar, or one that counts from the onset
    itself); None where nothing is known on that side.
    """

    earliest: Cut | None
    latest: Cut | None

    @classmethod
    def at(cls, hours: Number) -> Self:
        """An onset that is known exactly."""
        return cls(Cut(hours), Cut(hours, after=True))

    @property
    def is_exact(self) -> bool:
        """Whether only one instant remains."""
        return self.earliest is not None and self.latest == Cut(self.earliest.at, after=True)

    @property
    def zero(self) -> Number:
        """Where the clock of a timeline starts: the earliest onset, or else the latest."""
        known = self.earliest or self.latest
        return 0 if known is None else known.at

    def hours_at(self, instant: Number) -> Span:
        """The hours since onset at an instant: those of every onset that is not after it.

        Empty where the onset lies after the instant.
        """
        start, end = Cut(0), None
        if self.latest is not None and self.latest.at <= instant:
            start = Cut(exact(instant - self.latest.at), not self.latest.after)
        if self.earliest is not None:
            end = Cut(exact(instant - self.earliest.at), not self.earliest.after)
        return Span(start, end)

    def by(self, instant: Number) -> Self:
        """The same onset, known to lie at or before an instant."""
        last = Cut(instant, after=True)
        return type(self)(self.earliest, last if self.latest is None else min(self.latest, last))

    def since_zero(self) -> Self:
        """The same onset on an axis that counts from `zero`."""
        return type(self)(_shifted(self.earliest, self.zero), _shifted(self.latest, self.zero))


def _shifted(cut: Cut | None, zero: Number) -> Cut | None:
    """A cut on an axis with another zero."""
    return None if cut is None else Cut(exact(cut.at - zero), cut.after)
