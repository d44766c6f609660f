"""Bad rows: each is told with its line, nothing else is lost, and the counts add up."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from tests.cohort.run.conftest import MakeFile, RunFile

from primum.use_cases.cohort.running.counts import Counts
from primum.use_cases.cohort.running.run import Outcome

GOOD = b'HamstringStrain,2,5,Massage,"good, and\nmore"\n'
CSV = (
    b"injury,grade,hours,treatment,note\n"
    + GOOD
    + b"HamstringStrain,2\n"
    + GOOD
    + b"HamstringStrain,2,5,Massage,x,y,z\n"
    + b"\n"
    + b"HamstringStrain,2,5,Massage,\xff\n"
    + b"Hamstring\xffStrain,2,5,Massage,\n"
    + b"HamstringStrain,9,5,Massage,\n"
    + GOOD
    + b"NoSuchInjury,2,5,Massage,\n"
    + b"HamstringStrain\n"
)
LINES = [4, 7, 10, 11, 14, 15]
NDJSON = (
    b'{"injury": "HamstringStrain", "hours": 5, "treatment": "Massage"}\n'
    b'{"injury": "HamstringStrain", "injury": "AnkleSprain", "hours": 5, "treatment": "Massage"}\n'
    b"\n"
    b"[1, 2]\n"
    b'{"injury": "HamstringStrain", "hours": 5, "treatment": \n'
    b'{"injury": "HamstringStrain", "hours": 5, "treatment": "Massage"} {"a": 1}\n'
    b'{"injury": "HamstringStrain", "hours": NaN, "treatment": "Massage"}\n'
    b'{"injury": "\xff", "hours": 5, "treatment": "Massage"}\n'
    b'{"injury": "HamstringStrain", "hours": -5, "treatment": "Massage"}\n'
    b'{"injury": "HamstringStrain", "hours": 5, "treatment": "Massage"}'
)


def rejects(outcome: Outcome) -> list[dict[str, Any]]:
    """The rejects of a run."""
    assert outcome.rejects is not None
    return [json.loads(line) for line in outcome.rejects.read_text().splitlines()]


def codes(found: list[dict[str, Any]]) -> list[str]:
    """The code of the first fault of each reject."""
    return [each["faults"][0]["code"] for each in found]


def test_csv_rows_that_cannot_be_read_are_told_with_their_lines(
    run: RunFile, tmp_path: Path
) -> None:
    """Too few fields, too many, no UTF-8 where it is read; line ends in quotes are counted."""
    (tmp_path / "a.csv").write_bytes(CSV)
    outcome = run(tmp_path / "a.csv")
    found = rejects(outcome)
    assert [each["line"] for each in found] == LINES
    assert codes(found)[:3] == ["row-unreadable"] * 3
    assert codes(found)[3:5] == ["grade-invalid", "injury-unknown"]
    assert found[0]["row"] == {"text": "HamstringStrain,2"}
    assert found[3]["row"]["grade"] == "9"
    assert found[0]["faults"][0]["message"] == "The row has 2 fields; the header has 5."
    assert (outcome.counts.rows, outcome.counts.answered, outcome.counts.rejected) == (10, 4, 6)
    assert pq.read_table(outcome.output)["row"].to_pylist() == [1, 3, 5, 8]


def test_lines_that_are_no_objects_are_told(run: RunFile, tmp_path: Path) -> None:
    """A member that stands twice, a list, broken JSON, two documents, NaN, no UTF-8."""
    (tmp_path / "a.ndjson").write_bytes(NDJSON)
    outcome = run(tmp_path / "a.ndjson")
    found = rejects(outcome)
    assert [each["line"] for each in found] == [2, 4, 5, 6, 7, 8, 9]
    assert codes(found)[:-1] == ["row-unreadable"] * 6
    assert "more than once" in found[0]["faults"][0]["message"]
    assert found[1]["row"] == {"text": "[1, 2]"}
    assert pq.read_table(outcome.output)["row"].to_pylist() == [1, 9]
    assert outcome.counts.rows == outcome.counts.records == 9


def test_text_of_parquet_that_is_none_is_told(run: RunFile, tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are a fault of their row, wherever they stand and are read."""
    good: dict[str, Any] = {
        "injury": "HamstringStrain",
        "grade": "2",
        "onset": "2026-03-01T10:00:00Z",
        "treatment": "Massage",
        "at": "2026-03-02T10:00:00Z",
    }
    rows = [[value.encode() for value in good.values()] for _ in range(len(good) + 1)]
    for number in range(len(good)):
        rows[number][number] += b"\xff"
    columns = [
        pa.array(values, pa.binary()).view(pa.string()) for values in zip(*rows, strict=True)
    ]
    pq.write_table(pa.table(columns, list(good)), tmp_path / "a.parquet")
    outcome = run(tmp_path / "a.parquet")
    found = rejects(outcome)
    assert [each["line"] for each in found] == [1, 2, 3, 4, 5]
    for each, (name, value) in zip(found, good.items(), strict=True):
        assert each["row"] == good | {name: f"{value}\ufffd"}
        assert [fault["column"] for fault in each["faults"]] == [name]
    assert outcome.counts.answered == 1


def test_counts_add_up_whatever_is_bad(make: MakeFile, run: RunFile) -> None:
    """Each row is answered or rejected; the counts of faults are those of the rejects."""
    outcome = run(make("a.parquet", 3000, faults=0.02), workers=2)
    found, counts = rejects(outcome), outcome.counts
    assert counts.add_up
    assert counts.rows == 3000 == counts.answered + counts.rejected
    assert len(found) == counts.rejected > 20
    assert counts.faults == Counter(codes(found))
    assert set(counts.faults) == {"injury-unknown", "grade-invalid", "age-invalid"}
    answered = set(pq.read_table(outcome.output)["row"].to_pylist())
    assert answered.isdisjoint(each["line"] for each in found)
    assert answered | {each["line"] for each in found} == set(range(1, 3001))


def test_counts_that_do_not_add_up_are_seen() -> None:
    """A row that is neither answered nor rejected, an answer that no table counts."""
    assert Counts().add_up
    assert not Counts(rows=2, answered=1).add_up
    assert not Counts(rows=1, answered=1, answers=1).add_up


def test_a_strict_run_stops_at_the_first_bad_row(make: MakeFile, run: RunFile) -> None:
    """It is the first of the input, and nothing is left behind."""
    path = make("a.csv", 2000, faults=0.01)
    first = rejects(run(path, into="whole"))[0]
    outcome = run(path, strict=True, workers=2)
    assert outcome.stopped == first
    assert sorted(each.name for each in path.parent.iterdir()) == ["a.csv", "whole"]


def test_a_case_record_is_rejected_for_what_is_violated(run: RunFile, tmp_path: Path) -> None:
    """What validation merely remarks on a record is no fault of its line."""
    record = {
        "injury": {"type": "HamstringStrain", "side": "left"},
        "treatments": [{"type": "Massage"}, {"type": "NoSuchTreatment"}],
    }
    (tmp_path / "a.ndjson").write_text(json.dumps(record))
    (found,) = rejects(run(tmp_path / "a.ndjson"))
    assert [fault["code"] for fault in found["faults"]] == ["treatment-unknown"]
