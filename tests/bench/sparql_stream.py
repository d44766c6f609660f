"""Large results, sent while they are found: rows a second, and the memory of the servers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

from tests.bench.engines import Mismatch
from tests.bench.http_batch import exchange
from tests.bench.http_process import Server
from tests.bench.measure import Measured
from tests.bench.scale import Queried
from tests.bench.sparql_others import Site
from tests.bench.sparql_texts import rows

_EVERY = 0.05  # seconds
PRIMUM = "Primum"


@dataclass(frozen=True, slots=True)
class Stream:
    """A result of some size from one server: rows per second by round, and memory in bytes."""

    name: str
    number: int
    rates: tuple[float, ...]
    memory: tuple[Measured, ...]


def streams(sites: Sequence[Site], scale: Queried) -> list[Stream]:
    """Results of every size from every server, which take turns."""
    for site in sites:
        _Taken(site.server).of(site, min(scale.streamed))  # so that memory has settled
    sizes = [(site, number) for number in scale.streamed for site in sites]
    taken: list[list[_Taken]] = [[] for _ in sizes]
    for _ in range(scale.stream_rounds):
        for (site, number), done in zip(sizes, taken, strict=True):
            done.append(_Taken(site.server).of(site, number))
    return [
        Stream(site.name, number, tuple(one.rate for one in done), _memory(done))
        for (site, number), done in zip(sizes, taken, strict=True)
    ]


def _memory(done: Sequence["_Taken"]) -> tuple[Measured, ...]:
    """The memory before, at most during, and after, each round."""
    return (
        Measured("before", tuple(one.before for one in done), "bytes"),
        Measured("at most", tuple(one.most for one in done), "bytes"),
        Measured("after", tuple(one.after for one in done), "bytes"),
    )


@dataclass(slots=True)
class _Taken:
    """A result that is being taken: the rows so far, and the memory seen."""

    server: Server
    rate: float = 0.0
    before: int = 0
    most: int = 0
    after: int = 0
    _lines: int = field(default=0)
    _next: float = field(default=0.0)

    def of(self, site: Site, number: int) -> "_Taken":
        """Take a result of so many rows; raises Mismatch where it has more or fewer."""
        further = {"stream": "true"} if site.name == PRIMUM else {}
        self.before = self.server.all_resident()
        spent = exchange(site.server.port, rows(site.path, number, **further), self._take)
        self.after = self.server.all_resident()
        if self._lines != number + 1:
            raise Mismatch(f"{site.name} gives {self._lines - 1} rows of {number}.")
        self.rate = number * 1e9 / spent
        return self

    def _take(self, data: bytes) -> None:
        """Count lines, the first of which names the columns, and look at the memory at times."""
        self._lines += data.count(b"\n")
        if perf_counter() >= self._next:
            self.most = max(self.most, self.server.all_resident())
            self._next = perf_counter() + _EVERY
