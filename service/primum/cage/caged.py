"""A worker as the front sees it: a socket to ask it on, and a way to kill it."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Final

from primum.cage import wire
from primum.cage.worker import LAST, Outcome
from primum.foundation.errors import Crashed, LimitReached, TooBig, TookTooLong

_LOG: Final = logging.getLogger("primum.cage")
_MOST_REQUESTS: Final = 1000


class Died(Exception):
    """The worker ended without an answer; `innocent` if what it was given is not to blame."""

    def __init__(self, *, innocent: bool) -> None:
        super().__init__("The worker ended without an answer.")
        self.innocent = innocent


class Caged:
    """One worker; one thread at a time may ask it.

    `usable` is false while it works, and for good when it was stopped in its work, died, failed, or
    has answered a thousand requests, so that what leaks in it cannot grow. `has_parent` tells
    whether its zygote lives.
    """

    def __init__(
        self, sock: socket.socket, pid: int, *, handle: int | None, has_parent: Callable[[], bool]
    ) -> None:
        """Take over the socket and, where the platform has such, the handle of the process."""
        self.pid = pid
        self.usable = True
        self._sock = sock
        self._handle = handle
        self.has_parent = has_parent
        self._requests = 0

    def ask(self, task: str, payload: bytes, *, seconds: float, result_bytes: int) -> bytes:
        """What the task makes of the payload.

        Raises TookTooLong after so many seconds, TooBig and Crashed as Cage.run does, and Died when
        the worker ends without a word.
        """
        ((body, _),) = self._replies(_Request(task, payload, seconds), result_bytes)
        return body

    def stream(
        self, task: str, payload: bytes, *, seconds: float, result_bytes: int
    ) -> Iterator[tuple[bytes, bool]]:
        """The result of a streamed task in pieces, and with each whether it is the last.

        Raises what `ask` raises, before a piece or between two. A worker that is left before the
        last piece is of no more use.
        """
        return self._replies(_Request(task, payload, seconds, streamed=True), result_bytes)

    def _replies(self, request: "_Request", most: int) -> Iterator[tuple[bytes, bool]]:
        """Send a request, and give what comes back until it is the last."""
        self.usable = False
        self._requests += 1
        until = time.monotonic() + request.seconds
        taken = self._send(request, until)
        while True:
            reply = self._receive(request, most, until, taken=taken)
            outcome = Outcome(reply.head["outcome"])
            if outcome != Outcome.MORE:
                break
            yield reply.body, False
        self.usable = outcome not in LAST and self._requests < _MOST_REQUESTS
        if outcome != Outcome.DONE:
            raise _refusal(outcome, reply.head, request.task, most)
        yield reply.body, True

    def _send(self, request: "_Request", until: float) -> bool:
        """Send a request; tells whether it was taken."""
        try:
            wire.send(self._sock, request.head, request.payload, until=until)
        except ConnectionError:
            return False  # it may yet have said why, for want of room for the payload
        except TimeoutError as error:
            raise request.took_too_long() from error
        return True

    def _receive(
        self, request: "_Request", most: int, until: float, *, taken: bool
    ) -> wire.Message:
        """Wait for the next reply."""
        try:
            return wire.receive(self._sock, most=most, until=until)
        except TimeoutError as error:
            raise request.took_too_long() from error
        except EOFError as error:
            raise Died(innocent=not (taken and self.has_parent())) from error
        except ConnectionError as error:  # it ended before it had read the request
            raise Died(innocent=True) from error

    def is_alive(self) -> bool:
        """Whether a worker that has nothing to do is there; it says nothing while it waits."""
        try:
            self._sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        return False

    def kill(self) -> None:
        """End it at once; it stays unburied, so the process id is still its own."""
        with suppress(ProcessLookupError):
            if sys.platform == "linux" and self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let go of it."""
        self._sock.close()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@dataclass(frozen=True, slots=True)
class _Request:
    """What a worker is asked, and for how long it may work."""

    task: str
    payload: bytes
    seconds: float
    streamed: bool = False

    @property
    def head(self) -> wire.Head:
        """The head of its message."""
        return {"task": self.task, "seconds": self.seconds, "streamed": self.streamed}

    def took_too_long(self) -> TookTooLong:
        """The error when its time is up."""
        _LOG.warning("The caged task %s was stopped after %g s", self.task, self.seconds)
        message = f"It was stopped after {self.seconds:g} seconds, its limit."
        return TookTooLong(message, retry_after=ceil(self.seconds))


def _refusal(outcome: Outcome, head: wire.Head, task: str, most: int) -> LimitReached:
    """The error for a reply that holds no result."""
    match outcome:
        case Outcome.MEMORY:
            return TooBig("It needed more memory than it may take.")
        case Outcome.RESULT:
            return TooBig(f"The result has {head['bytes']} bytes; at most {most} may be sent.")
        case Outcome.UNKNOWN:
            return Crashed(
                f"There is no caged task {task!r}; there are {', '.join(head['tasks'])}."
            )
        case _:
            _LOG.warning("The caged task %s raised %s", task, head["type"])
            return Crashed("The process that worked on it failed.")
