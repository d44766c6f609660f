"""What runaway queries do to those who ask a shipped question, and how soon they are stopped."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from time import perf_counter_ns, sleep
from urllib.parse import urlencode

from tests.bench.engines import Mismatch
from tests.bench.http_agreement import Asking
from tests.bench.http_load import Load, drive
from tests.bench.http_process import Server
from tests.bench.scale import Queried
from tests.bench.sparql_texts import RUNAWAY, get, variant
from tests.web.wire import head

ATTACKERS = 4
PATH = "/sparql"
_LIMIT = 0.5  # seconds
_LONG = 10  # seconds
_LOOK = 0.0005  # seconds
_STOPPED = 503
_QUESTION = "/v1/queries/contraindications.json"


@dataclass(frozen=True, slots=True)
class Attack:
    """A shipped question, asked in quiet and under attack; and what became of the attack.

    `kills` are the times from a query's limit until its process had ended, in nanoseconds.
    """

    quiet: Load
    attacked: Load
    stopped: int
    kills: tuple[int, ...]


def attack(server: Server, scale: Queried) -> Attack:
    """Ask without and with attackers, who loop on queries without an end; then time the kills."""
    asked = _questions()
    quiet = _ask(server, asked, scale.attacked)
    with ThreadPoolExecutor(1) as pool:
        attackers = pool.submit(_attack, server, scale.attacked)
        attacked = _ask(server, asked, scale.attacked)
        stopped = len(attackers.result().latencies)
    return Attack(quiet, attacked, stopped, tuple(_kill(server) for _ in range(scale.kills)))


def _questions() -> Iterator[bytes]:
    """The shipped question about contraindications, at an hour that nobody asked about before."""
    known = {"injury": "hamstring-strain", "grade": "2", "untilHours": "96"}
    for number in count():
        query = urlencode({**known, "fromHours": f"72.{number:06}1"})
        yield head(f"GET {_QUESTION}?{query}")


def _ask(server: Server, asked: Iterator[bytes], seconds: float) -> Load:
    """One client, who asks one question after the other."""
    return drive(server.port, asked, status=200, connections=1, seconds=seconds)


def _attack(server: Server, seconds: float) -> Load:
    """Clients that never give up, until the time is over."""
    runaways = (get(PATH, variant(RUNAWAY, number)) for number in count())
    return drive(server.port, runaways, status=_STOPPED, connections=ATTACKERS, seconds=seconds)


def _kill(server: Server) -> int:
    """The time from the limit of a runaway query until its process has ended, in nanoseconds.

    It began when the request was sent, so the time is rather told too long.
    """
    before, sent = server.living(), perf_counter_ns()
    query = variant(RUNAWAY, sent)
    with Asking(server.port) as asking:
        asking.reply(get(PATH, query, timeout=str(_LIMIT)), _STOPPED)
    while before <= server.living():
        if perf_counter_ns() - sent > _LONG * 1e9:
            raise Mismatch("A query was said to be stopped, and its process lives.")
        sleep(_LOOK)
    return perf_counter_ns() - sent - int(_LIMIT * 1e9)
