"""Batches: how many records a second, and what memory the server takes before, in and after one."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from time import perf_counter

from tests.bench import http_agreement as agreement
from tests.bench.engines import Mismatch
from tests.bench.http_batch import exchange, request
from tests.bench.http_load import drive
from tests.bench.http_process import Server
from tests.bench.http_questions import ASSESS, JSON, VERDICTS, Record, posted, records
from tests.bench.http_results import CONNECTIONS, Flow
from tests.bench.measure import Measured
from tests.bench.scale import SEED, Scale

from primum.use_cases.service import Primum

_EVERY = 0.02  # seconds
DETAILS = {"in full": "", "verdicts alone": VERDICTS}


def batches(primum: Primum, server: Server, scale: Scale) -> tuple[list[Flow], list[Measured]]:
    """Batches of the records that are also asked one by one, and memory."""
    asked = records(primum, count=scale.http.asked, seed=SEED)
    flows = [_flow(server, what, asked, scale) for what in DETAILS]
    memory = [row for what in DETAILS for row in _memory(server, what, asked, scale.http.large)]
    for query in DETAILS.values():
        agreement.demand_lines(server.port, query, asked)
    return flows, memory


def _flow(server: Server, what: str, asked: list[Record], scale: Scale) -> Flow:
    """A batch and its records one by one, taking turns."""
    count, query = scale.http.batch, DETAILS[what]
    sent = request(query, _many(asked, count))
    singles = cycle([posted(ASSESS + query, record.json, JSON) for record in asked])
    together: list[float] = []
    singly: dict[int, list[float]] = {number: [] for number in CONNECTIONS}
    for _ in range(scale.rounds):
        together.append(count * 1e9 / _exchanged(server, sent, count))
        for number, rates in singly.items():
            load = drive(
                server.port, singles, status=200, connections=number, seconds=scale.http.seconds
            )
            rates.append(load.rate)
    return Flow(what, tuple(together), {number: tuple(r) for number, r in singly.items()})


def _many(asked: list[Record], count: int) -> list[bytes]:
    """So many records, each with an id of its own."""
    return [
        replace(one, document={**one.document, "id": f"case-{number}"}).json
        for number, one in ((number, asked[number % len(asked)]) for number in range(count))
    ]


def _exchanged(server: Server, sent: bytes, count: int, watch: Callable[[], object] = int) -> int:
    """The time of a batch, in nanoseconds; raises Mismatch where a record has no answer."""
    found = 0

    def take(data: bytes) -> None:
        """Count the answers, each of which is a line."""
        nonlocal found
        found += data.count(b"\n")
        watch()

    spent = exchange(server.port, sent, take)
    if found != count:
        raise Mismatch(f"{found} answers to a batch of {count} records")
    return spent


def _memory(server: Server, what: str, asked: list[Record], count: int) -> list[Measured]:
    """The memory of the process that answers, before, at most during, and after a large batch."""
    sent = request(DETAILS[what], _many(asked, count))
    watch = Watch(server)
    before = server.resident()
    _exchanged(server, sent, count, watch)
    moments = {"before": before, "during, at most": watch.most, "after": server.resident()}
    return [
        Measured(f"{count:,} records {what}, {moment}", (memory,), "bytes")
        for moment, memory in moments.items()
    ]


class Watch:
    """Looks at the memory of a server now and then."""

    def __init__(self, server: Server) -> None:
        """Nothing is seen yet."""
        self._server, self._pid, self._next, self.most = server, server.worker, 0.0, 0

    def __call__(self) -> None:
        """Look, if it is time."""
        if perf_counter() >= self._next:
            self.most = max(self.most, self._server.resident())
            self._next = perf_counter() + _EVERY
