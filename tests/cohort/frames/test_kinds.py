"""Every kind of table is answered alike, and gives its own kind back."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

import primum
from primum.foundation.errors import InvalidValue

Answers = list[dict[str, object]]


class Exported:
    """A table of another library, of which nothing is known but that it is a stream of Arrow."""

    def __init__(self, table: pa.Table) -> None:
        """Hold a table."""
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream."""
        return self._table.__arrow_c_stream__(requested_schema)


KINDS: dict[str, tuple[Callable[[pa.Table], Any], type]] = {
    "table": (lambda table: table, pa.Table),
    "batch": (lambda table: table.combine_chunks().to_batches()[0], pa.RecordBatch),
    "reader": (lambda table: table.to_reader(max_chunksize=64), pa.RecordBatchReader),
    "dataset": (ds.dataset, pa.RecordBatchReader),
    "stream": (Exported, pa.Table),
    "duckdb": (lambda table: duckdb.connect().from_arrow(table), pa.Table),
    "polars": (pl.from_arrow, pl.DataFrame),
    "lazy": (lambda table: pl.DataFrame(pl.from_arrow(table)).lazy(), pl.LazyFrame),
    "pandas": (lambda table: table.to_pandas(), pd.DataFrame),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_that_comes_goes_out_with_the_same_answers(
    kind: str, table: pa.Table, answers: Answers
) -> None:
    """A table of each kind has the answers that an Arrow table has, in its own kind."""
    make, expected = KINDS[kind]
    given = primum.cohort(make(table))
    assert isinstance(given, expected)
    assert as_rows(given) == answers


def test_bad_rows_stay_in_their_places(table: pa.Table, answers: Answers) -> None:
    """Each row of the table has one row of answers; a bad one has faults and nothing else."""
    assert [row["row"] for row in answers] == list(range(1, table.num_rows + 1))
    bad = [row for row in answers if row["faults"] is not None]
    assert 0 < len(bad) < table.num_rows / 2
    assert {row["verdict"] for row in bad} == {None}
    assert None not in {row["verdict"] for row in answers if row["faults"] is None}


@pytest.mark.parametrize("wrong", [None, 7, [{"injury": "x"}], "table.parquet", pl.Series([1])])
def test_what_is_no_table_is_refused_with_what_is_taken(wrong: object) -> None:
    """Anything else is an error that lists the kinds of tables there are."""
    with pytest.raises(InvalidValue, match="a pandas DataFrame, a Polars DataFrame") as caught:
        primum.cohort(wrong)
    assert caught.value.where == "table"


def test_an_unknown_choice_is_refused(table: pa.Table) -> None:
    """A form of rows that there is not is an error with the ones there are."""
    with pytest.raises(InvalidValue) as caught:
        primum.cohort(table, rows="visit")
    assert caught.value.allowed == ("audit", "person")


def test_columns_are_mapped_and_kept(table: pa.Table, answers: Answers) -> None:
    """A column goes by the name that the caller maps, and comes back where it is to be kept."""
    renamed = table.rename_columns(
        ["diagnosis" if name == "injury" else name for name in table.column_names]
    )
    given = primum.cohort(renamed, map={"injury": "diagnosis"}, keep=["diagnosis"])
    assert given["diagnosis"].to_pylist() == table["injury"].to_pylist()
    plain = [row for row in given.drop_columns("diagnosis").to_pylist() if not row["faults"]]
    assert plain == [row for row in answers if not row["faults"]]


@pytest.mark.parametrize("kind", ["table", "polars", "lazy", "pandas"])
def test_a_person_has_as_many_rows_as_treatments_in_the_long_form(
    kind: str, table: pa.Table
) -> None:
    """In the long form the answers of a good row follow each other, numbered as the row is."""
    few = table.slice(0, 40)
    rows = as_rows(primum.cohort(KINDS[kind][0](few), rows="person", long=True))
    compact = as_rows(primum.cohort(KINDS[kind][0](few), rows="person"))
    good = [row["row"] for row in compact if row["faults"] is None]
    assert len(compact) == 40
    numbers = [row["row"] for row in rows if row["faults"] is None]
    many = len(numbers) // len(good)
    assert many > 1
    assert numbers == [number for number in good for _ in range(many)]


def test_reasons_are_given_instead_on_request(table: pa.Table, answers: Answers) -> None:
    """The table of reasons has, for a row that a rule decides, that rule."""
    reasons = primum.cohort(table, reasons=True).to_pylist()
    found = {(row["row"], row["treatment"], row["rule"]) for row in reasons}
    decided = {(row["row"], row["treatment"], row["rule"]) for row in answers if row["rule"]}
    assert decided
    assert decided <= found


def as_rows(given: Any) -> Answers:
    """The rows of answers of any kind."""
    if isinstance(given, pl.LazyFrame):
        given = given.collect(engine="streaming")
    if isinstance(given, pl.DataFrame):
        given = given.to_arrow()
    if isinstance(given, pa.RecordBatchReader):
        given = given.read_all()
    if isinstance(given, pd.DataFrame):
        given = pa.Table.from_pandas(given, preserve_index=False)
    found: Answers = given.to_pylist()
    return found
