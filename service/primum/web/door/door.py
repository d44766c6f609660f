"""The door itself: an ASGI application around a WSGI application."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from functools import partial
from io import BytesIO
from typing import IO, TYPE_CHECKING

from primum.foundation.settings import Settings
from primum.web.door.arrival import Arrival
from primum.web.door.asgi import Receive, Scope, Send
from primum.web.door.calls import Answer, Call
from primum.web.door.environ import Environ, environ_of, framing
from primum.web.door.faults import (
    BODY_FAULT,
    BUSY,
    TOO_MANY,
    BodyFault,
    ClientGone,
    IncompleteBody,
)
from primum.web.door.inlet import Inlet
from primum.web.door.outlet import Outlet
from primum.web.door.rooms import Room

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_STREAMS = 4
_WAITING_STREAMS = 8
_SEATS_PER_THREAD = 32
_QUERIES = 16
_WAITING_QUERIES = 256
_STALLS = 6
_MOST_UNTAKEN = 2**28


class Door:
    """Lets requests in to an application: bodies whole, a few at a time, slow peers waiting.

    A body that is refused, and a request for which there is no room, is put to the application
    with an empty body and BODY_FAULT or BUSY in its environ, so that every error has its shape.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        settings: Settings,
        *,
        streamed: Collection[str] = (),
        apart: Collection[str] = (),
    ) -> None:
        """Stand before an application; POSTs to the paths in `streamed` are not collected.

        Requests for the paths in `apart` have threads of their own, and one address so many of
        them, because what they ask may take long: no other request waits for them. They are
        refused, too, while answers lie about that their clients do not take.
        """
        self._application, self._settings = application, settings
        self._streamed, self._apart = frozenset(streamed), frozenset(apart)
        self._queries = Room("queries", threads=_QUERIES, seats=_WAITING_QUERIES)
        self._callers = Counter[str]()
        self._untaken = 0
        seats = _SEATS_PER_THREAD * settings.threads
        self._room = Room("requests", threads=settings.threads, seats=seats)
        self._streams = Room("streams", threads=_STREAMS, seats=_WAITING_STREAMS)
        self._porter = Room("refusals", threads=1, seats=0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = _Request(scope, receive, send, patience=_STALLS * self._settings.body_seconds)
        if scope["method"] == "POST" and request.path in self._streamed:
            await self._stream(request)
        else:
            await self._ordinary(request)

    async def _ordinary(self, request: "_Request") -> None:
        """Answer a request whose body is collected first."""
        try:
            body = await self._collected(request)
        except IncompleteBody as error:
            await self._refuse(request, BODY_FAULT, error.fault)
            return
        length = len(body) if request.framed else None
        environ = request.environ(BytesIO(body), length=length)
        if request.path in self._apart:
            await self._query(request, environ)
        elif self._room.full:
            await self._refuse(request, BUSY, True)
        else:
            await self._answer(request, self._room, environ)

    async def _query(self, request: "_Request", environ: Environ) -> None:
        """Answer a request that may take long, if its caller has not too many of them."""
        caller = environ["REMOTE_ADDR"]
        if self._callers[caller] >= self._settings.caller_queries:
            await self._refuse(request, TOO_MANY, True)
            return
        if self._queries.full:
            await self._refuse(request, BUSY, True)
            return
        self._callers[caller] += 1
        try:
            await self._answer(request, self._queries, environ, busy=self._is_laden)
        finally:
            self._callers[caller] -= 1
            if not self._callers[caller]:
                del self._callers[caller]

    def _is_laden(self) -> bool:
        """Whether so much lies about that clients do not take that no more is to be found out."""
        return self._untaken > _MOST_UNTAKEN

    async def _collected(self, request: "_Request") -> bytes:
        """The whole body; raises IncompleteBody."""
        if not request.framed:
            return b""
        most = self._settings.body_bytes
        if (request.stated or 0) > most:
            raise IncompleteBody(BodyFault.TOO_LARGE)
        return await request.arrival.whole(most=most, seconds=self._settings.body_seconds)

    async def _stream(self, request: "_Request") -> None:
        """Answer a request whose body is read while it is answered."""
        if self._streams.full:
            await self._refuse(request, BUSY, True)
            return
        settings = self._settings
        inlet = Inlet(most=settings.batch_bytes, seconds=settings.body_seconds)
        filling = asyncio.create_task(inlet.fill(request.arrival))
        fault = None
        try:
            environ = request.environ(inlet.reader, length=None)
            await self._answer(request, self._streams, environ)
        except IncompleteBody as error:
            fault = error.fault
        finally:
            filling.cancel()
            await asyncio.wait([filling])
        if fault:
            await self._refuse(request, BODY_FAULT, fault)
        else:
            await request.arrival.drain()

    async def _refuse(self, request: "_Request", key: str, value: object) -> None:
        """Let the application say why a request is not worked on."""
        environ = request.environ(BytesIO(), length=0)
        request.closing = request.framed and key == BODY_FAULT
        await self._answer(request, self._porter, environ | {key: value})
        if request.framed:
            await request.arrival.drain()

    async def _answer(
        self,
        request: "_Request",
        room: Room,
        environ: Environ,
        *,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """Call the application in a thread and send what it answers.

        When its turn has come, it is told whether it is `busy`.
        A streamed answer that breaks off is left without its last message; the server then
        closes the connection without a proper end, so that the client does not take it for whole.
        """
        outlet = Outlet(request.send, request.arrival, seconds=request.patience)
        call = Call(self._application, environ, busy=busy)
        loop = asyncio.get_running_loop()
        try:
            answer = await room.run(partial(call.run, outlet, loop))
        except (ClientGone, IncompleteBody):
            if not outlet.broken:
                raise
            return
        if answer:
            await self._send_whole(request, outlet, answer)

    async def _send_whole(self, request: "_Request", outlet: Outlet, answer: Answer) -> None:
        """Send a whole answer, which takes up memory until its client has taken it."""
        if request.closing:
            answer.start["headers"].append((b"connection", b"close"))
        self._untaken += len(answer.body)
        try:
            await outlet.send_whole(answer.start, answer.body)
        finally:
            self._untaken -= len(answer.body)


class _Request:
    """One request as the server gives it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, patience: float) -> None:
        """Look at the head of a request."""
        self.scope, self.send, self.patience = scope, send, patience
        self.closing = False
        self.framed, self.stated = framing(scope["headers"])
        self.arrival = Arrival(receive, stated=self.stated if self.framed else 0)

    @property
    def path(self) -> str:
        """The path as the application understands it, which does not tell `//x` from `/x`."""
        return f"/{self.scope['path'].lstrip('/')}"

    def environ(self, body: IO[bytes], *, length: int | None) -> Environ:
        """Its environ, with a body."""
        return environ_of(self.scope, body, length=length)
