"""Results as a table to read and as a document to keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.cohort_results import Cohorts, cohort_document, cohort_lines
from tests.bench.http_results import Http, http_document, http_lines
from tests.bench.measure import Measured
from tests.bench.sparql_results import Sparql, sparql_document, sparql_lines

_UNITS = {
    "ns": (("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1)),
    "bytes": (("MiB", 2**20), ("KiB", 2**10), ("B", 1)),
}
GROWN_KNOWN = "answer, known"


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under a title; ratios are to the yardstick, in nanoseconds, which has a name."""

    title: str
    rows: Sequence[Measured]
    yardstick: float
    yardstick_name: str


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run measured; `growth` maps a number of rules to what it costs.

    `about` says what was run, on what. The first answer is the yardstick of all ratios, but for
    `open_facts` and `open_factors`, which are about answers given for the first time: there it is
    their own first row. What goes over HTTP has its own.
    """

    about: Mapping[str, str | int]
    answers: Sequence[Measured]
    reasoner: Sequence[Measured]
    open_facts: Sequence[Measured]
    open_factors: Sequence[Measured]
    loading: Sequence[Measured]
    growth: Mapping[int, Sequence[Measured]]
    pages: Sequence[Measured] = ()
    http: Http | None = None
    sparql: Sparql | None = None
    cohorts: Cohorts | None = None

    def _pages(self) -> dict[str, Part]:
        """The pages, where they were measured."""
        if not self.pages:
            return {}
        own = self.pages[0].median, f"{self.pages[0].what} = 1"
        return {"pages": Part("Time to answer of a page", self.pages, *own)}

    @property
    def parts(self) -> dict[str, Part]:
        """All parts but growth, by name, in the order of the table."""
        warm = self.answers[0].median, "engine, warm = 1"
        known = self.open_facts[0].median, "known, first asked = 1"
        none_open = self.open_factors[0].median, "none open = 1"
        found = {
            "answers": Part("An answer about all treatments", self.answers, *warm),
            "reasoner": Part("The reasoner, for one treatment", self.reasoner, *warm),
            "open_facts": Part("Open facts, time and proof", self.open_facts, *known),
            "open_factors": Part("Known but for some factors", self.open_factors, *none_open),
            "loading": Part("Before the first answer", self.loading, *warm),
        }
        return found | self._pages()


def table(results: Results) -> str:
    """The results as text."""
    return "\n".join(_lines(results))


def _lines(results: Results) -> Iterator[str]:
    """The lines of the table."""
    yield from (f"{name:<10} {value}" for name, value in results.about.items())
    for part in results.parts.values():
        yield f"\n{part.title:<48}{'median':>12}{part.yardstick_name:>24}"
        yield from (_row(row, part.yardstick) for row in part.rows)
    yield from _growth(results.growth)
    if results.http is not None:
        yield from http_lines(results.http)
    if results.sparql is not None:
        yield from sparql_lines(results.sparql)
    if results.cohorts is not None:
        yield from cohort_lines(results.cohorts)


def _growth(growth: Mapping[int, Sequence[Measured]]) -> Iterator[str]:
    """The times by size, and then each answer and timeline as a multiple of the known answer."""
    numbers = list(growth)
    sizes = "".join(f"{number:>12,}" for number in numbers)
    yield f"\n{'Growth, by number of rules':<32}{sizes}{f'{numbers[-1]:,} : {numbers[0]:,}':>16}"
    rows = list(zip(*growth.values(), strict=True))
    for row in rows:
        times = "".join(f"{_amount(cell):>12}" for cell in row)
        yield f"  {row[0].what:<30}{times}{_ratio(row[-1].median / row[0].median):>16}"
    known = next((row for row in rows if row[0].what == GROWN_KNOWN), None)
    if known is not None:
        yield f"{'As a multiple of the known answer':<32}"
        for row in rows[rows.index(known) + 1 :]:
            pairs = zip(row, known, strict=True)
            ratios = "".join(f"{_ratio(cell.median / one.median):>12}" for cell, one in pairs)
            yield f"  {row[0].what:<30}{ratios}"


def _row(row: Measured, yardstick: float) -> str:
    """One quantity; memory has no ratio to a time."""
    ratio = _ratio(row.median / yardstick) if row.unit == "ns" else ""
    return f"  {row.what:<46}{_amount(row):>12}{ratio:>24}".rstrip()


def _amount(row: Measured) -> str:
    """The median in the unit that suits its size."""
    units = _UNITS[row.unit]
    name, size = next((name, size) for name, size in units if row.median >= size or size == 1)
    return f"{row.median / size:.1f} {name}"


def _ratio(ratio: float) -> str:
    """A ratio with three figures, or whole where it is larger."""
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"


def document(results: Results) -> dict[str, Any]:
    """The results as a JSON document: every round, in nanoseconds or bytes."""
    growth = {
        str(number): [_document(row) for row in rows] for number, rows in results.growth.items()
    }
    parts = {
        name: [_document(row, part.yardstick) for row in part.rows]
        for name, part in results.parts.items()
    }
    served = {} if results.http is None else {"http": http_document(results.http)}
    if results.sparql is not None:
        served["sparql"] = sparql_document(results.sparql)
    if results.cohorts is not None:
        served["cohorts"] = cohort_document(results.cohorts)
    return {"about": dict(results.about), **parts, "growth": growth, **served}


def _document(row: Measured, yardstick: float | None = None) -> dict[str, Any]:
    """One quantity; `ratio` is to the yardstick of its part."""
    written = {"what": row.what, "unit": row.unit, "median": row.median, "rounds": [*row.rounds]}
    timed = yardstick is not None and row.unit == "ns"
    return {**written, "ratio": row.median / yardstick} if yardstick and timed else written
