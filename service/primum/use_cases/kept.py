"""Keeping what was last used, up to a bound on its bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Weighed(Protocol):
    """Something that knows how many bytes of memory it takes."""

    @property
    def size(self) -> int:
        """The bytes it takes."""


Value = TypeVar("Value", bound=Weighed)


class Kept(Generic[Value]):
    """A store that forgets what was not used for longest; safe to share between threads.

    `most` is the number of bytes it holds at most, not counting its keys.
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._lock = Lock()
        self._values = OrderedDict[Hashable, Value]()
        self._size = 0

    @property
    def size(self) -> int:
        """The bytes that all values take now."""
        return self._size

    def get(self, key: Hashable) -> Value | None:
        """The value kept under a key, which is now the last one used; None where there is none."""
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value, in place of those that were not used for longest.

        One that alone is beyond the bound is not kept, and nothing makes room for it.
        """
        with self._lock:
            before = self._values.pop(key, None)
            self._size -= 0 if before is None else before.size
            if value.size > self._most:
                return
            self._values[key] = value
            self._size += value.size
            while self._size > self._most:
                _, oldest = self._values.popitem(last=False)
                self._size -= oldest.size
