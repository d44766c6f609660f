"""Sets as rows of truth values, so that many records are one multiplication."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primum.reasoning.cohort.columns import Flags

_BYTE = 8


def matrix(sets: Iterable[int], width: int) -> Flags:
    """Bit sets as rows: entry (i, j) tells whether the set i has the member j, below `width`."""
    size = max(1, -(-width // _BYTE))
    packed = np.frombuffer(b"".join(one.to_bytes(size, "little") for one in sets), np.uint8)
    bits = np.unpackbits(packed.reshape(-1, size), axis=1, bitorder="little", count=width)
    return bits.astype(np.bool_)


def meets(rows: Flags, sets: Flags) -> Flags:
    """Whether row i has a member in common with set j; shapes (n, m) and (k, m) give (n, k)."""
    counts: NDArray[np.float32] = rows.astype(np.float32) @ sets.T.astype(np.float32)
    return counts > 0


def union(rows: Flags, sets: Flags) -> Flags:
    """The union of the sets that row i names; shapes (n, k) and (k, m) give (n, m)."""
    return meets(rows, sets.T)


def any_of(rows: NDArray[Any]) -> Flags:
    """Whether each row has any member, or any word with one."""
    found: Flags = np.logical_or.reduce(rows, axis=1)
    return found


def words(members: Flags) -> NDArray[np.uint64]:
    """Rows of truth values as 64-bit words: entry j is bit j % 64 of word j // 64."""
    number, width = members.shape
    size = -(-width // 64)
    padded = np.zeros((number, size * 64), np.bool_)
    padded[:, :width] = members
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)
