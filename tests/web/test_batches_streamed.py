"""A batch against a real server: answers leave while lines arrive, and memory stays flat."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import pytest
from tests.web.posting import BATCH, NDJSON, Json, encoded, strain
from tests.web.processes import memory, serving
from tests.web.wire import Wire, chunked, free_port, head, running

COMMAND = str(Path(sys.executable).with_name("primum"))
START = head(
    f"POST {BATCH}?detail=verdicts", f"Content-Type: {NDJSON}", "Transfer-Encoding: chunked"
)
GOOD = encoded(strain()) + b"\n"
MANY, PIECE = 20_000, 250
MOST_MEGABYTES = 60


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, int]]:
    """The port of `primum serve`, and its process."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port)]
    with running(command, port, "/healthz", PRIMUM_BODY_SECONDS="2") as process:
        yield port, process.pid


@contextmanager
def begun(port: int, *lines: bytes) -> Iterator[tuple[Wire, HTTPResponse]]:
    """A batch of which some lines are sent and the first answer is on its way."""
    with Wire(port) as wire:
        wire.send(START + b"".join(map(chunk, lines)))
        with HTTPResponse(wire.socket, method="POST") as response:
            response.begin()
            assert response.status == 200
            yield wire, response


def chunk(data: bytes) -> bytes:
    """One chunk of a body."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def numbered(start: int, count: int) -> bytes:
    """Lines with numbers as their ids."""
    return b"".join(encoded(strain(id=str(n))) + b"\n" for n in range(start, start + count))


def test_each_answer_leaves_before_the_next_line_is_sent(server: tuple[int, int]) -> None:
    """Line by line, like a conversation."""
    with begun(server[0], numbered(0, 1)) as (wire, response):
        for number in range(5):
            assert json.loads(response.readline())["id"] == str(number)
            wire.send(chunk(numbered(number + 1, 1)))
        wire.send(b"0\r\n\r\n")
        assert json.loads(response.readline())["id"] == "5"
        assert response.read() == b""


@pytest.mark.slow
def test_twenty_thousand_lines_are_answered_as_they_come(server: tuple[int, int]) -> None:
    """The first answer is there before the last line is sent, and nothing piles up."""
    port, pid = server
    with begun(port, numbered(0, PIECE)) as (wire, response):
        first = json.loads(response.readline())
        assert first["id"] == "0"
        (worker,) = serving(pid)
        before = memory(worker)
        sender = threading.Thread(target=_send_rest, args=(wire,))
        sender.start()
        highest, number = before, 1
        for number, line in enumerate(response, 2):
            if number % 2000 == 0:
                assert json.loads(line)["id"] == str(number - 1)
                highest = max(highest, memory(worker))
        sender.join()
    assert number == MANY
    assert highest - before < MOST_MEGABYTES


def _send_rest(wire: Wire) -> None:
    """All lines but those of the first piece, as fast as they are taken."""
    for start in range(PIECE, MANY, PIECE):
        wire.send(chunk(numbered(start, PIECE)))
    wire.send(b"0\r\n\r\n")


def cut(port: int, body: bytes, *, end: bytes) -> list[Json]:
    """The answers to a batch whose body breaks off."""
    with begun(port, body) as (wire, response):
        wire.send(end)
        wire.end()
        return [json.loads(line) for line in response]


@pytest.mark.parametrize("end", [b"", b"ff\r\n", b"zz\r\n", b"5\r\n{"])
def test_a_partial_line_is_never_taken_for_a_record(server: tuple[int, int], end: bytes) -> None:
    """Cut or malformed: the whole lines are answered, then it is told where it broke off."""
    for part in (GOOD[:40], GOOD[:-1]):
        *answered, last = cut(server[0], GOOD * 2 + part, end=end)
        assert ["treatments" in each for each in answered] == [True, True]
        assert (last["status"], last["line"]) == (400, 3)
        assert last["type"].endswith("/bad-request")


def test_a_last_line_without_its_end_is_whole_where_the_body_is(server: tuple[int, int]) -> None:
    """The last chunk says that nothing is missing."""
    with Wire(server[0]) as wire:
        reply = wire.send(START + chunked(GOOD + GOOD[:-1], 17)).reply("POST")
    assert len(reply.body.splitlines()) == 2
    assert all("treatments" in json.loads(line) for line in reply.body.splitlines())


def test_a_client_that_falls_silent_is_told_so(server: tuple[int, int]) -> None:
    """The line that it began is not answered, and the stream ends."""
    with begun(server[0], GOOD + GOOD[:40]) as (_, response):
        first, last = (json.loads(line) for line in response)
    assert "treatments" in first
    assert last["line"] == 2
    assert last["status"] in {400, 408}


def test_a_client_that_leaves_takes_nothing_along(server: tuple[int, int]) -> None:
    """Those after it are answered."""
    for _ in range(8):
        with begun(server[0], GOOD + GOOD[:40]) as (_, response):
            assert response.readline()
    with begun(server[0], GOOD) as (wire, response):
        wire.send(b"0\r\n\r\n")
        assert len(response.read().splitlines()) == 1
