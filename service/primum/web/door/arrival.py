"""A request body on its way in: collected whole within limits, passed on, or thrown away."""

import asyncio
from contextlib import suppress

from primum.web.door.asgi import Receive
from primum.web.door.faults import BodyFault, IncompleteBody

_LINGER_SECONDS = 2
_LINGER_BYTES = 2**26


class Arrival:
    """The body of one request as the server hands it over, piece by piece."""

    def __init__(self, receive: Receive, *, stated: int | None) -> None:
        """Read from a server; nothing is read yet. `stated` is the length in bytes if known."""
        self._receive = receive
        self._left = stated
        self._loop = asyncio.get_running_loop()
        self._moved = self._loop.time()
        self._cut = False
        self._ended = asyncio.Event()
        if stated == 0:
            self._ended.set()

    @property
    def silence(self) -> float:
        """For how long nothing has come, in seconds."""
        return self._loop.time() - self._moved

    async def piece(self) -> bytes | None:
        """The next bytes, None at the end; raises IncompleteBody where they stop early.

        Servers tell a malformed chunk and a lost peer in the same way.
        """
        while not self._ended.is_set():
            message = await self._receive()
            self._moved = self._loop.time()
            data: bytes = message.get("body", b"")
            ended = not message.get("more_body", False)
            if self._left is not None:
                self._left -= len(data)
            self._cut = message["type"] == "http.disconnect" or (ended and bool(self._left))
            # The last byte is the end; asking for the server's word on it costs a tenth.
            if ended or self._left == 0:
                self._ended.set()
            if data:
                return data
        if self._cut:
            raise IncompleteBody(BodyFault.INCOMPLETE)
        return None

    async def whole(self, *, most: int, seconds: float) -> bytes:
        """All bytes; raises IncompleteBody where they are too many, too slow, or stop early."""
        body = bytearray()
        try:
            async with asyncio.timeout(seconds):
                while (data := await self.piece()) is not None:
                    body += data
                    if len(body) > most:
                        raise IncompleteBody(BodyFault.TOO_LARGE)
        except TimeoutError:
            raise IncompleteBody(BodyFault.TOO_SLOW) from None
        return bytes(body)

    async def drain(self) -> None:
        """Throw away what still comes, for a while: a peer that is sending reads no answer."""
        left = _LINGER_BYTES
        with suppress(TimeoutError, IncompleteBody):
            async with asyncio.timeout(_LINGER_SECONDS):
                while left > 0 and (data := await self.piece()) is not None:
                    left -= len(data)

    async def gone(self) -> None:
        """Return when the client has left; a body that is still arriving is left alone.

        Of a body that was cut it is not known whether its client is there: there is a little time
        to tell it so.
        """
        await self._ended.wait()
        if self._cut:
            await asyncio.sleep(_LINGER_SECONDS)
            return
        while (await self._receive())["type"] != "http.disconnect":
            pass
