"""The ways to answer a cohort, and to merely read it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from tests.bench.cohort_files import File
from tests.bench.cohort_sql import levels

from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.plan import Order
from primum.use_cases.cohort.running.run import Run
from primum.use_cases.cohort.sources.source import BATCH_ROWS, Piece
from primum.use_cases.service import Primum

CORES: Final = os.cpu_count() or 1
ARROW, DUCKDB = "scan, pyarrow", "scan, DuckDB"
SCANS: Final = (ARROW, DUCKDB)
ARRAYS, VALUES, WRITTEN = "decided, as arrays", "as readable values", "written to Parquet"
FIRST: Final = f"{ARRAYS}, asked for the first time"
Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Answering:
    """A cohort in a file, and what answers it."""

    primum: Primum
    file: File
    cohort: Cohort

    @classmethod
    def of(cls, primum: Primum, file: File) -> "Answering":
        """What answers a file."""
        options = Options(rows=file.rows)
        return cls(primum, file, Cohort.of(primum, file.source(primum).schema, options))

    @property
    def columns(self) -> list[str]:
        """The columns that are needed."""
        names = self.file.source(self.primum).schema.names
        return [name for name in names if name not in self.cohort.ignored]

    def pieces(self) -> Iterator[Piece]:
        """The rows, as a run reads them."""
        for chunk in self.file.source(self.primum).chunks(self.columns):
            yield from chunk.pieces

    def arrays(self) -> None:
        """Read and decide everything, in one thread."""
        for piece in self.pieces():
            self.cohort._found(piece.batch)

    def afresh(self) -> None:
        """The same, as if no record had been decided before."""
        Answering.of(self.primum, self.file).arrays()

    def values(self) -> None:
        """The same, and write the answers with their words."""
        for piece in self.pieces():
            self.cohort.answer(piece.batch)

    def answers(self) -> pa.Table:
        """The answers to all rows."""
        batches = [self.cohort.answer(piece.batch) for piece in self.pieces()]
        return pa.Table.from_batches(batches).unify_dictionaries()

    def run(self, output: Path) -> None:
        """A whole run into a folder, in as many threads as there are cores."""
        shutil.rmtree(output, ignore_errors=True)
        order = Order(output, workers=CORES)
        source, options = self.file.source(self.primum), Options(rows=self.file.rows)
        Run(self.primum, source, options, order)(lambda _: None, lambda _, __: None)

    def scan(self, *, threads: int) -> dict[str, Call]:
        """Read the needed columns and do nothing with them, into batches of Arrow."""
        many = threads > 1
        return {
            ARROW: lambda: _by_arrow(self.file.path, self.columns, many=many),
            DUCKDB: lambda: _by_duckdb(self.file.path, self.columns, threads),
        }


def _by_arrow(path: Path, columns: list[str], *, many: bool) -> int:
    """The rows that pyarrow reads."""
    with pq.ParquetFile(path) as file:
        read = file.iter_batches(BATCH_ROWS, columns=columns, use_threads=many)
        return sum(len(batch) for batch in read)


def _by_duckdb(path: Path, columns: list[str], threads: int) -> int:
    """The rows that DuckDB reads."""
    with duckdb.connect(config={"threads": threads}) as con:
        listed = ", ".join(f'"{name}"' for name in columns)
        found = con.sql(f"SELECT {listed} FROM read_parquet('{path}')")
        return sum(len(batch) for batch in found.to_arrow_reader(BATCH_ROWS))


def by_join(con: duckdb.DuckDBPyConnection, file: File) -> dict[int, list[int]]:
    """The sets of treatments that the plain SQL join finds for each row."""
    return {row: sets for row, *sets in con.execute(_join(file)).fetchall()}


def joined(con: duckdb.DuckDBPyConnection, file: File) -> int:
    """The same, to batches of Arrow alone."""
    return sum(len(batch) for batch in con.sql(_join(file)).to_arrow_reader(BATCH_ROWS))


def _join(file: File) -> str:
    """The query over a file of known records."""
    return levels(f"read_parquet('{file.path}')")


def ranks(row: dict[str, Any], names: list[str]) -> dict[str, tuple[int, int]]:
    """The certain and the possible rank of each treatment in a compact answer."""
    found = {name: [0, 0] for name in names}
    for place, holds in enumerate(("certain", "possible")):
        for rank, level in enumerate(("precaution", "relative", "absolute"), start=1):
            for name in row[f"{holds}_{level}"].split():
                found[name][place] = rank
    return {name: (certain, possible) for name, (certain, possible) in found.items()}
