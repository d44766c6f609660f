"""Rows to which others are added, while those that were handed out stay as they are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Grown:
    """An array whose first axis grows, to be added to by one thread at a time.

    A thread that took `rows` may go on reading it: where there is no more room, rows are copied
    to a larger place and the old one is left alone.
    """

    def __init__(self, rows: NDArray[Any]) -> None:
        """Begin with some rows."""
        self._room, self._count = rows, len(rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def rows(self) -> NDArray[Any]:
        """All rows so far."""
        return self._room[: self._count]

    def add(self, rows: NDArray[Any]) -> None:
        """Add rows at the end."""
        count = self._count + len(rows)
        if count > len(self._room):
            room = np.empty((2 * count, *self._room.shape[1:]), self._room.dtype)
            room[: self._count] = self.rows
            self._room = room
        self._room[self._count : count] = rows
        self._count = count
