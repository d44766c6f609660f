"""Where the rows of a CSV file end, and which lines are no rows.

A row is a line, unless a quoted field of it goes on in the next one (RFC 4180). A line that opens a
quote which is not closed at the end of a field is torn: that line alone is a bad row, and the lines
after it are rows of their own, which a parser of CSV would take for the text of that field.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from primum.use_cases.cohort.sources.text import BLOCK_BYTES

MOST_ROW_BYTES: Final = BLOCK_BYTES
"""How long a row of several lines may be."""
_END: Final = rb"(?:\r\n|\n|\r|\Z)"
_OPENED: Final = rb'"[^"]*+(?:""[^"]*+)*+'
_BARE: Final = rb'(?:[^",\r\n][^,\r\n]*+)?'
_FIELD: Final = rb"(?:" + _OPENED + rb'"(?=[,\r\n]|\Z)|' + _BARE + rb")"
_LOOSE: Final = rb"(?:" + _OPENED + rb'"[^,\r\n]*+|(?!")[^,\r\n]*+)'  # as parsers let it pass
_ROW: Final = re.compile(_FIELD + rb"(?:," + _FIELD + rb")*+" + _END)
_OPEN_TO_THE_END: Final = re.compile(rb"(?:" + _FIELD + rb",)*+" + _OPENED + rb"\Z")
_ALONE: Final = re.compile(_LOOSE + rb"(?:," + _LOOSE + rb")*+" + _END)
_LINE: Final = re.compile(rb"[^\r\n]*+" + _END)


class Row(NamedTuple):
    """A row as it stands in a file, its end included, or a line that is torn."""

    text: bytes
    torn: bool


def lines_in(text: bytes) -> int:
    """How many lines there are, the last of which may lack its end."""
    ends = text.count(b"\n")
    if b"\r" in text:
        ends += text.count(b"\r") - text.count(b"\r\n")
    return ends + (bool(text) and not text.endswith((b"\n", b"\r")))


def whole_lines(text: bytes) -> int:
    """Where the last line ends that has an end; 0 where none has."""
    return text.rfind(b"\n") + 1 or text.rfind(b"\r", 0, len(text) - 1) + 1


def is_closed(text: bytes) -> bool:
    """Whether the last line that is not blank closes every quote that it opens."""
    end = len(text.rstrip(b"\r\n"))
    begin = max(text.rfind(b"\n", 0, end), text.rfind(b"\r", 0, end)) + 1
    return _ALONE.fullmatch(text, begin, end) is not None


def split(text: bytes, *, last: bool) -> Iterator[Row]:
    """The rows of a block; one that may go on in the next block is left to it, unless `last`."""
    at = 0
    while at < len(text):
        found = _ROW.match(text, at)
        if found is None and not last and _goes_on(text, at):
            return
        row = found[0] if found else _line(text, at)
        yield Row(row, not found and not _ALONE.fullmatch(row))
        at += len(row)


def _line(text: bytes, at: int) -> bytes:
    """The line that begins at a place."""
    return next(_LINE.finditer(text, at))[0]


def _goes_on(text: bytes, at: int) -> bool:
    """Whether a row may end in the next block, and is not too long for that."""
    return len(text) - at < MOST_ROW_BYTES and bool(_OPEN_TO_THE_END.match(text, at))
