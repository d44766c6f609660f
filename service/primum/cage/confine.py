"""What a process gives up for good, so that nothing it does can reach beyond it.

Linux has all of it. Elsewhere the rest is done, and what could not be set is named.
"""

import ctypes
import math
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Final

MOST_DESCRIPTORS: Final = 1024
_PR_SET_PDEATHSIG: Final = 1
_STATM: Final = Path("/proc/self/statm")
_MEGABYTE: Final = 2**20


def end_with_parent(by: signal.Signals = signal.SIGKILL) -> bool:
    """Get a signal when the thread that started this process ends; tells whether that can be had.

    It is one that cannot be refused unless a process has others to end first.
    """
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(by)) == 0)


def limit_descriptors() -> None:
    """Open so few descriptors that closing all of them, one by one if need be, is quick."""
    _lower(resource.RLIMIT_NOFILE, MOST_DESCRIPTORS)


def confine(*, keep: int, megabytes: int, descriptors: int = 0) -> tuple[str, ...]:
    """Close every descriptor but one, open no more, write no file, take so much memory at most.

    `megabytes` come on top of what the process has now; `descriptors` may be open after all where
    a service is to be called. Gives the names of limits that this platform does not have.
    """
    used = _address_space()
    wanted = {
        resource.RLIMIT_CORE: ("RLIMIT_CORE", 0),
        resource.RLIMIT_FSIZE: ("RLIMIT_FSIZE", 0),
        resource.RLIMIT_NOFILE: ("RLIMIT_NOFILE", descriptors),
    }
    if used is not None:
        wanted[resource.RLIMIT_AS] = ("RLIMIT_AS", used + megabytes * _MEGABYTE)
    _close_all_but(keep)
    refused = [name for kind, (name, most) in wanted.items() if not _lower(kind, most)]
    return tuple(refused) if used is not None else (*refused, "RLIMIT_AS")


def allow_cpu(seconds: float) -> None:
    """Die after so many more seconds of computing (rounded up, and one of grace).

    The parent's clock strikes before; this is for a parent that has stopped.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time() + seconds) + 1
    within = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (within, hard))


def _address_space() -> int | None:
    """The bytes of address space that this process has, where the platform tells."""
    if not _STATM.exists():
        return None
    return int(_STATM.read_text().split()[0]) * resource.getpagesize()


def _close_all_but(keep: int) -> None:
    """Close the descriptors; what prints to them then prints nowhere."""
    sys.stdin = sys.stdout = sys.stderr = None
    os.closerange(0, keep)
    os.closerange(keep + 1, max(keep + 1, MOST_DESCRIPTORS))


def _lower(kind: int, most: int) -> bool:
    """Set a limit that may already be lower; tells whether it is set."""
    _, hard = resource.getrlimit(kind)
    within = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (within, within))
    except (OSError, ValueError):
        return False
    return True
