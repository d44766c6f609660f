"""What tests of a store elsewhere share: a server that holds the release, and two services."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.store.oxigraph import Oxigraph, oxigraph
from tests.store.services import service
from tests.web.wire import free_port

from primum.use_cases.service import Primum

OTHERS = """
<http://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "of somebody else" .
GRAPH <http://example.org/other> { <http://example.org/a> a <http://example.org/Other> }
"""


@pytest.fixture(scope="session")
def store(primum: Primum) -> Iterator[Oxigraph]:
    """A server that holds the shipped release beside data of others; tests only read it."""
    with oxigraph(free_port()) as server:
        server.add(OTHERS)
        assert server.load(primum.release)
        yield server


@pytest.fixture(scope="session")
def embedded(primum: Primum) -> Iterator[FlaskClient]:
    """A client of a service over the embedded store."""
    with service(primum) as client:
        yield client


@pytest.fixture(scope="session")
def elsewhere(primum: Primum, store: Oxigraph) -> Iterator[FlaskClient]:
    """A client of a service that asks the server."""
    with service(primum, PRIMUM_STORE=store.url) as client:
        yield client
