"""The layers hold, and the check that says so can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over a copy of the package with the contracts of pyproject.toml."""
    return subprocess.run(
        [LINTER, "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def copy_of_package(folder: Path) -> Path:
    """A copy of the package's Python files, to be damaged."""
    copy = folder / "primum"
    shutil.copytree(ROOT / "service/primum", copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_the_layers_hold(tmp_path: Path) -> None:
    """The package as it stands breaks no contract."""
    copy_of_package(tmp_path)
    result = lint(tmp_path)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "planted", "message"),
    [
        (
            "model/levels.py",
            "from primum.web.app import create_app",
            "primum.model is not allowed to import primum.web",
        ),
        ("knowledge/files.py", "import owlready2", "One module knows owlready2 BROKEN"),
        (
            "reasoning/tables.py",
            "import pyoxigraph",
            "Reasoning and the model do no input or output BROKEN",
        ),
    ],
    ids=["a higher layer", "the reasoner's library", "a store in the reasoning"],
)
def test_a_planted_import_is_caught(
    module: str, planted: str, message: str, tmp_path: Path
) -> None:
    """An import that a layer must not have breaks its contract."""
    copy = copy_of_package(tmp_path)
    with (copy / module).open("a") as file:
        file.write(f"\n{planted}\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert message in result.stdout
