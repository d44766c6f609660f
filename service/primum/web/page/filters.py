"""How pages spell numbers of hours and positions."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from primum.model.manchester import spell
from primum.model.spans import Number, Span

_DAY: Final = 24
_WEEK: Final = 168
_IN_DAYS: Final = 3 * _DAY
_IN_WEEKS: Final = 2 * _WEEK


def duration(hours: Number) -> str:
    """A time since onset: in hours at first, then in whole days, then in whole weeks."""
    if hours >= _IN_WEEKS and hours % _WEEK == 0:
        return f"{hours // _WEEK} weeks"
    if hours > _IN_DAYS and hours % _DAY == 0:
        return f"{hours // _DAY} days"
    return f"{spell(hours)} h"


def short(hours: Number) -> str:
    """The same for an axis."""
    if hours >= _IN_WEEKS and hours % _WEEK == 0:
        return f"{hours // _WEEK} wk"
    if hours > _DAY and hours % _DAY == 0:
        return f"{hours // _DAY} d"
    return f"{spell(hours)} h"


def stretch(hours: Span) -> str:
    """A span of time since onset."""
    start = hours.start.at
    if hours.end is None:
        return f"from {duration(start)} on" if start else "at any time"
    if not start:
        return f"until {duration(hours.end.at)}"
    return f"{duration(start)} to {duration(hours.end.at)}"


def per_cent(number: float) -> str:
    """A position as SVG takes it."""
    return f"{Fraction(number).limit_denominator(1000).__float__():.4g}%"


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "duration": duration,
    "short": short,
    "stretch": stretch,
    "per_cent": per_cent,
}
