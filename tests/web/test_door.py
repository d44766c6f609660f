"""The door, over real sockets: a body arrives whole or not at all, and slow peers are alone."""

import select
import time

import pytest
from tests.web.wire import Wire, bodies, chunked, head, post, seen

LIMIT = 5000
SECONDS = 3
DOCUMENT = b'{"injury": {"type": "HamstringStrain"}}'
SETTINGS = {
    "PRIMUM_THREADS": "2",
    "PRIMUM_BODY_BYTES": str(LIMIT),
    "PRIMUM_BODY_SECONDS": str(SECONDS),
}


pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("forgotten")]


def echoed(body: bytes, *, chunk: int) -> bytes:
    """A request to give a body back, sent in chunks of some size, or whole where that is 0."""
    if not chunk:
        return post("/echo", body)
    return head("POST /echo", "Transfer-Encoding: chunked") + chunked(body, chunk)


# --- Sizes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("chunk", [0, 1, 4096])
@pytest.mark.parametrize("size", [0, 1, LIMIT - 1, LIMIT])
def test_a_body_up_to_the_limit_arrives_whole(port: int, size: int, chunk: int) -> None:
    """With a stated length and in chunks, of one byte too."""
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    with Wire(port) as wire:
        found = wire.send(echoed(body, chunk=chunk)).reply()
    assert (found.status, found.body) == (200, body)
    assert [(str(size), size)] == [(each["length"], each["body"]) for each in seen(port)]


@pytest.mark.parametrize(
    ("size", "chunk"),
    [(LIMIT + 1, 0), (LIMIT + 1, 1), (LIMIT + 1, LIMIT), (5000 * LIMIT, 0), (5000 * LIMIT, 50_000)],
)
def test_a_body_over_the_limit_is_refused_and_never_cut(port: int, size: int, chunk: int) -> None:
    """The answer can be read though all was sent before, and the application saw no body."""
    body = b"x" * size
    with Wire(port) as wire:
        found = wire.send(echoed(body, chunk=chunk)).reply()
        assert wire.socket.recv(1) == b"", "the connection is closed, and not by a reset"
    assert (found.status, found.body) == (413, b"too-large")
    assert found.headers["connection"] == "close"
    assert bodies(port) == []


def test_a_stated_length_over_the_limit_is_refused_at_once(port: int) -> None:
    """Nothing of the body need be sent."""
    with Wire(port) as wire:
        assert wire.send(head("POST /echo", f"Content-Length: {2**40}")).reply().status == 413


# --- Bodies that do not come ---------------------------------------------------------------------

CHUNKED = head("POST /echo", "Transfer-Encoding: chunked")
WHOLE_CHUNK = b"%x\r\n%s\r\n" % (len(DOCUMENT), DOCUMENT)


@pytest.mark.parametrize(
    "sent",
    [
        CHUNKED + WHOLE_CHUNK,
        CHUNKED + WHOLE_CHUNK + b"0\r\n",
        CHUNKED + WHOLE_CHUNK[:-1],
        head("POST /echo", f"Content-Length: {len(DOCUMENT) + 1}") + DOCUMENT,
    ],
)
def test_a_body_that_is_cut_is_not_passed_on(port: int, sent: bytes) -> None:
    """Though what came is a whole document: 400, or nothing where the peer is gone."""
    with Wire(port) as wire:
        answer = wire.send(sent).end().rest()
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    with Wire(port) as wire:
        wire.send(sent)
    time.sleep(0.1)
    assert bodies(port) == []


@pytest.mark.parametrize(
    "chunk", [b"zz\r\n", b"-1\r\n", b"0x1\r\na\r\n", b"1\nab", b"f" * 17 + b"\r\n"]
)
def test_a_malformed_chunk_is_a_400(port: int, chunk: bytes) -> None:
    """The chunks before it are not taken for the body."""
    with Wire(port) as wire:
        found = wire.send(CHUNKED + WHOLE_CHUNK + chunk).reply()
    assert (found.status, found.body) == (400, b"incomplete")
    assert bodies(port) == []


def test_a_body_that_is_too_slow_is_a_408(port: int) -> None:
    """A byte now and then does not buy time."""
    start = time.monotonic()
    with Wire(port) as wire:
        wire.send(head("POST /echo", "Content-Length: 100"))
        for _ in range(99):
            if select.select([wire.socket], [], [], 0.19)[0]:
                break
            wire.send(b"x")
        assert wire.reply().status == 408
    assert SECONDS <= time.monotonic() - start < SECONDS + 10
    assert bodies(port) == []


def test_half_sent_bodies_keep_nobody_waiting(port: int) -> None:
    """Two hundred of them, and there are two threads."""
    wires = [Wire(port) for _ in range(200)]
    try:
        for wire in wires:
            wire.send(head("POST /echo", "Content-Length: 100") + b"half")
        start = time.monotonic()
        with Wire(port) as other:
            assert other.send(post("/echo", DOCUMENT)).reply().body == DOCUMENT
        assert time.monotonic() - start < SECONDS - 1
        wires[-1].send(b"x" * 96)
        assert len(wires[-1].reply().body) == 100
    finally:
        for wire in wires:
            wire.socket.close()
