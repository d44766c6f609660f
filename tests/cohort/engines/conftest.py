"""Spark, where `make test` could install it, and a cohort with good and bad rows in three forms."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from tests.cohort.engines.set_up import READY, SPARK

from primum.use_cases.cohort.engines.spark_session import session

Rows = list[dict[str, Any]]
Write = Callable[[Rows, str], Path]


@pytest.fixture(scope="module")
def pyspark() -> Iterator[None]:
    """Pyspark on the path of this process, or a skip that says what is missing."""
    if not (SPARK / READY).is_file():
        pytest.skip("Spark is not in build/spark: run tests/cohort/engines/set_up.py, with Java")
    sys.path.insert(0, str(SPARK))
    os.environ["SPARK_HOME"] = str(SPARK / "pyspark")
    yield
    del os.environ["SPARK_HOME"]
    sys.path.remove(str(SPARK))


@pytest.fixture(scope="module")
def spark(pyspark: None) -> Iterator[Any]:  # noqa: ARG001 - has to be there first
    """One session of Spark on this machine, for all tests of a module."""
    with session("local[2]") as spark:
        yield spark


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as a file of one of the three forms."""

    def file(rows: Rows, form: str) -> Path:
        path = tmp_path / f"in.{form}"
        if form == "ndjson":
            path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
            return path
        columns = {name: [_flat(row.get(name), form) for row in rows] for name in _columns(rows)}
        if form == "csv":
            pa_csv.write_csv(pa.table(columns), path)
        else:
            pq.write_table(pa.table(columns), path, row_group_size=64)
        return path

    return file


def _columns(rows: Rows) -> list[str]:
    """All columns that some row has."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _flat(value: Any, form: str) -> Any:
    """A value as a cell: CSV holds text alone."""
    if form != "csv" or value is None:
        return value
    return ";".join(value) if isinstance(value, list) else str(value)
