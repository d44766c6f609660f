"""Copies of the shipped knowledge before and after edits, each compiled once."""

from collections.abc import Callable
from functools import cache

import pytest
from tests.conftest import CopyKnowledge
from tests.diffing.edits import Edit

from primum.knowledge.locate import Place
from primum.use_cases.compiling import compile_knowledge
from primum.use_cases.diffing import Difference, Version, difference
from primum.use_cases.diffing.versions import compiled_version

Edited = Callable[..., Difference]


@pytest.fixture(scope="session")
def untouched(copy_knowledge: CopyKnowledge) -> Place:
    """A copy of the knowledge that no test edits."""
    return copy_knowledge()


@pytest.fixture(scope="session")
def before(untouched: Place) -> Version:
    """The knowledge before any edit."""
    return compiled_version("before", compile_knowledge(untouched), untouched)


@pytest.fixture(scope="session")
def edited(before: Version, copy_knowledge: CopyKnowledge) -> Edited:
    """Gives the difference that some edits make; the same edits are made and compiled once."""

    @cache
    def make(*edits: Edit) -> Difference:
        place = copy_knowledge()
        for edit in edits:
            edit.make(place)
        return difference(before, compiled_version("after", compile_knowledge(place), place))

    return make
