"""The door and HTTP: hostile heads smuggle nothing, and the finer points of the protocol work."""

import contextlib

import pytest
from tests.web.wire import (
    Wire,
    chunked,
    get,
    head,
    post,
    seen,
    until,
)

LIMIT = 5000
SETTINGS = {"PRIMUM_BODY_BYTES": str(LIMIT)}
CHUNKED = head("POST /echo", "Transfer-Encoding: chunked")


pytestmark = pytest.mark.usefixtures("forgotten")


# --- Hostile heads -------------------------------------------------------------------------------

HIDDEN = b"GET /echo?hidden HTTP/1.1\r\nHost: primum\r\n\r\n"
CLOSED = b"0\r\n\r\n" + HIDDEN


@pytest.mark.parametrize(
    "sent",
    [
        head("POST /echo", f"Content-Length: {len(CLOSED)}", "Transfer-Encoding: chunked") + CLOSED,
        head("POST /echo", "Content-Length: 0", "Transfer-Encoding: xchunked") + HIDDEN,
        head("POST /echo", "Transfer-Encoding: xchunked") + CLOSED,
        head("POST /echo", "Transfer-Encoding: chunked, identity") + CLOSED,
        head("POST /echo", "Transfer-Encoding : chunked", "Content-Length: 5") + CLOSED,
        head("POST /echo", "Content-Length: 5", f"Content-Length: {len(CLOSED)}") + CLOSED,
        head("POST /echo", f"Content-Length: 5, {len(CLOSED)}") + CLOSED,
        head("POST /echo", "Content-Length: +5") + CLOSED,
        head("POST /echo", "Content-Length:\r\n 5") + CLOSED,
        head("POST /echo", "X: y\r\n Transfer-Encoding: chunked", "Content-Length: 5") + CLOSED,
        head("POST /echo", "Content_Length: 5", "Content-Length: 4") + b"body",
        b"POST /echo HTTP/1.1\nHost: primum\nContent-Length: 4\n\nbody",
        b"POST /echo HTTP/1.1\r\nHost: primum\nContent-Length: 5\r\n\r\n" + CLOSED[:5],
    ],
)
def test_a_request_that_can_be_read_in_two_ways_smuggles_nothing(port: int, sent: bytes) -> None:
    """At most one request is seen, never the hidden one, and others are answered."""
    with Wire(port, timeout=0.5) as wire:
        wire.send(sent)
        with contextlib.suppress(TimeoutError):
            wire.rest()
    found = seen(port)
    assert len(found) <= 1
    assert "hidden" not in [each["query"] for each in found]


@pytest.mark.parametrize(
    "bomb",
    [
        head("GET /echo", f"X: {'x' * 1_000_000}"),
        head("GET /echo", *(f"X-{number}: x" for number in range(10_000))),
        b"GET /echo HTTP/1.1\r\nX: " + b"x" * 1_000_000,
        b"GET /" + b"x" * 1_000_000,
    ],
)
def test_a_head_that_is_too_large_is_refused(port: int, bomb: bytes) -> None:
    """The application does not see it, and others are answered."""
    with Wire(port) as wire:
        try:
            answer = wire.send(bomb).rest()
        except ConnectionError:
            answer = b""
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert seen(port) == []


def test_a_name_with_an_underscore_does_not_pass_for_another(port: int) -> None:
    """As WSGI writes both alike, only the proper one is passed on."""
    with Wire(port) as wire:
        wire.send(head("GET /echo", "X_Role: false", "X-Role: true", "X-Role: too")).reply()
    (found,) = seen(port)
    assert found["headers"] == {"HTTP_HOST": "primum", "HTTP_X_ROLE": "true,too"}


# --- The protocol --------------------------------------------------------------------------------


def test_pipelined_requests_are_each_answered(port: int) -> None:
    """In order, on one connection."""
    last = post("/echo", b"<4>", "Connection: close")
    sent = b"".join(post("/echo", b"<%d>" % number) for number in range(4)) + last
    with Wire(port) as wire:
        answer = wire.send(sent).rest()
    assert answer.count(b"HTTP/1.1 200 OK") == 5
    positions = [answer.index(b"<%d>" % number) for number in range(5)]
    assert positions == sorted(positions)


def test_a_connection_is_kept(port: int) -> None:
    """For bodies of stated length, in chunks, and none."""
    with Wire(port) as wire:
        for _ in range(3):
            assert wire.send(post("/echo", b"one")).reply().body == b"one"
            assert wire.send(CHUNKED + chunked(b"two", 2)).reply().body == b"two"
            assert wire.send(head("GET /echo")).reply().body == b""


def test_head_has_the_headers_and_no_body(port: int) -> None:
    """A further answer on the connection is not confused with a body."""
    with Wire(port) as wire:
        found = wire.send(head("HEAD /sleep?0")).reply("HEAD")
        assert (found.status, found.body) == (200, b"")
        assert found.headers["content-type"] == "text/plain"
        assert wire.send(head("GET /sleep?0")).reply().body == b"slept"


def test_a_client_that_waits_for_leave_gets_it(port: int) -> None:
    """`Expect: 100-continue` is answered before the body is sent."""
    with Wire(port) as wire:
        wire.send(head("POST /echo", "Content-Length: 4", "Expect: 100-continue"))
        assert wire.socket.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert wire.send(b"body").reply().body == b"body"


def test_a_client_that_waits_for_leave_is_refused_too_much(port: int) -> None:
    """No leave is given for a body that is stated to be too large."""
    with Wire(port) as wire:
        wire.send(head("POST /echo", f"Content-Length: {LIMIT + 1}", "Expect: 100-continue"))
        assert wire.socket.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_whole_answer_states_its_length(port: int) -> None:
    """A lazy one may come in chunks, and is whole as well."""
    assert get(port, "/sleep?0").headers["content-length"] == "5"
    assert get(port, "/pieces").body == b"abc"


def test_the_path_keeps_its_bytes(port: int) -> None:
    """Percent-encoded bytes that are no UTF-8 are not replaced."""
    assert get(port, "/echo/%FF%C3%A9").status == 200
    assert [b"/echo/\xff\xc3\xa9".decode("latin-1")] == [each["path"] for each in seen(port)]


def test_head_does_not_wait_for_an_endless_answer(port: int) -> None:
    """The answer is closed when its head is known."""
    with Wire(port) as wire:
        assert wire.send(head("HEAD /endless")).reply("HEAD").status == 200
        until(lambda: seen(port) == [{"closed": "/endless"}], 2)
