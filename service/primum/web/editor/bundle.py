"""The files that the pages of the editor load: ours, and those of YASGUI where they were set up.

YASGUI is no part of the repository: `service/set_up_yasgui.py` puts it into `build/yasgui/`, and a
wheel carries it as `primum/yasgui/`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from primum.web.negotiation import CSS, TEXT

SCRIPT: Final = "yasgui.min.js"
STYLE: Final = "yasgui.min.css"
LICENCES: Final = "LICENCES.txt"
_PACKAGE: Final = Path(__file__).resolve().parents[2]
_PLACES: Final = (_PACKAGE / "yasgui", _PACKAGE.parents[1] / "build" / "yasgui")
_OURS: Final = Path(__file__).resolve().parent / "static"
_PAGES: Final = Path(__file__).resolve().parents[1] / "templates" / "style.css"
_JAVASCRIPT: Final = "text/javascript"
_MEDIA: Final = {".css": CSS, ".js": _JAVASCRIPT, ".txt": TEXT}


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files by name, under a digest of them all; `whole` where YASGUI is among them.

    The digest is part of every address, so that a copy of a file never grows old.
    """

    files: Mapping[str, bytes]
    digest: str
    whole: bool

    def media(self, name: str) -> str:
        """The media type of a file."""
        return f"{_MEDIA[Path(name).suffix]}; charset=utf-8"


def read_bundle(places: tuple[Path, ...] = _PLACES) -> Bundle:
    """Our files, and YASGUI from the first of the places that has it."""
    found = next((place for place in places if (place / SCRIPT).is_file()), None)
    paths = [*_own(), *(_yasgui(found) if found else ())]
    files = {path.name: path.read_bytes() for path in paths}
    return Bundle(files, _digest(files), whole=found is not None)


def _own() -> Iterator[Path]:
    """The files of the repository."""
    yield _PAGES
    yield from sorted(path for path in _OURS.iterdir() if path.suffix in _MEDIA)


def _yasgui(place: Path) -> Iterator[Path]:
    """The files of YASGUI."""
    return (place / name for name in (SCRIPT, STYLE, LICENCES))


def _digest(files: Mapping[str, bytes]) -> str:
    """A short digest of names and contents."""
    total = hashlib.sha256()
    for name, content in files.items():
        total.update(f"{name} {len(content)} ".encode())
        total.update(content)
    return total.hexdigest()[:16]
