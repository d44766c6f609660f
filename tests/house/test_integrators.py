"""What the guides show to integrators works: commands and programs, against a running service."""

import shlex
import sys
from pathlib import Path

import pytest
from tests.house.following import SHOWN_PORT, curls, demand, needed, program, run
from tests.house.guides import Block, blocks

VERDICT = "Massage relatively-contraindicated"
AUDIT = "/treatments/0 Sports massage 2026-11-21T09:00:00Z contraindicated"


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
        ("a,…,c", "a,,c"),
        ("a,…,c", "a,b,d"),
    ],
)
def test_another_answer_is_noticed(shown: str, came: str) -> None:
    """The comparison itself can fail."""
    with pytest.raises(AssertionError):
        demand(shown, came)


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
