"""Results as a server sends them, looked at line by line before anyone takes them for whole.

Some servers write the error that stops an evaluation into the result, and end it as if nothing
had happened. In TSV and N-Triples, where each line has a form, that can be told; so CSV is made
from TSV, and Turtle from N-Triples.
"""

import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from primum.foundation.errors import StoreUnreachable
from primum.use_cases.sparql.writable import XmlOnly

_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_TERM: Final = re.compile(
    r"<[^<>\s]*>|<<\(.*\)>>|\"(?:[^\"\\]|\\.)*\"(?:@[\w-]+|\^\^<[^<>\s]*>)?|_:\S+"
    r"|[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?|true|false|"
)
_HEADER: Final = re.compile(r"\?[^\s?$]+(?:\t\?[^\s?$]+)*|true|false|")
_TO_BE_QUOTED: Final = re.compile(r'[",\r\n]')
_LONG: Final = 200
_LINE_BYTES: Final = 10_000_000
_HEAD_BYTES: Final = 100_000
_XML_END: Final = b"</sparql>"
_ANY_END: Final = 16
Row = list[str]


class Unfit(StoreUnreachable):
    """A server answers, but with something else than was asked for."""

    def __init__(self, what: str) -> None:
        """Say what it is, without repeating anything that the server said."""
        super().__init__(f"The SPARQL server behind this service sent {what}.")


def triples(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """N-Triples, as they came; raises Unfit at a line that is none."""
    for some in _lines(pieces):
        for line in some:
            bare = line.strip()
            if bare and not (bare[:1] in b"<_#" and bare.endswith(b".")):
                raise Unfit("a line that is no triple")
        if some:
            yield b"\n".join([*some, b""])


def tsv(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """TSV, as it came; raises Unfit at a line that is no row of it."""
    for some in _rows(pieces):
        yield "".join("\t".join(row) + "\n" for row in some).encode()


def csv(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What comes in TSV, as CSV; raises Unfit at a line that is no row of it."""
    for some in _rows(pieces):
        yield "".join(_comma(row) + "\r\n" for row in some).encode()


def xml(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """XML, as it came; raises Unfit where it has no proper end, or declares entities.

    Raises ValueError at a character that no XML may have.
    """
    head, end, held = b"", b"", io.BytesIO()
    fit = XmlOnly(held)
    for piece in pieces:
        if len(head) < _HEAD_BYTES:
            head += piece[:_HEAD_BYTES]
            if b"<!" in head.partition(b"<sparql")[0]:
                raise Unfit("XML with declarations")
        end = (end + piece)[-_ANY_END:]
        fit.write(piece.replace(b"\r\n", b"\n"))
        yield held.getvalue()
        held.seek(0)
        held.truncate()
    if not end.rstrip().endswith(_XML_END):
        raise Unfit("XML without an end")


def json(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """JSON, as it came; raises Unfit where it has no proper end."""
    end = b""
    for piece in pieces:
        end = (end + piece)[-_ANY_END:]
        yield piece
    if not end.rstrip().endswith(b"}"):
        raise Unfit("JSON without an end")


def table(pieces: Iterable[bytes]) -> Iterator[tuple[str, ...]]:
    """The values in TSV, row by row, without their types and the header; raises Unfit."""
    found = (tuple(map(plain, row)) for some in _rows(pieces) for row in some)
    next(found, None)
    return found


def plain(term: str) -> str:
    """The value of a term in TSV: an IRI, the text of a literal, the name of a variable."""
    match term[:1]:
        case '"':
            return _unescaped(term[1 : term.rindex('"')])
        case "<" if term[1:2] != "<":
            return _unescaped(term[1:-1])
        case "?":
            return term[1:]
        case _:
            return term


def _unescaped(text: str) -> str:
    """A text with its escapes read."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    """What an escape stands for."""
    said = escape[1]
    return chr(int(said[1:], 16)) if said[1:] else _ESCAPED.get(said, said)


def _comma(row: Row) -> str:
    """A row in CSV."""
    return ",".join(_short(term) if len(term) < _LONG else _quoted(term) for term in row)


@lru_cache(maxsize=2**13)
def _short(term: str) -> str:
    """A short term in CSV; many stand in row after row."""
    return _quoted(term)


def _quoted(term: str) -> str:
    """A term in CSV."""
    text = plain(term)
    if not _TO_BE_QUOTED.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _rows(pieces: Iterable[bytes]) -> Iterator[list[Row]]:
    """The rows of TSV, some at a time, the names of the variables first."""
    width = 0
    for some in _lines(pieces):
        found = [_row(line, width) for line in some[:1]]
        width = width or sum(map(len, found))
        found += [_row(line, width) for line in some[1:]]
        if found:
            yield found


def _row(line: bytes, width: int) -> Row:
    """The terms in a line; without a width, it is the header."""
    try:
        text = line.decode().removesuffix("\r")
    except UnicodeDecodeError as error:
        raise Unfit("what is no UTF-8") from error
    row = text.split("\t")
    if not width and _HEADER.fullmatch(text):
        return row
    if len(row) != width or not all(map(_TERM.fullmatch, row)):
        raise Unfit("a line that is no row")
    return row


def _lines(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The whole lines in each of some pieces, without their ends; raises Unfit for an endless one.

    What follows the last end of a line is a line too, if it is anything.
    """
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) > _LINE_BYTES:
            raise Unfit("a line without an end")
        yield whole
    if rest:
        yield [rest]
