"""Hypothesis strategies for instants of case records, exact to the nanosecond.

An instant is a whole number of nanoseconds since 1900-01-03T00:00:00Z, which leaves room for any
zone on either side of the years that a record may name.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

NANOSECONDS: Final = 10**9
_START: Final = datetime(1900, 1, 3, tzinfo=UTC)
_LAST: Final = int((datetime(2199, 12, 28, tzinfo=UTC) - _START).total_seconds()) * NANOSECONDS
_DAY: Final = 86_400 * NANOSECONDS
_ZONES: Final = (0, 0, 60, -300, 345, 840, -720, -840)
_STEPS: Final = (0, 1, 1_000_000, NANOSECONDS, 3_600 * NANOSECONDS, _DAY)


def instants() -> SearchStrategy[int]:
    """Instants, most of them on the full second."""
    seconds = st.integers(0, _LAST // NANOSECONDS).map(lambda second: second * NANOSECONDS)
    return seconds | st.integers(0, _LAST)


def later(instant: int) -> SearchStrategy[str]:
    """The text of the instant itself, or of one a little or much later."""
    return _after(instant).flatmap(spelled)


def intervals(instant: int) -> SearchStrategy[dict[str, str]]:
    """Intervals from the instant on: with both ends, or open above."""
    end = {"notAfter": later(instant)}
    return st.fixed_dictionaries({"notBefore": spelled(instant)}, optional=end)


@st.composite
def spelled(draw: DrawFn, instant: int) -> str:
    """The text of an instant, in any zone, a fraction of seconds with zeros at its end or not."""
    offset = draw(st.sampled_from(_ZONES))
    seconds, fraction = divmod(instant, NANOSECONDS)
    clock = (_START + timedelta(seconds=seconds, minutes=offset)).replace(tzinfo=None)
    digits = f"{fraction:09}"
    kept = len(digits.rstrip("0"))
    shown = digits[: draw(st.integers(kept, len(digits)))]
    return f"{clock.isoformat()}{'.' if shown else ''}{shown}{draw(_zones(offset))}"


def _after(instant: int) -> SearchStrategy[int]:
    """The instant itself, or one that is later, within the calendar of records."""
    near = st.sampled_from(_STEPS).map(lambda step: min(instant + step, _LAST))
    return near | st.integers(instant, _LAST)


def _zones(offset: int) -> SearchStrategy[str]:
    """A zone as XSD spells it; zero minutes in any of three ways."""
    hours, minutes = divmod(abs(offset), 60)
    if not offset:
        return st.sampled_from(("Z", "+00:00", "-00:00"))
    return st.just(f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}")
