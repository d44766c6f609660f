"""Many requests at once: each has its own answer, and those who cannot wait are told."""

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.cage.conftest import LIMITS, MakeCage
from tests.cage.processes import children, soon

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.errors import Busy, Crashed

pytestmark = pytest.mark.alone

NARROW = Limits(seconds=2.5, megabytes=64, result_bytes=1000, waiting=1)


def test_a_task_is_run(cage: Cage) -> None:
    """The payload comes back as it went."""
    assert cage.run("echo", b"\0\xff") == b"\0\xff"


def test_the_preparation_has_the_argument(make_cage: MakeCage) -> None:
    """Two cages have each their own."""
    one, other = make_cage(argument="één"), make_cage(argument="x" * 100_000)
    assert one.run("argued", b"").decode() == "één"
    assert other.run("argued", b"") == b"x" * 100_000


def test_every_thread_has_its_own_answer(make_cage: MakeCage) -> None:
    """Sixteen threads on three workers, with payloads of many lengths."""
    cage = make_cage(workers=3)
    payloads = [str(number).encode() * (number * 37 % 1000 + 1) for number in range(2000)]
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(lambda each: cage.run("echo", each), payloads)) == payloads


def test_failures_among_many_threads_stay_apart(make_cage: MakeCage) -> None:
    """Every tenth request crashes its worker; all others are answered."""
    cage = make_cage(workers=2)

    def ask(number: int) -> str:
        try:
            return cage.run("echo" if number % 10 else "fault", str(number).encode()).decode()
        except Crashed:
            return "crashed"

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(100)))
    assert found == [str(number) if number % 10 else "crashed" for number in range(100)]


def test_workers_work_side_by_side(make_cage: MakeCage) -> None:
    """Two naps on two workers take as long as one."""
    cage = make_cage(workers=2)
    cage.run("echo", b"")
    with ThreadPoolExecutor(2) as threads:
        start = time.monotonic()
        list(threads.map(lambda each: cage.run("nap", each), [b"2000", b"2000"]))
    assert time.monotonic() - start < 3.9


def test_who_finds_the_queue_full_is_told_when_to_come_back(make_cage: MakeCage) -> None:
    """One at work, one waiting; the third is refused at once."""
    cage = make_cage(limits=NARROW)
    cage.run("echo", b"")
    with ThreadPoolExecutor(2) as threads:
        naps = [threads.submit(cage.run, "nap", b"1000") for _ in range(2)]
        time.sleep(0.5)
        with pytest.raises(Busy, match="2 requests are worked on or wait") as caught:
            cage.run("echo", b"")
        assert not any(each.done() for each in naps)
        assert caught.value.retry_after == 3
        assert [each.result() for each in naps] == [b"1000", b"1000"]
    assert cage.run("echo", b"room again") == b"room again"


def test_requests_are_served_in_their_order(make_cage: MakeCage) -> None:
    """Who came first is served first."""
    cage = make_cage(limits=LIMITS)
    served: list[int] = []

    def ask(number: int) -> None:
        cage.run("nap", b"200")
        served.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    cage.run("echo", b"")
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4, 5]


def test_a_worker_retires(cage: Cage) -> None:
    """After a thousand requests another process takes its place."""
    before = cage.run("pids", b"")
    for _ in range(998):
        cage.run("echo", b"")
    assert cage.run("pids", b"") == before
    assert cage.run("pids", b"") != before


def test_descriptors_do_not_grow(make_cage: MakeCage) -> None:
    """After fifty crashes the front has as many open as before."""
    cage = make_cage(workers=2)
    zygote = json.loads(cage.run("pids", b""))[1]
    assert soon(lambda: len(children(zygote)) == 2)
    time.sleep(0.5)
    before = len(_descriptors())
    for _ in range(50):
        with pytest.raises(Crashed):
            cage.run("fault", b"")
    assert soon(lambda: len(_descriptors()) == before)


def _descriptors() -> list[str]:
    """The open descriptors of this process."""
    return os.listdir("/proc/self/fd")  # noqa: PTH208 - a path to each would be followed
