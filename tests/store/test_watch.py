"""When a server is looked at: once, then not for a while, and again after something went wrong."""

import threading
import time

import pytest

from primum.foundation.errors import StoreUnreachable
from primum.use_cases.store.watch import AGAIN_SECONDS, Watch

pytestmark = pytest.mark.alone


class Looks:
    """Counts looks; each takes `seconds`, and finds the `fault` that there is."""

    def __init__(self, fault: str = "", seconds: float = 0.0) -> None:
        self.count, self.fault, self.seconds = 0, fault, seconds

    def __call__(self) -> None:
        """Look."""
        self.count += 1
        time.sleep(self.seconds)
        if self.fault:
            raise StoreUnreachable(self.fault)


def test_a_server_that_was_fit_is_not_looked_at_for_each_query() -> None:
    """But is when there is doubt."""
    looks = Looks()
    watch = Watch(looks)
    for _ in range(10):
        watch.demand()
    assert looks.count == 1
    watch.doubt()
    watch.demand()
    assert looks.count == 2


def test_a_server_that_was_not_fit_is_left_alone_for_a_while() -> None:
    """Everybody is told at once why, and when to ask again; doubt changes nothing."""
    looks = Looks("It is gone.")
    watch = Watch(looks)
    for _ in range(10):
        with pytest.raises(StoreUnreachable, match="It is gone") as caught:
            watch.demand()
        assert caught.value.retry_after == AGAIN_SECONDS
        watch.doubt()
    assert looks.count == 1


def test_one_looks_for_all() -> None:
    """The others wait for what it finds."""
    looks = Looks(seconds=0.2)
    watch = Watch(looks)
    threads = [threading.Thread(target=watch.demand) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert looks.count == 1


def test_nobody_waits_for_a_look_at_a_server_that_was_not_fit() -> None:
    """While one looks again, the others are refused as before."""
    looks = Looks("It hangs.")
    watch = Watch(looks)
    with pytest.raises(StoreUnreachable):
        watch.demand()
    time.sleep(AGAIN_SECONDS)
    looks.fault, looks.seconds = "", 2
    looking = threading.Thread(target=watch.demand)
    looking.start()
    time.sleep(0.5)
    with pytest.raises(StoreUnreachable, match="It hangs"):
        watch.demand()
    assert looking.is_alive()
    looking.join()
    watch.demand()
    assert looks.count == 2
