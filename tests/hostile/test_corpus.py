"""Each hostile request has the answer that is written beside it, while others ask in peace."""

import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.hostile.canary import Canary
from tests.hostile.corpus import QUERIES, REQUESTS, HostileQuery, HostileRequest
from tests.hostile.service import Service
from tests.hostile.sound import kind
from tests.hostile.traffic import QUESTIONS, Traffic
from tests.web.wire import Reply

pytestmark = pytest.mark.slow
Send = Callable[[Service, str], Reply]
WAYS: dict[str, Send] = {
    "body": Service.query,
    "GET": Service.query_by_get,
    "form": Service.query_by_form,
}


@pytest.mark.parametrize("hostile", QUERIES, ids=str)
def test_a_hostile_query_is_answered_as_written(
    hostile: HostileQuery, service: Service, canary: Canary, traffic: Traffic
) -> None:
    """In whichever way it is sent."""
    text = canary.named(hostile.text)
    if hostile.accept == "*/*":
        replies = [send(service, text) for send in WAYS.values()]
    else:
        replies = [service.query(text, accept=hostile.accept)]
    assert [(each.status, kind(each)) for each in replies] == [
        (hostile.status, hostile.kind)
    ] * len(replies)
    assert not traffic.wrong


@pytest.mark.parametrize("hostile", REQUESTS, ids=str)
def test_a_hostile_request_is_answered_as_written(
    hostile: HostileRequest, service: Service, canary: Canary, traffic: Traffic
) -> None:
    """Whatever its path, method, headers and body."""
    reply = hostile.send(service, canary)
    assert (reply.status, kind(reply)) == (hostile.status, hostile.kind), reply.body[:500]
    assert not traffic.wrong


def test_the_corpus_is_large() -> None:
    """Sixty were asked for."""
    names = [*(each.name for each in QUERIES), *(each.name for each in REQUESTS)]
    assert len(names) == len(set(names)) >= 120


def test_nothing_was_fetched(canary: Canary, service: Service) -> None:
    """Nobody came to the canary, and its secret is not known."""
    assert service.query("ASK { ?s ?p 'the-canary-sings' }").body == b'{"head":{},"boolean":false}'
    assert canary.visits == []


def test_good_callers_were_answered_all_the_while(traffic: Traffic) -> None:
    """Each question many times; only at `/sparql` may some have been told that it is busy."""
    assert traffic.wrong == []
    assert min(traffic.right[name] for name in QUESTIONS) >= 10
    assert traffic.honest.total() <= traffic.right["sparql"]


def test_the_canary_would_notice(tmp_path: Path) -> None:
    """It notes who comes, so that no visits means that nobody came."""
    with Canary(tmp_path) as other:
        with socket.create_connection(("127.0.0.1", urlsplit(other.url).port or 0)) as visitor:
            visitor.sendall(b"here")
            visitor.recv(1)
        assert other.visits == [b"here"]
