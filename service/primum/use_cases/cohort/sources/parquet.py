"""Rows from Parquet files: each worker reads its own row groups.

A chunk is as many whole row groups as reach its size, because a row group cannot be entered in its
middle without reading what stands before. It may span several small files.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from primum.foundation.errors import UnreadableBody
from primum.use_cases.cohort.sources.columns import as_wanted, rows_of, together
from primum.use_cases.cohort.sources.source import BATCH_ROWS, CHUNK_ROWS, Chunk, Piece
from primum.use_cases.cohort.table.column_types import is_list, is_text

_FEW_BYTES: Final = 4
"""Bytes that a value takes in the file, at most, where many values are the same."""


@dataclass(frozen=True, slots=True)
class _Group:
    """One row group: its file, its number there, the rows before it in the file, its rows.

    `repeated` are the columns of the file whose texts repeat themselves, and where these are.
    """

    path: Path
    number: int
    before: int
    rows: int
    repeated: Mapping[str, str]


class ParquetSource:
    """The rows of Parquet files; text that repeats itself is read as dictionaries."""

    unit: Final = "rows"

    def __init__(self, paths: Iterable[Path], required: Iterable[str] = ()) -> None:
        """Read the footers of all files; raises QuestionError where they do not go together."""
        self._groups: list[_Group] = []
        schemas = []
        for path in paths:
            with _opened(path) as file:
                schemas.append((str(path), file.schema_arrow.remove_metadata()))
                self._groups += _groups(path, file)
        self.files = tuple(name for name, _ in schemas)
        self.schema = together(schemas, required)
        self.total = sum(group.rows for group in self._groups)

    def chunks(self, columns: list[str], rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The chunks, each of the row groups that reach its size."""
        wanted = pa.schema([self.schema.field(name) for name in columns])
        first = 0
        for number, groups in enumerate(_packed(self._groups, rows)):
            amount = sum(group.rows for group in groups)
            yield Chunk(number, first, amount, _pieces(groups, wanted))
            first += amount


def _groups(path: Path, file: pq.ParquetFile) -> Iterator[_Group]:
    """The row groups of a file that have rows."""
    before, metadata, repeated = 0, file.metadata, _repeated(file)
    for number in range(metadata.num_row_groups):
        rows = metadata.row_group(number).num_rows
        if rows:
            yield _Group(path, number, before, rows, repeated)
        before += rows


def _repeated(file: pq.ParquetFile) -> dict[str, str]:
    """The columns whose texts take so little room that they must repeat themselves.

    Each has the path of its texts in the file, which for a column of lists goes into the lists.
    """
    if not file.metadata.num_row_groups:
        return {}
    group = file.metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    paths = [column.path_in_schema for column in columns]
    small = {
        path
        for path, column in zip(paths, columns, strict=True)
        if column.has_dictionary_page
        and column.total_uncompressed_size <= _FEW_BYTES * column.num_values
    }
    texts = {field.name: field.name for field in file.schema_arrow if is_text(field.type)}
    for name in [field.name for field in file.schema_arrow if is_list(field.type)]:
        within = (path for path in paths if path.startswith(f"{name}.") and path not in texts)
        texts[name] = next(within, "")
    return {name: path for name, path in texts.items() if path in small}


def _packed(groups: Iterable[_Group], rows: int) -> Iterator[list[_Group]]:
    """The row groups of each chunk."""
    packed: list[_Group] = []
    held = 0
    for group in groups:
        packed.append(group)
        held += group.rows
        if held >= rows:
            yield packed
            packed, held = [], 0
    if packed:
        yield packed


def _pieces(groups: list[_Group], wanted: pa.Schema) -> Iterator[Piece]:
    """The pieces of a chunk."""
    for group in groups:
        encoded = [path for name, path in group.repeated.items() if name in wanted.names]
        with _opened(group.path, encoded) as file:
            there = [name for name in wanted.names if name in file.schema_arrow.names]
            line = group.before + 1
            for batch in file.iter_batches(
                BATCH_ROWS, row_groups=[group.number], columns=there, use_threads=False
            ):
                whole = as_wanted(batch, wanted)
                yield Piece(whole, str(group.path), len(whole), line, rows_of(whole))
                line += len(whole)


@contextmanager
def _opened(path: Path, encoded: Iterable[str] = ()) -> Iterator[pq.ParquetFile]:
    """An open Parquet file; raises UnreadableBody where it is none, or is cut off."""
    try:
        with pq.ParquetFile(path, read_dictionary=list(encoded)) as file:
            yield file
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableBody(
            f"{path} cannot be read as Parquet: {error}", where=str(path), allowed=("Parquet",)
        ) from error
