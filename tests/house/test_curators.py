"""What the guides show to curators works, step by step, on a copy of the knowledge under git.

A guide is followed from top to bottom: its commands are run, its Turtle is put at the end of the
file that the paragraph before it names, its differences are applied as patches.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from tests.house.following import PRIMUM, told
from tests.house.guides import ROOT, Block, Command, blocks, commands
from tests.web.wire import free_port, running

GUIDES: Final = ("ontology/README.md", "rules/README.md")
SHOWN: Final = ".venv/bin/primum "
SERVES: Final = f"{SHOWN}serve"
TESTS: Final = ".venv/bin/python -m pytest "
PARTS: Final = ("ontology", "rules", "queries")
_APPENDED: Final = re.compile(r"`((?:ontology|rules)/[\w/-]+\.ttl)`")
_CURATOR: Final = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Curator"), ("EMAIL", "curator@example.org"))
}


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A checkout of the knowledge: a git repository of its own, with all committed."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "As it is"]):
        _run(["git", *command], tmp_path)
    return tmp_path


@pytest.mark.parametrize("guide", GUIDES)
def test_a_curator_can_follow_the_guide(guide: str, workshop: Path) -> None:
    """Each step can be taken after those before it, and each command prints what is shown."""
    steps = [block for block in blocks() if block.guide == guide]
    for step in steps:
        _take(step, workshop)
    assert len(steps) > 3


def test_the_guides_show_each_step_of_the_work() -> None:
    """Checking, comparing, bringing into layout, releasing, the spreadsheet: all are shown."""
    shown = [line for guide in GUIDES for line in _lines(guide)]
    for command in ("normalise", "check", "diff", "build", "release", "template", "serve --watch"):
        assert [line for line in shown if line.startswith(f"{SHOWN}{command}")], command


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_shows_only_commands_that_are_run(guide: str) -> None:
    """A command of another kind would show and not be tested."""
    assert [line for line in _lines(guide) if not line.startswith((SHOWN, TESTS, "git "))] == []


def _lines(guide: str) -> Iterator[str]:
    """The commands that a guide shows."""
    for block in blocks("console"):
        if block.guide == guide:
            yield from (command.line for command in commands(block))


def _take(step: Block, workshop: Path) -> None:
    """Do what a block shows."""
    match step.language:
        case "console":
            for command in commands(step):
                _follow(command, workshop)
        case "turtle":
            _append(step, workshop)
        case "diff":
            _run(["git", "apply", "--whitespace=nowarn", "-"], workshop, given=step.code)


def _follow(command: Command, workshop: Path) -> None:
    """Run a command; it ends well, and what the guide shows stands in what it prints.

    Tests that a guide tells to run are there; they run with all others.
    """
    if command.line.startswith(SERVES):
        _serve(command.line, workshop)
        return
    line = shlex.split(command.line)
    if command.line.startswith(TESTS):
        assert [path for path in line[3:] if not (ROOT / path).exists()] == []
        return
    printed = _run([PRIMUM, *line[1:]] if command.line.startswith(SHOWN) else line, workshop)
    assert [line for line in command.shown.splitlines() if not told(line, printed)] == []


def _serve(line: str, workshop: Path) -> None:
    """Start the service, see that it is ready, and stop it."""
    port = free_port()
    command = [PRIMUM, *shlex.split(line)[1:], "--port", str(port)]
    with running(command, port, "/readyz", PRIMUM_KNOWLEDGE=str(workshop)):
        pass


def _append(step: Block, workshop: Path) -> None:
    """Put Turtle at the end of a file of the knowledge."""
    named = _APPENDED.search(step.before)
    assert named is not None, f"{step}: no file is named"
    target = workshop / named[1]
    with target.open("a") as file:
        file.write(f"\n{step.code}")


def _run(command: list[str], workshop: Path, *, given: str = "") -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(
        command,
        cwd=workshop,
        env=_environment(workshop),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def _environment(workshop: Path) -> dict[str, str]:
    """The environment of a curator: the knowledge is the checkout's."""
    return {**os.environ, **_CURATOR, "PRIMUM_KNOWLEDGE": str(workshop)}
