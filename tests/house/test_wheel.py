"""The wheel is whole: it answers in an empty environment, without Java and without the checkout."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
DESIGN_QUESTION = ["ask", "--injury", "hamstring-strain", "--grade", "2", "--day", "3", "--json"]


def run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command outside the checkout, with nothing of this environment but its home."""
    return subprocess.run(
        command,
        cwd=folder,
        env={"HOME": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def runtime_distributions() -> dict[str, Distribution]:
    """What `primum` needs at run time, by name, found by following the stated requirements."""
    found: dict[str, Distribution] = {}
    todo = list(distribution("primum").requires or [])
    while todo:
        required = Requirement(todo.pop())
        name = required.name.lower()
        needed = required.marker is None or required.marker.evaluate({"extra": ""})
        if needed and name not in found:
            found[name] = distribution(name)
            todo += found[name].requires or []
    return found


def link(found: Distribution, packages: Path) -> None:
    """Make a distribution of this environment part of another one."""
    for file in found.files or []:
        source, target = Path(str(file.locate())), packages / file
        if ".." not in file.parts and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.symlink_to(source)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `primum` command of a fresh environment with the wheel and what it needs to run."""
    folder = tmp_path_factory.mktemp("wheel")
    build: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    build += ["--outdir", folder, ROOT]
    built = subprocess.run(build, capture_output=True, text=True, check=False, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    venv.create(folder / "env", with_pip=True, symlinks=True)
    python = folder / "env/bin/python"
    wheel = next(folder.glob("*.whl"))
    install: list[str | Path] = [python, "-m", "pip", "install", "--no-index", "--no-deps", wheel]
    installed = run(install, folder)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    packages = next((folder / "env/lib").glob("python*/site-packages"))
    for found in runtime_distributions().values():
        link(found, packages)
    return folder / "env/bin/primum"


def test_the_wheel_answers_the_design_question(command: Path) -> None:
    """Massage is relatively contraindicated on day 3 of a grade 2 strain, says the bare wheel."""
    result = run([command, *DESIGN_QUESTION], command.parent)
    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    verdicts = {t["treatment"]["id"]: t["verdict"] for t in answer["treatments"]}
    assert verdicts["Massage"] == "relatively-contraindicated"


def test_the_environment_has_no_reasoner(command: Path) -> None:
    """Building needs the `build` extra; without it the error says so."""
    result = run([command, "build", "--force"], command.parent)
    assert result.returncode == 1
    assert "pip install 'primum[build]'" in result.stderr


def test_the_knowledge_comes_from_the_wheel(command: Path) -> None:
    """The release that is loaded lies in the environment, not in the checkout."""
    result = run([command, "info"], command.parent)
    release = next(line for line in result.stdout.splitlines() if line.startswith("release"))
    assert str(command.parents[1]) in release
    assert os.fspath(ROOT) not in release


def test_the_named_queries_come_along(command: Path) -> None:
    """A named question is answered from the wheel."""
    result = run([command, "query", "definitions", "-p", "injury=calf-strain"], command.parent)
    assert result.returncode == 0, result.stderr
