"""The output of an answer: poured by the application's thread or whole, sent by the event loop."""

import asyncio
import threading
from asyncio import Future

from primum.web.door.arrival import Arrival
from primum.web.door.asgi import Message, Send
from primum.web.door.faults import ClientGone

_MOST = 2**18
_PIECE = 2**16


class Outlet:
    """Bytes that the client has not taken yet: few, so the application waits for the client.

    What is poured while something is being sent goes out together with the next piece, and
    nothing waits to be more: an answer leaves as soon as the line is free.
    """

    def __init__(self, send: Send, arrival: Arrival, *, seconds: float) -> None:
        """Send to a client that must take or send something every so many seconds."""
        self._send, self._arrival, self._seconds = send, arrival, seconds
        self._loop = asyncio.get_running_loop()
        self._ready = asyncio.Event()
        self._changed = threading.Condition()
        self._parts: list[bytes] = []
        self._size = 0
        self._woken = self._ended = self._gone = self._started = self._done = False

    @property
    def broken(self) -> bool:
        """Whether an answer was begun and is not to be completed."""
        return self._started and not self._done

    def pour(self, data: bytes) -> None:
        """Hand over bytes, waiting while too many are held; raises ClientGone."""
        with self._changed:
            self._changed.wait_for(lambda: self._size < _MOST or self._gone)
            if self._gone:
                raise ClientGone("The client does not take the answer any more.")
            self._parts.append(data)
            self._size += len(data)
            woken, self._woken = self._woken, True
        if not woken:
            self._loop.call_soon_threadsafe(self._ready.set)

    def end(self) -> None:
        """All is poured."""
        with self._changed:
            self._ended = True
        self._loop.call_soon_threadsafe(self._ready.set)

    def leave_unless_ended(self) -> None:
        """Send no more if the application failed before the end."""
        if not self._ended:
            self._loop.call_soon_threadsafe(self._leave)

    async def send_whole(self, start: Message, body: bytes) -> None:
        """Send an answer that is there; a large one in pieces, while the client takes them.

        What is handed over in one piece the server keeps for as long as its client likes.
        """
        await self._send(start)
        self._started = True
        at = 0
        while len(body) - at > _PIECE:
            data = body[at : at + _PIECE]
            message = {"type": "http.response.body", "body": data, "more_body": True}
            if not await self._taken(asyncio.ensure_future(self._send(message))):
                return
            at += _PIECE
        await self._send({"type": "http.response.body", "body": body[at:]})
        self._done = True

    async def run(self, start: Message) -> None:
        """Send what is poured until it ends or the client is gone."""
        self._started = True
        watch = asyncio.create_task(self._watch())
        try:
            await self._send(start)
            while not self._gone and await self._send_next():
                pass
        finally:
            watch.cancel()
            self._leave()

    async def _send_next(self) -> bool:
        """Send what is there when something is; gives whether more may come."""
        await self._ready.wait()
        self._ready.clear()
        data, ended = self._take()
        message = {"type": "http.response.body", "body": data, "more_body": not ended}
        if await self._taken(asyncio.ensure_future(self._send(message))):
            self._done = ended
            return not ended
        self._leave()
        return False

    async def _taken(self, sending: Future[None]) -> bool:
        """Whether a message is taken; not so once the client has done nothing for too long.

        A client that goes on sending, and means to read only then, is waited for.
        """
        while not (await asyncio.wait([sending], timeout=self._seconds))[0]:
            if self._arrival.silence >= self._seconds:
                sending.cancel()
                return False
        await sending
        return True

    def _take(self) -> tuple[bytes, bool]:
        """What was poured, and whether it is the last."""
        with self._changed:
            data = b"".join(self._parts)
            self._parts.clear()
            self._size, self._woken = 0, False
            self._changed.notify()
            return data, self._ended

    async def _watch(self) -> None:
        """Notice that the client leaves."""
        await self._arrival.gone()
        self._leave()

    def _leave(self) -> None:
        """Let the application know that nothing more is taken."""
        with self._changed:
            self._gone = True
            self._changed.notify()
        self._ready.set()
