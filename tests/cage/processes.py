"""What the system says of processes, read from /proc."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 30.0


def state(pid: int) -> str:
    """The letter of a process's state, `Z` for a zombie; empty if there is no such process."""
    return _fields(pid)[0]


def children(pid: int) -> dict[int, str]:
    """The children of a process with their states."""
    everyone = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    found = {each: _fields(each) for each in everyone}
    return {each: letter for each, (letter, parent) in found.items() if parent == pid}


def _fields(pid: int) -> tuple[str, int]:
    """State and parent of a process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "", 0
    letter, parent = text.rpartition(")")[2].split()[:2]
    return letter, int(parent)


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes true, be the machine as busy as it may."""
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def gone(*pids: int) -> bool:
    """Whether these processes end and are buried."""
    return soon(lambda: not any(map(state, pids)))
