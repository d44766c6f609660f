"""`primum export`: what it writes, prints, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("primum"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A real run of the command."""
    return subprocess.run(
        [COMMAND, "export", *arguments], capture_output=True, text=True, check=False, timeout=300
    )


def test_a_form_of_two_files_makes_a_folder(tmp_path: Path) -> None:
    """And the files written are told."""
    done = run("--format", "kgx", "-o", str(tmp_path / "new" / "kgx"), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["format"] == "kgx"
    assert [Path(name).name for name in told["files"]] == ["nodes.tsv", "edges.tsv"]
    assert all(Path(name).stat().st_size > 1000 for name in told["files"])


def test_an_unknown_form_is_wrong_use(tmp_path: Path) -> None:
    """The forms that there are stand in the message; nothing is written."""
    done = run("--format", "excel", "-o", str(tmp_path / "x"))
    assert done.returncode == 2
    assert "kgx" in done.stderr
    assert not (tmp_path / "x").exists()


def test_without_a_file_it_is_wrong_use() -> None:
    """There is no default place to write to."""
    assert run("--format", "jsonld").returncode == 2
