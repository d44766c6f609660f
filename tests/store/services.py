"""Services to be asked in process, over the embedded store or a server elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.served import Served


@contextmanager
def service(primum: Primum, **environment: str) -> Iterator[FlaskClient]:
    """A client of a service over a release, with the settings of an environment."""
    settings = read_settings(environment)
    served = Served.over(primum, settings)
    try:
        yield create_app(Current(served), settings).test_client()
    finally:
        served.endpoint.close()
