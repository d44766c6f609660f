"""Files of text, compressed or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa

from primum.foundation.errors import UnreadableBody

BLOCK_BYTES: Final = 4 * 2**20
MOST_CHUNK_BYTES: Final = 64 * 2**20
_GZIP: Final = ".gz"


def is_text(value: bytes) -> bool:
    """Whether bytes are UTF-8."""
    if value.isascii():
        return True
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


class TextFile:
    """An open file of text; `place` is how far the file on disk has been read, in bytes."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._raw = pa.OSFile(str(path))
        packed = path.name.lower().endswith(_GZIP)
        self.stream = pa.CompressedInputStream(self._raw, "gzip") if packed else self._raw

    @property
    def place(self) -> int:
        """The bytes that were read."""
        return int(self._raw.tell())

    def close(self) -> None:
        """Close the file."""
        self.stream.close()


@contextmanager
def opened(path: Path, form: str) -> Iterator[TextFile]:
    """An open file; raises UnreadableBody where it cannot be read, or is cut off."""
    try:
        file = TextFile(path)
        try:
            yield file
        finally:
            file.close()
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableBody(
            f"{path} cannot be read as {form}: {error}", where=str(path), allowed=(form,)
        ) from error
