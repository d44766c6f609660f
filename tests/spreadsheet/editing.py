"""Sheets as a person edits them: rows of cells by heading, saved as a spreadsheet program would."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

ID = "id"


@dataclass(frozen=True, slots=True)
class Grid:
    """The headings of a sheet and its rows of cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """The grid of tab-separated text, cells as a program shows them."""
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter="\t"))
        return cls(tuple(lines[0]), tuple(map(tuple, lines[1:])))

    @property
    def by_id(self) -> dict[str, dict[str, str]]:
        """The cells of each row by heading, the column of marks left out."""
        plain = self.headings[:-1]
        return {row[0]: dict(zip(plain, row, strict=False)) for row in self.rows}

    def edited(self, id: str, /, cells: Mapping[str, str]) -> Self:
        """The grid with other cells in the row of an id."""
        assert id in self.by_id, id
        rows = [self._with(row, cells) if row[0] == id else row for row in self.rows]
        return type(self)(self.headings, tuple(rows))

    def added(self, cells: Mapping[str, str]) -> Self:
        """The grid with a row more at its end."""
        return type(self)(
            self.headings, (*self.rows, self._with(("",) * len(self.headings), cells))
        )

    def copied(self, id: str, /, cells: Mapping[str, str]) -> Self:
        """The grid with a copy of a row at its end, mark and all, some cells edited."""
        row = next(row for row in self.rows if row[0] == id)
        return type(self)(self.headings, (*self.rows, self._with(row, cells)))

    def without(self, *ids: str) -> Self:
        """The grid without the rows of some ids."""
        return type(self)(self.headings, tuple(row for row in self.rows if row[0] not in ids))

    def columns(self, headings: Iterable[str]) -> Self:
        """The grid with these columns alone, in this order."""
        places = [self.headings.index(heading) for heading in headings]
        rows = tuple(tuple(row[place] for place in places) for row in self.rows)
        return type(self)(tuple(self.headings[place] for place in places), rows)

    def renamed(self, heading: str, /, other: str) -> Self:
        """The grid with another heading for one column."""
        return type(self)(tuple(other if h == heading else h for h in self.headings), self.rows)

    def save(self, *, delimiter: str = "\t", ending: str = "\n", quoted: bool = False) -> bytes:
        """The grid as a file in UTF-8."""
        text = io.StringIO()
        writer = csv.writer(
            text,
            delimiter=delimiter,
            lineterminator=ending,
            quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
        )
        writer.writerows((self.headings, *self.rows))
        return text.getvalue().encode()

    def _with(self, row: tuple[str, ...], cells: Mapping[str, str]) -> tuple[str, ...]:
        """A row with other cells."""
        assert set(cells) <= set(self.headings), cells
        return tuple(cells.get(h, text) for h, text in zip(self.headings, row, strict=True))
