"""Many clients at once, and processes that die: no answer is ever another's, or half of one."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.web.load import CAGED, REQUESTS, Load, alone
from tests.web.processes import caged, serving
from tests.web.wire import Reply, free_port, running, until

COMMAND = str(Path(sys.executable).with_name("primum"))
THREADS, EACH = 8, 24
PAUSE = 0.1


@contextmanager
def served(workers: int) -> Iterator[tuple[int, int]]:
    """The port and process of `primum serve`."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--workers", str(workers)]
    with running(command, port, "/healthz") as process:
        yield port, process.pid


@contextmanager
def again_and_again(step: "Step") -> Iterator[None]:
    """Do something now and then, in a thread of its own, while the block lasts."""
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(PAUSE):
            step()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Step:
    """Kills one caged worker of a server, another one each time; counts how many it killed."""

    def __init__(self, pid: int) -> None:
        """Kill below this process."""
        self._pid = pid
        self.killed = 0

    def __call__(self) -> None:
        """Kill one, if there is one."""
        workers = caged(self._pid)
        if workers:
            with suppress(ProcessLookupError):
                os.kill(workers[self.killed % len(workers)], signal.SIGKILL)
                self.killed += 1


def is_busy(name: str, reply: Reply) -> bool:
    """Whether a batch was told to come again: only a few are worked on at a time."""
    return name == "batch" and reply.status == 503 and "retry-after" in reply.headers


def is_limit(name: str, reply: Reply) -> bool:
    """Whether what needed the cage was told that the process that worked on it is gone."""
    lines = [json.loads(line) for line in reply.body.splitlines()] if name in CAGED else []
    kinds = {each.get("type", "").rpartition("/")[2] for each in lines}
    return is_busy(name, reply) or "crashed" in kinds


@pytest.mark.slow
def test_mixed_traffic_is_answered_as_each_request_alone() -> None:
    """Eight clients at once: nothing fails, and nobody gets the answer of another."""
    with served(1) as (port, _):
        load = Load(port, alone(port), is_busy)
        load.run(threads=THREADS, each=EACH)
    assert (load.wrong, load.lost) == ([], [])
    assert load.right.total() + len(load.excuses) == THREADS * EACH
    assert load.right.keys() == REQUESTS.keys()


@pytest.mark.slow
def test_a_caged_worker_that_dies_makes_no_answer_wrong() -> None:
    """Killed now and then: what needed it is answered all the same, or told honestly."""
    with served(1) as (port, pid):
        expected = alone(port)
        step, load = Step(pid), Load(port, expected, is_limit)
        with again_and_again(step):
            load.run(threads=THREADS, each=EACH)
        assert expected == alone(port)
    assert (load.wrong, load.lost) == ([], [])
    assert step.killed > 2
    assert len([reply for reply in load.excuses if reply.status != 503]) <= step.killed


@pytest.mark.slow
def test_a_server_process_that_dies_costs_its_own_connections_alone() -> None:
    """One of two is killed: some connections break, no answer is wrong, and it is replaced."""
    with served(2) as (port, pid):
        expected = alone(port)
        until(lambda: len(serving(pid)) == 2)
        load, killed = Load(port, expected, is_busy), serving(pid)[0]
        killer = threading.Timer(0.5, os.kill, (killed, signal.SIGKILL))
        killer.start()
        load.run(threads=THREADS, each=EACH)
        killer.join()
        until(lambda: len(serving(pid)) == 2 and killed not in serving(pid))
        assert expected == alone(port)
    assert load.wrong == []
    assert len(load.lost) < THREADS * EACH // 2
