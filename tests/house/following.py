"""Doing what the guides show: running commands and programs, and comparing what they print."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from tests.house.guides import Block, Command, blocks, commands

PRIMUM: Final = str(Path(sys.executable).with_name("primum"))
SHOWN_PORT: Final = ":8000"
ANYTHING: Final = "…"


def run(command: Sequence[str], folder: Path) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def needed(program: str) -> str:
    """A program of the machine; without it the test is skipped, and says so."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} IS NOT INSTALLED: what the guides show for it is not tested")
    return found


def curls(block: Block, port: str = SHOWN_PORT) -> list[Command]:
    """The commands of a block that ask over HTTP on a port."""
    asked = (command for command in commands(block) if command.line.startswith("curl "))
    return [command for command in asked if f"{port}/" in command.line]


def program(language: str, word: str, port: int) -> str:
    """The one program of the guides in a language that has a word in it."""
    (code,) = [block.code for block in blocks(language) if word in block.code]
    assert SHOWN_PORT in code
    return code.replace(SHOWN_PORT, f":{port}")


def expected(line: str) -> Any:
    """A line of JSON as a guide shows it, with `…` for whatever may stand there."""
    return json.loads(re.sub(r"(?:,\s*|(?<={))…}", "}", line).replace(ANYTHING, f'"{ANYTHING}"'))


def fits(shown: Any, came: Any) -> bool:
    """Whether a value is what was shown; an object may have further members."""
    match shown:
        case "…":
            return True
        case ["…"]:
            return isinstance(came, list) and bool(came)
        case dict():
            return all(name in came and fits(one, came[name]) for name, one in shown.items())
        case list():
            return len(shown) == len(came) and all(map(fits, shown, came))
        case _:
            return bool(shown == came)


def told(line: str, came: str) -> bool:
    """Whether a line that is no JSON stands in what came, with anything in place of `…`."""
    return re.search(re.escape(line).replace(ANYTHING, ".+"), came) is not None


def demand(shown: str, came: str) -> None:
    """Fail unless a command printed what was shown; where nothing was, JSON that is no error."""
    if not shown:
        assert "/problems/" not in json.loads(came).get("type", "")
    elif shown.startswith("{"):
        pairs = zip(shown.splitlines(), came.splitlines(), strict=True)
        assert [came for line, came in pairs if not fits(expected(line), json.loads(came))] == []
    else:
        assert [line for line in shown.splitlines() if not told(line, came)] == []
