"""Four attackers in a loop: the shipped questions are answered all the same, and rightly."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from time import monotonic

import pytest
from tests.hostile.bombs import LONG, NESTED, RUNAWAY
from tests.hostile.service import Service
from tests.hostile.sound import kind
from tests.hostile.traffic import design_question, named_question

pytestmark = pytest.mark.slow
ATTACKERS, SECONDS = 4, 6.0
BOMBS = [bomb.text for bomb in (*RUNAWAY, *LONG, *NESTED)]


@contextmanager
def attacked(service: Service) -> Iterator[Counter[str]]:
    """Attackers that send one query without measure after the other; what they were told."""
    told, over = Counter[str](), threading.Event()

    def attack(number: int) -> None:
        """Begin with another query than the others."""
        start = number * len(BOMBS) // ATTACKERS
        for text in cycle(BOMBS[start:] + BOMBS[:start]):
            if over.is_set():
                return
            told[kind(service.query(text))] += 1

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_shipped_questions_are_answered_while_four_attack(service: Service) -> None:
    """Every one of them, each time with the answer that it has in peace."""
    design, named = design_question(service, 0).body, named_question(service, 500_001).body
    asked, until = 0, monotonic() + SECONDS
    with attacked(service) as told:
        while monotonic() < until:
            asked += 1
            reply = design_question(service, asked)
            assert (reply.status, reply.body) == (200, design)
            reply = named_question(service, 500_001 + asked)
            assert (reply.status, reply.body) == (200, named)
    assert asked >= 10
    assert told["query-timeout"] >= ATTACKERS
