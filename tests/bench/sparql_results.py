"""What was measured in SPARQL, as lines of the table and as a document to keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import geometric_mean, median
from typing import Any

from tests.bench.http_load import Load
from tests.bench.http_results import SHARES, Timed
from tests.bench.sparql_attack import ATTACKERS, Attack
from tests.bench.sparql_others import OXIGRAPH, RDFLIB
from tests.bench.sparql_stream import PRIMUM, Stream

FIRST, AGAIN, COPY = "never asked", "asked again", "a copy that still serves (304)"
_YARDSTICKS = ("Oxigraph", "rdflib-endpoint")
_MILLI, _MEGA = 1e6, 2**20
_WIDTH, _WHOLE = 57, 100
_COLUMNS = ("answers/s", "p50 ms", "p99 ms", "CPU ms", ": Oxigraph", "in rounds", ": rdflib")


@dataclass(frozen=True, slots=True)
class Row:
    """A query, how it was asked, who answered, and how that went."""

    query: str
    how: str
    name: str
    timed: Timed

    @property
    def work(self) -> float:
        """What all processes of the server worked for an answer, in nanoseconds."""
        answers = sum(len(load.latencies) for load in self.timed.loads)
        return self.timed.worked / answers if answers else 0.0


@dataclass(frozen=True, slots=True)
class Sparql:
    """All that was measured in SPARQL; `counts` are the rows of each query's result."""

    counts: Mapping[str, int]
    loads: Mapping[int, Sequence[Row]]
    attack: Attack
    streams: Sequence[Stream]
    notes: Sequence[str]

    def ratios(self, connections: int, row: Row, name: str) -> list[float]:
        """How many times the rate of another server, round by round; empty without that one."""
        how = AGAIN if row.how == COPY else row.how
        wanted = (row.query, how, name)
        for other in self.loads[connections]:
            if (other.query, other.how, other.name) == wanted:
                pairs = zip(row.timed.loads, other.timed.loads, strict=True)
                return [one.rate / another.rate for one, another in pairs]
        return []


def sparql_lines(found: Sparql) -> Iterator[str]:
    """The lines of the table."""
    for number, rows in found.loads.items():
        plural = "connection" if number == 1 else "connections"
        yield f"\n{f'SPARQL, {number} {plural}':<{_WIDTH}}" + _cells(_COLUMNS)
        yield from (_row(found, number, row) for row in rows)
        yield from _summary(found, number)
    yield from _attack(found.attack)
    yield from _streams(found.streams)
    yield f"\nCompared are {OXIGRAPH.version} and {RDFLIB.version}."
    yield from found.notes


def _cells(cells: Sequence[str]) -> str:
    """Some columns."""
    return "".join(f"{cell:>14}" for cell in cells)


def _row(found: Sparql, connections: int, row: Row) -> str:
    """One line: what Primum and others did with one query."""
    ratios = [found.ratios(connections, row, name) for name in _YARDSTICKS]
    cells = (
        _figure(row.timed.rate),
        *(f"{row.timed.latency(share) / _MILLI:,.2f}" for share in SHARES.values()),
        f"{row.work / _MILLI:,.2f}",
        _middle(ratios[0]),
        f"{_figure(min(ratios[0]))}-{_figure(max(ratios[0]))}" if ratios[0] else "",
        _middle(ratios[1]),
    )
    return f"  {f'{row.query}, {row.how}: {row.name}':<{_WIDTH - 2}}" + _cells(cells)


def _summary(found: Sparql, connections: int) -> Iterator[str]:
    """What Primum is to the others over all queries."""
    for how in (FIRST, AGAIN, COPY):
        rows = [one for one in found.loads[connections] if (one.how, one.name) == (how, PRIMUM)]
        for name in _YARDSTICKS:
            ratios = [median(found.ratios(connections, row, name) or [0]) for row in rows]
            if ratios and all(ratios):
                mean, least = geometric_mean(ratios), min(ratios)
                told = f"{_figure(mean)} on average, {_figure(least)} at least"
                yield f"  {how}: Primum {told}, times {name}"


def _attack(attack: Attack) -> Iterator[str]:
    """The shipped question in quiet and under attack, and the kills."""
    yield f"\n{'A shipped question, 1 connection':<{_WIDTH}}" + _cells(_COLUMNS[:3])
    for what, load in (
        ("in quiet", attack.quiet),
        (f"with {ATTACKERS} attackers", attack.attacked),
    ):
        timed = Timed(what, (load,), 0)
        times = (f"{timed.latency(share) / _MILLI:,.2f}" for share in SHARES.values())
        yield f"  {what:<{_WIDTH - 2}}" + _cells((_figure(load.rate), *times))
    kills = [kill / _MILLI for kill in attack.kills]
    yield f"  {attack.stopped} of the attackers' queries were stopped"
    yield (
        f"  the process of a stopped query had ended {median(kills):.1f} ms after the limit "
        f"(median of {len(kills)}; at most {max(kills):.1f} ms)"
    )


def _streams(streams: Sequence[Stream]) -> Iterator[str]:
    """Rows per second and memory of large results."""
    names = ("rows/s", "before", "at most", "after", "grew MiB")
    yield f"\n{'A result that streams, memory in MiB':<{_WIDTH}}" + _cells(names)
    for stream in streams:
        before, most, after = (row.median / _MEGA for row in stream.memory)
        cells = (
            _figure(median(stream.rates)),
            *(f"{n:,.1f}" for n in (before, most, after, most - before)),
        )
        yield f"  {f'{stream.name}, {stream.number:,} rows':<{_WIDTH - 2}}" + _cells(cells)


def _middle(ratios: Sequence[float]) -> str:
    """The median of some ratios, nothing where there are none."""
    return _figure(median(ratios)) if ratios else ""


def _figure(number: float) -> str:
    """Three figures, or whole where it is larger."""
    return f"{number:,.0f}" if number >= _WHOLE else f"{number:.3g}"


def sparql_document(found: Sparql) -> dict[str, Any]:
    """The same as a document: every round, times in nanoseconds, memory in bytes."""
    return {
        "rows": dict(found.counts),
        "loads": {
            str(number): [_document(found, number, row) for row in rows]
            for number, rows in found.loads.items()
        },
        "attack": {
            "quiet": _load(found.attack.quiet),
            "attacked": _load(found.attack.attacked),
            "stopped": found.attack.stopped,
            "kills": [*found.attack.kills],
        },
        "streams": [
            {
                "server": one.name,
                "rows": one.number,
                "rates": [*one.rates],
                "memory": {row.what: [*row.rounds] for row in one.memory},
            }
            for one in found.streams
        ],
        "notes": [*found.notes],
    }


def _document(found: Sparql, connections: int, row: Row) -> dict[str, Any]:
    """One query from one server."""
    return {
        "query": row.query,
        "asked": row.how,
        "server": row.name,
        "rates": [load.rate for load in row.timed.loads],
        **{name: row.timed.latency(share) for name, share in SHARES.items()},
        "work": row.work,
        "ratios": {name: found.ratios(connections, row, name) for name in _YARDSTICKS},
    }


def _load(load: Load) -> dict[str, Any]:
    """One round."""
    timed = Timed("", (load,), 0)
    return {"rate": load.rate, **{name: timed.latency(share) for name, share in SHARES.items()}}
