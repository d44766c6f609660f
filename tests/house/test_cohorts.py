"""What the README shows of cohorts works: make one, audit it, read it, ask a graph of it."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.house.following import PRIMUM
from tests.house.guides import ROOT, Block, blocks, commands

from primum.use_cases.cohort.table.schema import columns_table

_REJECTED = 1


def section() -> str:
    """The part of the README on cohorts."""
    text = (ROOT / "README.md").read_text()
    return text.partition("\n## Answer a cohort\n")[2].partition("\n## ")[0]


def of_section(language: str) -> list[Block]:
    """Its blocks in a language."""
    return [block for block in blocks(language) if block.code in section()]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody has run the commands of that part."""
    folder = tmp_path_factory.mktemp("cohort")
    (block,) = of_section("console")
    for command in commands(block):
        done = _primum(command.line, folder)
        assert done.returncode in (0, _REJECTED), done.stderr
        assert re.fullmatch(_pattern(command.shown), done.stdout.partition("\n")[0])
    return folder


def _primum(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of the README, as it is shown."""
    program, *options = shlex.split(line)
    assert program == ".venv/bin/primum"
    return subprocess.run(
        [PRIMUM, *options], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


def _pattern(shown: str) -> str:
    """A line as the README shows it; `…` stands for anything."""
    return ".+".join(re.escape(part) for part in shown.split("…"))


def test_the_audit_is_whole(followed: Path) -> None:
    """Every made-up row is answered or rejected, some are rejected, and a summary is there."""
    counts = json.loads((followed / "audited/_summary.json").read_text())["counts"]
    rejects = (followed / "audited/_rejects.ndjson").read_text().splitlines()
    assert counts["rows"] == 10_000 == counts["answered"] + counts["rejected"]
    assert 0 < counts["rejected"] == len(rejects)
    assert "<h1>" in (followed / "audited/_summary.html").read_text()


@pytest.mark.parametrize("block", of_section("python"), ids=str)
def test_its_python_runs(followed: Path, block: Block) -> None:
    """A program prints something, and warns of nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block.code],
        cwd=followed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "contraindicated" in done.stdout or "name: count" in done.stdout.lower()


def test_a_graph_of_it_answers_the_query(followed: Path) -> None:
    """The findings of the graph, counted in SPARQL, are as many as the answers."""
    done = _primum(".venv/bin/primum cohort athletes.parquet -o graph --rdf", followed)
    assert done.returncode == _REJECTED, done.stderr
    store = ox.Store()
    for part in sorted((followed / "graph/_rdf").glob("*.nt")):
        store.bulk_load(path=part, format=ox.RdfFormat.N_TRIPLES)
    (block,) = of_section("sparql")
    rows = store.query(block.code)
    assert isinstance(rows, ox.QuerySolutions)
    counts = json.loads((followed / "graph/_summary.json").read_text())["counts"]
    assert counts["answered"] == sum(int(row["findings"].value) for row in rows)


def test_the_columns_of_the_readme_are_those_of_the_code() -> None:
    """The README's table is generated from the table of columns."""
    assert columns_table() in section()
