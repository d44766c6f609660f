"""The documentation is true: its commands run, its tables are those of the code."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.guides import ROOT, blocks, commands, write_files

from primum.foundation.settings import settings_table
from primum.use_cases.named.overview import overview
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum

PRIMUM = ".venv/bin/primum "
READS = ("ask", "timeline", "explain", "query", "sparql", "info", "assess", "validate")


def shown() -> list[str]:
    """The `primum` commands that the guides show, without those that build or serve."""
    lines = {command.line for block in blocks("console") for command in commands(block)}
    ours = {line.removeprefix(PRIMUM) for line in lines if line.startswith(PRIMUM)}
    return sorted(line for line in ours if line.startswith(READS))


@pytest.mark.parametrize("command", shown())
def test_a_command_that_a_guide_shows_runs(command: str, tmp_path: Path) -> None:
    """The command ends well and prints something."""
    write_files(tmp_path)
    primum = Path(sys.executable).with_name("primum")
    result = subprocess.run(
        [primum, *shlex.split(command)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout


def test_the_guides_show_commands() -> None:
    """The search for commands finds those of the README."""
    assert len(shown()) >= 8
    assert {"assess record.json", "validate record.json"} <= set(shown())


def test_the_python_of_the_readme_runs() -> None:
    """The notebook example prints every treatment."""
    (code,) = [block.code for block in blocks("python") if "primum.ask" in block.code]
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    assert "Deep friction massage relatively-contraindicated" in result.stdout


def test_the_settings_of_the_readme_are_those_of_the_code() -> None:
    """The README's table is generated from the table of settings."""
    assert settings_table() in (ROOT / "README.md").read_text()


def test_the_queries_of_the_guide_are_those_of_the_folder(primum: Primum) -> None:
    """`make docs` has been run since a query changed."""
    written = overview(Questions.of(primum).all.values())
    assert written.strip() in (ROOT / "queries/README.md").read_text()


def test_every_row_left_out_is_named() -> None:
    """The guide lists the 21 rows that rest on weak sources only, and none of them is a rule."""
    guide = (ROOT / "rules/README.md").read_text().partition("\n## Left out\n")[2]
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|", guide, re.M)
    slugs = "\n".join(path.read_text() for path in (ROOT / "rules").glob("*/*.ttl"))
    assert len(rows) == 21
    assert not [row for row in rows if f'"{row}"' in slugs]
