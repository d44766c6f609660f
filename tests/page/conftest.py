"""A running service whose pages a browser looks at."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.wire import free_port, running

_AXE = Path(__file__).parents[2] / "build/axe/axe.min.js"
_PRIMUM = str(Path(sys.executable).with_name("primum"))


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """Where the shipped release is served."""
    port = free_port()
    with running([_PRIMUM, "serve", "--port", str(port)], port, "/readyz"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that looks for what would keep people out."""
    if not _AXE.is_file():
        pytest.skip("axe-core was not set up: `make test` does it where npm is")
    return _AXE.read_text(encoding="utf-8")
