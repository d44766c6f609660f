"""Puts the OWL API of both lines into `build/owlapi/`: run by `make test`.

Maven fetches what `owlapi/*/pom.xml` names and checks each file against the sum that its registry
states. Where there is no Maven, or it fetches nothing, one line says so and the tests that ask the
OWL API how it lays a file out are skipped.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

LINES: Final = ("4.5", "5.1")
_POMS: Final = Path(__file__).resolve().parent / "owlapi"
OWLAPI: Final = _POMS.parents[2] / "build/owlapi"
READY: Final = ".ready"
_WITHOUT: Final = "The layout is not compared with that of the OWL API"
_SECONDS: Final = 600


def main() -> int:
    """Set both lines up; tells in one line where they could not be, which is no failure."""
    reason = set_up(shutil.which("mvn"), OWLAPI)
    if reason:
        print(f"{reason}: {_WITHOUT}.")
    return 0


def set_up(maven: str | None, folder: Path) -> str:
    """Fetch both lines; gives the reason where it cannot be, and leaves nothing then."""
    if maven is None:
        return "There is no Maven here"
    shutil.rmtree(folder, ignore_errors=True)
    for line in LINES:
        reason = _fetch(maven, line, folder / line)
        if reason:
            shutil.rmtree(folder, ignore_errors=True)
            return reason
    (folder / READY).touch()
    return ""


def _fetch(maven: str, line: str, folder: Path) -> str:
    """Run Maven; gives the reason where it fails."""
    command = [maven, "--quiet", "--batch-mode", "--file", str(_POMS / line / "pom.xml")]
    command += ["dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    try:
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return "Maven took too long"
    except subprocess.CalledProcessError as error:
        said = (error.stdout + error.stderr).strip().partition("\n")[0]
        return f"Maven fetched nothing ({said})"
    return ""


if __name__ == "__main__":
    sys.exit(main())
