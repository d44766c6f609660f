"""A worker: forked by the zygote, it answers one request at a time until it is killed."""

import os
import socket
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from primum.cage import wire
from primum.cage.confine import allow_cpu, confine, end_with_parent

Emit = Callable[[bytes], None]
Tasks = Mapping[str, Callable[..., bytes]]
"""A task makes bytes of a payload; one that is streamed is given an Emit for the first of them."""


class Outcome(StrEnum):
    """What became of a request: the field `outcome` of a reply's head.

    After `memory` and `raised` the worker ends, because what it holds can no longer be trusted.
    """

    MORE = "more"
    DONE = "done"
    MEMORY = "memory"
    RESULT = "result"
    RAISED = "raised"
    UNKNOWN = "unknown"


LAST: Final = frozenset({Outcome.MEMORY, Outcome.RAISED})
_RESERVE: Final = 2**20
"""Bytes kept back for saying that memory ran out."""


def fork(sock: socket.socket, tasks: Tasks, **limits: int) -> int:
    """Fork a worker that answers on the socket; gives its process id.

    `limits` are those that Limits has of a worker. Raises OSError where there is no room for one
    more process.
    """
    zygote = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        tethered = end_with_parent()
        if os.getppid() == zygote:
            unset = confine(
                keep=sock.fileno(),
                megabytes=limits["megabytes"],
                descriptors=limits["descriptors"],
            )
            os.nice(limits["niceness"])
            missing = [*unset, *([] if tethered else ["PR_SET_PDEATHSIG"])]
            wire.send(sock, {"unset": missing})
            _work(sock, tasks, limits["result_bytes"])
    finally:
        # What the zygote has yet to do on its way out is not the worker's to do.
        os._exit(0)


def _work(sock: socket.socket, tasks: Tasks, most: int) -> None:
    """Answer requests until the other end closes or one of them was the last."""
    reserve = [bytes(_RESERVE)]
    outcome = Outcome.DONE
    while outcome not in LAST:
        try:
            reply = _answer(sock, tasks, most)
        except MemoryError:
            # What filled the memory may still be held, in a cycle or by a library: whatever is done
            # here before this is let go, even a call, could run out of memory again.
            reserve.pop()
            reply = wire.Message({"outcome": Outcome.MEMORY}, b"")
        outcome = Outcome(reply.head["outcome"])
        wire.send(sock, reply.head, reply.body)


def _answer(sock: socket.socket, tasks: Tasks, most: int) -> wire.Message:
    """Wait for the next request, and work on it."""
    request = wire.receive(sock)
    allow_cpu(request.head["seconds"])

    def emit(piece: bytes) -> None:
        """Send a piece of the result ahead."""
        wire.send(sock, {"outcome": Outcome.MORE}, piece)

    return _perform(request, tasks, most, emit if request.head["streamed"] else None)


def _perform(request: wire.Message, tasks: Tasks, most: int, emit: Emit | None) -> wire.Message:
    """The reply to a request; of an exception only the type, since its text may be the caller's."""
    task = tasks.get(request.head["task"])
    if task is None:
        return wire.Message({"outcome": Outcome.UNKNOWN, "tasks": sorted(tasks)}, b"")
    try:
        result = task(request.body) if emit is None else task(request.body, emit)
    except MemoryError:
        raise
    except BaseException as error:  # a library in Rust panics past Exception
        return wire.Message({"outcome": Outcome.RAISED, "type": type(error).__name__}, b"")
    if len(result) > most:
        return wire.Message({"outcome": Outcome.RESULT, "bytes": len(result)}, b"")
    return wire.Message({"outcome": Outcome.DONE}, result)
