"""What was measured over HTTP, as lines of the table and as a document to keep."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.http_load import Load
from tests.bench.measure import Measured

CONNECTIONS = (1, 8)
TURTLE_ROW = "  in Turtle"
_MILLI, _MEGA = 1e6, 2**20
_WIDTH, _WIDE = 38, 46
_WHOLE = 100
SHARES = {"p50": 0.5, "p99": 0.99}
_COLUMNS = ("answers/s", "p50 ms", "p99 ms", ": echo", ": large", "client", "server")


@dataclass(frozen=True, slots=True)
class Timed:
    """Rounds of load on one contender, and how long its server worked in all, in nanoseconds."""

    what: str
    loads: tuple[Load, ...]
    worked: int

    @property
    def rate(self) -> float:
        """Answers per second, in the median round."""
        return median(load.rate for load in self.loads)

    def to(self, other: "Timed") -> float:
        """How many times the rate of another: the median over the rounds, which took turns."""
        if len(self.loads) != len(other.loads):
            return self.rate / other.rate
        pairs = zip(self.loads, other.loads, strict=True)
        return median(one.rate / another.rate for one, another in pairs)

    def latency(self, share: float) -> float:
        """The time within which this share of all answers came, in nanoseconds."""
        times = sorted(time for load in self.loads for time in load.latencies)
        return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0

    @property
    def client(self) -> float:
        """The share of the time in which the client worked; near 1 it is the bottleneck."""
        return sum(load.worked for load in self.loads) / self._spent

    @property
    def server(self) -> float:
        """How many cores the processes of the server kept busy."""
        return self.worked / self._spent

    @property
    def _spent(self) -> int:
        """The time of all rounds."""
        return sum(load.spent for load in self.loads) or 1


@dataclass(frozen=True, slots=True)
class Flow:
    """Rounds of a batch, and of the same records one by one, by number of connections.

    Both in records per second.
    """

    what: str
    rates: tuple[float, ...]
    singly: Mapping[int, tuple[float, ...]]

    def to_singly(self, connections: int) -> float:
        """How many times as many records as one by one: the median over the rounds."""
        pairs = zip(self.rates, self.singly[connections], strict=True)
        return median(one / another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Http:
    """All that was measured over HTTP, with the size of an answer in bytes.

    The first two rows of `loads`, by number of connections, are the echoes.
    """

    size: int
    loads: Mapping[int, Sequence[Timed]]
    flows: Sequence[Flow]
    memory: Sequence[Measured]
    naive: Sequence[Timed]


def http_lines(found: Http) -> Iterator[str]:
    """The lines of the table."""
    for number, rows in found.loads.items():
        plural = "connection" if number == 1 else "connections"
        yield from _loads(f"HTTP, 1 server process, {number} {plural}", rows, rows)
    yield from _flows(found.flows)
    yield "\nMemory of the server process, in MiB"
    yield from (f"  {row.what:<{_WIDE}}{row.median / _MEGA:>8.1f}" for row in found.memory)
    yield from _loads("Levels by naive services, 1 connection", found.naive, found.loads[1])
    for turtle in (row for row in found.loads[1] if row.what == TURTLE_ROW):
        for row in found.naive:
            yield f"  Primum, in full, from Turtle: {_ratio(turtle.to(row))} x {row.what}"


def _loads(title: str, rows: Sequence[Timed], echoes: Sequence[Timed]) -> Iterator[str]:
    """A table of loads."""
    yield f"\n{title:<{_WIDTH}}" + "".join(f"{name:>10}" for name in _COLUMNS)
    for row in rows:
        cells = (
            f"{row.rate:,.0f}" if row.rate >= _WHOLE else f"{row.rate:.3g}",
            *(f"{row.latency(share) / _MILLI:,.2f}" for share in SHARES.values()),
            *(_ratio(row.to(echo)) for echo in echoes[:2]),
            f"{row.client:.0%}",
            f"{row.server:.0%}",
        )
        yield f"  {row.what:<{_WIDTH - 2}}" + "".join(f"{cell:>10}" for cell in cells)


def _flows(flows: Sequence[Flow]) -> Iterator[str]:
    """Records per second in a batch, and how many times as many that is as one by one."""
    names = ("records/s", *(f": singly, {number}" for number in CONNECTIONS))
    yield f"\n{'A batch, 1 connection':<{_WIDTH}}" + "".join(f"{name:>14}" for name in names)
    for row in flows:
        cells = f"{median(row.rates):,.0f}", *(_ratio(row.to_singly(n)) for n in CONNECTIONS)
        yield f"  {row.what:<{_WIDTH - 2}}" + "".join(f"{cell:>14}" for cell in cells)


def _ratio(ratio: float) -> str:
    """A ratio with three figures, or whole where it is larger."""
    return f"{ratio:,.0f}" if ratio >= _WHOLE else f"{ratio:.3g}"


def http_document(found: Http) -> dict[str, Any]:
    """The same as a document: every round, times in nanoseconds, memory in bytes."""
    return {
        "answer_bytes": found.size,
        "loads": {
            str(number): [_timed(row, rows) for row in rows] for number, rows in found.loads.items()
        },
        "batches": [_flow(row) for row in found.flows],
        "memory": [_measured(row) for row in found.memory],
        "naive": [_timed(row, found.loads[1]) for row in found.naive],
    }


def _timed(row: Timed, rows: Sequence[Timed]) -> dict[str, Any]:
    """One contender; ratios are to the echoes, the first two rows."""
    return {
        "what": row.what.strip(),
        "rates": [load.rate for load in row.loads],
        **{name: row.latency(share) for name, share in SHARES.items()},
        "to_echo": row.to(rows[0]),
        "to_large_echo": row.to(rows[1]),
        "client": row.client,
        "server": row.server,
    }


def _flow(row: Flow) -> dict[str, Any]:
    """One kind of batch."""
    singly = {str(number): [*rates] for number, rates in row.singly.items()}
    ratios = {str(number): row.to_singly(number) for number in row.singly}
    return {"what": row.what, "rates": [*row.rates], "singly": singly, "to_singly": ratios}


def _measured(row: Measured) -> dict[str, Any]:
    """One quantity."""
    return {"what": row.what, "unit": row.unit, "median": row.median, "rounds": [*row.rounds]}
