"""The open files of one part."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from primum.use_cases.cohort.graph.graph import Graph
from primum.use_cases.cohort.running.folder import Folder

COMPRESSION: Final = "zstd"
_NEWLINE: Final = b"\n"
_ROW: Final = "row"
_ENCODER: Final = msgspec.json.Encoder(enc_hook=str)


class Writers:
    """Writes answers, rejects where there are some, and reasons and RDF where they are wanted."""

    def __init__(
        self,
        folder: Folder,
        number: int,
        schema: pa.Schema,
        reasons: pa.Schema | None = None,
        graph: Graph | None = None,
    ) -> None:
        """Know the places; what an earlier run has left in them is written over."""
        self._folder, self._number = folder, number
        self._schema, self._reasons_schema = schema, reasons
        # A graph remembers the row before, so that each part has its own.
        self._graph = None if graph is None else replace(graph)
        self._open = ExitStack()
        self._rejects: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Open the files that any part has."""
        self._folder.rejects(self._number).unlink(missing_ok=True)
        self._answers = self._parquet(self._folder.part(self._number), self._schema)
        if self._reasons_schema is not None:
            path = self._folder.reasons_part(self._number)
            path.parent.mkdir(exist_ok=True)
            self._reasons = self._parquet(path, self._reasons_schema)
        if self._graph is not None:
            path = self._folder.rdf_part(self._number)
            path.parent.mkdir(exist_ok=True)
            self._triples = self._open.enter_context(path.open("wb"))
            self._graph.begin(self._triples)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Close all files."""
        self._open.close()

    def write(self, answers: pa.RecordBatch) -> None:
        """Write answers."""
        self._answers.write_batch(answers)

    def explain(self, reasons: pa.RecordBatch) -> None:
        """Write reasons."""
        self._reasons.write_batch(reasons)

    def describe(self, rows: pa.RecordBatch, answers: pa.RecordBatch) -> None:
        """Write rows and the answers to them as RDF, where that is wanted."""
        if self._graph is not None:
            self._graph.write(rows, answers, self._triples)

    def reject(self, rejects: Sequence[Mapping[str, Any]]) -> None:
        """Write rejects, a line each."""
        if not rejects:
            return
        if self._rejects is None:
            path = self._folder.rejects(self._number)
            self._rejects = self._open.enter_context(path.open("wb"))
        self._rejects.writelines(_ENCODER.encode(each) + _NEWLINE for each in rejects)

    def _parquet(self, path: Path, schema: pa.Schema) -> pq.ParquetWriter:
        """An open Parquet file."""
        return self._open.enter_context(parquet(path, schema))


def parquet(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A Parquet file for answers: words by their dictionaries, numbers as they are."""
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    return pq.ParquetWriter(
        path,
        schema,
        compression=COMPRESSION,
        use_dictionary=words,
        column_encoding={_ROW: "DELTA_BINARY_PACKED"},
    )
