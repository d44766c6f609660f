"""Queries without measure are told so, or stopped; nobody else feels it, and nothing is left."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from tests.hostile.bombs import ANSWERED, LONG, NESTED, RUNAWAY, Bomb
from tests.hostile.service import Service
from tests.hostile.sound import kind
from tests.hostile.traffic import QUESTIONS, Traffic
from tests.web.wire import until

pytestmark = [pytest.mark.alone, pytest.mark.slow]
BOMBS = [*NESTED, *LONG, *RUNAWAY]
RUNS_ON = next(bomb.text for bomb in RUNAWAY if bomb.name == "a product that is counted")
ATTACKERS = 2
LIMIT, GRACE = 1, 10
POOLS, WORKERS = 3, 2
GROWTH = 250


@pytest.fixture(scope="module")
def before(service: Service) -> float:
    """The memory of the processes that answer, in megabytes, before anybody attacks."""
    service.query("ASK {}")
    return service.megabytes()


@pytest.fixture(scope="module")
def found(service: Service, before: float, traffic: Traffic) -> dict[str, str]:
    """What came of each of them, a few being sent at a time while good callers ask."""
    del before, traffic
    with ThreadPoolExecutor(ATTACKERS) as attackers:
        came = attackers.map(lambda bomb: kind(service.query(bomb.text)) or ANSWERED, BOMBS)
        return dict(zip((bomb.name for bomb in BOMBS), came, strict=True))


@pytest.mark.parametrize("bomb", BOMBS, ids=str)
def test_a_query_without_measure_is_told_so(bomb: Bomb, found: dict[str, str]) -> None:
    """What is too deep or long before it is read, what is too hungry when it has taken enough."""
    assert found[bomb.name] in bomb.kinds


def test_good_callers_were_answered_all_the_while(found: dict[str, str], traffic: Traffic) -> None:
    """No question of the service failed; at `/sparql` some may have been told to come again."""
    assert len(found) == len(BOMBS)
    assert traffic.wrong == []
    assert min(traffic.right[name] for name in QUESTIONS) >= 20


def test_a_runaway_is_stopped(service: Service) -> None:
    """At its limit, and at the lower one that its caller sets."""
    for path, limit in (("/sparql", LIMIT), ("/sparql?timeout=0.3", 0.3)):
        began = monotonic()
        assert kind(service.query(RUNS_ON, path=path)) == "query-timeout"
        assert limit <= monotonic() - began <= limit + GRACE


def test_the_next_query_is_answered(service: Service) -> None:
    """By a process that has taken the place of one that was killed."""
    for _ in range(WORKERS + 1):
        assert kind(service.query(RUNS_ON, path="/sparql?timeout=0.05")) == "query-timeout"
        assert service.query("ASK {}").body == b'{"head":{},"boolean":true}'


def test_every_process_that_was_killed_is_replaced_and_buried(
    service: Service, found: dict[str, str]
) -> None:
    """As many live as the settings say, and none lies about dead, whether stopped or crashed."""
    assert {"query-timeout", "query-crashed"} <= set(found.values())
    until(lambda: len(service.caged()) == POOLS * WORKERS)
    until(lambda: not service.zombies())


def test_memory_is_given_back(service: Service, found: dict[str, str], before: float) -> None:
    """Nothing of what attackers had worked out is kept beyond the budget for results."""
    assert "result-too-large" in found.values()
    until(lambda: service.megabytes() < before + GROWTH)
