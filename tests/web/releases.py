"""Releases to put in place of another: the shipped one with a window moved, and broken ones."""

import json
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Final

from primum.foundation.names import BASE
from primum.knowledge.locate import Place
from primum.knowledge.release import Manifest, read_manifest, write_release

RULE: Final = "MassageStrainGrade2To3Week"
WEEK, MOVED = 168, 96
_UNTIL: Final = f"<{BASE}region/{RULE}-1> <{BASE}regionUntilHours> "


def copied(place: Place, root: Path) -> Place:
    """A copy of the knowledge with its release."""
    for part in (place.ontology, place.rules, place.queries):
        copytree(part, root / part.name)
    copytree(place.release, root / "build" / "release")
    return Place(root)


def moved(place: Place, hours: int) -> tuple[Manifest, bytes]:
    """The release of a place with the week in which massage is barred of another length."""
    manifest = read_manifest(place.release)
    text = (place.release / manifest.dataset).read_text()
    before = f'{_UNTIL}"{WEEK}"'
    assert text.count(before) == 1
    after = text.replace(before, f'{_UNTIL}"{hours}"').encode()
    return replace(manifest, digest=f"sha256:{hours:064x}"), after


def put(place: Place, release: tuple[Manifest, bytes]) -> str:
    """Put a release in place, as a build does; gives its digest."""
    return write_release(place.release, *release).digest


def damage(place: Place) -> None:
    """Cut the dataset that is in place, under a manifest that promises another."""
    path = place.release / "manifest.json"
    stated = json.loads(path.read_text())
    dataset = place.release / read_manifest(place.release).dataset
    (dataset.parent / "knowledge-0000000000000000.nq").write_bytes(dataset.read_bytes()[:1000])
    path.write_text(json.dumps({**stated, "content": f"sha256:{'0' * 64}"}))


def of_another_format(place: Place) -> None:
    """Say that the release in place is of a format to come."""
    path = place.release / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 999}))


def without_manifest(place: Place) -> None:
    """Take the manifest away."""
    (place.release / "manifest.json").unlink()


def half_a_manifest(place: Place) -> None:
    """Leave half of the manifest."""
    path = place.release / "manifest.json"
    path.write_text(path.read_text()[:100])
