"""The zygote: it loads once what every worker needs, and forks workers when the front asks.

It obeys three orders on its control socket: `prepare` (once), `fork`, `bury`. It never runs a task,
and it ends, with its workers, when the front closes the socket or dies.
"""

import gc
import importlib
import logging
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NoReturn

from primum.cage import wire
from primum.cage.confine import end_with_parent, limit_descriptors
from primum.cage.worker import Tasks, fork
from primum.foundation.log_lines import configure_logging

_LOG: Final = logging.getLogger("primum.cage")
_SOON_MS: Final = 20
_THREADS: Final = Path("/proc/self/task")
_MOST_REASON: Final = 2000


def main() -> None:
    """Serve the front whose socket stands in the place of standard input."""
    end_with_parent()
    limit_descriptors()
    configure_logging()
    control = _take_control()
    if wire.is_closed(control):  # the front died before it could take this process with it
        sys.exit(0)
    try:
        order = wire.receive(control)
        tasks = _prepare(control, order.head["prepare"], order.body.decode())
        family = _Family(tasks, order.head["limits"])
        _serve(control, family)
    except (EOFError, ConnectionError):
        sys.exit(0)


def _take_control() -> socket.socket:
    """The socket, moved to where nothing reads it by mistake."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    return control


def _prepare(control: socket.socket, path: str, argument: str) -> Tasks:
    """The tasks that the preparation gives; if it fails, the front is told why."""
    try:
        module, _, name = path.partition(":")
        tasks: Tasks = getattr(importlib.import_module(module), name)(argument)
    except Exception as error:  # whatever it is, it is the front that has to hear of it
        _LOG.exception("The preparation %s failed", path)
        _give_up(control, f"{path} raised {type(error).__name__}: {error}")
    if (threads := _threads()) > 1:
        _give_up(control, f"{path} left {threads} threads; a zygote forks, so it may have one")
    # What is frozen is never looked at by the collector of a worker, and so stays shared.
    gc.collect()
    gc.disable()
    gc.freeze()
    wire.send(control, {"ready": True})
    return tasks


def _threads() -> int:
    """How many threads this process has, those of libraries included where that can be seen."""
    return len(list(_THREADS.iterdir())) if _THREADS.exists() else threading.active_count()


def _give_up(control: socket.socket, reason: str) -> NoReturn:
    """Tell the front why there will be no workers, and end."""
    wire.send(control, {"failed": reason[:_MOST_REASON]})
    sys.exit(1)


def _serve(control: socket.socket, family: "_Family") -> None:
    """Obey orders until the front is gone; then end every worker."""
    watch = select.poll()
    watch.register(control, select.POLLIN)
    try:
        while True:
            if watch.poll(_SOON_MS if family.dying else None):
                family.obey(control, wire.receive(control).head)
            family.reap()
    finally:
        family.end()


class _Family:
    """The workers of one zygote.

    A dead worker is left unburied until the front asks for it: until then its process id cannot
    pass to another process, and the front cannot kill the wrong one.
    """

    def __init__(self, tasks: Tasks, limits: Mapping[str, int]) -> None:
        """No worker yet; each will have these tasks and limits."""
        self._tasks = tasks
        self._limits = limits
        self._living: set[int] = set()
        self.dying: set[int] = set()

    def obey(self, control: socket.socket, order: wire.Head) -> None:
        """Carry out one order."""
        if "bury" in order:
            dead = self._living & set(order["bury"])
            self._living -= dead
            self.dying |= dead
        else:
            self._fork(control)

    def _fork(self, control: socket.socket) -> None:
        """Fork a worker on the socket that comes next, and report it, or why there is none."""
        sock = socket.socket(fileno=wire.receive_descriptor(control))
        with sock:
            try:
                pid = fork(sock, self._tasks, **self._limits)
            except OSError as error:
                wire.send(control, {"failed": f"no worker could be forked: {error}"})
                return
        self._living.add(pid)
        self._report(control, pid)

    def _report(self, control: socket.socket, pid: int) -> None:
        """Tell the front the worker's process id, and send a handle if there is such."""
        handle = _open_handle(pid)
        wire.send(control, {"pid": pid, "handle": handle is not None})
        if handle is not None:
            wire.send_descriptor(control, handle)
            os.close(handle)

    def reap(self) -> None:
        """Bury those of the dying that have died."""
        for pid in list(self.dying):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self.dying.remove(pid)
                _note(pid, status)

    def end(self) -> None:
        """Kill and bury every worker."""
        for pid in self._living | self.dying:
            os.kill(pid, signal.SIGKILL)
        for pid in self._living | self.dying:
            os.waitpid(pid, 0)


def _note(pid: int, status: int) -> None:
    """Log a death that the front did not bring about."""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        _LOG.warning("Worker %d died of %s", pid, signal.Signals(os.WTERMSIG(status)).name)


def _open_handle(pid: int) -> int | None:
    """A descriptor that stands for a process even when its id is used again, if to be had."""
    if sys.platform != "linux":
        return None
    try:
        return os.pidfd_open(pid)
    except OSError:  # an old kernel, or a container that forbids the call
        return None
