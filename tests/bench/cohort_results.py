"""What was measured of cohorts, as lines of the table and as a document to keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from tests.bench.cohort_contenders import ARRAYS, FIRST, SCANS, VALUES, WRITTEN
from tests.bench.measure import Measured

from primum.use_cases.cohort.options import Rows

JOIN, SPARQL = "plain SQL join, DuckDB", "SPARQL, Oxigraph"
SINGLE, ON_SPARK = "one by one, in a loop", "written by Spark, local"
_SECOND, _MEGA = 1e9, 2**20
_AIMS: Final = {
    (Rows.PERSON, ARRAYS): 3.0,
    (Rows.PERSON, VALUES): 4.0,
    (Rows.AUDIT, ARRAYS): 2.5,
    (Rows.AUDIT, VALUES): 2.5,
}
"""How many times the scan a row may take, by the form of the cohort."""


@dataclass(frozen=True, slots=True)
class Size:
    """One form of a cohort at one size: by record in one thread, in many, and the memory.

    Each has the scans beside it, with as many threads.
    """

    rows: Rows
    count: int
    one: Mapping[str, Measured]
    many: Mapping[str, Measured]
    peak: Measured

    def ratio(self, name: str) -> float:
        """How many times the quicker scan a row takes, in the median of rounds."""
        measured = self.one if name in self.one else self.many
        rounds = zip(*(measured[scan].rounds for scan in SCANS), strict=True)
        scans = [min(scan) for scan in rounds]
        pairs = zip(measured[name].rounds, scans, strict=True)
        found: float = median(own / scan for own, scan in pairs)
        return found


@dataclass(frozen=True, slots=True)
class Cohorts:
    """All that was measured of cohorts."""

    sizes: Sequence[Size]
    others: Sequence[Measured]
    profiles: Mapping[str, Sequence[Measured]]
    notes: Sequence[str]

    def other(self, name: str) -> Measured | None:
        """One of the other ways to answer, if it was measured."""
        return next((each for each in self.others if each.what == name), None)


def cohort_lines(found: Cohorts) -> Iterator[str]:
    """The lines of the table."""
    for rows in Rows:
        sizes = [size for size in found.sizes if size.rows is rows]
        yield from _of_form(rows, sizes)
    yield from _others(found)
    for name, steps in found.profiles.items():
        whole = sum(step.median for step in steps)
        yield f"\n{f'Where the time goes, {name}':<44}{'ns a record':>14}{'share':>10}"
        yield from (
            f"  {step.what:<42}{step.median:>14,.0f}{step.median / whole:>10.0%}" for step in steps
        )
    yield from found.notes


def _of_form(rows: Rows, sizes: Sequence[Size]) -> Iterator[str]:
    """One form of a cohort: ns a record and times the scan, by size."""
    heads = "".join(f"{size.count:>20,}" for size in sizes)
    title = f"Cohorts, {rows.value}: ns a record (x scan)"
    yield f"\n{title:<44}{heads}{'aim':>8}"
    for name in (*SCANS, FIRST, ARRAYS, VALUES):
        yield _row(
            name if name == FIRST else f"{name}, one thread",
            [(size.one[name], size, name) for size in sizes],
            rows,
        )
    for name in (*SCANS, WRITTEN):
        yield _row(f"{name}, all cores", [(size.many[name], size, name) for size in sizes], None)
    for name in (VALUES, WRITTEN):
        measured = [size.one if name == VALUES else size.many for size in sizes]
        rates = "".join(f"{_SECOND / each[name].median:>20,.0f}" for each in measured)
        yield f"  {f'cases a second, {name}':<42}{rates}"
    memory = "".join(f"{size.peak.median / _MEGA:>16,.0f} MiB" for size in sizes)
    yield f"  {'peak memory of the command':<42}{memory}"


def _row(title: str, cells: Sequence[tuple[Measured, Size, str]], rows: Rows | None) -> str:
    """One way, at each size."""
    told = "".join(
        f"{f'{each.median:,.0f}{_times(size, name, each)}':>20}" for each, size, name in cells
    )
    aim = None if rows is None else _AIMS.get((rows, cells[0][2] if cells else ""))
    return f"  {title:<42}{told}{'' if aim is None else f'<= {aim}':>8}".rstrip()


def _times(size: Size, name: str, each: Measured) -> str:
    """How many times the scan; nothing for a scan."""
    if name in SCANS:
        return ""
    own = name if size.one.get(name) is each else WRITTEN
    return f" ({size.ratio(own):.2f}x)"


def _others(found: Cohorts) -> Iterator[str]:
    """The other ways to answer, and how many times the cohort's time they take."""
    yardstick = found.other(f"{VALUES}, known")
    yield f"\n{'Other ways to answer a record':<44}{'ns':>14}{'cohort, known = 1':>22}"
    for each in found.others:
        ratio = "" if yardstick is None else f"{each.median / yardstick.median:,.1f}"
        yield f"  {each.what:<42}{each.median:>14,.0f}{ratio:>22}"


def cohort_document(found: Cohorts) -> dict[str, Any]:
    """The same as a JSON document: every round, in nanoseconds a record or bytes."""
    return {
        "sizes": [_size(size) for size in found.sizes],
        "others": [_kept(each) for each in found.others],
        "profiles": {n: [_kept(step) for step in steps] for n, steps in found.profiles.items()},
        "notes": [*found.notes],
    }


def _size(size: Size) -> dict[str, Any]:
    """One form at one size."""
    return {
        "rows": size.rows.value,
        "count": size.count,
        "one thread": [_kept(each) for each in size.one.values()],
        "all cores": [_kept(each) for each in size.many.values()],
        "ratios": {name: size.ratio(name) for name in (FIRST, ARRAYS, VALUES, WRITTEN)},
        "peak": size.peak.median,
    }


def _kept(each: Measured) -> dict[str, Any]:
    """One quantity."""
    return {"what": each.what, "median": each.median, "rounds": [*each.rounds]}
