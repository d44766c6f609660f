"""Whether a server holds the release that is served: looked at now and then, not at each query."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final

from primum.foundation.errors import StoreUnreachable

_LOG: Final = logging.getLogger("primum.store")
FRESH_SECONDS: Final = 5.0
"""How long a server that was found to hold the release is trusted to do so."""
AGAIN_SECONDS: Final = 2
"""How long a server that was not is left alone, and callers are told to wait."""


class Watch:
    """Knows how a server was found last, and looks again when that is no longer sure.

    Safe between threads: one looks, while the others wait for what it finds, or are refused at
    once where the server was not fit before.
    """

    def __init__(self, look: Callable[[], None]) -> None:
        """`look` raises StoreUnreachable where the server is not fit to be asked."""
        self._look = look
        self._looking = Lock()
        self._until, self._fault = 0.0, ""

    def demand(self) -> None:
        """Raise StoreUnreachable where the server is not fit to be asked."""
        if monotonic() >= self._until and self._looking.acquire(blocking=not self._fault):
            try:
                if monotonic() >= self._until:
                    self._look_again()
            finally:
                self._looking.release()
        if fault := self._fault:
            raise StoreUnreachable(fault, AGAIN_SECONDS)

    def doubt(self) -> None:
        """Have the next one look who asks, because something was not as it should be."""
        if not self._fault:
            self._until = 0.0

    def _look_again(self) -> None:
        """See how the server is."""
        began, before = monotonic(), self._fault
        try:
            self._look()
        except StoreUnreachable as error:
            self._fault, self._until = error.detail, monotonic() + AGAIN_SECONDS
        else:
            # From when the look began: what it found may have changed since.
            self._fault, self._until = "", began + FRESH_SECONDS
        if self._fault != before:
            _LOG.warning("%s", self._fault or "The SPARQL server behind this service is fit again.")
