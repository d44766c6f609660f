"""Sheets as files: tab-separated as Primum writes them, and as spreadsheet programs save them.

Excel and LibreOffice save the same rows in many ways: with a byte order mark or without, with
commas or semicolons for tabs, in UTF-16, quoted throughout or not at all. All of these are read.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from primum.foundation.errors import UnreadableBody
from primum.use_cases.spreadsheet.cells import guarded, tidy

_DELIMITERS: Final = "\t;,"
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WORKBOOK: Final = b"PK\x03\x04"
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its number, counted from 1 with the headings, and its cells."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings of a sheet and its rows; rows that hold nothing are left out."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The sheet as tab-separated text that ends its lines with a line feed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def read_table(content: bytes, *, first: str) -> Table:
    """The rows of a file, their cells tidied; `first` is a heading that the sheet must have.

    Raises UnreadableBody where the file is no text or holds no such heading.
    """
    text = _decoded(content)
    headings_line = text.lstrip("\ufeff\r\n").partition("\n")[0]
    for delimiter in sorted(_DELIMITERS, key=headings_line.count, reverse=True):
        try:
            lines = _lines(text, delimiter)
        except csv.Error as error:
            raise UnreadableBody(f"The file is no sheet: {error}.") from error
        headings = tuple(tidy(cell) for cell in next(iter(lines), []))
        if first in headings:
            return Table(headings, tuple(_rows(headings, lines[1:])))
    raise UnreadableBody(
        f"The first row has no heading {first!r}. Start from a sheet that `primum template write` "
        "made, keep its first row, and save it as tab-separated text or CSV in UTF-8.",
        found=headings_line[:80],
    )


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark."""
    if content.startswith(_WORKBOOK):
        raise UnreadableBody(
            "The file is a workbook. Save the sheet as text: in LibreOffice as Text CSV, in Excel "
            "as CSV UTF-8 or Unicode text."
        )
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableBody(
            f"The file is not in UTF-8: byte {error.start} is none of it. Save it again, and "
            "choose UTF-8 as its encoding (in Excel: CSV UTF-8, or Unicode text)."
        ) from error


def _lines(text: str, delimiter: str) -> list[list[str]]:
    """All rows, as lists of cells."""
    csv.field_size_limit(_MOST)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _rows(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[Row]:
    """The rows that hold anything; cells beyond the headings stand under the heading ""."""
    for number, line in enumerate(lines, start=2):
        cells = [tidy(cell) for cell in line]
        beyond = " ".join(cells[len(headings) :]).strip()
        named = dict(zip(headings, cells, strict=False))
        if any(cells):
            yield Row(number, {**named, "": f"{named.get('', '')} {beyond}".strip()})
