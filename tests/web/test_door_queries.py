"""The door, requests that may take long: threads of their own, and so many for each address."""

import json
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.web.wire import (
    Reply,
    Wire,
    chunked,
    free_port,
    get,
    head,
    post,
    running,
    seen,
    until,
)

COMMAND = str(Path(sys.executable).with_name("primum"))
MOST, THREADS = 20, 16
SETTINGS = {"PRIMUM_THREADS": "2", "PRIMUM_CALLER_QUERIES": str(MOST), "PRIMUM_BODY_SECONDS": "1"}
SPELLINGS = ("/sleep/apart", "//sleep/apart", "///sleep/%61part", "/%2Fsleep%2fapart")


pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("forgotten")]


class From(Wire):
    """A connection from an address of this machine."""

    def __init__(self, address: str, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(
            ("127.0.0.1", port), timeout=30, source_address=(address, 0)
        )


@contextmanager
def slow(
    port: int, number: int, milliseconds: int, *, address: str = "127.0.0.1"
) -> Iterator[list[Wire]]:
    """Connections on each of which a request is at work, or waits to be."""
    with ExitStack() as stack:
        wires: list[Wire] = [stack.enter_context(From(address, port)) for _ in range(number)]
        for wire in wires:
            wire.send(head(f"GET /sleep/apart?{milliseconds}"))
        time.sleep(0.4)
        yield wires


def free_again(port: int) -> bool:
    """Whether an address may ask for as many as ever."""
    with slow(port, MOST, 0) as wires:
        return {wire.reply().status for wire in wires} == {200}


# --- Threads of their own ------------------------------------------------------------------------


def test_slow_queries_do_not_delay_others(port: int) -> None:
    """Twenty of them, of which sixteen are at work, though there are two threads for others."""
    with slow(port, MOST, 3000) as wires:
        start = time.monotonic()
        for _ in range(20):
            assert get(port, "/sleep?0").body == b"slept"
        assert time.monotonic() - start < 2.5
        assert [wire.reply().body for wire in wires] == [b"slept"] * MOST


def test_others_do_not_delay_queries(port: int) -> None:
    """Long requests of other kinds leave them their threads."""
    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(Wire(port)).send(head("GET /sleep?3000"))
        time.sleep(0.4)
        start = time.monotonic()
        assert get(port, "/sleep/apart?0").body == b"slept"
        assert time.monotonic() - start < 2.5
    until(lambda: get(port, "/sleep?0").status == 200)


def test_sixteen_queries_are_worked_on_at_a_time(port: int) -> None:
    """The others wait for their turn."""
    start = time.monotonic()

    def seconds(wire: Wire) -> float:
        assert wire.reply().status == 200
        return time.monotonic() - start

    with slow(port, MOST, 2000) as wires, ThreadPoolExecutor(MOST) as threads:
        found = sorted(threads.map(seconds, wires))
    assert 2 <= found[0] <= found[THREADS - 1] < 4 <= found[THREADS]


# --- Of one address ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SPELLINGS)
def test_one_more_query_of_an_address_is_too_many(port: int, path: str) -> None:
    """However the path is spelt; the answer says when to come again, and other paths serve."""
    with slow(port, MOST, 2000) as wires:
        refused = get(port, f"{path}?0")
        assert (refused.status, refused.body) == (429, b"too many")
        assert refused.headers["retry-after"] == "1"
        assert get(port, "/sleep?0").status == 200
        assert [wire.reply().status for wire in wires] == [200] * MOST
    assert get(port, f"{path}?0").status == 200


@pytest.mark.parametrize("chunk", [0, 100])
def test_a_body_of_one_too_many_is_not_looked_at(port: int, chunk: int) -> None:
    """The connection goes on to be of use."""
    body = b"x" * 1000
    sent = post("/echo/apart", body)
    if chunk:
        sent = head("POST /echo/apart", "Transfer-Encoding: chunked") + chunked(body, chunk)
    with slow(port, MOST, 2000) as wires, Wire(port) as wire:
        assert wire.send(sent).reply().status == 429
        assert [reply.status for reply in map(replied, wires)] == [200] * MOST
        assert wire.send(sent).reply().body == body
    assert [each["body"] for each in seen(port) if "body" in each] == [1000]


def replied(wire: Wire) -> Reply:
    """The next answer."""
    return wire.reply()


def test_other_addresses_have_queries_of_their_own(port: int) -> None:
    """One that asks for too many does not use up theirs."""
    with slow(port, MOST, 2000) as wires:
        assert get(port, "/sleep/apart?0").status == 429
        with From("127.0.0.2", port) as other:
            assert other.send(head("GET /sleep/apart?0")).reply().status == 200
        assert [wire.reply().status for wire in wires] == [200] * MOST


def test_more_than_may_wait_is_busy(port: int) -> None:
    """From twenty addresses, none of which has too many."""
    with ExitStack() as stack:
        addresses = [f"127.0.0.{number}" for number in range(10, 30)] * MOST
        wires = [stack.enter_context(From(address, port)) for address in addresses]
        for wire in wires:
            wire.send(head("GET /sleep/apart?300"))
        replies = [wire.reply() for wire in wires]
    busy = [reply for reply in replies if reply.status == 503]
    assert {reply.status for reply in replies} == {200, 503}
    assert {reply.headers["retry-after"] for reply in busy} == {"1"}
    assert len(replies) - len(busy) >= THREADS + 256
    assert free_again(port)


# --- Who leaves ----------------------------------------------------------------------------------


def test_who_leaves_does_not_count_for_ever(port: int) -> None:
    """As soon as their requests are done, or turn out to be wanted by nobody."""
    for _ in range(3):
        with slow(port, MOST, 200):
            pass
        until(lambda: free_again(port))


def test_streams_of_who_leaves_end(port: int) -> None:
    """Endless answers give their threads and places back."""
    with ExitStack() as stack:
        wires = [stack.enter_context(Wire(port)) for _ in range(THREADS)]
        for wire in wires:
            wire.send(head("GET /endless/apart"))
        for wire in wires:
            wire.until(b"on and on")
    until(lambda: seen(port).count({"closed": "/endless/apart"}) > 0)
    until(lambda: free_again(port))


def test_streams_that_nobody_takes_end(port: int) -> None:
    """Their clients stay, and take nothing for six times as long as a body may last."""
    with ExitStack() as stack:
        wires = [stack.enter_context(Wire(port)) for _ in range(MOST)]
        for wire in wires:
            wire.send(head("GET /endless/apart"))
        time.sleep(1)
        assert get(port, "/sleep/apart?0").status == 429
        assert get(port, "/sleep?0").status == 200
        with From("127.0.0.2", port) as other:
            assert other.send(head("GET /sleep/apart?0")).reply().status == 200
    until(lambda: free_again(port))


def test_an_answer_that_fails_gives_its_place_back(port: int) -> None:
    """Before it began and on its way."""
    for path in ("/breaks/apart",) * 30:
        with Wire(port) as wire:
            answer = wire.send(head(f"GET {path}")).rest()
        assert not answer.endswith(b"0\r\n\r\n")
    assert free_again(port)


# --- As it is served -----------------------------------------------------------------------------

NAMED = "definitions.csv?injury=hamstring-strain"
ENDLESS = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # ")
ASKED = "/v1/contraindications?injury=hamstring-strain&grade=2&day="


@pytest.fixture(scope="module")
def served() -> Iterator[int]:
    """The port of `primum serve`, whose queries take four seconds at most."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port)]
    chosen = {"PRIMUM_CAGE_SECONDS": "4", "PRIMUM_CALLER_QUERIES": str(MOST)}
    with running(command, port, "/healthz", **chosen):
        until(lambda: get(port, f"/sparql?query={quote('ASK {}')}").status == 200)
        yield port


@pytest.mark.parametrize(
    ("path", "address"), [("/sparql", "127.0.0.1"), ("//%73parql/", "127.0.0.2")]
)
def test_endless_queries_leave_the_service_to_others(served: int, path: str, address: str) -> None:
    """Twenty at once: a further query is told to wait, and other routes answer."""
    with ExitStack() as stack:
        wires = [stack.enter_context(From(address, served)) for _ in range(MOST + 1)]
        for number, wire in enumerate(wires[1:]):
            wire.send(head(f"GET {path}?query={ENDLESS}{number}"))
        time.sleep(1)
        refused = wires[0].send(head(f"GET /sparql?query={quote('ASK {}')}")).reply()
        assert refused.status == 429
        assert json.loads(refused.body)["type"].endswith("/too-many-requests")
        assert int(refused.headers["retry-after"]) >= 1
        for day in range(5):
            start = time.monotonic()
            assert get(served, f"{ASKED}{day}").status == 200
            assert time.monotonic() - start < 3
        assert get(served, f"/v1/queries/{NAMED}").status == 200
