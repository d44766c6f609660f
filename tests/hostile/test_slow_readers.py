"""Clients that ask for much and take nothing: what waits for them is bounded, and then let go."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.hostile.service import Service, running
from tests.hostile.sound import kind
from tests.web.wire import until

pytestmark = pytest.mark.slow
_LETTERS, _LINES = 50_000, 190
CLIENTS = 60
MOST_UNTAKEN, MOST_IN_WORK, ROOM = 256, 160, 150
"""Megabytes: of answers that wait, of those that sixteen threads have begun, and for all else."""


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that waits for nobody for more than eighteen seconds."""
    log: Path = tmp_path_factory.mktemp("log") / "log.jsonl"
    settings = {"PRIMUM_BODY_SECONDS": "3", "PRIMUM_KEPT_MEGABYTES": "16"}
    with running(log, **settings, PRIMUM_CAGE_SECONDS="20") as found:
        yield found


def large(number: int) -> str:
    """A query with a result of nearly ten megabytes, each another one."""
    text = f"{number:0{_LETTERS}}"
    return f'SELECT ("{text}" AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {_LINES}'


def idle(service: Service, number: int) -> socket.socket:
    """A client that has asked, and reads no more than the beginning of the answer."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.settimeout(60)
    found.connect(("127.0.0.1", service.port))
    path = f"/sparql?query={quote(large(number))}"
    found.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    return found


def test_who_takes_no_answer_fills_no_memory(hurried: Service) -> None:
    """New queries are told to come again, and other questions answered; later all is as before."""
    hurried.query("ASK {}")
    before = hurried.megabytes()
    with ExitStack() as clients:
        waiting = [clients.enter_context(idle(hurried, number)) for number in range(CLIENTS)]
        lines = [client.recv(12) for client in waiting]
        assert set(lines) == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
        assert hurried.megabytes() - before < MOST_UNTAKEN + MOST_IN_WORK + ROOM
        assert kind(hurried.query("ASK { ?s ?p ?o }")) == "busy"
        assert hurried.ask("/v1/contraindications?injury=ITBS").status == 200
        assert hurried.ask("/v1/queries/rules").status == 200
        until(lambda: hurried.query("ASK { ?s ?p ?o }").status == 200)
    until(lambda: hurried.megabytes() - before < ROOM)


def test_who_reads_slowly_gets_all_of_it(hurried: Service) -> None:
    """As long as something is taken every few seconds."""
    with idle(hurried, 1000) as client:
        got = bytearray()
        while b"\r\n\r\n" not in got:
            got += client.recv(100)
        head = bytes(got.partition(b"\r\n\r\n")[0])
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        left = length - (len(got) - len(head) - 4)
        while left:
            left -= len(client.recv(2**16))
    assert length > _LETTERS * _LINES
