"""Mixed traffic from several threads, each answer compared with the one that was given alone."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle, islice
from typing import Final

from tests.web.posting import (
    ASSESS,
    BATCH,
    JSON,
    NDJSON,
    TURTLE,
    VALIDATE,
    contract,
    encoded,
    strain,
)
from tests.web.wire import Reply, Wire, head, post

_TYPED = (
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://w3id.org/primum/> . "
)
_TURTLE = (
    f'{_TYPED} <#c> :assessedAt "2026-11-22T10:00:00Z"^^xsd:dateTime ; :injury [ '
    'a :CalfStrain ; :hasGrade %s ; :onset "2026-11-19T10:00:00Z"^^xsd:dateTime ] .'
)
_BAD = encoded(strain(grade=9, colour="blue", patient={"age": False}))
_LINES = b"\n".join((encoded(contract()), _BAD, b"{", encoded(strain())))
_ASK = "/v1/contraindications?injury="


def _posted(path: str, body: bytes, media_type: str) -> bytes:
    """A request with a body."""
    return post(path, body, f"Content-Type: {media_type}")


REQUESTS: Final = {
    "ask": head(f"GET {_ASK}hamstring-strain&grade=2&day=3"),
    "ask of another": head(f"GET {_ASK}ITBS&hours=47.5&factor=Fever&screening=unknown"),
    "ask badly": head(f"GET {_ASK}hamstring+strian"),
    "timeline": head("GET /v1/timeline?injury=CalfStrain&grade=1&treatment=massage"),
    "assess JSON": _posted(ASSESS, encoded(contract()), JSON),
    "assess JSON that is invalid": _posted(ASSESS, _BAD, JSON),
    "assess JSON that is unreadable": _posted(ASSESS, b"{", JSON),
    "assess Turtle": _posted(ASSESS, (_TURTLE % "2").encode(), TURTLE),
    "assess Turtle that is invalid": _posted(ASSESS, (_TURTLE % "9").encode(), TURTLE),
    "assess Turtle that is unreadable": _posted(ASSESS, b"<", TURTLE),
    "batch": _posted(f"{BATCH}?detail=verdicts", _LINES, NDJSON),
    "validate": _posted(VALIDATE, encoded(contract()), JSON),
    "validate Turtle": _posted(VALIDATE, (_TURTLE % "2").encode(), TURTLE),
    "treatments": head("GET /v1/treatments"),
    "a rule": head("GET /v1/rules/MassageAcuteInjury48h"),
    "nothing there": head("GET /nowhere"),
}
CAGED: Final = frozenset(
    name for name in REQUESTS if "Turtle" in name or "validate" in name or "invalid" in name
) | {"batch"}
Told = tuple[int, bytes]
Excuse = Callable[[str, Reply], bool]


def answer(port: int, name: str) -> Reply:
    """The answer to one of the requests, on a connection of its own."""
    request = REQUESTS[name]
    with Wire(port) as wire:
        return wire.send(request).reply(request.partition(b" ")[0].decode())


def alone(port: int) -> dict[str, Told]:
    """The answer to each request when nothing else is asked."""
    return {name: _told(answer(port, name)) for name in REQUESTS}


def _told(reply: Reply) -> Told:
    """What is the same whenever it is asked."""
    return reply.status, reply.body


@dataclass(slots=True)
class Load:
    """Traffic of several threads; `wrong` are answers that differ, `lost` those that never came.

    `excused` tells which answers may stand in for the right one.
    """

    port: int
    expected: dict[str, Told]
    excused: Excuse
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, Told]] = field(default_factory=list)
    excuses: list[Reply] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def run(self, *, threads: int, each: int) -> None:
        """Ask so many requests in each thread, each thread beginning with another one."""
        names = list(REQUESTS)
        plans = [islice(cycle(names[n:] + names[:n]), each) for n in range(threads)]
        running = [threading.Thread(target=self._ask, args=(list(plan),)) for plan in plans]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()

    def _ask(self, names: Sequence[str]) -> None:
        """Ask the requests of one thread."""
        for name in names:
            try:
                reply = answer(self.port, name)
            except (OSError, HTTPException):
                self.lost.append(name)
                continue
            if _told(reply) == self.expected[name]:
                self.right[name] += 1
            elif self.excused(name, reply):
                self.excuses.append(reply)
            else:
                self.wrong.append((name, _told(reply)))
