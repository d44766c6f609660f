"""Good traffic while others attack: each answer is the one that was given in peace, or honest."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from typing import Final

from tests.hostile.service import Service
from tests.hostile.sound import kind
from tests.web.wire import Reply

_ASK: Final = "/v1/contraindications?injury=hamstring-strain&grade=2&day=3&treatment=massage"
_NAMED: Final = (
    "/v1/queries/contraindications.csv?injury=HamstringStrain&grade=2&untilHours=96&fromHours="
)
_COUNT: Final = "SELECT (COUNT(DISTINCT ?rule) AS ?rules) { ?rule a owl:Class } # "
_PREFIX: Final = "PREFIX owl: <http://www.w3.org/2002/07/owl#> "
_HONEST: Final = frozenset({"busy", "too-many-requests", "query-timeout"})
"""What a caller of `/sparql` may be told when others take up its processes."""
Question = Callable[[Service, int], Reply]


def design_question(service: Service, number: int) -> Reply:
    """The design question."""
    del number
    return service.ask(_ASK)


def named_question(service: Service, number: int) -> Reply:
    """A named question, each time about another hour of the same day, so that none is kept."""
    return service.ask(f"{_NAMED}72.{number:06}")


def sparql_question(service: Service, number: int) -> Reply:
    """A query that was never sent before."""
    return service.query(f"{_PREFIX}{_COUNT}{number}")


QUESTIONS: Final[dict[str, Question]] = {
    "design": design_question,
    "named": named_question,
    "sparql": sparql_question,
}
_numbers = count(1)


@dataclass(slots=True)
class Traffic:
    """What good callers got: how often the right answer, and everything else."""

    service: Service
    expected: dict[str, bytes]
    right: Counter[str] = field(default_factory=Counter)
    honest: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, name: str) -> None:
        """Ask one question, and judge the answer."""
        try:
            reply = QUESTIONS[name](self.service, next(_numbers))
            problem = kind(reply)
        except (OSError, HTTPException, AssertionError) as error:
            self.wrong.append((name, repr(error)))
            return
        if reply.status == 200 and reply.body == self.expected[name]:
            self.right[name] += 1
        elif name == "sparql" and problem in _HONEST:
            self.honest[name] += 1
        else:
            self.wrong.append((name, f"{reply.status} {reply.body[:200]!r}"))


@contextmanager
def good_traffic(service: Service) -> Iterator[Traffic]:
    """Three callers that ask again and again, while the block lasts."""
    expected = {name: ask(service, next(_numbers)).body for name, ask in QUESTIONS.items()}
    traffic, over = Traffic(service, expected), threading.Event()

    def go_on(name: str) -> None:
        while not over.wait(0.02):
            traffic.ask(name)

    threads = [threading.Thread(target=go_on, args=(name,)) for name in QUESTIONS]
    for thread in threads:
        thread.start()
    try:
        yield traffic
    finally:
        over.set()
        for thread in threads:
            thread.join()
