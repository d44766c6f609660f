"""Servers as processes: the ones that are measured, and what the system tells of them.

Linux tells; elsewhere times and memory are 0.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.web.wire import free_port, running

from primum.knowledge.locate import Place

_COMMAND = str(Path(sys.executable).with_name("primum"))
_SERVED = str(Path(__file__).with_name("http_served.py"))
_TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")
_ENDED = ("", "Z", "X")


@dataclass(frozen=True, slots=True)
class Server:
    """A server on a port, with one process that answers."""

    port: int
    process: subprocess.Popen[bytes]

    def worked(self) -> int:
        """The time that the server and all its processes have worked, in nanoseconds."""
        return sum(_worked(pid) for pid in _family(self.process.pid))

    @property
    def worker(self) -> int:
        """The number of the process that answers."""
        return next(iter(_children(self.process.pid)), self.process.pid)

    def resident(self) -> int:
        """The memory of the process that answers, in bytes."""
        return resident(self.worker)

    def all_resident(self) -> int:
        """The memory of all its processes, in bytes; what two of them share counts twice."""
        return sum(map(resident, _family(self.process.pid)))

    def living(self) -> frozenset[int]:
        """The numbers of its processes that have not ended, buried or not."""
        return frozenset(pid for pid in _family(self.process.pid) if _state(pid) not in _ENDED)


@contextmanager
def primum_served(place: Place) -> Iterator[Server]:
    """Primum as its own command serves it."""
    port = free_port()
    command = [_COMMAND, "serve", "--port", str(port), "--workers", "1"]
    # A release that is built meanwhile would not be the one in process.
    kept = {"PRIMUM_KNOWLEDGE": str(place.root), "PRIMUM_RELOAD_SECONDS": "0"}
    with running(command, port, "/readyz", **kept) as process:
        yield Server(port, process)


@contextmanager
def served(what: str, place: Place, *arguments: str) -> Iterator[Server]:
    """Another application behind the same door."""
    port = free_port()
    command = [sys.executable, _SERVED, what, str(port), *arguments]
    with running(command, port, "/", PRIMUM_KNOWLEDGE=str(place.root)) as process:
        yield Server(port, process)


def resident(pid: int) -> int:
    """The resident memory of a process, in bytes; a page that is shared counts in full."""
    return _PAGE * int(_told(pid, "statm", "0 0").split()[1])


def _worked(pid: int) -> int:
    """The time that a process, and those that it started and that ended, worked, in nanoseconds.

    The name that stands before the numbers may hold anything.
    """
    fields = _told(pid, "stat", ")" + " 0" * 15).rpartition(")")[2].split()
    return _TICK * sum(map(int, fields[11:15]))


def _state(pid: int) -> str:
    """The letter for what a process is doing, "" for one that is not there."""
    return _told(pid, "stat", ")").rpartition(")")[2].strip()[:1]


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for child in _children(pid):
        yield from _family(child)


def _children(pid: int) -> Iterator[int]:
    """The processes that a process started, from whichever thread."""
    for thread in sorted((_PROC / str(pid) / "task").glob("*")):
        yield from map(int, _told(pid, f"task/{thread.name}/children", "").split())


def _told(pid: int, name: str, otherwise: str) -> str:
    """What the system tells of a process, if it does and the process is there."""
    try:
        return (_PROC / str(pid) / name).read_text()
    except OSError:
        return otherwise
