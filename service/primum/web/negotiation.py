"""Which representation a request asks for (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable, Sequence
from typing import Final

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
TURTLE: Final = "text/turtle"
NDJSON: Final = "application/x-ndjson"
HTML: Final = "text/html"
CSS: Final = "text/css"
TEXT: Final = "text/plain"
CSV: Final = "text/csv"
SVG: Final = "image/svg+xml"
SCRIPT: Final = "text/javascript"

Accepted = Iterable[tuple[str, float]]


def best(accepted: Accepted, offered: Sequence[str]) -> str | None:
    """The media type to answer with, or None where the request excludes all that are offered.

    `accepted` holds the ranges of the Accept header with their qualities; none at all accepts
    everything. The most specific range that fits a type decides its quality, so a type may be
    excluded beside `*/*`. Among equals the one asked for by name goes first, then our own order.
    """
    ranges = [(_plain(name), quality) for name, quality in accepted]
    if not ranges:
        return offered[0]
    ranked = [(*_quality(ranges, each), -place) for place, each in enumerate(offered)]
    quality, _, place = max(ranked)
    return offered[-place] if quality > 0 else None


def _quality(ranges: Iterable[tuple[str, float]], offered: str) -> tuple[float, int]:
    """How much a type is wanted, and how specific the range is that says so."""
    fitting = [(_specific(name, offered), quality) for name, quality in ranges]
    specific, quality = max(fitting)
    return (quality, specific) if specific else (0.0, 0)


def _specific(name: str, offered: str) -> int:
    """How closely a range names a type: 3 by its name, 2 by its group, 1 as any, 0 not at all."""
    if name == offered:
        return 3
    if name == f"{offered.partition('/')[0]}/*":
        return 2
    return 1 if name in ("*/*", "*") else 0


def _plain(name: str) -> str:
    """A media range without its parameters."""
    return name.partition(";")[0].strip().lower()
