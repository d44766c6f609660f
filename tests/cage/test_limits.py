"""What a task cannot do, and what the service does when it tries."""

import json
import socket
import time
from pathlib import Path

import pytest
from tests.cage.conftest import LIMITS, MakeCage

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.errors import Crashed, TooBig, TookTooLong

pytestmark = pytest.mark.alone

SECRET = "what the caller wrote"  # noqa: S105 - what must not be in a message


@pytest.mark.parametrize("task", ["loop", "power", "backtrack"])
def test_a_runaway_is_killed_in_time(cage: Cage, task: str) -> None:
    """It would have run on for years; the error comes, and the next request is served."""
    cage.run("echo", b"")
    start = time.monotonic()
    with pytest.raises(TookTooLong, match=r"stopped after 0\.3 seconds") as caught:
        cage.run(task, b"", seconds=0.3)
    assert 0.3 <= time.monotonic() - start < LIMITS.seconds / 2
    assert caught.value.retry_after == 1
    assert cage.run("echo", b"next") == b"next"


def test_seconds_only_lower_the_limit(make_cage: MakeCage) -> None:
    """Asking for more time than there is gives no more."""
    cage = make_cage(limits=Limits(seconds=0.2, megabytes=64, result_bytes=100, waiting=1))
    with pytest.raises(TookTooLong, match=r"after 0\.2 seconds"):
        cage.run("nap", b"2000", seconds=60)


@pytest.mark.parametrize("task", ["bomb", "small_bomb"])
def test_a_memory_bomb_is_too_big(cage: Cage, task: str) -> None:
    """The worker runs out of memory, not the machine, and the next request is served."""
    with pytest.raises(TooBig, match="more memory"):
        cage.run(task, b"")
    assert cage.run("echo", b"next") == b"next"


def test_a_payload_beyond_the_memory_is_too_big(cage: Cage) -> None:
    """A worker that has no room for its payload says so, though it is still being sent."""
    with pytest.raises(TooBig, match="more memory"):
        cage.run("echo", bytes(200_000_000))
    assert cage.run("echo", b"next") == b"next"


def test_a_large_payload_passes(cage: Cage) -> None:
    """Eight megabytes go in and come out."""
    payload = b"12345678" * 1_000_000
    assert cage.run("echo", payload) == payload


def test_a_result_beyond_the_cap_is_too_big(cage: Cage) -> None:
    """One byte more than may be sent is refused, and the worker serves on."""
    before = cage.run("pids", b"")
    assert len(cage.run("many", b"10000000")) == 10_000_000
    with pytest.raises(TooBig, match="10000001 bytes; at most 10000000"):
        cage.run("many", b"10000001")
    assert cage.run("pids", b"") == before


@pytest.mark.parametrize("task", ["overflow", "fault"])
def test_a_crash_is_contained(cage: Cage, task: str) -> None:
    """The stack overflows or memory is violated in the worker alone."""
    with pytest.raises(Crashed, match="died") as caught:
        cage.run(task, b"")
    assert caught.value.retry_after is None
    assert cage.run("echo", b"next") == b"next"


@pytest.mark.parametrize(("task", "kind"), [("fail", "LookupError"), ("leave", "SystemExit")])
def test_an_exception_is_a_crash_without_the_callers_words(
    cage: Cage, task: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the type; the text, which may be the caller's, is nowhere."""
    with pytest.raises(Crashed) as caught:
        cage.run(task, SECRET.encode())
    assert SECRET not in str(caught.value)
    assert f"{task} raised {kind}" in caplog.text
    assert SECRET not in caplog.text
    assert cage.run("echo", b"next") == b"next"


def test_an_unknown_task_is_named(cage: Cage) -> None:
    """The message lists the tasks there are, and the worker serves on."""
    before = cage.run("pids", b"")
    with pytest.raises(Crashed, match=r"no caged task 'eco'; there are .*echo, fail"):
        cage.run("eco", b"")
    assert cage.run("pids", b"") == before


def test_nothing_can_be_opened(cage: Cage, tmp_path: Path) -> None:
    """No file to read or write, no connection, no program."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1]).encode()
        assert cage.run("connect", port) == b"OSError 24"
    assert cage.run("read_file", b"") == b"OSError 24"
    assert cage.run("write_file", str(tmp_path / "out").encode()) == b"OSError 24"
    assert cage.run("spawn", b"") == b"OSError 24"
    assert not list(tmp_path.iterdir())


def test_nothing_is_open_but_the_socket(cage: Cage) -> None:
    """What the preparation left open is closed, and so are the standard streams."""
    assert len(json.loads(cage.run("descriptors", b""))) == 1
