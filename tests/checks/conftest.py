"""A small place that passes every check, to plant one fault in."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from shutil import copy, copytree

import pytest

from primum.knowledge.locate import Place

BASE = Path(__file__).parent / "base"
MakePlace = Callable[[], Place]


@pytest.fixture(scope="session")
def small(place: Place, tmp_path_factory: pytest.TempPathFactory) -> MakePlace:
    """Makes copies of a small place with the core, the shapes and a few terms of its own."""
    folder = tmp_path_factory.mktemp("small")
    numbers = count(1)

    def make() -> Place:
        root = folder / f"place-{next(numbers)}"
        copytree(BASE, root)
        copy(place.ontology / "core.ttl", root / "ontology" / "core.ttl")
        copytree(place.rules / "shapes", root / "rules" / "shapes")
        return Place(root)

    return make
