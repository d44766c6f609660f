"""How tests ask for streamed results."""

import json
from collections.abc import Iterator

from primum.cage.limits import Limits
from primum.cage.pool import Cage

SECONDS = 30.0
NARROW = Limits(seconds=20, megabytes=128, result_bytes=1000, waiting=1)
Pieces = Iterator[tuple[bytes, bool]]


def stream(cage: Cage, task: str, payload: object = b"", *, seconds: float = SECONDS) -> Pieces:
    """A streamed result."""
    sent = payload if isinstance(payload, bytes) else str(payload).encode()
    return cage.stream(task, sent, seconds=seconds)


def leave(pieces: Pieces) -> None:
    """Want no more of a result."""
    pieces.close()  # type: ignore[attr-defined]


def worker(cage: Cage) -> int:
    """The process that the next request would be put to."""
    pid: int = json.loads(cage.run("pids", b""))[0]
    return pid
