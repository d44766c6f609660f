"""How a worker follows what the watcher posts: it serves what was built, and tells what was not."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from primum.foundation.errors import PrimumError
from primum.web.current import Current
from primum.web.served import Served
from primum.web.watching.board import Board, Posted
from primum.web.watching.pending import Pending, State
from primum.web.watching.problems import remarks

_LOG: Final = logging.getLogger("primum.web")
_LOOK_SECONDS: Final = 0.1


@dataclass(slots=True)
class Follower:
    """Looks at the board; what is served and what is told of the files change in one step."""

    current: Current[Served]
    board: Board
    load: Callable[[], Served]
    _posted: Posted | None = field(default=None, init=False)
    _revision: int = field(default=0, init=False)

    def start(self) -> None:
        """Look several times a second, in a thread of its own."""
        threading.Thread(target=self._follow, name="primum-follow", daemon=True).start()

    def _follow(self) -> None:
        """Look for as long as somebody watches."""
        while self.board.is_watched():
            self.look()
            time.sleep(_LOOK_SECONDS)
        _LOG.error("nobody watches the files any more; start the service again to have that")
        self._tell(Pending.now(State.UNWATCHED))

    def look(self) -> None:
        """Serve the release that was built, or tell of the edit, as is posted."""
        posted = self.board.read()
        if posted is None or posted == self._posted:
            return
        self._posted = posted
        if posted.revision == self._revision:
            self._tell(posted.pending)
        else:
            self._take_over(posted)

    def _take_over(self, posted: Posted) -> None:
        """Serve what is in place; where it cannot be loaded, what was served before still is."""
        self._revision = posted.revision
        try:
            loaded = self.load()
        except (PrimumError, OSError) as error:
            _LOG.warning("the release in place cannot be loaded; the one before stays: %s", error)
            problem = remarks(error, self.current.served.primum.place)
            digest = posted.pending.digest
            self._tell(Pending.now(State.FAILED, digest=digest, problem=problem))
            return
        loaded.start()
        self.current.replace(replace(loaded, pending=posted.pending))
        self.board.take(posted.revision)
        _LOG.info("serving release %s", loaded.primum.release.manifest.digest)

    def _tell(self, pending: Pending) -> None:
        """Serve the same, and tell how the files stand to it."""
        self.current.replace(replace(self.current.served, pending=pending))
