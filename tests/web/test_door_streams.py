"""The door, streams: lines come and go, memory stays flat, nothing cut looks whole."""

import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from tests.web.wire import Wire, chunked, get, head, post, seen, told, until

SECONDS = 2
BATCH = 8_000_000
SETTINGS = {
    "PRIMUM_THREADS": "2",
    "PRIMUM_BODY_SECONDS": str(SECONDS),
    "PRIMUM_BATCH_BYTES": str(BATCH),
}


pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("forgotten")]


# --- Room ----------------------------------------------------------------------------------------


def test_long_requests_leave_room_until_there_is_none(port: int) -> None:
    """Two work, 64 wait, and what is more is told to come again."""
    wires = [Wire(port) for _ in range(70)]
    try:
        for number, wire in enumerate(wires):
            wire.send(head(f"GET /sleep?{20 if number > 1 else 3000}"))
        replies = [wire.reply() for wire in wires]
    finally:
        for wire in wires:
            wire.socket.close()
    busy = [reply for reply in replies if reply.status == 503]
    assert 1 <= len(busy) <= 4
    assert {reply.headers["retry-after"] for reply in busy} == {"1"}
    assert len(replies) - len(busy) >= 66


def test_streams_leave_threads_to_others(port: int) -> None:
    """Four streams are served at a time and eight wait; one more is told to come again."""
    wires = [Wire(port) for _ in range(12)]
    served, waiting = wires[:4], wires[4:]
    try:
        for wire in served:
            wire.send(head("POST /lines", "Transfer-Encoding: chunked") + b"2\r\na\n\r\n")
        for wire in served:
            wire.until(b"a\n")
        for wire in waiting:
            wire.send(post("/lines", b"a\n"))
        time.sleep(0.7)  # those that wait say nothing of having been let in
        with Wire(port) as thirteenth:
            assert thirteenth.send(post("/lines", b"b\n")).reply().status == 503
        assert get(port, "/sleep?0").body == b"slept"
        for wire in served:
            wire.send(b"0\r\n\r\n")
        for wire in waiting:
            wire.until(b"a\n")
    finally:
        for wire in wires:
            wire.socket.close()


# --- Streams -------------------------------------------------------------------------------------


def feed(wire: Wire, pieces: Iterator[bytes]) -> threading.Thread:
    """Send pieces in a thread of their own."""

    def run() -> None:
        for piece in pieces:
            wire.send(piece)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_line_is_answered_before_the_next_is_sent(port: int) -> None:
    """Nothing is held back to fill a buffer."""
    with Wire(port) as wire:
        wire.send(head("POST /lines", "Transfer-Encoding: chunked"))
        for number in range(20):
            line = b"%02d\n" % number
            wire.send(b"3\r\n%s\r\n" % line)
            wire.until(line)
        wire.send(b"0\r\n\r\n").until(b"0\r\n\r\n")


def test_a_long_stream_takes_little_memory(port: int) -> None:
    """Half a million lines, 50 MB, go in and come out the same."""
    before = told(port, "/process")["peak"]
    block = b"".join(b"%099d\n" % number for number in range(5000))
    pieces = 100
    with Wire(port) as wire:
        wire.send(head("POST /lines", f"Content-Length: {pieces * len(block)}"))
        sending = feed(wire, iter([block] * pieces))
        found = wire.reply().body
        sending.join()
    assert len(found) == pieces * len(block) == 50_000_000
    assert found == block * pieces
    assert told(port, "/process")["peak"] - before < 40_000


def test_a_client_may_send_all_before_it_reads(port: int) -> None:
    """As long as what it sends fits into the buffer; the answers wait for it."""
    body = b"line\n" * 1_000_000
    with Wire(port) as wire:
        wire.send(post("/lines", body))
        time.sleep(0.2)
        assert wire.reply().body == body


def test_a_client_that_sends_more_than_is_kept_has_to_read(port: int) -> None:
    """It is made to wait, and goes on as soon as it reads; nothing is lost."""
    before = told(port, "/process")["peak"]
    block = (b"x" * 999 + b"\n") * 1000
    with Wire(port) as wire:
        wire.send(head("POST /lines", f"Content-Length: {40 * len(block)}"))
        sending = feed(wire, iter([block] * 40))
        sending.join(0.5)
        assert sending.is_alive()
        assert told(port, "/process")["peak"] - before < 30_000
        assert wire.reply().body == block * 40
        sending.join()


@pytest.mark.parametrize("sent", [b"3\r\nab\n\r\nzz\r\n", b"3\r\nab\n\r\n"])
def test_a_stream_that_is_cut_never_looks_whole(port: int, sent: bytes) -> None:
    """The application is told in its read, and can say so."""
    with Wire(port) as wire:
        wire.send(head("POST /lines", "Transfer-Encoding: chunked") + sent)
        if b"zz" not in sent:
            wire.end()
        answer = wire.rest()
    assert b"zz" in sent or answer == b"" or b"fault incomplete" in answer
    assert b"zz" not in sent or b"fault incomplete" in answer
    until(lambda: seen(port) == [{"closed": "/lines"}])


def test_a_fault_that_the_application_does_not_handle_is_a_400(port: int) -> None:
    """As nothing was answered yet, the application is asked to refuse."""
    with Wire(port) as wire:
        wire.send(head("POST /count", "Transfer-Encoding: chunked") + b"3\r\nab\n\r\nzz\r\n")
        assert wire.reply().status == 400


def test_a_silent_client_of_a_stream_is_not_waited_for(port: int) -> None:
    """The read fails after the time in which a body must arrive."""
    with Wire(port) as wire:
        wire.send(head("POST /lines", "Transfer-Encoding: chunked") + b"3\r\nab\n\r\n")
        found = wire.reply()
    assert found.body == b"ab\nfault too-slow"


def test_a_stream_need_not_be_read(port: int) -> None:
    """An answer to an unread body can be read though all is sent first."""
    with Wire(port) as wire:
        assert wire.send(post("/patient", b"x" * 3_000_000)).reply().body == b"not read"


@pytest.mark.parametrize("request_", [head("GET /endless"), post("/endless", b"body")])
def test_an_answer_that_nobody_reads_is_closed(port: int, request_: bytes) -> None:
    """Soon after the client left."""
    with Wire(port) as wire:
        assert wire.send(request_).socket.recv(1000)
    until(lambda: seen(port) == [{"closed": "/endless"}])


def test_an_answer_that_nobody_takes_is_closed(port: int) -> None:
    """Its client stays, and does nothing for six times as long as a body may last.

    One that takes nothing because it is still sending is waited for.
    """
    patience = 6 * SECONDS
    with Wire(port) as silent, Wire(port) as sender:
        sender.send(head("POST /endless/streamed", "Transfer-Encoding: chunked"))
        silent.send(head("GET /endless"))
        for _ in range(patience + 2):
            sender.send(b"1\r\nx\r\n")
            time.sleep(1)
        until(lambda: seen(port) == [{"closed": "/endless"}])
        answer = silent.rest()
    assert answer
    assert not answer.endswith(b"0\r\n\r\n")
    until(lambda: seen(port) == [{"closed": "/endless/streamed"}])


def test_a_stream_whose_client_left_is_closed(port: int) -> None:
    """In the middle of its body, and after it."""
    for ending in (b"", b"0\r\n\r\n"):
        body = chunked(b"line\n" * 1_000_000, 50_000).removesuffix(b"0\r\n\r\n") + ending
        with Wire(port) as wire:
            wire.send(head("POST /lines", "Transfer-Encoding: chunked") + body)
            assert wire.socket.recv(1000)
        until(lambda: seen(port) == [{"closed": "/lines"}])


def test_an_answer_that_fails_on_the_way_has_no_proper_end(port: int) -> None:
    """The connection is broken off: what came must not be taken for all."""
    with Wire(port) as wire:
        answer = wire.send(head("GET /breaks")).rest()
    assert b"so far" in answer
    assert not answer.endswith(b"0\r\n\r\n")
    with Wire(port) as wire, pytest.raises((HTTPException, OSError)):
        wire.send(head("GET /breaks")).reply()
