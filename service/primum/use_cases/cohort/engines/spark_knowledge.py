"""The knowledge as an archive that Spark ships to its workers."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from primum.knowledge.locate import Place


def pack(place: Place, archive: Path) -> None:
    """Write ontology, rules, queries and release into an archive, laid out as in the wheel."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for path, name in _files(place):
            packed.write(path, name)


def _files(place: Place) -> Iterator[tuple[Path, str]]:
    """The files of the knowledge, and what they are called in the archive."""
    folders = {
        "ontology": place.ontology,
        "rules": place.rules,
        "queries": place.queries,
        "release": place.release,
    }
    for name, folder in folders.items():
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            yield path, f"{name}/{path.relative_to(folder)}"
