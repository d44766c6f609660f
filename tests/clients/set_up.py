"""Puts the clients of npm that the tests run into `build/clients/`: run by `make test`.

npm fetches what `node/package-lock.json` names and checks each package against the hash there; none
of their scripts runs. Where there is no npm, or it fetches nothing, one line says so and the tests
of these clients are skipped.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from set_up_yasgui import install

_HERE: Final = Path(__file__).resolve().parent
CLIENTS: Final = _HERE.parents[1] / "build/clients"
_WITHOUT: Final = "Comunica and the other clients of npm are not tested"


def main() -> int:
    """Set the clients up; tells in one line where they could not be, which is no failure."""
    reason = set_up(shutil.which("npm"), CLIENTS)
    if reason:
        print(f"{reason}: {_WITHOUT}.")
    return 0


def set_up(npm: str | None, folder: Path) -> str:
    """Fetch the clients with npm; gives the reason where it cannot be, and leaves nothing then."""
    reason = "There is no npm here" if npm is None else _fetch(npm, folder)
    if reason:
        shutil.rmtree(folder, ignore_errors=True)
    return reason


def _fetch(npm: str, folder: Path) -> str:
    """Run npm; gives the reason where it fails."""
    try:
        install(npm, _HERE / "node", folder)
    except subprocess.TimeoutExpired:
        return "npm took too long"
    except subprocess.CalledProcessError as error:
        return f"npm fetched nothing ({error.stderr.strip().partition(chr(10))[0]})"
    return ""


if __name__ == "__main__":
    sys.exit(main())
