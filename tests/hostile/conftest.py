"""What hostile tests share: a canary, and a service with short limits under good traffic."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile.canary import Canary
from tests.hostile.service import QUICK, Service, running
from tests.hostile.traffic import Traffic, good_traffic


@pytest.fixture(scope="session")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    """Where nothing may go."""
    with Canary(tmp_path_factory.mktemp("canary")) as found:
        yield found


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service writes its log."""
    return tmp_path_factory.mktemp("log") / "log.jsonl"


@pytest.fixture(scope="session")
def service(log: Path) -> Iterator[Service]:
    """`primum serve` with limits that are soon reached."""
    with running(log, **QUICK, PRIMUM_KEPT_MEGABYTES="16") as found:
        yield found


@pytest.fixture(scope="module")
def traffic(service: Service) -> Iterator[Traffic]:
    """Good callers, who ask all the while."""
    with good_traffic(service) as found:
        yield found
