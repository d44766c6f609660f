"""Streamed results: pieces come as they are made, and a fault between two of them is told."""

import os
import signal
import time

import pytest
from tests.cage.conftest import LIMITS, MakeCage
from tests.cage.processes import gone
from tests.cage.streaming import NARROW, leave, stream, worker

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.errors import Crashed, LimitReached, TooBig, TookTooLong

pytestmark = pytest.mark.alone

# --- Pieces --------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 2, 5000])
def test_pieces_come_in_their_order(cage: Cage, number: int) -> None:
    """The last is told from the others, and the worker serves on."""
    before = worker(cage)
    expected = [(str(each).encode(), False) for each in range(number)]
    assert list(stream(cage, "count_up", number)) == [*expected, (b"end", True)]
    assert worker(cage) == before


def test_pieces_come_before_the_task_ends(cage: Cage) -> None:
    """The task waits for a signal that it is sent when its first piece has come."""
    pieces = stream(cage, "until_told")
    first, last = next(pieces)
    assert not last
    os.kill(int(first), signal.SIGUSR1)
    assert list(pieces) == [(b"end", True)]


def test_a_task_waits_for_who_takes_the_pieces(cage: Cage) -> None:
    """An endless result fills the buffers of the system, and no memory beyond."""
    pieces = stream(cage, "on_and_on")
    next(pieces)
    time.sleep(0.3)
    assert [next(pieces) for _ in range(2000)] == [(bytes(1000), False)] * 2000
    leave(pieces)


def test_nothing_is_asked_before_the_first_piece_is(cage: Cage) -> None:
    """A stream that is not begun takes no worker, and may be thrown away."""
    for _ in range(100):
        leave(stream(cage, "on_and_on"))
    assert cage.run("echo", b"next") == b"next"


def test_large_pieces_pass_up_to_the_cap(make_cage: MakeCage) -> None:
    """Each of them may have as many bytes as a result; together they may have more."""
    cage = make_cage(limits=NARROW)
    for task in ("large", "large_end"):
        assert sum(len(piece) for piece, _ in stream(cage, task, 1000)) == 1001


@pytest.mark.parametrize(("task", "error"), [("large", Crashed), ("large_end", TooBig)])
def test_a_piece_beyond_the_cap_is_an_error(
    make_cage: MakeCage, task: str, error: type[LimitReached]
) -> None:
    """It is not taken in, and the next request is served."""
    cage = make_cage(limits=NARROW)
    with pytest.raises(error):
        list(stream(cage, task, 1001))
    assert cage.run("echo", b"next") == b"next"


def test_a_task_that_is_not_streamed_has_no_pieces_ahead(cage: Cage) -> None:
    """And one that is cannot be run: it would have nobody to hand its pieces to."""
    with pytest.raises(Crashed):
        cage.run("count_up", b"3")
    with pytest.raises(Crashed):
        list(stream(cage, "echo", b"x"))
    assert cage.run("echo", b"next") == b"next"


# --- What goes wrong -----------------------------------------------------------------------------

FAULTS = [
    ("silent", TookTooLong),
    ("busy", TookTooLong),
    ("crash", Crashed),
    ("raising", Crashed),
    ("hoard", TooBig),
]


@pytest.mark.parametrize(("task", "error"), FAULTS)
@pytest.mark.parametrize("pieces", [0, 3])
def test_a_fault_is_raised_after_the_pieces_before_it(
    cage: Cage, task: str, error: type[LimitReached], pieces: int
) -> None:
    """Before the first, and between two; the worker is gone and the next request is served."""
    before = worker(cage)
    found: list[tuple[bytes, bool]] = []
    with pytest.raises(error) as caught:
        found.extend(stream(cage, task, pieces, seconds=1 if error is TookTooLong else 30))
    assert found == [(str(number).encode(), False) for number in range(pieces)]
    assert "what the caller wrote" not in str(caught.value)
    assert gone(before)
    assert cage.run("echo", b"next") == b"next"


def test_the_time_is_that_of_the_whole_result(cage: Cage) -> None:
    """It is up at the limit of the stream, not that of requests, pieces or not."""
    cage.run("echo", b"")
    start, found = time.monotonic(), list[tuple[bytes, bool]]()
    with pytest.raises(TookTooLong, match=r"stopped after 0\.4 seconds") as caught:
        found.extend(stream(cage, "on_and_on", seconds=0.4))
    assert 0.4 <= time.monotonic() - start < LIMITS.seconds / 2
    assert found
    assert caught.value.retry_after == 1


def test_who_takes_pieces_too_slowly_runs_out_of_time(cage: Cage) -> None:
    """The time in which nobody asks for the next piece counts, too."""
    pieces = stream(cage, "on_and_on", seconds=1)
    next(pieces)
    time.sleep(1.1)
    with pytest.raises(TookTooLong):
        next(pieces)
    assert cage.run("echo", b"next") == b"next"


def test_a_stream_may_take_longer_than_a_request(make_cage: MakeCage) -> None:
    """Its limit is its own."""
    cage = make_cage(limits=Limits(seconds=0.3, megabytes=128, result_bytes=1000, waiting=1))
    pieces = stream(cage, "until_told", seconds=30)
    pid = int(next(pieces)[0])
    time.sleep(0.5)
    os.kill(pid, signal.SIGUSR1)
    assert list(pieces) == [(b"end", True)]


@pytest.mark.parametrize("begun", [True, False])
def test_a_worker_that_is_killed_from_outside(make_cage: MakeCage, begun: bool) -> None:
    """Before the first piece another one is tried; what was begun is an error."""
    cage = make_cage(workers=2)
    pieces = stream(cage, "until_told")
    if begun:
        os.kill(int(next(pieces)[0]), signal.SIGKILL)
        with pytest.raises(Crashed, match="died"):
            next(pieces)
    else:
        os.kill(worker(cage), signal.SIGKILL)
        os.kill(int(next(pieces)[0]), signal.SIGUSR1)
        assert list(pieces) == [(b"end", True)]
    assert [cage.run("echo", b"next") for _ in range(3)] == [b"next"] * 3
