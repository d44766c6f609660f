"""What is written once per release and then served as it is."""

from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

from primum.web.served import Served, served

_KEPT: Final = 2
T = TypeVar("T")


class Once(Generic[T]):
    """Makes something of the present release the first time it is asked for, and keeps it.

    The two releases asked for last are kept: while one replaces another, both are asked for.
    """

    def __init__(self, make: Callable[[Served], T]) -> None:
        """`make` computes it; it is called again for another release only."""
        self._make = make
        self._kept: dict[str, T] = {}
        self._lock = Lock()

    def __call__(self) -> T:
        """What was made of the release that the present request is answered from."""
        release = served()
        key = release.content
        with self._lock:
            found = self._kept.pop(key) if key in self._kept else self._make(release)
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
            return found
