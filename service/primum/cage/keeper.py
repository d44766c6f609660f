"""The thread that keeps a cage full: it starts the zygote, and replaces workers that are gone."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from primum.cage.nursery import Nursery
from primum.cage.roster import Roster
from primum.foundation.errors import Crashed

_LOG: Final = logging.getLogger("primum.cage")


class Keeper:
    """Brings a roster up to strength, for as long as it is open."""

    def __init__(self, roster: Roster, start: Callable[[], Nursery]) -> None:
        """Begin in the background; `start` starts a zygote."""
        self._roster = roster
        self._start = start
        self._nursery: Nursery | None = None
        self._proven = False
        self._thread = threading.Thread(target=self._keep, name="primum-cage", daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait until all is cleared away after the roster was closed."""
        self._thread.join(seconds)

    def _keep(self) -> None:
        """Do what is to be done until the roster closes."""
        try:
            while self._roster.wait_for_chores():
                self._attend()
        finally:
            self._roster.close()
            self._end()

    def _attend(self) -> None:
        """Fill the roster, whatever happens to the zygote."""
        try:
            self._fill(self._living())
        except Crashed as error:
            self._cope(error.detail, lives=True)
        except (EOFError, OSError) as error:
            self._cope(f"The cage cannot be used: its zygote is gone. {error}", lives=False)

    def _cope(self, reason: str, *, lives: bool) -> None:
        """Try again soon if there were workers before; else tell the requests that wait."""
        _LOG.warning("%s", reason)
        proven = self._proven
        if not (proven and lives):
            self._end()
        if proven:
            self._roster.rest()
        else:
            self._roster.fail(reason)

    def _living(self) -> Nursery:
        """The zygote; another one if it has died."""
        if self._nursery is not None and not self._nursery.is_alive():
            _LOG.warning("The zygote is gone; another one is started")
            self._end()
        if self._nursery is None:
            self._nursery = self._start()
            self._nursery.prepare()
        return self._nursery

    def _fill(self, nursery: Nursery) -> None:
        """Bury the dead and replace them."""
        if dead := self._roster.take_dead():
            nursery.bury(dead)
        while self._roster.missing() > 0:
            caged, unset = nursery.fork()
            self._roster.enlist(caged)
            if unset and not self._proven:
                _LOG.warning("This platform sets no %s for caged workers", ", ".join(unset))
            self._proven = True

    def _end(self) -> None:
        """End the zygote, if there is one."""
        if self._nursery is not None:
            self._nursery.end()
        self._nursery = None
        self._proven = False
