"""What the guides show to integrators works: commands and programs, against a running service."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.house.guides import Block, Command, blocks, commands, write_files
from tests.web.wire import free_port, running

PRIMUM = str(Path(sys.executable).with_name("primum"))
SHOWN_PORT = ":8000"
ANYTHING = "…"
VERDICT = "Massage relatively-contraindicated"
AUDIT = "/treatments/0 Sports massage 2026-11-21T09:00:00Z contraindicated"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a running service."""
    number = free_port()
    with running([PRIMUM, "serve", "--port", str(number)], number, "/healthz"):
        yield number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the guides tell to save."""
    write_files(tmp_path)
    return tmp_path


def run(command: Sequence[str], folder: Path) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def needed(program: str) -> str:
    """A program of the machine; without it the test is skipped, and says so."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} IS NOT INSTALLED: what the guides show for it is not tested")
    return found


def curls(block: Block) -> list[Command]:
    """The commands of a block that ask over HTTP."""
    return [command for command in commands(block) if command.line.startswith("curl ")]


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


def demand(shown: str, came: str) -> None:
    """Fail unless a command printed what was shown; where nothing was, JSON that is no error."""
    if not shown:
        assert "/problems/" not in json.loads(came).get("type", "")
    elif shown.startswith("{"):
        pairs = zip(shown.splitlines(), came.splitlines(), strict=True)
        assert [came for line, came in pairs if not fits(expected(line), json.loads(came))] == []
    else:
        assert [line for line in shown.splitlines() if line not in came] == []


@pytest.mark.parametrize("block", [b for b in blocks("console") if curls(b)], ids=str)
def test_what_curl_is_shown_to_print_it_prints(block: Block, port: int, folder: Path) -> None:
    """The commands of a block run one after the other, and each answer is the one shown."""
    needed("curl")
    for command in curls(block):
        line = command.line.replace(SHOWN_PORT, f":{port}")
        demand(command.shown, run(shlex.split(line), folder))


def test_the_guides_show_each_route_of_records() -> None:
    """The search for commands finds those that an integrator needs first."""
    shown = "\n".join(command.line for block in blocks("console") for command in curls(block))
    for route in (
        "assessments ",
        "assessments/batch",
        "validations ",
        "contraindications",
        "timel",
    ):
        assert f"/v1/{route}" in shown


@pytest.mark.parametrize(
    ("shown", "came"),
    [
        ("", '{"type": "https://w3id.org/primum/docs/problems/not-found"}'),
        ('{"valid": true}', '{"valid": false}'),
        ('{"valid": true}', '{"conforms": true}'),
        ('{"results": […]}', '{"results": []}'),
        ('{"audits": []}', '{"audits": [1]}'),
        ("304", "200"),
    ],
)
def test_another_answer_is_noticed(shown: str, came: str) -> None:
    """The comparison itself can fail."""
    with pytest.raises(AssertionError):
        demand(shown, came)


def program(language: str, word: str, port: int) -> str:
    """The one program of the guides in a language that has a word in it."""
    (code,) = [block.code for block in blocks(language) if word in block.code]
    assert SHOWN_PORT in code
    return code.replace(SHOWN_PORT, f":{port}")


def test_the_python_program_sends_a_record(port: int, folder: Path) -> None:
    """It prints the verdicts, the audit, and the faults of a broken record."""
    code = program("python", "urlopen", port)
    lines = run([sys.executable, "-W", "error", "-c", code], folder).splitlines()
    assert VERDICT in lines
    assert AUDIT in lines
    assert "/injury/grade grade-invalid 4 ['a whole number from 1 to 3']" in lines


def test_the_javascript_program_sends_a_record(port: int, folder: Path) -> None:
    """It prints the same in Node.js, without a package."""
    node = needed("node")
    script = folder / "send.mjs"
    script.write_text(program("js", "fetch", port))
    lines = run([node, script.name], folder).splitlines()
    assert VERDICT in lines
    assert AUDIT in lines
    assert "/injury/grade grade-invalid 4 a whole number from 1 to 3" in lines


def test_the_shapes_serve_another_engine(folder: Path) -> None:
    """Plain pySHACL, given the shapes and the inferred graph, finds the record in order."""
    (code,) = [block.code for block in blocks("python") if "pyshacl" in block.code]
    assert "sh:Violation" not in run([sys.executable, "-c", code], folder)
