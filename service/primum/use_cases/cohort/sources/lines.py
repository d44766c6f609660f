"""Lines of JSON as objects, strictly: a line is read as it was sent, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from primum.foundation.errors import UnreadableBody
from primum.use_cases.records.reading import read_json

Json = dict[str, Any]
_DECODER: Final = msgspec.json.Decoder()
_NEWLINE: Final = b"\n"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands, counted from 1, its text, and the object or why it is none."""

    number: int
    text: bytes
    document: Json | None
    why: str = ""


def records_in(block: bytes) -> int:
    """How many lines of a block are not blank."""
    return sum(1 for line in block.split(_NEWLINE) if line.strip())


def lines_of(block: bytes, first: int) -> Iterator[Line]:
    """The lines of a block that are not blank; `first` is the number of its first line."""
    lines = block.removesuffix(_NEWLINE).split(_NEWLINE)
    documents = _all_at_once(block, lines)
    if documents is not None:
        for number, (line, document) in enumerate(zip(lines, documents, strict=True), first):
            yield Line(number, line, document)
        return
    for number, line in enumerate(lines, first):
        if line.strip():
            yield _one(number, line)


def _all_at_once(block: bytes, lines: Sequence[bytes]) -> list[Json] | None:
    """The objects of a block whose lines are all plainly good; None for any other.

    An object that has a member twice is another one when it is written again.
    """
    try:
        documents = _DECODER.decode_lines(block)
        if len(documents) != len(lines) or any(type(each) is not dict for each in documents):
            return None
        whole = b"[" + b",".join(lines) + b"]"
        same = msgspec.json.format(whole, indent=-1) == msgspec.json.encode(documents)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return documents if same else None


def _one(number: int, line: bytes) -> Line:
    """One line."""
    document = _plain(line)
    if document is None:
        try:
            document = read_json(line)
        except UnreadableBody as error:
            return Line(number, line, None, str(error).replace("The body", "The line"))
    if type(document) is not dict:
        return Line(number, line, None, "The line is no JSON object.")
    return Line(number, line, document)


def _plain(line: bytes) -> Any:
    """What a line says where it is plainly good; None where that takes a closer look."""
    try:
        document = _DECODER.decode(line)
        same = msgspec.json.format(line, indent=-1) == msgspec.json.encode(document)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return document if same else None
