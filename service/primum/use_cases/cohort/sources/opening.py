"""From what a caller names to a source of rows."""

from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.sources.csv import CsvSource
from primum.use_cases.cohort.sources.found import Form, find
from primum.use_cases.cohort.sources.ndjson import NdjsonSource
from primum.use_cases.cohort.sources.parquet import ParquetSource
from primum.use_cases.cohort.sources.rows import RowsOfLines
from primum.use_cases.cohort.sources.source import Source
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.service import Primum


def open_source(where: str, primum: Primum, options: Options) -> Source:
    """The rows of a file, a folder or a glob; raises QuestionError where they cannot be read."""
    found = find(where)
    if found.form is Form.NDJSON:
        return NdjsonSource(found.paths, RowsOfLines(primum, options))
    required = [options.mapping.get(name, name) for name in _required(options)]
    if found.form is Form.CSV:
        return CsvSource(found.paths, required)
    return ParquetSource(found.paths, required)


def _required(options: Options) -> tuple[str, ...]:
    """The columns that no file may lack where another has them."""
    if options.rows is Rows.PERSON:
        return (table.INJURY,)
    return (table.INJURY, table.TREATMENT)
