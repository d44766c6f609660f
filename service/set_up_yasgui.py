"""Puts YASGUI, the editor of `/sparql`, into `build/yasgui/`: run by `make`, never needed to serve.

npm fetches the packages that `yasgui/package-lock.json` names and checks each against the hash
there; none of their scripts runs. Where there is no npm, or it fetches nothing, one line says so
and `/sparql` serves a plain form. `--axe` adds what the tests check accessibility with.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve().parent
_BUILD: Final = _HERE.parent / "build"
_LOCKED: Final = ("package.json", "package-lock.json")
_BUILT: Final = ("yasgui.min.js", "yasgui.min.css")
_PACKAGE: Final = "@zazuko/yasgui"
_AXE: Final = "axe-core/axe.min.js"
_SECONDS: Final = 300
_WITHOUT: Final = {
    False: "no YASGUI editor; /sparql serves a plain form instead",
    True: "no axe-core; the tests do not check accessibility",
}


def main(arguments: Sequence[str]) -> int:
    """Set up what is asked for; tells in one line what could not be, which is no failure."""
    axe = "--axe" in arguments
    reason = set_up(shutil.which("npm"), axe=axe)
    if reason:
        print(f"{reason}: {_WITHOUT[axe]}.")
    return 0


def set_up(npm: str | None, *, axe: bool) -> str:
    """Fetch with npm and put in place what is asked for; gives the reason where it cannot be."""
    if npm is None:
        return "There is no npm here"
    folder = _BUILD / ("npm-axe" if axe else "npm")
    try:
        install(npm, _HERE / "yasgui", folder, dev=axe)
        _place_axe(folder) if axe else place(folder, _BUILD / "yasgui")
    except subprocess.TimeoutExpired:
        return f"npm took more than {_SECONDS} s"
    except subprocess.CalledProcessError as error:
        return f"npm fetched nothing ({_reason(error.stderr)})"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return ""


def install(npm: str, locked: Path, folder: Path, *, dev: bool = False) -> None:
    """Install what the lock in `locked` names into a folder of its own.

    Raises CalledProcessError where npm fails, as it does where a hash differs, or TimeoutExpired.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _LOCKED:
        shutil.copyfile(locked / name, folder / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=30000"]
    command += [] if dev else ["--omit=dev"]
    subprocess.run(  # noqa: S603 - a fixed command in a folder we wrote
        command, cwd=folder, check=True, capture_output=True, text=True, timeout=_SECONDS
    )


def place(installed: Path, target: Path) -> None:
    """Put what the pages load, with the licences of all that it is made of, into a folder."""
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in _BUILT:
        shutil.copyfile(installed / "node_modules" / _PACKAGE / "build" / name, part / name)
    text = "\n\n".join(licences(installed))
    (part / "LICENCES.txt").write_text(text, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def licences(installed: Path) -> Iterator[str]:
    """For each package its name, version, licence and the text of its licence file."""
    lock = json.loads((installed / "package-lock.json").read_text(encoding="utf-8"))
    for place_, entry in lock["packages"].items():
        if not place_ or entry.get("dev"):
            continue
        told = json.loads((installed / place_ / "package.json").read_text(encoding="utf-8"))
        texts = [path.read_text(encoding="utf-8").strip() for path in _texts(installed / place_)]
        head = f"{told['name']} {told['version']}, {told.get('license', 'licence as below')}"
        yield "\n\n".join([f"== {head} ==", *(texts or [_author(told)])])


def _texts(package: Path) -> Iterator[Path]:
    """The licence files of a package."""
    yield from (p for p in sorted(package.iterdir()) if p.name.lower().startswith("licen"))


def _author(told: dict[str, object]) -> str:
    """Whose a package is that has no licence file."""
    author = told.get("author", "unknown")
    name = author.get("name") if isinstance(author, dict) else author
    return f"The package has no licence file. It says that its author is {name}."


def _place_axe(installed: Path) -> None:
    """Put axe-core where the tests look for it."""
    target = _BUILD / "axe"
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(installed / "node_modules" / _AXE, target / "axe.min.js")


def _reason(told: str) -> str:
    """The first line of what npm wrote, without its prefix."""
    lines = [line.removeprefix("npm error").strip() for line in told.splitlines()]
    return next((line for line in lines if line), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
