"""What a release and its named questions are made of: the files, and how to see that they moved.

Stamps are cheap and looked at several times a second; prints are digests of the content, taken
where a stamp has changed. A file that was saved as it was has another stamp and the same print.
"""

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from primum.knowledge.files import knowledge_files, mappings_file, record_shapes_file
from primum.knowledge.locate import Place

_ENDINGS: Final = (".ttl", ".tsv", ".rq")
Stamps = Mapping[str, tuple[int, int, int]]
Prints = Mapping[str, str]


def stamps(place: Place) -> Stamps:
    """The stamp of every file that may matter: the instant of its last change, size and number.

    Whatever a program sets the date of a file to, a change of its content moves that instant.
    """
    return {path: stamp for folder in _folders(place) for path, stamp in _entries(folder)}


def prints(place: Place) -> Prints:
    """The digest of every file that is an input, by its path within the place.

    A file that goes while it is read, or cannot be read, has none.
    """
    found = {}
    for path in _inputs(place):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        found[path.relative_to(place.root).as_posix()] = sha256(content).hexdigest()
    return found


def changed(before: Prints, after: Prints) -> tuple[str, ...]:
    """The files that were added, removed, or have another content, by path."""
    names = sorted(before.keys() | after.keys())
    return tuple(name for name in names if before.get(name) != after.get(name))


def _folders(place: Place) -> tuple[Path, ...]:
    """The folders in which inputs stand, none of them in another."""
    rules = (place.rules / topic for topic in ("contraindications", "recommendations", "shapes"))
    return (place.ontology, *rules, place.queries / "ask")


def _inputs(place: Place) -> list[Path]:
    """The files that a build reads, and those of the named questions."""
    questions = sorted((place.queries / "ask").glob("*.rq"))
    return [*knowledge_files(place), mappings_file(place), record_shapes_file(place), *questions]


def _entries(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The files in a folder that may be inputs, each with its stamp."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_ENDINGS):
                    yield entry.path, _stamp(entry)
    except FileNotFoundError:  # it went while it was looked at; the next look sees how it stands
        return


def _stamp(entry: "os.DirEntry[str]") -> tuple[int, int, int]:
    """The stamp of a file, zeros where it is a link that leads nowhere."""
    try:
        seen = entry.stat()
    except FileNotFoundError:
        return 0, 0, 0
    return seen.st_ctime_ns, seen.st_size, seen.st_ino
