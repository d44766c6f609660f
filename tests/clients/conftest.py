"""One service for all the clients, as a process of its own, over the shipped knowledge."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clients.asked import Expected, expected_of
from tests.web.wire import free_port, running

from primum.knowledge.datasets import served_store
from primum.use_cases.service import Primum

PRIMUM = str(Path(sys.executable).with_name("primum"))


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The address of a running service."""
    port = free_port()
    with running([PRIMUM, "serve", "--port", str(port)], port, "/readyz"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def endpoint(service: str) -> str:
    """The address that is asked in SPARQL."""
    return f"{service}/sparql"


@pytest.fixture(scope="session")
def expected(primum: Primum) -> Expected:
    """What the same store answers in process."""
    return expected_of(served_store(primum.release))
