"""Streamed results that somebody leaves, and many at once: none harms another."""

import json
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from tests.cage.conftest import MakeCage
from tests.cage.processes import children, gone, soon
from tests.cage.streaming import NARROW, leave, stream, worker

from primum.cage.pool import Cage
from primum.foundation.errors import Busy, Crashed

# --- Who leaves ----------------------------------------------------------------------------------


def test_who_leaves_early_has_the_worker_replaced(cage: Cage) -> None:
    """It is killed at once, whatever it still does, and the next request is served by another."""
    for task in ("on_and_on", "busy", "count_up"):
        before = worker(cage)
        pieces = stream(cage, task, 100_000)
        next(pieces)
        leave(pieces)
        assert gone(before)
        assert worker(cage) != before


def test_who_forgets_a_stream_leaves_it(cage: Cage) -> None:
    """Nobody can ask for the next piece any more."""
    before = worker(cage)
    next(stream(cage, "busy", 100))
    assert gone(before)
    assert cage.run("echo", b"next") == b"next"


def test_who_took_the_last_piece_left_nothing(cage: Cage) -> None:
    """Leaving then is no reason to replace the worker."""
    before = worker(cage)
    pieces = stream(cage, "count_up", 2)
    assert [last for _, last in (next(pieces), next(pieces), next(pieces))] == [False, False, True]
    leave(pieces)
    assert worker(cage) == before


def test_a_stream_takes_a_place(make_cage: MakeCage) -> None:
    """One is at work, one request waits, and a third is told to come again."""
    cage = make_cage(limits=NARROW)
    pieces = stream(cage, "on_and_on")
    next(pieces)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(cage.run, "echo", b"waited")
        time.sleep(0.1)
        with pytest.raises(Busy):
            next(stream(cage, "count_up", 1))
        with pytest.raises(Busy):
            cage.run("echo", b"")
        assert not waiting.done()
        leave(pieces)
        assert waiting.result() == b"waited"
    assert [piece for piece, _ in stream(cage, "count_up", 1)] == [b"0", b"end"]


def test_closing_ends_streams(make_cage: MakeCage) -> None:
    """The next piece is an error, and no process is left."""
    cage = make_cage(workers=2)
    zygote = json.loads(cage.run("pids", b""))[1]
    pieces = stream(cage, "until_told")
    pid = int(next(pieces)[0])
    cage.close()
    with pytest.raises(Crashed):
        next(pieces)
    assert gone(pid, zygote)
    with pytest.raises(Busy, match="closing"):
        next(stream(cage, "count_up", 1))


# --- Many at once --------------------------------------------------------------------------------


def test_many_streams_and_requests_stay_apart(make_cage: MakeCage) -> None:
    """Twelve threads on three workers: whole, left, failed; each has its own result."""
    cage = make_cage(workers=3)

    def ask(number: int) -> bool:
        match number % 5:
            case 0:
                return cage.run("echo", str(number).encode()) == str(number).encode()
            case 1:
                pieces = stream(cage, "on_and_on")
                found = next(pieces) == (bytes(1000), False)
                leave(pieces)
                return found
            case 2:
                with suppress(Crashed):
                    list(stream(cage, "crash", number))
                    return False
                return True
        expected = [*map(str, range(number)), "end"]
        return [piece.decode() for piece, _ in stream(cage, "count_up", number)] == expected

    with ThreadPoolExecutor(12) as threads:
        assert all(threads.map(ask, range(300)))
    assert soon(lambda: len(children(json.loads(cage.run("pids", b""))[1])) == 3)


def test_streams_come_side_by_side(make_cage: MakeCage) -> None:
    """Two are begun before either ends; a request is served beside them."""
    cage = make_cage(workers=3)
    both = [stream(cage, "until_told") for _ in range(2)]
    ids = {int(next(pieces)[0]) for pieces in both}
    assert len(ids) == 2
    assert cage.run("echo", b"beside") == b"beside"
    for pid in ids:
        os.kill(pid, signal.SIGUSR1)
    assert [list(pieces) for pieces in both] == [[(b"end", True)]] * 2


def test_another_thread_may_take_the_rest(cage: Cage) -> None:
    """As where an answer is begun in one thread and sent in another."""
    pieces = stream(cage, "count_up", 1000)
    found = [next(pieces)]
    thread = threading.Thread(target=found.extend, args=(pieces,))
    thread.start()
    thread.join()
    assert [piece.decode() for piece, _ in found] == [*map(str, range(1000)), "end"]
