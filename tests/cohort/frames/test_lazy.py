"""Nothing is read before it is asked for, and nothing is loaded twice."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

import primum
from primum.foundation.errors import QuestionError
from primum.use_cases.cohort.frames.frames import loaded


class Counted:
    """Batches of a table, and how many of them were taken."""

    def __init__(self, table: pa.Table, *, rows: int) -> None:
        """Cut a table into batches."""
        self.schema, self.taken = table.schema, 0
        self._batches = table.combine_chunks().to_batches(max_chunksize=rows)

    def reader(self) -> pa.RecordBatchReader:
        """A reader that counts."""
        return pa.RecordBatchReader.from_batches(self.schema, self._each())

    def _each(self) -> Iterator[pa.RecordBatch]:
        """The batches."""
        for batch in self._batches:
            self.taken += 1
            yield batch


def test_a_reader_takes_a_batch_for_a_batch(table: pa.Table) -> None:
    """A reader of answers has read nothing at first, and then as many batches as were asked for."""
    counted = Counted(table, rows=50)
    answers = primum.cohort(counted.reader())
    assert counted.taken == 0
    first = answers.read_next_batch()
    assert (counted.taken, first.num_rows) == (1, 50)
    second = answers.read_next_batch()
    assert counted.taken == 2
    assert second["row"].to_pylist() == list(range(51, 101))


def test_a_large_batch_is_answered_piece_by_piece(table: pa.Table) -> None:
    """A batch of more rows than are answered at once gives several, numbered through."""
    large = pa.concat_tables([table.select(["injury"])] * 200).combine_chunks()
    answers = primum.cohort(large.to_reader())
    sizes = [batch.num_rows for batch in answers]
    assert len(sizes) == 2
    assert sum(sizes) == large.num_rows


def test_a_dataset_is_read_for_the_columns_that_are_needed(table: pa.Table, tmp_path: Path) -> None:
    """Of a file, columns of which nothing is made are not read, even where they cannot be."""
    more = table.append_column("weight", pa.array(range(table.num_rows)))
    pq.write_table(more, tmp_path / "cohort.parquet")
    answers = primum.cohort(ds.dataset(tmp_path / "cohort.parquet"))
    assert "weight" not in answers.schema.names
    assert answers.read_all().equals(primum.cohort(table))


def test_a_lazy_frame_is_not_collected(table: pa.Table) -> None:
    """The rows of a lazy frame are made when its answers are collected, and only then."""
    seen: list[int] = []

    def watch(frame: pl.DataFrame) -> pl.DataFrame:
        seen.append(frame.height)
        return frame

    frame = pl.DataFrame(pl.from_arrow(table)).lazy()
    watched = frame.map_batches(watch, schema=frame.collect_schema())
    answers = primum.cohort(watched)
    assert answers.collect_schema().names()[:2] == ["row", "id"]
    assert seen == []
    assert answers.collect().height == table.num_rows
    assert seen == [table.num_rows]


def test_columns_of_a_lazy_frame_are_judged_at_once() -> None:
    """A lazy frame without injuries is refused before anything is collected."""
    with pytest.raises(QuestionError, match="injury"):
        primum.cohort(pl.LazyFrame({"age": [3]}))


def test_a_release_is_loaded_once() -> None:
    """Two calls over the same knowledge share what was loaded."""
    assert loaded(None) is loaded(None)


def test_importing_the_package_brings_nothing_heavy() -> None:
    """`import primum` loads no other library, nor any module of the package."""
    heavy = ("pyarrow", "numpy", "pandas", "polars", "pyoxigraph", "primum.")
    code = (
        f"import sys, primum; print([name for name in sys.modules if name.startswith({heavy!r})])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("missing", ["pyarrow", "numpy"])
def test_a_missing_library_is_told_with_what_to_install(missing: str) -> None:
    """Without Arrow, a call is an error that names the extra that brings it."""
    code = f"import sys; sys.modules[{missing!r}] = None\nimport primum\nprimum.cohort(1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told = done.stderr.strip().splitlines()[-1]
    assert told.startswith("primum.foundation.errors.MissingTool: A cohort needs ")
    assert "pip install 'primum[cohort]'" in told
