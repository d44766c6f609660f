"""Where results are written to: kept whole within limits, or handed on in pieces."""

import io
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from primum.use_cases.sparql.exchange import MOST_BYTES, MOST_ROWS

Emit = Callable[[bytes], None]
_PIECE: Final = 2**16
_FEWEST_BYTES_A_ROW: Final = 2


class Overflow(Exception):
    """A result that has grown beyond its limit; its text says which."""


class Whole(io.BytesIO):
    """A result that is kept whole; raises Overflow beyond MOST_BYTES or MOST_ROWS."""

    def write(self, data: Any) -> int:
        """Keep some more bytes."""
        if self.tell() + len(data) > MOST_BYTES:
            raise Overflow(f"The result has more than {MOST_BYTES} bytes.")
        return super().write(data)

    def body(self, name: str) -> bytes:
        """All of it, which is in the format of that name."""
        body = self.getvalue()
        if len(body) > MOST_ROWS * _FEWEST_BYTES_A_ROW and rows_of(body, name) > MOST_ROWS:
            raise Overflow(f"The result has more than {MOST_ROWS} rows.")
        return body


class Pieces(io.RawIOBase):
    """A result that is handed on in pieces of some size; `begun` tells whether one was."""

    def __init__(self, emit: Emit) -> None:
        """Hand them to `emit`."""
        self._emit, self._held = emit, bytearray()
        self.begun = False

    def write(self, data: Any) -> int:
        """Hold some more bytes, and hand over what makes a piece."""
        self._held += data
        while len(self._held) >= _PIECE:
            self._hand_over(_PIECE)
        return len(data)

    def flush(self) -> None:
        """Hand over what is held."""
        if self._held:
            self._hand_over(len(self._held))

    def _hand_over(self, size: int) -> None:
        """Hand over the first bytes of what is held."""
        self.begun = True
        self._emit(bytes(self._held[:size]))
        del self._held[:size]


class Begun(Iterator[bytes]):
    """An iterator whose first item is known; closing it closes what gives the others."""

    def __init__(self, first: bytes, rest: Iterator[bytes]) -> None:
        self._first: bytes | None = first
        self._rest = rest

    def __next__(self) -> bytes:
        """The next item."""
        first, self._first = self._first, None
        return next(self._rest) if first is None else first

    def close(self) -> None:
        """Give nothing more."""
        close: Callable[[], None] = self._rest.close  # type: ignore[attr-defined]
        close()


class _Bindings(msgspec.Struct, frozen=True):
    bindings: tuple[msgspec.Raw, ...] = ()


class _Json(msgspec.Struct, frozen=True):
    """The results of a SELECT in JSON; those of an ASK have none."""

    results: _Bindings = _Bindings()


def rows_of(body: bytes, name: str) -> int:
    """How many rows a written result has; 0 for a graph, whose triples are counted before.

    The engine writes rows in its own code, where they cannot be counted, much faster than rows
    could be given one by one.
    """
    match name:
        case "json":
            return len(msgspec.json.decode(body, type=_Json).results.bindings)
        case "xml":
            return body.count(b"<result>")
        case "csv":
            # Between quotes a line end belongs to a value; every other piece is between quotes.
            return sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1
        case "tsv":
            return body.count(b"\n") - 1
        case _:
            return 0
