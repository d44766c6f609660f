"""Messages arrive whole, or not at all."""

import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from primum.cage import wire

pytestmark = pytest.mark.alone

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two connected sockets."""
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_a_large_message_arrives_whole(pair: Pair) -> None:
    """Twenty megabytes pass a socket that holds a few hundred kilobytes at a time."""
    body = os.urandom(20_000_000)
    sender = threading.Thread(target=wire.send, args=(pair[0], {"task": "ä"}, body))
    sender.start()
    message = wire.receive(pair[1])
    sender.join()
    assert message == wire.Message({"task": "ä"}, body)


def test_messages_do_not_run_together(pair: Pair) -> None:
    """Each message ends where its lengths say."""
    for body in (b"one", b"", b"three"):
        wire.send(pair[0], {}, body)
    assert [wire.receive(pair[1]).body for _ in range(3)] == [b"one", b"", b"three"]


def test_a_message_byte_by_byte(pair: Pair) -> None:
    """A message that trickles in is put together."""
    wire.send(pair[0], {"n": 1}, b"slow")
    whole = pair[1].recv(1000)

    def trickle() -> None:
        for number in range(len(whole)):
            pair[0].sendall(whole[number : number + 1])
            time.sleep(0.001)

    sender = threading.Thread(target=trickle)
    sender.start()
    assert wire.receive(pair[1]) == wire.Message({"n": 1}, b"slow")
    sender.join()


def test_a_cut_message_is_an_error(pair: Pair) -> None:
    """The end of the stream within a message is no message."""
    pair[0].sendall(b"\0\0\0\2")
    pair[0].close()
    with pytest.raises(EOFError, match="has closed"):
        wire.receive(pair[1])


def test_a_body_that_is_too_large_is_not_read(pair: Pair) -> None:
    """A length beyond what is allowed is refused before memory is set aside."""
    wire.send(pair[0], {}, b"12345")
    with pytest.raises(EOFError, match="at most"):
        wire.receive(pair[1], most=4)


@pytest.mark.parametrize("begun", [b"", b"\0\0\0\2"])
def test_patience_ends_at_the_instant(pair: Pair, begun: bytes) -> None:
    """A message that does not come, or does not go on, is waited for until then."""
    pair[0].sendall(begun)
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.receive(pair[1], until=start + 0.1)
    assert 0.09 < time.monotonic() - start < 5


def test_sending_ends_at_the_instant(pair: Pair) -> None:
    """Nobody reads; the sender gives up."""
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.send(pair[0], {}, bytes(10_000_000), until=start + 0.1)
    assert 0.09 < time.monotonic() - start < 5


def test_a_closed_end_is_seen_before_what_it_sent_is_read(pair: Pair) -> None:
    """Open, closed there, and closed here."""
    wire.send(pair[0], {}, b"last words")
    assert not wire.is_closed(pair[1])
    pair[0].close()
    assert wire.is_closed(pair[1])
    assert wire.receive(pair[1]).body == b"last words"
    assert wire.is_closed(pair[0])


def test_a_descriptor_passes(pair: Pair) -> None:
    """What is handed over is the same pipe, and programs started later do not inherit it."""
    ours, theirs = os.pipe()
    wire.send_descriptor(pair[0], theirs)
    passed = wire.receive_descriptor(pair[1])
    assert not os.get_inheritable(passed)
    os.write(passed, b"through")
    assert os.read(ours, 10) == b"through"
    for each in (ours, theirs, passed):
        os.close(each)


def test_no_descriptor_is_an_error(pair: Pair) -> None:
    """The other end closes instead of handing one over."""
    pair[0].close()
    with pytest.raises(EOFError, match="descriptor"):
        wire.receive_descriptor(pair[1])
