"""Processes end when they should, and others take their place."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cage.conftest import LIMITS, ROOT, MakeCage
from tests.cage.processes import children, gone, soon, state

from primum.cage.pool import Cage
from primum.foundation.errors import Busy, Crashed, TookTooLong

pytestmark = pytest.mark.alone

FRONT = """
import sys, threading, time
sys.path.insert(0, sys.argv[1])
from primum.cage.limits import Limits
from primum.cage.pool import Cage
limits = Limits(seconds=60, megabytes=64, result_bytes=1000, waiting=5)
cage = Cage("tests.cage.tasks:" + sys.argv[2], "", limits=limits, workers=2)
if sys.argv[2] == "prepare":
    print(cage.run("pids", b"").decode(), flush=True)
    threading.Thread(target=cage.run, args=("loop", b""), daemon=True).start()
    time.sleep(0.2)
print("ready", flush=True)
time.sleep(60)
"""


def processes(cage: Cage) -> tuple[int, int]:
    """The ids of a worker and of the zygote."""
    worker, zygote = json.loads(cage.run("pids", b""))
    return worker, zygote


@pytest.fixture
def front() -> list[str]:
    """The command of a process that has a cage, one worker of it in an endless loop."""
    return [sys.executable, "-c", FRONT, str(ROOT)]


@pytest.mark.parametrize("wait", [0.0, 0.7])
def test_a_worker_killed_from_outside_is_replaced(make_cage: MakeCage, wait: float) -> None:
    """The next request is served, at once or later."""
    cage = make_cage(workers=2)
    worker, _ = processes(cage)
    os.kill(worker, signal.SIGKILL)
    time.sleep(wait)
    assert [cage.run("echo", b"next") for _ in range(3)] == [b"next"] * 3
    assert gone(worker)


@pytest.mark.parametrize("wait", [0.0, 0.7])
def test_a_zygote_killed_from_outside_is_replaced(make_cage: MakeCage, wait: float) -> None:
    """The next request is served by workers of another zygote."""
    cage = make_cage(workers=2)
    worker, zygote = processes(cage)
    os.kill(zygote, signal.SIGKILL)
    time.sleep(wait)
    assert [cage.run("echo", b"next") for _ in range(3)] == [b"next"] * 3
    assert gone(worker, zygote)
    assert processes(cage)[1] != zygote


def test_a_request_at_work_survives_the_zygote(cage: Cage) -> None:
    """It is not to blame for the death of its worker, so it is put to another one."""
    _, zygote = processes(cage)
    with ThreadPoolExecutor(1) as threads:
        nap = threads.submit(cage.run, "nap", b"300")
        time.sleep(0.1)
        os.kill(zygote, signal.SIGKILL)
        assert nap.result() == b"300"


def test_closing_leaves_no_process(make_cage: MakeCage) -> None:
    """Zygote and workers are gone when `close` returns, one of them at work; again is harmless."""
    cage = make_cage(workers=2)
    _, zygote = processes(cage)
    assert soon(lambda: len(children(zygote)) == 2)
    everyone = [zygote, *children(zygote)]
    with ThreadPoolExecutor(1) as threads:
        at_work = threads.submit(cage.run, "loop", b"")
        time.sleep(0.1)
        start = time.monotonic()
        cage.close()
        assert time.monotonic() - start < LIMITS.seconds / 2
        assert [state(each) for each in everyone] == ["", "", ""]
        with pytest.raises(Busy, match="closing"):
            at_work.result()
    cage.close()
    with pytest.raises(Busy, match="closing"):
        cage.run("echo", b"")


def test_closing_does_not_wait_for_the_preparation(make_cage: MakeCage) -> None:
    """A zygote that still prepares is killed; the request that waits for it is told."""
    others = children(os.getpid()).keys()
    cage = make_cage("prepare_late")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(cage.run, "echo", b"")
        assert soon(lambda: len(children(os.getpid()).keys() - others) == 1)
        (zygote,) = children(os.getpid()).keys() - others
        time.sleep(0.2)
        start = time.monotonic()
        cage.close()
        assert time.monotonic() - start < LIMITS.seconds / 2
        with pytest.raises(Busy):
            waiting.result()
    assert gone(zygote)


@pytest.mark.parametrize("prepare", ["prepare", "prepare_late"])
def test_a_killed_front_leaves_no_process(front: list[str], prepare: str) -> None:
    """Zygote and workers end with it, whether idle, in an endless loop or still preparing."""
    with subprocess.Popen([*front, prepare], stdout=subprocess.PIPE) as process:
        assert process.stdout
        while process.stdout.readline() != b"ready\n":
            pass
        assert soon(lambda: len(children(process.pid)) == 1)
        (zygote,) = children(process.pid)
        workers = 2 if prepare == "prepare" else 0
        assert soon(lambda: len(children(zygote)) == workers)
        everyone = [zygote, *children(zygote)]
        process.kill()
    assert gone(*everyone)


@pytest.mark.parametrize(
    ("prepare", "argument", "reason"),
    [
        ("prepare_badly", "all", "tasks:prepare_badly raised ValueError: nothing is at all"),
        ("prepare_nowhere", "", "has no attribute 'prepare_nowhere'"),
        ("prepare_threads", "", "left 2 threads"),
        ("prepare_and_die", "", "its zygote is gone"),
    ],
)
def test_a_failed_preparation_is_reported(
    make_cage: MakeCage, prepare: str, argument: str, reason: str
) -> None:
    """Every request is told why, until it is worth another try."""
    cage = make_cage(prepare, argument)
    for _ in range(2):
        with pytest.raises(Crashed, match=reason) as caught:
            cage.run("echo", b"")
        assert caught.value.retry_after == 10


def test_twenty_kills_leave_no_zombie(make_cage: MakeCage) -> None:
    """The zygote buries what the front has killed."""
    cage = make_cage(workers=2)
    _, zygote = processes(cage)
    for _ in range(20):
        with pytest.raises(TookTooLong):
            cage.run("loop", b"", seconds=0.03)
    assert soon(lambda: len(children(zygote)) == 2 and "Z" not in children(zygote).values())
