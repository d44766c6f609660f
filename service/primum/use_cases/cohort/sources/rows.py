"""One line of JSON as rows of columns of text."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from primum.model.naming import Names
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.sources.flat import CaseRecords, NotValid, Row, is_record
from primum.use_cases.cohort.sources.lines import Line
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.service import Primum

Json = Mapping[str, Any]
BETWEEN: Final = ";"


class NotARow(Exception):
    """A line that is no row: what stands there, and what is wrong with it."""

    def __init__(self, row: Json, why: str = "", faults: tuple[Json, ...] = ()) -> None:
        """Keep what is wrong."""
        super().__init__(why)
        self.row, self.why, self.faults = row, why, faults


class RowsOfLines:
    """Makes rows of lines, under the names that the columns have in the input.

    `told` are the members that the caller maps to a patient factor.
    """

    def __init__(self, primum: Primum, options: Options) -> None:
        """Keep the names of the columns and of the factors."""
        self._mapping = options.mapping
        self.told = tuple(o for name, o in options.mapping.items() if name not in table.BY_NAME)
        self._read = {*map(self.column, table.BY_NAME), *self.told, *options.keep}
        self._factors: Names = primum.vocabulary.factors
        self._records = CaseRecords(primum)
        self._flags: dict[str, bool] = {}

    def column(self, name: str) -> str:
        """What a column of the schema is called in the input."""
        return self._mapping.get(name, name)

    def is_flag(self, key: str) -> bool:
        """Whether a member tells of a patient factor."""
        found = self._flags.get(key)
        if found is None:
            term = self._factors.known(key) or self._factors.known(key.replace("_", " "))
            found = self._flags[key] = key not in self._read and term is not None
        return found

    def rows(self, line: Line, known: frozenset[str], *, audit: bool) -> list[Row]:
        """The rows of a line, with the columns that are known; raises NotARow where it has none."""
        document = line.document
        if document is None:
            raise NotARow({"text": line.text.decode(errors="replace")}, line.why)
        if is_record(document):
            return self._of_record(document, audit=audit)
        if document.keys() <= known:
            return [document]
        return [self._of_columns(document, known)]

    def _of_record(self, document: Json, *, audit: bool) -> list[Row]:
        """The rows of a case record."""
        try:
            rows = self._records.rows(document, audit=audit)
        except NotValid as error:
            raise NotARow(document, faults=error.faults) from None
        named = [{self.column(name): value for name, value in row.items()} for row in rows]
        return named if self._mapping else rows

    def _of_columns(self, document: Json, known: frozenset[str]) -> Row:
        """The row of an object, with the factors that its members tell of in the lists."""
        row = {key: value for key, value in document.items() if key in known}
        for key, value in document.items():
            if key in known or value is None:
                continue
            if self.is_flag(key):
                told = key if _is_flag(value) else f"{key}={value}"
                _add(row, self.column(_list_of(value)), told)
            elif key in self._read:
                raise NotARow(document, f"The member {key!r} stands in none of the first lines.")
        return row


def _is_flag(value: Any) -> bool:
    """Whether a value says that a factor is present, or that it is absent."""
    return type(value) is bool


def _list_of(value: Any) -> str:
    """The list that a factor belongs in."""
    return table.ABSENT if value is False else table.PRESENT


def _add(row: Row, column: str, factor: str) -> None:
    """Add a factor to a list."""
    before = text(row.get(column))
    row[column] = factor if not before else f"{before}{BETWEEN}{factor}"


def text(value: Any) -> str | None:
    """A value as text: a list of names with a separator between them, an object as JSON."""
    if value is None or type(value) is str:
        return value
    if type(value) is list and all(type(each) is str for each in value):
        return BETWEEN.join(value) or None
    return msgspec.json.encode(value).decode()
