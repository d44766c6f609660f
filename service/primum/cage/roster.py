"""Which workers are free, which are at work, and who waits for one: one lock over all of it."""

import math
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from primum.cage.caged import Caged
from primum.cage.limits import Limits
from primum.foundation.errors import Busy, Crashed

_LOOK_AGAIN_SECONDS: Final = 0.5
_TRY_AGAIN_SECONDS: Final = 10


class Roster:
    """The workers of a cage. Threads that make requests take them; its keeper brings new ones."""

    def __init__(self, *, workers: int, limits: Limits) -> None:
        """No worker yet."""
        self._lock = threading.Lock()
        self._chore = threading.Condition(self._lock)
        self._size = workers
        self._most = workers + limits.waiting
        self._retry_after = max(1, math.ceil(limits.seconds))
        # Nobody waits for ever: all who stand before may use up their time, after a slow start.
        self._patience = limits.start_seconds + limits.seconds * self._most / workers
        self._requests = 0
        self._all: set[Caged] = set()
        self._free: list[Caged] = []
        self._line: deque[threading.Condition] = deque()
        self._dead: list[Caged] = []
        self._failure = ""
        self._failed_at = 0.0
        self._closed = False

    # --- For requests ---------------------------------------------------------------------------

    @contextmanager
    def place(self) -> Iterator[None]:
        """Be one of the requests that are worked on or wait; raises Busy when they are too many."""
        with self._lock:
            self._refuse_if_closed()
            if self._requests >= self._most:
                raise Busy(
                    f"{self._requests} requests are worked on or wait, as many as may.",
                    self._retry_after,
                )
            self._requests += 1
        try:
            yield
        finally:
            with self._lock:
                self._requests -= 1

    def take(self) -> Caged:
        """A living worker, in the order in which threads asked.

        Raises Crashed when none can be had, and Busy when none comes.
        """
        turn = threading.Condition(self._lock)
        with self._lock:
            self._forget_old_failure()
            self._line.append(turn)
            try:
                settled = turn.wait_for(lambda: self._settled(turn), self._patience)
                self._refuse_if_closed()
                self._refuse_if_failed()
                if not settled:
                    raise Busy("No process came free.", self._retry_after)
                # The one that was used last: what it needs is still in the caches of the processor.
                return self._free.pop()
            finally:
                self._line.remove(turn)
                self._call_next()

    def give_back(self, caged: Caged) -> None:
        """Return a worker; one that is no longer usable is killed and will be replaced."""
        with self._lock:
            if caged.usable and not self._closed:
                self._free.append(caged)
                self._call_next()
            else:
                self._drop(caged)

    def _call_next(self) -> None:
        """Wake who is first in the line, if a worker is free; others would wake for nothing."""
        if self._free and self._line:
            self._line[0].notify()

    def _call_all(self) -> None:
        """Wake everyone in the line."""
        for turn in self._line:
            turn.notify()

    def _settled(self, turn: threading.Condition) -> bool:
        """Whether a request need wait no longer, whose turn is one in the line."""
        if self._closed or self._failure:
            return True
        return self._line[0] is turn and self._next_lives()

    def _next_lives(self) -> bool:
        """Whether there is a free worker to take; those before it that died are dropped."""
        while self._free and not self._free[-1].is_alive():
            self._drop(self._free.pop())
        return bool(self._free)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise Busy("The service is closing.", self._retry_after)

    def _refuse_if_failed(self) -> None:
        if self._failure:
            raise Crashed(self._failure, _TRY_AGAIN_SECONDS)

    def _forget_old_failure(self) -> None:
        """Have the keeper try again if the last failure is long ago."""
        if self._failure and time.monotonic() > self._failed_at + _TRY_AGAIN_SECONDS:
            self._failure = ""
            self._chore.notify()

    # --- For the keeper -------------------------------------------------------------------------

    def wait_for_chores(self) -> bool:
        """Wait until a worker is missing or dead, half a second at most; false once closed."""
        with self._lock:
            self._chore.wait_for(self._has_chores, _LOOK_AGAIN_SECONDS)
            while self._failure and not self._closed:
                self._chore.wait()
            self._sweep()
            return not self._closed

    def rest(self) -> None:
        """Wait half a second, or until closed, before something is tried again."""
        with self._lock:
            self._chore.wait_for(self.is_closed, _LOOK_AGAIN_SECONDS)

    def missing(self) -> int:
        """How many workers there should be that there are not."""
        with self._lock:
            return 0 if self._closed else self._size - len(self._all)

    def enlist(self, caged: Caged) -> None:
        """Add a new worker."""
        with self._lock:
            self._all.add(caged)
            if self._closed:
                self._drop(caged)
            else:
                self._free.append(caged)
                self._call_next()

    def take_dead(self) -> Sequence[Caged]:
        """The workers that died or were killed since this was last asked."""
        with self._lock:
            dead, self._dead = self._dead, []
            return dead

    def fail(self, reason: str) -> None:
        """Let requests know that there are no workers, and why."""
        with self._lock:
            self._failure, self._failed_at = reason, time.monotonic()
            self._call_all()

    def is_closed(self) -> bool:
        """Whether all is over."""
        return self._closed

    def close(self) -> None:
        """Kill every worker and take no more requests."""
        with self._lock:
            self._closed = True
            for caged in self._all:
                caged.kill()
            for caged in self._free:
                self._drop(caged)
            self._free.clear()
            self._call_all()
            self._chore.notify()

    def _has_chores(self) -> bool:
        return self._closed or bool(self._dead) or len(self._all) < self._size

    def _sweep(self) -> None:
        """Drop free workers that died by themselves."""
        for caged in [each for each in self._free if not each.is_alive()]:
            self._free.remove(caged)
            self._drop(caged)

    def _drop(self, caged: Caged) -> None:
        """Kill a worker that is not among the free, and have it replaced."""
        caged.kill()
        caged.close()
        self._all.discard(caged)
        self._dead.append(caged)
        self._chore.notify()
