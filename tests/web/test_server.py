"""The server and its worker processes: starting, stopping, and the death of one."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.wire import (
    PATIENCE,
    Server,
    Wire,
    answers,
    behind,
    chunked,
    free_port,
    get,
    head,
    post,
    running,
    told,
    until,
)

pytestmark = pytest.mark.alone

COMMAND = str(Path(sys.executable).with_name("primum"))
ASK = "/v1/contraindications?injury=hamstring-strain&grade=2&day=3"
LIMIT = 5000
BRIEF = {"PRIMUM_BODY_SECONDS": "2"}


def stopped(server: Server) -> int:
    """The exit code of a server that was told to stop."""
    return server.wait(PATIENCE)


def test_a_request_in_flight_is_answered_before_the_server_stops() -> None:
    """And idle connections and half-sent bodies do not hold it up for long."""
    port = free_port()
    with behind(port, BRIEF) as server, Wire(port) as idle, Wire(port) as half:
        idle.send(head("GET /sleep?0")).reply()
        half.send(head("POST /echo", "Content-Length: 9") + b"half")
        with Wire(port) as wire:
            wire.send(head("GET /sleep?2000"))
            time.sleep(0.7)
            server.send_signal(signal.SIGTERM)
            assert wire.reply().body == b"slept"
        assert stopped(server) == 0
        assert not answers(port, "/seen")


def test_a_stream_gets_time_to_end_before_the_server_stops() -> None:
    """What its client sends after the signal is answered."""
    port = free_port()
    with behind(port, BRIEF) as server, Wire(port) as wire:
        wire.send(head("POST /lines", "Transfer-Encoding: chunked") + b"2\r\na\n\r\n")
        wire.until(b"a\n")
        server.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        answer = wire.send(chunked(b"b\n", 2)).rest()
        assert b"b\n" in answer
        assert answer.endswith(b"0\r\n\r\n")
        assert stopped(server) == 0


def test_a_worker_that_dies_is_replaced_and_the_others_answer() -> None:
    """Two processes answer; one is killed, and a new one takes its place."""
    port = free_port()
    with behind(port, BRIEF, workers=2) as server:
        pids: set[int] = set()

        def both() -> bool:
            pids.add(told(port, "/process")["pid"])
            return len(pids) == 2

        until(both)
        killed = pids.pop()
        (left,) = pids
        os.kill(killed, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{killed}").exists())
        assert all(answers(port, "/seen") for _ in range(20))
        until(both)
        assert killed not in pids
        assert left in pids
        server.send_signal(signal.SIGTERM)
        assert stopped(server) == 0


# --- Primum itself -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def primum_port() -> Iterator[int]:
    """The port of `primum serve` with two workers."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--workers", "2"]
    settings = {"PRIMUM_BODY_BYTES": str(LIMIT), "PRIMUM_BODY_SECONDS": "3"}
    with running(command, port, "/healthz", **settings):
        yield port


def test_the_workers_answer_alike(primum_port: int) -> None:
    """The same document from either, with its length."""
    replies = [get(primum_port, ASK) for _ in range(8)]
    assert {reply.status for reply in replies} == {200}
    assert len({reply.body for reply in replies}) == 1
    assert json.loads(replies[0].body)["question"]["grade"] == 2
    assert int(replies[0].headers["content-length"]) == len(replies[0].body)


def test_half_sent_bodies_keep_no_physician_waiting(primum_port: int) -> None:
    """Two hundred of them are open while the design question is answered."""
    wires = [Wire(primum_port) for _ in range(200)]
    try:
        for wire in wires:
            wire.send(head("POST /v1/assessments", "Content-Length: 100") + b"half")
        start = time.monotonic()
        assert get(primum_port, ASK).status == 200
        assert time.monotonic() - start < 2
    finally:
        for wire in wires:
            wire.socket.close()


@pytest.mark.parametrize(
    "sent",
    [
        post("/v1/assessments", b"x" * (LIMIT + 1)),
        head("POST /v1/assessments", "Transfer-Encoding: chunked") + b"2\r\n{}\r\nzz\r\n",
        head("POST /v1/assessments", "Content-Length: 100") + b"{}",
    ],
)
def test_a_body_that_is_refused_is_a_problem_document(primum_port: int, sent: bytes) -> None:
    """Too large, malformed or too slow: never a 200, and the one shape of every error."""
    with Wire(primum_port) as wire:
        found = wire.send(sent).reply()
    assert found.status in {400, 404, 408, 413}
    assert found.headers["content-type"] == "application/problem+json"
    assert json.loads(found.body)["status"] == found.status
