"""What the findings of a case depend on: the facts, and which windows are open when.

Cases of one key have the same findings but for what an outline leaves blank.
"""

from primum.model.cases import Case, Dating
from primum.reasoning.tables import Bands

Key = tuple[object, ...]
_EXACT: Key = ("exact",)


class Keys:
    """The keys of cases, over the bands of one knowledge base."""

    def __init__(self, hours: Bands) -> None:
        """Know when windows open and close."""
        self._hours = hours

    def of(self, case: Case) -> Key | None:
        """The key of a case; None where hardly another case would have the same."""
        bands, bounded = self._hours.of(case.hours), case.hours.end is not None
        facts = case.injury, case.grade, case.present, case.absent, case.age, case.screening
        if case.dating is None:
            return *facts, bands.start, bands.stop, bounded
        clock = _clock(case.dating)
        return clock and (*facts, bands.start, bands.stop, bounded, *clock)


def _clock(dating: Dating) -> Key | None:
    """The onset as its own clock has it; where that clock stands is told by the bands.

    With each event on the clock a band is left or entered, so no two stretches between events
    have the same bands. An onset of which nothing is known but that it lies before the instant
    asked about has another clock at each instant.
    """
    onset, at = dating.onset, dating.at
    if at is None or onset.latest is None:
        return None
    if onset.is_exact:
        return _EXACT
    return None if onset.latest.at >= at.hours else (onset.since_zero(),)
