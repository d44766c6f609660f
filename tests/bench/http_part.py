"""The part that goes over HTTP: one server process, the door, eight threads; one client process.

Contenders take turns, as in all parts. Primum runs as `primum serve --workers 1`; echoes and naive
service run behind the same server in processes of their own, which rest while they are not asked.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from statistics import mean

from tests.bench import http_agreement as agreement
from tests.bench.http_batches import batches
from tests.bench.http_contenders import Contender, Pool, Unasked, echoes, portions
from tests.bench.http_load import Load
from tests.bench.http_process import primum_served, served
from tests.bench.http_questions import TURTLE, get, posted, records, turtle
from tests.bench.http_results import CONNECTIONS, Http, Timed
from tests.bench.scale import SEED, Scale

from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

_WARMING = 0.1  # seconds
_ENDLESS = 1e6  # seconds
NAIVE = {
    "/sparql": "rdflib, pySHACL, SPARQL in rdflib",
    "/hermit": "rdflib, pySHACL, HermiT",
}


def http(primum: Primum, scale: Scale) -> Http:
    """All that goes over HTTP; raises Mismatch before anything is timed."""
    with ExitStack() as stack:
        server = stack.enter_context(primum_served(primum.place))
        asked = Pool.of(primum, scale.http)
        asked.demand_agreement(primum, server.port)
        size = _size_of_answers(server.port, asked.questions)
        echo = stack.enter_context(served("echo", primum.place, str(size)))
        new = Unasked.of(primum, scale)
        contenders = [
            *echoes(echo, asked.records[0]),
            *asked.contenders(server),
            *new.contenders(server),
        ]
        by_connections = {number: take_turns(contenders, number, scale) for number in CONNECTIONS}
        new.demand_agreement(primum, server.port)
        flows, memory = batches(primum, server, scale)
        return Http(size, by_connections, flows, memory, naive(primum, scale))


def take_turns(contenders: Sequence[Contender], connections: int, scale: Scale) -> list[Timed]:
    """Rounds of load, each contender in each; a short one before lets everything be imported."""
    contenders[0].drive(connections, _WARMING)
    rounds: list[list[tuple[Load, int]]] = [[] for _ in contenders]
    for _ in range(scale.rounds):
        for contender, done in zip(contenders, rounds, strict=True):
            done.append(contender.drive(connections, scale.http.seconds))
    return [
        Timed(contender.what, tuple(load for load, _ in done), sum(worked for _, worked in done))
        for contender, done in zip(contenders, rounds, strict=True)
    ]


def _size_of_answers(port: int, asked: Iterable[Asked]) -> int:
    """How many bytes an answer has."""
    with agreement.Asking(port) as asking:
        return round(mean(len(asking.reply(get(one), 200).body) for one in asked))


def naive(primum: Primum, scale: Scale) -> list[Timed]:
    """The naive services, one request at a time; each of HermiT's answers takes half a minute."""
    counts = {"/sparql": scale.http.naive, "/hermit": scale.http.hermit}
    asked = records(primum, count=max(counts.values()), seed=SEED, told_age=False)
    found = []
    with served("naive", primum.place) as server:
        for path, count in counts.items():
            if not count:
                continue
            agreement.demand_naive(primum, server.port, path, asked[:count])
            bodies = [posted(path, turtle(record), TURTLE) for record in asked[:count]]
            contender = Contender(NAIVE[path], server, portions(bodies, count))
            load, worked = contender.drive(1, _ENDLESS)
            found.append(Timed(contender.what, (load,), worked))
    return found
