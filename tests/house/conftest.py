"""What a reader of the guides has: a running service, and the files that they tell to save."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.following import PRIMUM
from tests.house.guides import write_files
from tests.web.wire import free_port, running


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """The port of a running service."""
    number = free_port()
    with running([PRIMUM, "serve", "--port", str(number)], number, "/healthz"):
        yield number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the guides tell to save."""
    write_files(tmp_path)
    return tmp_path
