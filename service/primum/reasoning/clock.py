"""How the bands of hours since onset come and go as the clock runs, however vague the onset."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from primum.model.moments import Onset
from primum.model.spans import Cut, exact
from primum.reasoning.tables import Bands

_FIRST = Cut(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time, up to the next piece, in which the same bands are possible.

    `passed` are the numbers of the cuts between bands that are passed where the piece starts.
    """

    start: Cut
    bands: range
    passed: tuple[int, ...] = ()


def pieces(hours: Bands, onset: Onset) -> list[Piece]:
    """The pieces of time from the onset's zero onwards; `onset` counts from that zero.

    The latest possible number of hours passes a cut when the earliest onset has lasted so long,
    the earliest possible number when the latest onset has.
    """
    numbers = range(1, len(hours.cuts))
    first, last = 0, 0 if onset.earliest else len(hours.cuts) - 1
    found = [Piece(_FIRST, range(first, last + 1))]
    tops = [(_passing(hours, i, onset.earliest, top=True), i, True) for i in numbers]
    lows = [(_passing(hours, i, onset.latest, top=False), i, False) for i in numbers]
    events = sorted((cut, i, top) for cut, i, top in (*tops, *lows) if cut is not None)
    for start, together in groupby(events, key=itemgetter(0)):
        passed = []
        for _, number, top in together:
            first, last = (first, max(last, number)) if top else (max(first, number), last)
            passed.append(number)
        piece = Piece(start, range(first, last + 1), tuple(sorted(set(passed))))
        if start <= _FIRST:
            found = [Piece(_FIRST, piece.bands)]
        else:
            found.append(piece)
    return found


def _passing(hours: Bands, number: int, onset: Cut | None, *, top: bool) -> Cut | None:
    """When the hours since one end of the onset pass a cut; None where that end is not known."""
    if onset is None:
        return None
    cut = hours.cuts[number]
    # The earliest onset is a cut before its instant, the latest one after it, when inclusive.
    after = (cut.after or onset.after) if top else (cut.after and onset.after)
    return Cut(exact(onset.at + cut.at), after)
