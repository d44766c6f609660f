"""The OWL API of both lines, where `make test` could fetch it."""

from collections.abc import Iterator

import pytest
from tests.layout.judging import Judge
from tests.layout.set_up import OWLAPI, READY


def _judge(line: str) -> Iterator[Judge]:
    """A judge of one line, or a skip that says what is missing."""
    if not (OWLAPI / READY).is_file():
        pytest.skip("the OWL API is not in build/owlapi: run tests/layout/set_up.py, with Maven")
    judge = Judge(OWLAPI / line)
    yield judge
    judge.close()


@pytest.fixture(scope="session")
def protege() -> Iterator[Judge]:
    """The OWL API of the 4.5 line, as in Protégé 5.6."""
    yield from _judge("4.5")


@pytest.fixture(scope="session")
def newer() -> Iterator[Judge]:
    """The OWL API of the 5.1 line."""
    yield from _judge("5.1")
