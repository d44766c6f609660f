"""The layers hold, and the check that says so can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

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


def test_a_lower_layer_that_imports_a_higher_one_is_caught(tmp_path: Path) -> None:
    """An import of the web from the model breaks the layers."""
    copy = copy_of_package(tmp_path)
    with (copy / "model/levels.py").open("a") as file:
        file.write("\nfrom primum.web.app import create_app\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "primum.model is not allowed to import primum.web" in result.stdout


def test_a_second_module_that_knows_owlready2_is_caught(tmp_path: Path) -> None:
    """An import of owlready2 outside the reasoner breaks its contract."""
    copy = copy_of_package(tmp_path)
    with (copy / "knowledge/files.py").open("a") as file:
        file.write("\nimport owlready2\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "One module knows owlready2 BROKEN" in result.stdout


def test_input_and_output_in_the_reasoning_is_caught(tmp_path: Path) -> None:
    """A store that the reasoning layer opens breaks its contract."""
    copy = copy_of_package(tmp_path)
    with (copy / "reasoning/tables.py").open("a") as file:
        file.write("\nimport pyoxigraph\n")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "Reasoning and the model do no input or output BROKEN" in result.stdout
