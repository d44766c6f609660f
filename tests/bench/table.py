"""Results as a table to read and as a document to keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.measure import Measured

_TIMES = (("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1))
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run measured; `growth` maps a number of rules to what it costs.

    `about` says what was run, on what. The first answer is the yardstick of all ratios.
    """

    about: Mapping[str, str | int]
    answers: Sequence[Measured]
    reasoner: Sequence[Measured]
    loading: Sequence[Measured]
    growth: Mapping[int, Sequence[Measured]]

    @property
    def yardstick(self) -> float:
        """The engine's warm answer, in nanoseconds."""
        return self.answers[0].median


def table(results: Results) -> str:
    """The results as text."""
    return "\n".join(_lines(results))


def _lines(results: Results) -> Iterator[str]:
    """The lines of the table."""
    yield from (f"{name:<10} {value}" for name, value in results.about.items())
    parts = {
        "An answer about all treatments": results.answers,
        "The reasoner, rules for one treatment": results.reasoner,
        "Before the first answer": results.loading,
    }
    for title, rows in parts.items():
        yield f"\n{title:<42}{'median':>12}{'engine, warm = 1':>20}"
        yield from (_row(row, results.yardstick) for row in rows)
    numbers = list(results.growth)
    least, most = numbers[0], numbers[-1]
    sizes = "".join(f"{number:>12,}" for number in numbers)
    yield f"\n{'Growth, by number of rules':<28}{sizes}{f'{most // least} x : 1 x':>16}"
    for rows in zip(*results.growth.values(), strict=True):
        times = "".join(f"{_amount(row):>12}" for row in rows)
        yield f"  {rows[0].what:<26}{times}{_ratio(rows[-1].median / rows[0].median):>16}"


def _row(row: Measured, yardstick: float) -> str:
    """One quantity; memory has no ratio to a time."""
    ratio = _ratio(row.median / yardstick) if row.unit == "ns" else ""
    return f"  {row.what:<40}{_amount(row):>12}{ratio:>20}".rstrip()


def _amount(row: Measured) -> str:
    """The median in the unit that suits its size."""
    if row.unit == "bytes":
        return f"{row.median / _MIB:.1f} MiB"
    name, size = next((name, size) for name, size in _TIMES if row.median >= size or size == 1)
    return f"{row.median / size:.1f} {name}"


def _ratio(ratio: float) -> str:
    """A ratio with three figures, or whole where it is larger."""
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"


def document(results: Results) -> dict[str, Any]:
    """The results as a JSON document: every round, in nanoseconds or bytes."""
    growth = {
        str(number): [_document(row) for row in rows] for number, rows in results.growth.items()
    }
    return {
        "about": dict(results.about),
        **{
            part: [_document(row, results.yardstick) for row in getattr(results, part)]
            for part in ("answers", "reasoner", "loading")
        },
        "growth": growth,
    }


def _document(row: Measured, yardstick: float | None = None) -> dict[str, Any]:
    """One quantity; `ratio` is to the engine's warm answer."""
    written = {"what": row.what, "unit": row.unit, "median": row.median, "rounds": [*row.rounds]}
    timed = yardstick is not None and row.unit == "ns"
    return {**written, "ratio": row.median / yardstick} if yardstick and timed else written
