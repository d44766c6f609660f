"""An answer that is read as it comes: its head is looked at, its data given on without framing."""

from collections.abc import Iterator

from tests.bench.engines import Mismatch

_END = b"\r\n"
_OK = b"HTTP/1.1 200"
_LENGTH = b"content-length: "


class Answer:
    """An answer with a length or in chunks; one that leaves the server at once has a length."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self._held = b""
        self._body: Chunks | Counted | None = None

    @property
    def ended(self) -> bool:
        """Whether the answer is whole."""
        return self._body is not None and self._body.ended

    def taken(self, data: bytes) -> Iterator[bytes]:
        """What came of the data; raises Mismatch where the status is not 200."""
        if self._body is None:
            self._held += data
            head, end, data = self._held.partition(_END * 2)
            if not end:
                return
            if not head.startswith(_OK):
                raise Mismatch(f"Expected {_OK.decode()}, found {self._held[:400]!r}")
            _, length, rest = head.partition(_LENGTH)
            self._body = Counted(int(rest.partition(_END)[0])) if length else Chunks()
        yield from self._body.taken(data)


class Counted:
    """A body of stated length."""

    def __init__(self, length: int) -> None:
        """Nothing has come yet."""
        self._left, self.ended = length, not length

    def taken(self, data: bytes) -> Iterator[bytes]:
        """All that came."""
        self._left -= len(data)
        self.ended = self._left <= 0
        yield data


class Chunks:
    """A chunked body without trailers, taken apart as it comes (RFC 9112, section 7.1)."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self._held, self._size, self._left = b"", -1, 0
        self.ended = False

    def taken(self, data: bytes) -> Iterator[bytes]:
        """The data of the chunks in what came, without sizes and line ends."""
        data, start = self._held + data, 0
        while start < len(data) and not self.ended:
            if self._left:
                stop = min(len(data), start + self._left)
                if (end := min(stop, start + self._left - len(_END))) > start:
                    yield data[start:end]
                start, self._left = stop, self._left - (stop - start)
                self.ended = not (self._left or self._size)
            elif (found := data.find(_END, start)) >= 0:
                self._size = int(data[start:found], 16)
                start, self._left = found + len(_END), self._size + len(_END)
            else:
                break
        self._held = data[start:]
