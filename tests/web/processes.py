"""The processes of a server, seen from outside through /proc."""

from pathlib import Path

_PROC = Path("/proc")


def tree(pid: int) -> list[int]:
    """A process and all below it, parents first."""
    found = [pid]
    for parent in found:
        found += children(parent)
    return found


def children(pid: int) -> list[int]:
    """The processes that one started; none where it is gone."""
    tasks = (_PROC / str(pid) / "task").glob("*/children")
    return [int(child) for path in tasks for child in _read(path).split()]


def command(pid: int) -> str:
    """The command line of a process; empty where it is gone."""
    return _read(_PROC / str(pid) / "cmdline").replace("\0", " ")


def memory(pid: int) -> float:
    """What a process holds in memory of its own, in megabytes; nothing where it is gone."""
    lines = _read(_PROC / str(pid) / "status").splitlines()
    kilobytes = [line.split()[1] for line in lines if line.startswith("RssAnon:")]
    return sum(map(int, kilobytes)) / 1024


def serving(pid: int) -> list[int]:
    """The worker processes of a server."""
    return [child for child in children(pid) if " serve" in command(child)]


def caged(pid: int) -> list[int]:
    """The workers of the cages below a server: what zygotes have forked."""
    return [child for each in tree(pid) if is_zygote(each) for child in children(each)]


def is_zygote(pid: int) -> bool:
    """Whether a process started the workers of a cage, rather than being one of them."""
    return "primum.cage.zygote" in command(pid) and bool(children(pid))


def _read(path: Path) -> str:
    """The text of a file of a process that may be gone."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
