"""Which release is served now, and how another one takes its place, all at once."""

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from primum.foundation.errors import PrimumError
from primum.foundation.settings import Settings
from primum.knowledge.locate import locate
from primum.knowledge.release import read_manifest
from primum.web.served import Served, Serving

_LOG: Final = logging.getLogger("primum.web")


What = TypeVar("What", bound=Serving)


class Current(Generic[What]):
    """Holds what is served; reading it is one step, so a request sees old or new."""

    def __init__(self, served: What) -> None:
        """Serve a loaded release, or a file."""
        self._served = served

    @property
    def served(self) -> What:
        """What to answer the next request from."""
        return self._served

    def replace(self, served: What) -> What:
        """Serve another release from the next request on; gives the one served before."""
        before, self._served = self._served, served
        return before


@dataclass(slots=True)
class Reloader:
    """Looks for a new release, and serves it once it is loaded whole; a failure changes nothing."""

    current: Current[Served]
    settings: Settings

    def start(self) -> None:
        """Look every few seconds, in a thread of its own, unless the settings say never."""
        if self.settings.reload_seconds:
            threading.Thread(target=self._watch, name="primum-reload", daemon=True).start()

    def _watch(self) -> None:
        """Look for ever."""
        while True:
            time.sleep(self.settings.reload_seconds)
            self.look()

    def look(self) -> bool:
        """Serve the release in place if it is another one; tells whether it was."""
        serving = self.current.served.primum
        try:
            content = read_manifest(_folder(self.settings)).content
            if content == serving.release.manifest.content:
                return False
            loaded = Served.load(self.settings.knowledge, self.settings)
        except (PrimumError, OSError) as error:
            _LOG.warning("the release in place cannot be loaded; the one before stays: %s", error)
            return False
        loaded.start()
        self.current.replace(loaded)
        _LOG.info("serving release %s", loaded.primum.release.manifest.digest)
        return True


def _folder(settings: Settings) -> Path:
    """The folder of the release in place."""
    return locate(settings.knowledge).release
