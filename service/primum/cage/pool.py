"""The front's entrance to the cage: tasks on caller-written text, under limits that hold."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from types import TracebackType
from typing import Final, Self, TypeVar

from primum.cage.caged import Caged, Died
from primum.cage.keeper import Keeper
from primum.cage.limits import Limits
from primum.cage.nursery import Nursery, Preparation
from primum.cage.roster import Roster
from primum.foundation.errors import Crashed

_LOG: Final = logging.getLogger("primum.cage")
_ATTEMPTS: Final = 4
_DEATHS: Final = 2
_CLOSING_SECONDS: Final = 1.0
Result = TypeVar("Result")


class Cage:
    """A pool of workers that are killed when they take too long; any number of threads may use it.

    `prepare` names a function as `module:function`. It is called once, in a process of its own,
    with `argument`, and gives the tasks by name. A worker can open nothing, so the function has
    to load what tasks need, lazy imports included: best it runs each task once. It may leave no
    threads behind. The first request waits until it is done.
    """

    def __init__(self, prepare: str, argument: str, *, limits: Limits, workers: int) -> None:
        """Begin to start that many workers, in the background."""
        preparation = Preparation(prepare, argument, tuple(sys.path))
        self._limits = limits
        self._roster = Roster(workers=workers, limits=limits)
        self._keeper = Keeper(
            self._roster,
            lambda: Nursery(preparation, limits, abandoned=self._roster.is_closed),
        )

    def run(self, task: str, payload: bytes, *, seconds: float | None = None) -> bytes:
        """What a task makes of a payload; `seconds` can only lower the limit.

        Raises Busy when too many requests wait or the cage is closed; TookTooLong when the worker
        had to be killed; TooBig when it ran out of memory or its result is too large; Crashed when
        it died or raised, or when the preparation failed.
        """
        limit = self._limits.seconds if seconds is None else min(seconds, self._limits.seconds)
        with self._roster.place():
            return self._with_patience(
                task, lambda: self._ask(self._roster.take(), task, payload, limit)
            )

    def stream(self, task: str, payload: bytes, *, seconds: float) -> Iterator[tuple[bytes, bool]]:
        """What a streamed task makes of a payload, in pieces, and whether each is the last.

        `seconds` is the time for all of it, in which the pieces have to be taken too. Raises what
        `run` raises, before the first piece or between two; it is then not tried again.
        """
        with self._roster.place():
            pieces, caged = self._with_patience(task, lambda: self._begin(task, payload, seconds))
            try:
                yield from pieces
            except Died as error:
                raise Crashed("The process that worked on it died.") from error
            finally:
                self._roster.give_back(caged)

    def _begin(
        self, task: str, payload: bytes, seconds: float
    ) -> tuple[Iterator[tuple[bytes, bool]], Caged]:
        """The pieces, the first of which has come, and the worker that they come from."""
        caged, most = self._roster.take(), self._limits.result_bytes
        with ExitStack() as undo:
            undo.callback(self._roster.give_back, caged)
            pieces = caged.stream(task, payload, seconds=seconds, result_bytes=most)
            begun = chain([next(pieces)], pieces)
            undo.pop_all()
        return begun, caged

    def _with_patience(self, task: str, attempt: Callable[[], Result]) -> Result:
        """Try again with another worker when one dies, but not for ever."""
        deaths = 0
        for _ in range(_ATTEMPTS):
            try:
                return attempt()
            except Died as error:
                deaths += not (error.innocent or self._roster.is_closed())
                # One may have been killed from outside, as when the machine is out of memory.
                if deaths == _DEATHS:
                    _LOG.warning("Two workers died in the caged task %s", task)
                    raise Crashed("The processes that worked on it died.") from error
        raise Crashed(f"{_ATTEMPTS} processes died before they could work on it.")

    def _ask(self, caged: Caged, task: str, payload: bytes, seconds: float) -> bytes:
        """Ask one worker, and return it."""
        most = self._limits.result_bytes
        try:
            return caged.ask(task, payload, seconds=seconds, result_bytes=most)
        finally:
            self._roster.give_back(caged)

    def close(self) -> None:
        """Kill every process of the cage; requests at work or waiting end with an error."""
        self._roster.close()
        self._keeper.join(_CLOSING_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
