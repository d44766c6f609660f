"""Where a server is: what PRIMUM_STORE may be, and what is made of it."""

import socket
import time
from contextlib import closing

import pytest

from primum.foundation.errors import InvalidValue
from primum.foundation.settings import read_settings
from primum.use_cases.store.connection import Connection, Deadline
from primum.use_cases.store.server import BREAKS, Address, Request, Server

pytestmark = pytest.mark.alone


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://127.0.0.1:7878/query",
        "https://user:secret@store.example/sets/primum/sparql?key=1",
        "http://[::1]:7878/query",
    ],
)
def test_an_address_may_be_any_of_http(url: str) -> None:
    """With a port, a name and a password, or not at all."""
    assert url == read_settings({"PRIMUM_STORE": url}).store


@pytest.mark.parametrize(
    "url",
    [
        *("store.example", "/query", "file:///etc/passwd", "ftp://store.example/", "http://"),
        *("http://:7878/", "http://a:b/", "http://a:0/", "http://a:99999/", "http://[::1/"),
        *("http://a.example/ query", "http://a.example/#top", "http://a.example/\n", "http://ä/"),
        "http:// someone:secret@a.example",
    ],
)
def test_what_is_no_address_is_told_without_repeating_it(url: str) -> None:
    """It names the setting; what stands there may hold a password."""
    with pytest.raises(InvalidValue, match="PRIMUM_STORE is no address") as caught:
        read_settings({"PRIMUM_STORE": url})
    assert "secret" not in f"{caught.value.detail}{caught.value.found}"


def test_an_address_is_taken_apart() -> None:
    """Who asks is no part of the name of the host, and never shown."""
    found = Address.of("https://me:s%2Fx@store.example/sets/sparql?key=1")
    assert (found.host, found.port, found.encrypted) == ("store.example", 443, True)
    assert (found.path, found.name) == ("/sets/sparql?key=1", "store.example")
    assert found.credentials == "bWU6cy94"
    assert "bWU6cy94" not in repr(found)
    assert Address.of("http://[::1]:7878").name == "[::1]:7878"


def test_time_that_is_up_is_told() -> None:
    """No step may take what is not there."""
    deadline = Deadline(1)
    assert 0 < deadline.left() <= 1
    assert deadline.left(0.01) == 0.01
    time.sleep(1.1)
    assert deadline.passed
    with pytest.raises(TimeoutError):
        deadline.left()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_somebody_who_never_says_anything_is_left(scheme: str) -> None:
    """Also while a connection is to be encrypted."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        server = Server(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/query")
        start = time.monotonic()
        with pytest.raises(TimeoutError):
            server.ask(Request("POST", b"query=ASK{}"), Deadline(0.3))
        assert time.monotonic() - start < 10


def test_somebody_who_takes_nothing_is_left() -> None:
    """What is to be sent does not fit into what the system holds for them."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        server = Server(f"http://127.0.0.1:{silent.getsockname()[1]}/store")
        with pytest.raises(TimeoutError):
            server.ask(Request("POST", b"x" * 50_000_000), Deadline(0.5))


def test_nobody_there_is_told_at_once() -> None:
    """A port at which nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port = listening.getsockname()[1]
    connection = Connection("localhost", port, None)
    connection.deadline = Deadline(20)
    start = time.monotonic()
    with pytest.raises(BREAKS):
        connection.connect()
    assert time.monotonic() - start < 10
