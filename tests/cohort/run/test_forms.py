"""The forms of input: the same rows get the same answers, whichever way they are written."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.cohort.run.conftest import MakeFile, RunFile

from primum.foundation.errors import InvalidValue, UnreadableBody
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.sources.found import find

TEXT = ("a.csv", "a.csv.gz", "a.ndjson", "a.JSONL", "a.ndjson.gz")
RECORD = {
    "id": "r1",
    "injury": {"type": "HamstringStrain", "grade": 2, "onset": "2026-11-19T10:00:00Z"},
    "assessedAt": "2026-11-22T10:00:00Z",
    "patient": {"age": 24, "factors": {"present": ["AnticoagulantTherapy"]}},
    "treatments": [
        {"type": "SportsMassage", "at": "2026-11-21T09:00:00Z"},
        {"type": "Massage", "at": "2026-11-20T09:00:00Z"},
    ],
}


def answers(folder: Path) -> list[dict[str, Any]]:
    """The rows of an output, as any reader of Parquet datasets sees them."""
    found: list[dict[str, Any]] = pq.read_table(folder).to_pylist()
    return found


def lines(path: Path, *documents: Any) -> Path:
    """A file with a document on each line."""
    path.write_text("".join(json.dumps(each) + "\n" for each in documents))
    return path


@pytest.mark.parametrize("name", TEXT)
def test_text_is_answered_as_parquet_is(make: MakeFile, run: RunFile, name: str) -> None:
    """Neither the form of a file nor its packing changes an answer."""
    expected = answers(run(make("a.parquet")).output)
    assert answers(run(make(name), into="text").output) == expected


def test_persons_in_text_are_answered_as_in_parquet(make: MakeFile, run: RunFile) -> None:
    """All treatments of a person, a column for each level."""
    expected = answers(run(make("p.parquet", form=Rows.PERSON)).output)
    found = answers(run(make("p.csv", form=Rows.PERSON), into="text").output)
    assert found == expected
    assert "certain_absolute" in found[0]


@pytest.mark.parametrize("suffix", ["parquet", "csv", "ndjson"])
def test_a_folder_is_answered_as_its_rows(make: MakeFile, run: RunFile, suffix: str) -> None:
    """Files in the order of their names; a pattern finds the same; what begins with _ is beside."""
    first, second = make(f"in/a.{suffix}", 150), make(f"in/b.{suffix}", 90)
    (first.parent / "_notes.txt").write_text("beside")
    whole = answers(run(first.parent).output)
    assert [row["row"] for row in whole] == list(range(1, 241))
    assert answers(run(f"{first.parent}/[ab].*", into="glob").output) == whole
    parts = [answers(run(path, into=path.stem).output) for path in (first, second)]
    assert [row["id"] for row in whole] == [row["id"] for part in parts for row in part]


def test_files_may_lack_a_column_that_is_not_needed(run: RunFile, tmp_path: Path) -> None:
    """Its rows have no value there."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_text(
        "injury,hours,treatment,grade\nHamstringStrain,1,Massage,2\n"
    )
    (tmp_path / "in/b.csv").write_text("injury,hours,treatment\nHamstringStrain,1,Massage\n")
    found = run(tmp_path / "in")
    assert (found.counts.answered, found.counts.rejected) == (2, 0)


def test_parquet_files_need_not_be_made_alike(make: MakeFile, run: RunFile) -> None:
    """Texts that repeat themselves in one file, lists too, may be none, new or nested otherwise."""
    path = make("in/a.parquet", 600)
    rows = pq.read_table(path)
    expected = answers(run(path).output)
    pq.write_table(rows, path.with_name("b.parquet"), use_dictionary=False)
    pq.write_table(rows, path.with_name("c.parquet"), use_compliant_nested_type=False)
    pq.write_table(rows.drop_columns(["side", "factors"]), path.with_name("d.parquet"))
    bare = answers(run(path.with_name("d.parquet"), into="bare").output)
    assert bare != expected
    found = answers(run(path.parent, into="all").output)
    assert [{**row, "row": n % 600 + 1} for n, row in enumerate(found)] == 3 * expected + bare


def test_files_that_lack_a_needed_column_are_refused(run: RunFile, tmp_path: Path) -> None:
    """The error names the file and the column."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_text("injury,treatment\nHamstringStrain,Massage\n")
    (tmp_path / "in/b.csv").write_text("injury\nHamstringStrain\n")
    with pytest.raises(InvalidValue, match=r"b\.csv has no column 'treatment'"):
        run(tmp_path / "in")


def test_what_is_no_cohort_is_refused(tmp_path: Path) -> None:
    """An unknown suffix, an empty folder, a pattern without a match, kinds that are mixed."""
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "mixed").mkdir()
    (tmp_path / "mixed/a.csv").touch()
    (tmp_path / "mixed/b.parquet").touch()
    for where, told in {
        "a.xlsx": r"\.parquet, \.csv",
        "empty": "names no file",
        "*.csv": "names no file",
        "mixed": r"holds CSV \(a\.csv\) and Parquet \(b\.parquet\)",
        "none.csv": "There is no file",
    }.items():
        with pytest.raises(InvalidValue, match=told):
            find(str(tmp_path / where))


@pytest.mark.parametrize("name", ["a.parquet", "a.csv.gz"])
def test_a_file_that_is_cut_off_is_told(make: MakeFile, run: RunFile, name: str) -> None:
    """It is no crash, and no output either."""
    path = make(name)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UnreadableBody, match="cannot be read as"):
        run(path)
    assert not (path.parent / "out").exists()


def test_case_records_are_taken_apart(run: RunFile, tmp_path: Path) -> None:
    """One row for each treatment, all with the number of their record."""
    bare = {key: value for key, value in RECORD.items() if key != "treatments"}
    found = run(lines(tmp_path / "a.ndjson", RECORD, {**RECORD, "id": "r2"}))
    rows = answers(found.output)
    assert [(row["row"], row["id"], row["treatment"]) for row in rows] == [
        (1, "r1", "SportsMassage"),
        (1, "r1", "Massage"),
        (2, "r2", "SportsMassage"),
        (2, "r2", "Massage"),
    ]
    assert rows[0]["verdict"] == "contraindicated"
    assert (found.counts.records, found.counts.rows) == (2, 4)
    persons = run(lines(tmp_path / "b.ndjson", bare), Options(), into="persons")
    assert [row["id"] for row in answers(persons.output)] == ["r1"]


def test_a_record_that_is_not_plain_is_validated_first(run: RunFile, tmp_path: Path) -> None:
    """One treatment that is in no list is read all the same; a bad record has all its faults."""
    single = {**RECORD, "treatments": RECORD["treatments"][0]}  # type: ignore[index]
    bad = {**RECORD, "findings": {"present": ["NoSuchFinding"]}}
    found = run(lines(tmp_path / "a.ndjson", RECORD, single, bad))
    assert (found.counts.rows, found.counts.answered, found.counts.rejected) == (4, 3, 1)
    assert found.rejects is not None
    reject = json.loads(found.rejects.read_text())
    assert (reject["line"], reject["row"]) == (3, bad)
    assert reject["faults"][0]["pointer"] == "/findings/present/0"


def test_factors_that_first_stand_far_below_are_not_lost(run: RunFile, tmp_path: Path) -> None:
    """A member named by a factor is one, in whichever line it stands."""
    plain = {"injury": "HamstringStrain", "grade": 1, "hours": 1000, "treatment": "SportsMassage"}
    found = run(lines(tmp_path / "a.ndjson", plain, {**plain, "AnticoagulantTherapy": True}))
    assert [row["verdict"] for row in answers(found.output)] == ["ruled-out", "precaution"]
