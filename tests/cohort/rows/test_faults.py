"""What is told of rows that cannot be answered."""

import json
from typing import Any

import pyarrow as pa
import pytest
from tests.cohort.rows.flattened import AUDIT, PERSON, Cohorts, batch_of

from primum.use_cases.cohort.options import Options, Rows

GOOD = {
    "injury": "HamstringStrain",
    "onset": "2026-11-19T10:00:00Z",
    "treatment": "Massage",
    "at": "2026-11-22T10:00:00Z",
}


def faults_of(cohorts: Cohorts, batch: pa.RecordBatch, options: Options = AUDIT) -> list[Any]:
    """The faults of the only row of a batch."""
    (answer,) = cohorts.answers(batch, options)
    told: list[Any] = json.loads(answer["faults"])
    blank = {name for name, value in answer.items() if value is not None}
    assert blank <= {"row", "id", "knowledge", "faults"}
    return told


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"injury": "nonsense"}, [("injury-unknown", "injury")]),
        ({"injury": None}, [("injury-no-type", "injury")]),
        ({"treatment": "nonsense"}, [("treatment-unknown", "treatment")]),
        ({"treatment": None}, [("treatment-no-type", "treatment")]),
        ({"grade": "4"}, [("grade-invalid", "grade")]),
        ({"grade": "1.5"}, [("grade-invalid", "grade")]),
        ({"injury": "IliotibialBandSyndrome", "grade": "2"}, [("grade-of-ungraded", "grade")]),
        ({"side": "middle"}, [("side-unknown", "side")]),
        ({"id": "x" * 201}, [("record-id-invalid", "id")]),
        ({"age": "121"}, [("age-invalid", "age")]),
        ({"onset": "2026-11-19"}, [("onset-invalid", "onset")]),
        ({"assessed_at": "soon"}, [("assessed-at-invalid", "assessed_at")]),
        ({"at": "2026-11-22"}, [("treatment-at-invalid", "at")]),
        ({"at": "2026-11-18T10:00:00Z"}, [("treatment-before-onset", "at")]),
        ({"assessed_at": "2026-11-18T10:00:00Z"}, [("onset-after-assessment", "onset")]),
        (
            {"onset": None, "onset_not_before": "2026-11-23T10:00:00Z"},
            [("treatment-before-onset-interval", "at")],
        ),
        (
            {
                "onset": None,
                "onset_not_before": "2026-11-19T10:00:00Z",
                "onset_not_after": "2026-11-18T10:00:00Z",
            },
            [("onset-ends-before-it-begins", "onset_not_before")],
        ),
        ({"onset_not_after": "2026-11-20T10:00:00Z"}, [("onset-twice", "onset")]),
        ({"factors": ["Fever", "nonsense"]}, [("factor-present-unknown", "factors")]),
        (
            {"factors": ["Fever"], "factors_absent": ["Pregnancy", "fever"]},
            [("factor-present-and-absent", "factors_absent")],
        ),
        (
            {"grade": "9", "age": "-1"},
            [("grade-invalid", "grade"), ("age-invalid", "age")],
        ),
    ],
    ids=str,
)
def test_a_fault_has_the_code_of_its_shape_and_the_column_it_is_in(
    cohorts: Cohorts, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Each fault has the code of the shape that refuses it, and names the column."""
    told = faults_of(cohorts, batch_of([{**GOOD, **change}]))
    assert [(fault["code"], fault["column"]) for fault in told] == expected
    for fault in told:
        assert list(fault) == ["code", "column", "message", "found", "allowed"]
        assert fault["message"]
        assert fault["allowed"]


def test_a_fault_names_the_column_of_the_input(cohorts: Cohorts) -> None:
    """Where columns are mapped, a fault names the caller's own."""
    batch = batch_of([{"dx": "nonsense"}], dx=pa.string())
    told = faults_of(cohorts, batch, Options(mapping={"injury": "dx"}))
    assert told[0]["column"] == "dx"
    assert told[0]["found"] == "nonsense"
    assert "nonsense" in told[0]["message"]


def test_facts_that_exclude_each_other_are_told_in_the_words_of_validation(
    cohorts: Cohorts, validation: Any
) -> None:
    """An age and a factor of another age contradict each other, for the whole row."""
    batch = batch_of([{**GOOD, "age": "9", "factors": ["Age65OrOver"]}])
    (document,) = cohorts.of(batch).documents(batch)
    expected = validation.of_document(document).faults[0]
    told = faults_of(cohorts, batch)
    assert told == [
        {
            "code": "facts-contradict",
            "column": None,
            "message": expected.message,
            "found": expected.found,
            "allowed": list(expected.allowed),
        }
    ]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"hours": "-1"}, "hours-invalid", "hours"),
        ({"hours": "1e3"}, "hours-invalid", "hours"),
        ({"hours": "1000001"}, "hours-invalid", "hours"),
        ({"day": "soon"}, "day-invalid", "day"),
        ({"hours": "5", "day": "1"}, "hours-and-day", "hours"),
    ],
    ids=str,
)
def test_times_since_onset_have_faults_of_their_own(
    cohorts: Cohorts, row: dict[str, Any], code: str, column: str
) -> None:
    """Hours and days since onset are no part of a record, so no shape refuses them."""
    batch = batch_of([{"injury": "HamstringStrain", **row}], hours=pa.string(), day=pa.string())
    (fault,) = faults_of(cohorts, batch, PERSON)
    assert (fault["code"], fault["column"]) == (code, column)
    assert fault["found"] == row["hours" if "hours" in row else "day"]


def test_a_flag_that_says_neither_true_nor_false_is_a_fault(cohorts: Cohorts) -> None:
    """A factor's own column holds true, false or nothing."""
    batch = batch_of([{"injury": "HamstringStrain", "Fever": "perhaps"}], Fever=pa.string())
    (fault,) = faults_of(cohorts, batch, PERSON)
    assert (fault["code"], fault["column"]) == ("factor-flag-invalid", "Fever")
    assert fault["allowed"] == ["true", "false"]


def test_an_unknown_factor_of_a_list_is_found_among_good_ones(cohorts: Cohorts) -> None:
    """What is told is the item that is at fault, not one of its neighbours."""
    batch = batch_of([{**GOOD, "factors": ["Fever", "x1", "Pregnancy", "x2"]}])
    assert [fault["found"] for fault in faults_of(cohorts, batch)] == ["x1", "x2"]


def test_a_row_of_nothing_is_a_row(cohorts: Cohorts) -> None:
    """A row with nothing in any column is refused like any other without an injury."""
    empty = dict.fromkeys(GOOD)
    rows = cohorts.answers(batch_of([empty, GOOD]))
    assert [row["row"] for row in rows] == [1, 2]
    assert "injury-no-type" in rows[0]["faults"]
    assert rows[1]["faults"] is None


def test_text_that_is_not_of_its_encoding_is_told_as_far_as_it_can_be_read(
    cohorts: Cohorts,
) -> None:
    """A file from elsewhere may hold bytes that are no UTF-8: the row is refused, not the file."""
    raw = pa.array([b"Hamstring\xff"], pa.binary())
    column = pa.StringArray.from_buffers(1, *raw.buffers()[1:])
    batch = pa.RecordBatch.from_pydict({"injury": column})
    (fault,) = faults_of(cohorts, batch, PERSON)
    assert fault["code"] == "injury-unknown"
    assert fault["found"] == "Hamstring\ufffd"


def test_rows_with_faults_keep_their_place_among_the_others(cohorts: Cohorts) -> None:
    """Answers stand in the order of the input, good rows and bad, in every form."""
    bad = {**GOOD, "injury": "nonsense"}
    batch = batch_of([GOOD, bad, GOOD, bad, bad, GOOD])
    expected = [False, True, False, True, True, False]
    for options in (AUDIT, PERSON, Options(rows=Rows.PERSON, long=True)):
        rows = cohorts.answers(batch, options)
        refused = {row["row"]: row["faults"] is not None for row in rows}
        assert list(refused.values()) == expected
        good = [{**row, "row": 0} for row in rows if row["row"] == 1]
        assert [{**row, "row": 0} for row in rows if row["row"] == 6] == good


def test_the_same_fault_in_many_rows_is_looked_into_once(
    cohorts: Cohorts,
) -> None:
    """However rows differ elsewhere, one wrong name costs one validation."""
    rows = [
        {**GOOD, "injury": "nowhere", "id": f"{n}", "age": f"{n}", "at": f"2026-11-22T10:00:{n}Z"}
        for n in range(10, 60)
    ]
    batch = batch_of(rows)
    one_by_one = cohorts.of(batch)._one_by_one
    before = one_by_one._kept_faults.cache_info().misses
    assert all("injury-unknown" in row["faults"] for row in cohorts.answers(batch))
    assert one_by_one._kept_faults.cache_info().misses == before + 1
