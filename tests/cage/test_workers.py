"""What a worker is given: how far it gives way, what it may open, how long it may prepare."""

import json
import os
import time

import pytest
from tests.cage.conftest import LIMITS, MakeCage

from primum.cage.limits import Limits
from primum.foundation.errors import Crashed

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("niceness", [0, 7])
def test_workers_give_way_as_far_as_they_should(make_cage: MakeCage, niceness: int) -> None:
    """To every other process; the front itself does not, and neither does the zygote."""
    here = os.nice(0)
    limits = Limits(seconds=5, megabytes=64, result_bytes=100, waiting=1, niceness=niceness)
    cage = make_cage(limits=limits)
    assert cage.run("niceness", b"") == str(min(here + niceness, 19)).encode()
    zygote = json.loads(cage.run("pids", b""))[1]
    assert os.getpriority(os.PRIO_PROCESS, zygote) == os.nice(0) == here


@pytest.mark.parametrize("descriptors", [0, 8])
def test_workers_have_as_many_descriptors_as_they_may(
    make_cage: MakeCage, descriptors: int
) -> None:
    """The socket that they answer on is one of them; there are none by default."""
    limits = Limits(seconds=5, megabytes=64, result_bytes=100, waiting=1, descriptors=descriptors)
    most, opened = map(int, make_cage(limits=limits).run("room", b"").split())
    assert most == descriptors
    assert opened in {max(descriptors - 1, 0), descriptors}


def test_a_preparation_may_take_as_long_as_it_may(make_cage: MakeCage) -> None:
    """One that takes longer is given up, and requests are told."""
    limits = Limits(seconds=5, megabytes=64, result_bytes=100, waiting=1, start_seconds=1)
    cage = make_cage("prepare_late", limits=limits)
    start = time.monotonic()
    with pytest.raises(Crashed, match="said nothing for 1 seconds") as caught:
        cage.run("echo", b"")
    assert 1 <= time.monotonic() - start < 20
    assert caught.value.retry_after == 10


def test_what_a_worker_enforces_is_told_to_it() -> None:
    """Time and waiting are the front's."""
    assert LIMITS.of_a_worker == {
        "megabytes": 128,
        "result_bytes": 10_000_000,
        "niceness": 0,
        "descriptors": 0,
    }
