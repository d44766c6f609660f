"""The input of a streaming route: filled by the event loop, read by the application's thread."""

import asyncio
import threading
from collections.abc import Callable
from io import BufferedReader, RawIOBase
from typing import Any

from primum.web.door.arrival import Arrival
from primum.web.door.faults import BodyFault, IncompleteBody

_PIECE = 2**16


class Inlet(RawIOBase):
    """A file whose reads wait for the client; bounded, so the client waits for the reads.

    It never ends before the body does: a body that is cut raises IncompleteBody at the next
    read, whatever was still to be read, and so does a client that is silent for too long.
    """

    def __init__(self, *, most: int, seconds: float) -> None:
        """Hold at most about `most` bytes; wait at most `seconds` for the next one."""
        self._most, self._seconds = most, seconds
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Event()
        self._changed = threading.Condition()
        self._held = bytearray()
        self._ended = False
        self._fault: BodyFault | None = None

    @property
    def reader(self) -> BufferedReader:
        """The file for the application, with lines."""
        return BufferedReader(self, _PIECE)

    async def fill(self, arrival: Arrival) -> None:
        """Take in a body, pausing while too much of it is held."""
        try:
            while (data := await arrival.piece()) is not None:
                if self._add(data) >= self._most:
                    await self._room.wait()
            self._end(None)
        except IncompleteBody as cut:
            self._end(cut.fault)

    def _add(self, data: bytes) -> int:
        """Hold more bytes; gives how many are held now."""
        with self._changed:
            self._room.clear()
            self._held += data
            self._changed.notify()
            return len(self._held)

    def _end(self, fault: BodyFault | None) -> None:
        """Nothing more will come, because all came or because of a fault."""
        with self._changed:
            self._ended, self._fault = True, fault
            self._changed.notify()

    def readable(self) -> bool:
        """It is read from."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill a buffer with what has arrived, waiting for the first byte; 0 at the end."""
        with self._changed:
            if not self._changed.wait_for(self._arrived, self._seconds):
                raise IncompleteBody(BodyFault.TOO_SLOW)
            if self._fault:
                raise IncompleteBody(self._fault)
            before, count = len(self._held), min(len(target), len(self._held))
            target[:count] = self._held[:count]
            del self._held[:count]
        if before > self._most // 2 >= before - count:
            self._on_loop(self._room.set)
        return count

    def _arrived(self) -> bool:
        """Whether a read need not wait."""
        return bool(self._held) or self._ended

    def _on_loop(self, step: Callable[[], None]) -> None:
        """Take a step on the event loop."""
        self._loop.call_soon_threadsafe(step)
