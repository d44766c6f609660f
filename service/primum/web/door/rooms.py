"""Threads for the application, and a bound on how many requests wait for one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Room:
    """A few threads and a few seats; only the event loop lets requests in."""

    def __init__(self, name: str, *, threads: int, seats: int) -> None:
        """Work on `threads` requests at a time while at most `seats` wait."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most, self._inside = threads + seats, 0

    @property
    def full(self) -> bool:
        """Whether a further request would find neither a thread nor a seat."""
        return self._inside >= self._most

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do a piece of work in a thread of the room."""
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._inside -= 1
