"""A worker as the front sees it: a socket to ask it on, and a way to kill it."""

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
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
        self.usable = False
        self._requests += 1
        head, until = {"task": task, "seconds": seconds}, time.monotonic() + seconds
        try:
            reply = self._exchange(wire.Message(head, payload), result_bytes, until)
        except TimeoutError as error:
            _LOG.warning("The caged task %s was stopped after %g s", task, seconds)
            message = f"It was stopped after {seconds:g} seconds, its limit."
            raise TookTooLong(message, retry_after=ceil(seconds)) from error
        outcome = Outcome(reply.head["outcome"])
        self.usable = outcome not in LAST and self._requests < _MOST_REQUESTS
        if outcome != Outcome.DONE:
            raise _refusal(outcome, reply.head, task, result_bytes)
        return reply.body

    def _exchange(self, request: wire.Message, most: int, until: float) -> wire.Message:
        """Send the request and wait for the reply."""
        taken = True
        try:
            wire.send(self._sock, request.head, request.body, until=until)
        except ConnectionError:
            taken = False  # it may yet have said why, for want of room for the payload
        try:
            return wire.receive(self._sock, most=most, until=until)
        except EOFError as error:
            raise Died(innocent=not (taken and self.has_parent())) from error
        except ConnectionError as error:  # it ended before it had read the request
            raise Died(innocent=True) from error

    def is_alive(self) -> bool:
        """Whether a worker that has nothing to do is there; it says nothing while it waits."""
        self._sock.settimeout(0)
        try:
            self._sock.recv(1, socket.MSG_PEEK)
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
