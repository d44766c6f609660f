"""Fixtures of the tests of sheets: a small knowledge of their own, and the shipped one copied."""

from pathlib import Path

import pytest
from tests.conftest import CopyKnowledge
from tests.spreadsheet.small import make_small

from primum.knowledge.locate import Place


@pytest.fixture
def small(tmp_path: Path, place: Place) -> Place:
    """The small knowledge, to be written to."""
    return make_small(tmp_path / "small", place)


@pytest.fixture
def copied(copy_knowledge: CopyKnowledge) -> Place:
    """A copy of the shipped knowledge, to be written to."""
    return copy_knowledge()
