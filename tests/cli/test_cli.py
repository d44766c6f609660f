"""The command line: what each command prints, and how it ends (0 fine, 1 not fine, 2 wrong use)."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.conftest import CopyKnowledge

from primum.knowledge.locate import Place
from primum.use_cases.service import Primum
from primum.web.app import create_app

COMMAND = str(Path(sys.executable).with_name("primum"))
DESIGN = ("--injury", "hamstring-strain", "--grade", "2", "--day", "3")
ESCAPE = "\x1b["
TIMEOUT = 600


def environment(**more: str) -> dict[str, str]:
    """The environment without what would choose colours or knowledge."""
    kept = {k: v for k, v in os.environ.items() if not k.endswith("_COLOR") and k[:7] != "PRIMUM_"}
    return {**kept, "COLUMNS": "120", "TERM": "xterm-256color", **more}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A real run of the command; `more` goes to its environment."""
    return subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
        env=environment(**more),
    )


def output(*arguments: str, **more: str) -> str:
    """What a run that must end well prints; nothing may stand on standard error."""
    found = run(*arguments, **more)
    assert (found.returncode, found.stderr) == (0, "")
    return found.stdout


def printed(*arguments: str, **more: str) -> Any:
    """The JSON document that a run prints."""
    return json.loads(output(*arguments, **more))


def refused(*arguments: str, **more: str) -> str:
    """What a run for a caller's mistake says: exit code 2, nothing on standard output."""
    found = run(*arguments, **more)
    assert (found.returncode, found.stdout) == (2, "")
    assert "Traceback" not in found.stderr
    return found.stderr


@pytest.fixture(scope="module")
def released(place: Place, copy_knowledge: CopyKnowledge) -> Path:
    """A copy of the knowledge with its release, for commands that may write."""
    copied = copy_knowledge()
    copytree(place.release, copied.release)
    return copied.root


# --- ask -----------------------------------------------------------------------------------------


def test_ask_answers_the_design_question() -> None:
    """The verdicts as headings, the reason with its source, the next change, the notice."""
    text = output("ask", *DESIGN)
    lines = text.splitlines()
    assert lines[0] == "Hamstring strain, grade 2, 72 to 96 hours after onset"
    assert any(line.startswith("relatively-contraindicated (") for line in lines)
    assert "the source sets no end" in text
    assert "SEED-ITBS" in text
    assert "not a diagnosis" in text


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        (DESIGN, "injury=hamstring-strain&grade=2&day=3"),
        (
            (
                *("--injury", "ITBS", "--hours", "47.5", "--factor", "Fever", "--factor", "burn"),
                *("--without", "Pregnancy", "--screening", "unknown", "--treatment", "massage"),
            ),
            "injury=ITBS&hours=47.5&factor=Fever&factor=burn"
            "&without=Pregnancy&screening=unknown&treatment=massage",
        ),
        (
            (*DESIGN, "--verdict", "contraindicated,precaution"),
            "injury=hamstring-strain&grade=2&day=3&verdict=contraindicated,precaution",
        ),
    ],
)
def test_ask_prints_the_very_answer_that_http_gives(
    primum: Primum, options: tuple[str, ...], parameters: str
) -> None:
    """The same question has the same document, whichever way it is asked."""
    answer = create_app(primum).test_client().get(f"/v1/contraindications?{parameters}")
    assert answer.status_code == 200
    assert json.loads(answer.data) == printed("ask", *options, "--json")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--injury", "hamstring strian"), "primum: No injury is called 'hamstring strian'."),
        (("--injury", "runner's knee"), "names several terms: IliotibialBandSyndrome, Patello"),
        (("--injury", "ITBS", "--factor", "feverr"), "nearest names are Fever"),
        (("--injury", "HamstringStrain", "--grade", "04"), "has the grades 1, 2, 3"),
        (("--injury", "HamstringStrain", "--day", "NaN"), "a decimal number from 0"),
        (("--injury", "HamstringStrain", "--day", "1", "--hours", "1"), "Both day and hours"),
        (("--injury", "HamstringStrain", "--verdict", "safe"), "contraindicated, relatively-"),
        (("--injury", "TendonRupture", "--without", "TendonRuptureSuspected"), "contradict"),
    ],
)
def test_a_question_that_cannot_be_asked_ends_with_2(
    options: tuple[str, ...], message: str
) -> None:
    """The message says what was found and what is allowed, in one line and without a trace."""
    text = refused("ask", *options)
    assert message in text
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [("ask",), ("ask", *DESIGN, "--gradee", "2"), ("asks",), ("query", "--format", "x")],
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    """A missing option, an unknown one, an unknown command."""
    assert "Usage: " in refused(*arguments)


def test_help_and_version_end_with_0() -> None:
    """Every command is listed with what it does."""
    listed = output("--help")
    assert all(name in listed for name in ("ask", "build", "info", "query", "serve", "verify"))
    assert "version" in output("--version")


# --- Colour --------------------------------------------------------------------------------------


def on_a_terminal(*arguments: str, **more: str) -> str:
    """What a run writes when its standard output is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [COMMAND, *arguments], stdout=theirs, stderr=subprocess.PIPE, env=environment(**more)
    ) as started:
        os.close(theirs)
        written = b""
        try:
            while part := os.read(ours, 65536):
                written += part
        except OSError:  # how a terminal says that the other side is closed
            pass
        finally:
            os.close(ours)
        started.communicate(timeout=TIMEOUT)
    assert started.returncode == 0
    return written.decode()


def test_colour_is_for_terminals_only() -> None:
    """In a pipe, and where NO_COLOR asks for none, there is none."""
    question = ("ask", *DESIGN, "--treatment", "massage")
    assert ESCAPE in on_a_terminal(*question)
    assert ESCAPE not in output(*question)
    assert "38;5" not in on_a_terminal(*question, NO_COLOR="1")


def test_json_has_no_colour_even_on_a_terminal() -> None:
    """JSON is for programs."""
    assert ESCAPE not in on_a_terminal("ask", *DESIGN, "--treatment", "massage", "--json")


# --- info ----------------------------------------------------------------------------------------


def test_info_shows_the_loaded_knowledge(primum: Primum) -> None:
    """Version, digest and counts, the same in both forms."""
    manifest, text = primum.release.manifest, output("info")
    document = printed("info", "--json")
    assert (document["version"], document["digest"]) == (manifest.version, manifest.digest)
    assert manifest.counts == document["counts"]
    assert manifest.digest in text
    assert all(str(number) in text for number in manifest.counts.values())


# --- build and verify ----------------------------------------------------------------------------


def test_build_leaves_a_current_release_as_it_is(primum: Primum, released: Path) -> None:
    """Nothing changed, so nothing is written; the manifest is printed."""
    release = Place(released).release
    before = {path.name: path.stat().st_mtime_ns for path in release.iterdir()}
    document = printed("build", "--json", PRIMUM_KNOWLEDGE=str(released))
    assert document["content"] == primum.release.manifest.content
    assert output("build", PRIMUM_KNOWLEDGE=str(released)).startswith("Unchanged: version ")
    assert before == {path.name: path.stat().st_mtime_ns for path in release.iterdir()}


def test_knowledge_that_does_not_parse_ends_with_1(copy_knowledge: CopyKnowledge) -> None:
    """The file is named; there is no release and no trace."""
    place = copy_knowledge()
    (place.rules / "contraindications" / "heat.ttl").write_text("not Turtle", encoding="utf-8")
    found = run("build", "--json", PRIMUM_KNOWLEDGE=str(place.root))
    assert (found.returncode, found.stdout) == (1, "")
    assert "heat.ttl" in found.stderr
    assert "Traceback" not in found.stderr
    assert not place.release.exists()


@pytest.mark.parametrize("command", [("info",), ("ask", *DESIGN), ("query",)])
def test_without_knowledge_every_command_ends_with_1(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The message says where Primum looked."""
    found = run(*command, PRIMUM_KNOWLEDGE=str(tmp_path))
    assert (found.returncode, found.stdout) == (1, "")
    assert str(tmp_path) in found.stderr
    assert "Traceback" not in found.stderr


def test_a_release_that_is_damaged_is_not_served(
    place: Place, copy_knowledge: CopyKnowledge
) -> None:
    """A release whose bytes are not those that were built answers nothing."""
    copied = copy_knowledge()
    copytree(place.release, copied.release)
    for dataset in copied.release.glob("*.nq"):
        dataset.write_bytes(dataset.read_bytes()[:-100])
    found = run("ask", *DESIGN, PRIMUM_KNOWLEDGE=str(copied.root))
    assert found.returncode == 1
    assert "damaged" in found.stderr


@pytest.mark.slow
def test_verify_reports_what_was_compared() -> None:
    """Five situations, no disagreement, exit code 0."""
    document = printed("verify", "--cases", "5", "--seed", "3", "--json")
    kinds = {kind: document[kind] for kind in ("known", "open", "random")}
    assert kinds == {"known": 1, "open": 1, "random": 3}
    assert (document["seed"], document["disagreements"]) == (3, [])


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_serve_takes_a_port(port: str) -> None:
    """A port out of range is refused before anything is served."""
    assert "--port" in refused("serve", "--port", port)
