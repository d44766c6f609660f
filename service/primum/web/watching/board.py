"""The board on which the watcher posts how the files stand, and every worker reads it.

A folder that lives as long as the server. What is posted is replaced whole. The watcher holds a
lock on a second file, which the system lets go of whatever the watcher dies of.
"""

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from primum.web.watching.pending import Pending

_POSTED: Final = "posted.json"
_CLAIMED: Final = "watcher"
_TAKEN: Final = "taken-"


@dataclass(frozen=True, slots=True)
class Posted:
    """What is posted; `revision` counts what has been built and is to be served."""

    pending: Pending
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """One board: a watcher posts, workers read, and say what they have taken."""

    folder: Path

    def post(self, posted: Posted) -> None:
        """Put this in place of what was posted before, all at once."""
        fresh = self.folder / f"{_POSTED}.new"
        fresh.write_bytes(msgspec.json.encode(posted))
        fresh.replace(self.folder / _POSTED)

    def read(self) -> Posted | None:
        """What is posted, None before anything is."""
        try:
            content = (self.folder / _POSTED).read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(content, type=Posted)

    def take(self, revision: int) -> None:
        """Say that what was built is served."""
        with suppress(FileNotFoundError):  # the server is about to end, and has removed the folder
            (self.folder / f"{_TAKEN}{revision}").touch()

    def is_taken(self, revision: int) -> bool:
        """Whether some worker serves what was built."""
        return (self.folder / f"{_TAKEN}{revision}").exists()

    def claim(self) -> int:
        """A descriptor that says, as long as any process has it open, that files are watched."""
        descriptor = self._open()
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor

    def is_watched(self) -> bool:
        """Whether somebody watches the files."""
        try:
            descriptor = self._open()
        except FileNotFoundError:  # the server is about to end, and has removed the folder
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def _open(self) -> int:
        """The file on which the lock is held."""
        return os.open(self.folder / _CLAIMED, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
