"""The zygote as the front sees it: started, asked for workers, told which dead ones to bury."""

import json
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from primum.cage import wire
from primum.cage.caged import Caged
from primum.cage.limits import Limits
from primum.foundation.errors import Crashed

_BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from primum.cage.zygote import main; main()"
)
_FORK_SECONDS: Final = 10
_GOODBYE_SECONDS: Final = 0.5
_SLICE_MS: Final = 50


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a zygote loads: a function named `module:function`, its argument, where modules are."""

    function: str
    argument: str
    path: Sequence[str]


class Nursery:
    """One zygote; one thread uses it, and it ends at the latest when that thread does.

    `abandoned` tells whether to stop waiting for it. Every method but `is_alive` and `end` raises
    EOFError or OSError when the zygote does not answer or is gone.
    """

    def __init__(
        self, preparation: Preparation, limits: Limits, *, abandoned: Callable[[], bool]
    ) -> None:
        """Start the process; `prepare` comes next."""
        self._preparation = preparation
        self._limits = limits
        self._abandoned = abandoned
        self._control, theirs = socket.socketpair()
        with theirs:
            # A session of its own: the interrupt key of a terminal is for the front alone.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-I", "-c", _BOOT, json.dumps(list(preparation.path))],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def prepare(self) -> None:
        """Wait until workers can be had; raises Crashed, which says why, if there will be none."""
        order = {"prepare": self._preparation.function, "limits": self._limits.of_a_worker}
        wire.send(self._control, order, self._preparation.argument.encode())
        self._hear(self._control, self._limits.start_seconds)

    def fork(self) -> tuple[Caged, Sequence[str]]:
        """A new worker, and the names of limits that it could not set.

        Raises Crashed where there is no room for one.
        """
        with ExitStack() as undo:
            ours, theirs = socket.socketpair()
            undo.enter_context(ours)
            with theirs:
                wire.send(self._control, {"fork": True})
                wire.send_descriptor(self._control, theirs.fileno())
            caged = self._born(ours)
            undo.callback(caged.close)
            undo.callback(caged.kill)
            unset: Sequence[str] = self._hear(ours, _FORK_SECONDS)["unset"]
            undo.pop_all()
        return caged, unset

    def _born(self, sock: socket.socket) -> Caged:
        """The worker that the zygote says it has forked on the other end of the socket."""
        head = self._hear(self._control, _FORK_SECONDS)
        handle = wire.receive_descriptor(self._control) if head["handle"] else None
        return Caged(sock, head["pid"], handle=handle, has_parent=self.is_alive)

    def bury(self, dead: Iterable[Caged]) -> None:
        """Have workers that were killed or died taken off the table of processes."""
        wire.send(self._control, {"bury": [each.pid for each in dead if each.has_parent()]})

    def is_alive(self) -> bool:
        """Whether the zygote still holds its end of the socket; any thread may ask."""
        return not wire.is_closed(self._control)

    def end(self) -> None:
        """End the zygote and its workers; waits half a second before it uses force."""
        self._control.close()
        try:
            self._process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _hear(self, sock: socket.socket, seconds: float) -> wire.Head:
        """What the zygote or a newborn worker says within so many seconds."""
        until = time.monotonic() + seconds
        watch = select.poll()
        watch.register(sock, select.POLLIN)
        while not watch.poll(_SLICE_MS):
            if self._abandoned():
                raise EOFError("Nobody waits for the zygote any more.")
            if time.monotonic() > until:
                raise TimeoutError(f"The zygote said nothing for {seconds} seconds.")
        head = wire.receive(sock, most=0, until=until).head
        if "failed" in head:
            raise Crashed(f"The cage cannot be used: {head['failed']}.")
        return head
