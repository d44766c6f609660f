"""What the tests of the door share: a small application behind it, which tells what it saw."""

from collections.abc import Iterator

import pytest
from tests.web.wire import behind, free_port, seen


@pytest.fixture(scope="module")
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of the application, served with the SETTINGS of the module that asks for it."""
    port = free_port()
    with behind(port, request.module.SETTINGS):
        yield port


@pytest.fixture
def forgotten(port: int) -> None:
    """A test sees its own calls only."""
    seen(port)
