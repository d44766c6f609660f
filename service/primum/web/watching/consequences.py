"""What an edit does to answers: the release from before it, and the one that it gave."""

from pathlib import Path
from shutil import rmtree
from typing import Final

from primum.foundation.errors import PrimumError
from primum.knowledge.locate import Place
from primum.knowledge.release import pin, read_manifest

_SHOWN: Final = 3


def keep(place: Place, folder: Path) -> str:
    """Keep the release in place in a folder of its own; gives its digest, "" where there is none.

    Whatever the folder held goes.
    """
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        manifest = read_manifest(place.release)
        pin(place.release, manifest, folder)
    except PrimumError:
        return ""
    return manifest.digest


def consequences(before: Path, place: Place) -> str:
    """Which answers moved between two releases, in lines: the first few, and how many more."""
    # Only who has an edit to look at needs what compares.
    from primum.use_cases.diffing.difference import difference  # noqa: PLC0415
    from primum.use_cases.diffing.outline import outline, summary  # noqa: PLC0415
    from primum.use_cases.diffing.versions import of_release  # noqa: PLC0415

    found = difference(of_release("before", before), of_release("now", place.release))
    sections = outline(found)
    points = [point.says for section in sections for point in section.points]
    more = len(points) - _SHOWN
    rest = [f"  and {more} more, which `primum diff` tells"] if more > 0 else []
    return "\n".join([summary(found), *(f"  {says}" for says in points[:_SHOWN]), *rest])
