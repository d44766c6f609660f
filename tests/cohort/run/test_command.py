"""`primum cohort`: what it prints, and how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq
import pytest
from tests.cohort.run.conftest import MakeFile

from primum.cli import main


class Ended(NamedTuple):
    """How the command ended, and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in this process."""

    def call(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["primum", "cohort", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Ended(code, *capsys.readouterr())

    return call


def test_from_a_made_up_cohort_to_its_summary(command: Command, tmp_path: Path) -> None:
    """Make one, audit it, read the answers; a second time only with leave."""
    table, answers = tmp_path / "cohort.parquet", tmp_path / "answers"
    made = command("--example", 500, "-o", table, "--seed", 3)
    assert (made.code, made.err) == (0, "")
    assert "500 made-up rows, of no patients" in made.out
    told = command(table, "-o", answers)
    assert (told.code, told.err) == (0, "")
    assert "500 rows read = 500 answered + 0 rejected" in told.out
    assert pq.read_table(answers).num_rows == 500
    assert (answers / "_summary.html").is_file()
    again = command(table, "-o", answers)
    assert (again.code, again.out) == (2, "")
    assert "--overwrite" in again.err


def test_bad_rows_end_with_1(command: Command, make: MakeFile, tmp_path: Path) -> None:
    """The counts are printed all the same, as JSON for programs; `--strict` writes nothing."""
    path, answers = make("a.csv", 400, faults=0.05), tmp_path / "answers"
    code, out, err = command(path, "-o", answers, "--json", "--summary", "md")
    found = json.loads(out)
    assert (code, err) == (1, "")
    assert found["counts"]["rejected"] > 0
    assert found["rejects"] == str(answers / "_rejects.ndjson")
    assert (answers / "_summary.md").is_file()
    code, out, err = command(path, "-o", tmp_path / "strict", "--strict")
    assert (code, out) == (1, "")
    assert f"{path}, line " in err
    assert not list(tmp_path.glob("strict*"))


def test_columns_are_mapped_and_kept(command: Command, tmp_path: Path) -> None:
    """A column that is not read is told once; one that is kept stands in the answers."""
    path = tmp_path / "a.csv"
    path.write_text("diagnosis,hours,given,site,notes\nHamstringStrain,5,Massage,Leipzig,x\n")
    mapped = ("--map", "diagnosis=injury", "--map", "given=treatment", "--keep", "site")
    ended = command(path, "-o", tmp_path / "out", *mapped, "--reasons", "--rdf")
    assert (ended.code, ended.err) == (0, "Not read: notes\n")
    assert pq.read_table(tmp_path / "out")["site"].to_pylist() == ["Leipzig"]
    assert pq.read_table(tmp_path / "out/_reasons").num_rows > 0
    assert [each.name for each in (tmp_path / "out/_rdf").iterdir()] == ["part-00000.nt"]


def test_wrong_use_ends_with_2(command: Command, tmp_path: Path) -> None:
    """It is told what there is instead."""
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "a.csv").write_text("injury,treatment\n")
    for arguments, told in (
        ((), "--example"),
        ((tmp_path / "none.csv",), "There is no file"),
        ((tmp_path / "a.xlsx",), ".ndjson"),
        ((tmp_path / "a.csv", "--engine", "abacus"), "abacus"),
        ((tmp_path / "a.csv", "--map", "injury"), "no mapping"),
    ):
        ended = command(*arguments, "-o", tmp_path / "out")
        assert (ended.code, ended.out) == (2, "")
        assert told in ended.err
        assert not (tmp_path / "out").exists()


def test_an_empty_table_has_an_empty_answer(command: Command, tmp_path: Path) -> None:
    """The columns are there, and no row."""
    (tmp_path / "a.csv").write_text("id,injury,treatment\n")
    assert "0 rows read" in command(tmp_path / "a.csv", "-o", tmp_path / "out").out
    assert pq.read_table(tmp_path / "out").num_rows == 0


def test_the_iris_of_a_graph_begin_as_is_wanted(command: Command, tmp_path: Path) -> None:
    """Every node has the base; a base that is no IRI is refused before anything is read."""
    path = tmp_path / "a.csv"
    path.write_text("injury,hours,treatment\nHamstringStrain,5,Massage\n")
    base = "https://example.org/athletes/"
    assert command(path, "-o", tmp_path / "out", "--rdf", "--rdf-base", base).code == 0
    triples = (tmp_path / "out/_rdf/part-00000.nt").read_text().splitlines()
    assert triples
    assert all(triple.startswith(f"<{base}") for triple in triples)
    refused = command(path, "-o", tmp_path / "other", "--rdf", "--rdf-base", "no iri")
    assert (refused.code, list(tmp_path.glob("other*"))) == (2, [])
    assert "no absolute IRI" in refused.err
