"""Fixtures that many tests share: the shipped knowledge, and copies of it to tamper with."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import settings

from primum.knowledge.locate import Place, locate
from primum.use_cases.service import Primum

# A busy machine is slow now and then; that is no fault of what is tested.
settings.register_profile("primum", deadline=None)
settings.load_profile("primum")

CopyKnowledge = Callable[[], Place]


@pytest.fixture(scope="session")
def place() -> Place:
    """The place of the shipped knowledge; tests only read it."""
    return locate()


@pytest.fixture(scope="session")
def primum() -> Primum:
    """Primum over the release of the shipped knowledge."""
    return Primum.load()


@pytest.fixture(scope="session")
def copy_knowledge(place: Place, tmp_path_factory: pytest.TempPathFactory) -> CopyKnowledge:
    """Makes copies of the shipped ontology, rules and queries, without a release."""
    folder = tmp_path_factory.mktemp("copies")
    numbers = count(1)

    def copy() -> Place:
        root: Path = folder / f"copy-{next(numbers)}"
        for part in (place.ontology, place.rules, place.queries):
            copytree(part, root / part.name)
        return Place(root)

    return copy
