"""What tests of `/sparql` share: clients of the application over the shipped knowledge."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.served import Served


@pytest.fixture(scope="session")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of the application; its queries are evaluated in caged processes."""
    settings = read_settings({"PRIMUM_CAGE_SECONDS": "4"})
    served = Served.over(primum, settings)
    yield create_app(Current(served), settings).test_client()
    served.endpoint.close()
