"""What the columns of a table stand for, and tables that cannot be read."""

from typing import Any

import pyarrow as pa
import pytest
from tests.cohort.rows.flattened import Cohorts

from primum.foundation.errors import AmbiguousName, InvalidValue, QuestionError, UnknownParameter
from primum.model.naming import Names
from primum.model.terms import Term
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.table.mapping import mapping_of
from primum.use_cases.cohort.table.matching import match
from primum.use_cases.cohort.table.schema import COLUMNS, columns_table
from primum.use_cases.service import Primum

TEXT, NAIVE = pa.string(), pa.timestamp("us")


def schema_of(**columns: pa.DataType) -> pa.Schema:
    """A schema with these columns beside the injury."""
    return pa.schema({"injury": TEXT, **columns})


def test_the_table_of_columns_has_a_row_for_each_and_one_for_factors() -> None:
    """The documentation is made from the schema, so it names every column."""
    lines = columns_table().splitlines()
    assert len(lines) == len(COLUMNS) + 3
    assert all(f"| `{c.name}` | {c.kind} | " in lines[n + 2] for n, c in enumerate(COLUMNS))


@pytest.mark.parametrize(
    ("schema", "options", "where", "words"),
    [
        (pa.schema({"dx": TEXT}), Options(), "injury", "COLUMN=injury"),
        (schema_of(), Options(mapping={"grade": "gr"}), "gr", "'gr', mapped to 'grade'"),
        (schema_of(hours=TEXT, onset=TEXT), Options(), "hours", "both tell the onset"),
        (schema_of(day=TEXT, onset_not_after=TEXT), Options(), "day", "both tell the onset"),
        (schema_of(grade=pa.bool_()), Options(), "grade", "holds bool"),
        (schema_of(onset=pa.int64()), Options(), "onset", "holds int64"),
        (schema_of(at=pa.date32()), Options(rows=Rows.AUDIT), "treatment", "An audit needs"),
        (
            schema_of(at=pa.date32(), treatment=TEXT),
            Options(zone="UTC"),
            "at",
            "timestamps or text",
        ),
        (schema_of(factors=pa.list_(pa.int8())), Options(), "factors", "lists of text"),
        (schema_of(id=pa.float64()), Options(), "id", "whole numbers"),
        (schema_of(onset=NAIVE), Options(), "onset", "without a time zone"),
        (schema_of(onset=pa.date32()), Options(), "onset", "without a time zone"),
        (schema_of(onset=TEXT), Options(zone="Mars/Olympus"), "zone", "Europe/Berlin"),
        (schema_of(onset=TEXT), Options(zone="/etc/passwd"), "zone", "Europe/Berlin"),
        (schema_of(Fever=pa.bool_(), pyrexia=pa.bool_()), Options(), "pyrexia", "both tell of"),
        (schema_of(Fever=pa.list_(TEXT)), Options(), "Fever", "a patient factor is read from"),
        (schema_of(), Options(keep=("site",)), "site", "which is to be kept"),
        (schema_of(verdict=TEXT, treatment=TEXT), Options(keep=("verdict",)), "verdict", "Rename"),
        (schema_of(id=TEXT, x=TEXT), Options(mapping={"id": "x"}, keep=("id",)), "id", "Rename"),
        (pa.schema([("injury", TEXT), ("injury", TEXT)]), Options(), "injury", "2 columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_cannot_be_read_is_refused(
    cohorts: Cohorts, schema: pa.Schema, options: Options, where: str, words: str
) -> None:
    """The error says which column is at fault, what is there, and what is allowed."""
    batch = pa.RecordBatch.from_arrays([pa.nulls(0, f.type) for f in schema], schema=schema)
    with pytest.raises(InvalidValue, match=words) as raised:
        cohorts.of(batch, options)
    assert raised.value.where == where
    assert raised.value.allowed


def test_an_unknown_column_of_the_schema_is_told_with_those_that_there_are(
    primum: Primum,
) -> None:
    """A mapping names a column of the schema first, and one of the table after it."""
    with pytest.raises(UnknownParameter) as raised:
        match(schema_of(), Options(mapping={"diagnosis": "injury"}), primum.vocabulary.factors)
    assert list(raised.value.allowed) == [column.name for column in COLUMNS]


def test_a_flag_that_is_named_by_several_factors_is_refused() -> None:
    """A column of booleans that may mean two factors is no column to pass over."""
    factors = Names(
        "factor", [Term("a", "a", "A", synonyms=("c",)), Term("b", "b", "B", "", ("c",))]
    )
    with pytest.raises(AmbiguousName):
        match(schema_of(c=pa.bool_()), Options(), factors)


@pytest.mark.parametrize(
    ("columns", "options", "rows"),
    [
        ({}, Options(), Rows.PERSON),
        ({"treatment": TEXT}, Options(), Rows.AUDIT),
        ({"treatment": TEXT}, Options(rows=Rows.PERSON), Rows.PERSON),
        ({"drug": TEXT}, Options(mapping={"treatment": "drug"}), Rows.AUDIT),
    ],
    ids=str,
)
def test_a_column_of_treatments_makes_an_audit(
    primum: Primum, columns: dict[str, Any], options: Options, rows: Rows
) -> None:
    """Unless the caller says otherwise, the columns tell what a row stands for."""
    found = match(schema_of(**columns), options, primum.vocabulary.factors)
    assert found.rows is rows


def test_columns_that_mean_nothing_are_told(primum: Primum) -> None:
    """What is neither of the schema, nor a factor, nor kept, is ignored, and that is known."""
    columns = {"site": TEXT, "note": TEXT, "Fever": pa.bool_(), "treatment": TEXT, "at": TEXT}
    options = Options(rows=Rows.PERSON, keep=("site",))
    found = match(schema_of(**columns), options, primum.vocabulary.factors)
    assert found.ignored == ("note", "treatment", "at")


def test_a_mapped_column_hides_one_of_the_name(cohorts: Cohorts) -> None:
    """Where a column is mapped, one that bears the schema's own name is not read."""
    batch = pa.RecordBatch.from_pydict({"injury": ["nonsense"], "dx": ["HamstringStrain"]})
    cohort = cohorts.of(batch, Options(mapping={"injury": "dx"}))
    assert cohort.ignored == ("injury",)
    assert cohort.answer(batch).to_pylist()[0]["faults"] is None


def test_columns_are_kept_as_they_are(cohorts: Cohorts) -> None:
    """Answers repeat what is to be kept, after the id, in every form."""
    batch = pa.RecordBatch.from_pydict({"id": [7], "injury": ["AnkleSprain"], "site": [["x"]]})
    for long in (False, True):
        options = Options(keep=("site", "injury"), long=long)
        answer = cohorts.answers(batch, options)[0]
        assert list(answer)[:4] == ["row", "id", "site", "injury"]
        assert (answer["id"], answer["site"], answer["injury"]) == (7, ["x"], "AnkleSprain")


def test_every_error_of_columns_is_one_of_the_question() -> None:
    """Front ends turn them into wrong use."""
    assert issubclass(InvalidValue, QuestionError)


def test_a_column_may_be_mapped_to_a_factor(primum: Primum) -> None:
    """A column of any name tells of the factor that it is mapped to, by any of its names."""
    factor = primum.release.knowledge.factors[0]
    schema = pa.schema({"injury": TEXT, "seen": pa.bool_()})
    matched = match(schema, Options(mapping={factor.slug: "seen"}), primum.vocabulary.factors)
    assert {"seen": factor} == matched.flags
    assert matched.ignored == ()


def test_pairs_are_read_from_column_to_field() -> None:
    """The first name of a pair is the input's; the other way round only where it must be."""
    assert mapping_of([("diagnosis", "injury")]) == {"injury": "diagnosis"}
    assert mapping_of([("injury", "diagnosis")]) == {"injury": "diagnosis"}
    assert mapping_of([("treatment", "injury")]) == {"injury": "treatment"}
    with pytest.raises(InvalidValue, match="mapped to 'injury'"):
        mapping_of([("one", "injury"), ("two", "injury")])
