"""Cages over the tasks of these tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from primum.cage.limits import Limits
from primum.cage.pool import Cage

ROOT = Path(__file__).parents[2]
LIMITS = Limits(seconds=30, megabytes=128, result_bytes=10_000_000, waiting=50)
MakeCage = Callable[..., Cage]


@pytest.fixture
def make_cage(monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeCage]:
    """Makes cages, and closes them after the test."""
    monkeypatch.syspath_prepend(ROOT)
    with ExitStack() as cages:

        def make(
            prepare: str = "prepare",
            argument: str = "",
            *,
            limits: Limits = LIMITS,
            workers: int = 1,
        ) -> Cage:
            path = f"tests.cage.tasks:{prepare}"
            return cages.enter_context(Cage(path, argument, limits=limits, workers=workers))

        yield make


@pytest.fixture
def cage(make_cage: MakeCage) -> Cage:
    """A cage with one worker."""
    return make_cage()
