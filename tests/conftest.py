"""Fixtures that many tests share: the shipped knowledge, copies to tamper with, a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from primum.knowledge.locate import Place, locate
from primum.use_cases.service import Primum

# A busy machine is slow now and then; that is no fault of what is tested.
settings.register_profile("primum", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("primum")
PATIENCE: Final = 60_000  # milliseconds that a browser may take
expect.set_options(timeout=PATIENCE)

# Java optimises for long runs; the reasoners of tests are done before that pays.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No name is resolved: a page that asks another origin fails for that, and is seen to.
_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
CopyKnowledge = Callable[[], Place]


@pytest.fixture(scope="session")
def place() -> Place:
    """The place of the shipped knowledge; tests only read it."""
    return locate()


@pytest.fixture(scope="session")
def primum() -> Primum:
    """Primum over the release of the shipped knowledge."""
    return Primum.load()


@pytest.fixture(scope="session")
def copy_knowledge(place: Place, tmp_path_factory: pytest.TempPathFactory) -> CopyKnowledge:
    """Makes copies of the shipped ontology, rules and queries, without a release."""
    folder = tmp_path_factory.mktemp("copies")
    numbers = count(1)

    def copy() -> Place:
        root: Path = folder / f"copy-{next(numbers)}"
        for part in (place.ontology, place.rules, place.queries):
            copytree(part, root / part.name)
        return Place(root)

    return copy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine, which reaches nothing but loopback."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        pytest.skip("CHROMIUM IS NOT INSTALLED: no page is looked at in a browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", _ALONE], timeout=PATIENCE
        )
        yield browser
        browser.close()
