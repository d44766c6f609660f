"""What is asked over HTTP, route by route, and the demand that it is answered as in process."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from tests.bench import http_agreement as agreement
from tests.bench.http_load import Load, drive
from tests.bench.http_process import Server
from tests.bench.http_questions import (
    ASSESS,
    JSON,
    TURTLE,
    VALIDATE,
    VERDICTS,
    Record,
    broken,
    get,
    posted,
    questions,
    records,
    turtle,
)
from tests.bench.http_results import CONNECTIONS
from tests.bench.scale import SEED, Scale, Traffic

from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

_NEW_SEED = SEED + 1
_SAMPLE = 20  # of what is timed without having been asked before


@dataclass(frozen=True, slots=True)
class Contender:
    """What is asked of a server: `requests` gives those of one round."""

    what: str
    server: Server
    requests: Callable[[], Iterator[bytes]]
    status: int = 200

    def drive(self, connections: int, seconds: float) -> tuple[Load, int]:
        """One round, and how long the server worked in it."""
        before = self.server.worked()
        load = drive(
            self.server.port,
            self.requests(),
            status=self.status,
            connections=connections,
            seconds=seconds,
        )
        return load, self.server.worked() - before


def again(requests: Iterable[bytes]) -> Callable[[], Iterator[bytes]]:
    """The same requests over and over, going on where the last round ended."""
    endless = cycle(list(requests))
    return lambda: endless


def portions(requests: Sequence[bytes], size: int) -> Callable[[], Iterator[bytes]]:
    """So many requests a round, none of them twice."""
    left = iter(requests)
    return lambda: islice(left, size)


def echoes(server: Server, record: Record) -> list[Contender]:
    """The two yardsticks, which must stand first."""
    small, large = (posted(path, record.json, JSON) for path in ("/small", "/large"))
    return [
        Contender("echo of a record", server, again([small])),
        Contender("echo, answer as large", server, again([large])),
    ]


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions and records that are asked again and again."""

    questions: list[Asked]
    records: list[Record]

    @classmethod
    def of(cls, primum: Primum, traffic: Traffic) -> "Pool":
        """As many as the scale says."""
        return cls(
            questions(primum, count=traffic.asked, seed=SEED),
            records(primum, count=traffic.asked, seed=SEED),
        )

    def demand_agreement(self, primum: Primum, port: int) -> None:
        """Raise Mismatch where HTTP says otherwise than the engine."""
        agreement.demand_questions(primum, port, self.questions)
        agreement.demand_records(primum, port, self.records)
        agreement.demand_turtle(primum, port, self.records)
        bodies = broken(self.records)
        agreement.demand_faults(primum, port, bodies)
        agreement.demand_reports(primum, port, [*bodies, *(r.json for r in self.records)])
        for query in ("", VERDICTS):
            agreement.demand_lines(port, query, self.records)

    def contenders(self, server: Server) -> list[Contender]:
        """All routes, over varied questions and records."""
        tag = agreement.tag_of(server.port, self.questions[0])
        copy = get(self.questions[0], f"If-None-Match: {tag}")
        written = [record.json for record in self.records]
        faulty = broken(self.records)

        def sent(what: str, path: str, bodies: list[bytes], status: int = 200) -> Contender:
            kind = TURTLE if "Turtle" in what else JSON
            requests = [posted(path, body, kind) for body in bodies]
            return Contender(what, server, again(requests), status)

        return [
            Contender("GET contraindications", server, again(map(get, self.questions))),
            Contender("  a copy that still serves (304)", server, again([copy]), 304),
            sent("POST assessments", ASSESS, written),
            sent("  verdicts alone", ASSESS + VERDICTS, written),
            sent("  not valid (422)", ASSESS, faulty, 422),
            sent("  in Turtle", ASSESS, [turtle(record) for record in self.records]),
            sent("POST validations", VALIDATE, [*written, *faulty]),
        ]


@dataclass(frozen=True, slots=True)
class Unasked:
    """Questions and records, none of which is asked twice; `share` are asked in a round."""

    questions: list[Asked]
    records: list[Record]
    share: int

    @classmethod
    def of(cls, primum: Primum, scale: Scale) -> "Unasked":
        """Enough for all rounds."""
        share = scale.http.new
        count = share * scale.rounds * len(CONNECTIONS)
        return cls(
            questions(primum, count=count, seed=_NEW_SEED),
            records(primum, count=count, seed=_NEW_SEED),
            share,
        )

    def contenders(self, server: Server) -> list[Contender]:
        """The two main routes."""
        asked: Mapping[str, list[bytes]] = {
            "GET contraindications, never asked": [get(one) for one in self.questions],
            "POST assessments, never asked": [posted(ASSESS, r.json, JSON) for r in self.records],
        }
        return [
            Contender(what, server, portions(requests, self.share))
            for what, requests in asked.items()
        ]

    def demand_agreement(self, primum: Primum, port: int) -> None:
        """Raise Mismatch where what was asked is answered otherwise than by the engine."""
        agreement.demand_questions(primum, port, self.questions[:_SAMPLE])
        agreement.demand_records(primum, port, self.records[:_SAMPLE])
