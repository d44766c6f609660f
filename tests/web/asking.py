"""Questions asked without a pause while a release is replaced, and what was seen meanwhile."""

import json
import threading
from dataclasses import dataclass, field

from tests.web.posting import ASSESS, BATCH, JSON, NDJSON, TURTLE, Json, encoded, strain, verdicts
from tests.web.wire import Reply, Wire, head, post

ASK = "/v1/contraindications?injury=hamstring-strain&grade=2&hours=100"
AT_100_HOURS = "2026-11-23T14:00:00Z"
RECORD = encoded(strain(at=AT_100_HOURS))
AS_TURTLE = f"""@prefix : <https://w3id.org/primum/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<#c> :assessedAt "{AT_100_HOURS}"^^xsd:dateTime ;
  :injury [ a :HamstringStrain ; :hasGrade 2 ; :onset "2026-11-19T10:00:00Z"^^xsd:dateTime ] .
""".encode()
AS_TURTLE_SENT = post(ASSESS, AS_TURTLE, f"Content-Type: {TURTLE}")
REQUESTS = (
    head(f"GET {ASK}"),
    post(ASSESS, RECORD, f"Content-Type: {JSON}"),
    AS_TURTLE_SENT,
    post(f"{BATCH}?detail=verdicts", RECORD, f"Content-Type: {NDJSON}"),
)
OLD, NEW = "relatively-contraindicated", "ruled-out"
Seen = tuple[str, str]


def asked(port: int, request: bytes) -> Reply:
    """The answer to a request on a connection of its own."""
    with Wire(port) as wire:
        return wire.send(request).reply(request.partition(b" ")[0].decode())


def seen(reply: Reply) -> Seen:
    """Which knowledge an answer says it is of, and its verdict on massage."""
    assert reply.status == 200, (reply.status, reply.body[:300])
    document: Json = json.loads(reply.body)
    return document["knowledge"]["digest"], verdicts(document)["Massage"]


@dataclass(slots=True)
class Asking:
    """Threads that ask for as long as the block lasts, and what they saw or ran into.

    What is seen goes to the list that was there when it was asked: to tell later questions from
    those under way, put another list in place.
    """

    port: int
    found: list[Seen] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Asking":
        self.threads = [threading.Thread(target=self._ask, args=(r,)) for r in REQUESTS]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _ask(self, request: bytes) -> None:
        """Ask one thing again and again."""
        try:
            while not self.over.is_set():
                found = self.found
                found.append(seen(asked(self.port, request)))
        except (OSError, AssertionError, KeyError, ValueError) as error:
            self.failed.append(error)
