"""Chromium, and the pages that it looks at: of the served release, and of one without YASGUI."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.editor.app import Site, serving
from tests.web.wire import free_port, running

from primum.knowledge.datasets import served_store
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum
from primum.web.editor.bundle import read_bundle
from primum.web.editor.examples import Example, examples_of

_PRIMUM = str(Path(sys.executable).with_name("primum"))


@pytest.fixture(scope="session")
def yasgui() -> None:
    """What a test asks for that needs YASGUI."""
    if not read_bundle().whole:
        pytest.skip("YASGUI was not set up: `make setup` does it where npm is")


@pytest.fixture(scope="session")
def address(yasgui: None) -> Iterator[str]:  # noqa: ARG001 - skips where there is none
    """Where the shipped release is served, as `primum serve` does."""
    port = free_port()
    with running([_PRIMUM, "serve", "--port", str(port)], port, "/sparql?query=ASK%7B%7D"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def dataset_address(
    yasgui: None,  # noqa: ARG001 - skips where there is none
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Where a file with one statement is served."""
    file = tmp_path_factory.mktemp("dataset") / "one.nq"
    file.write_text('<http://example.org/s> <http://example.org/p> "only one" .\n')
    port, command = free_port(), [_PRIMUM, "serve", "--dataset", str(file), "--port"]
    with running([*command, str(port)], port, "/sparql?query=ASK%7B%7D"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def examples(primum: Primum) -> Sequence[Example]:
    """The named questions."""
    return examples_of(Questions.of(primum).all.values())


@pytest.fixture(scope="session")
def plain_site(primum: Primum, examples: Sequence[Example]) -> Site:
    """The shipped release, on a machine where YASGUI was not set up."""
    return Site(served_store(primum.release), read_bundle(()), examples)


@pytest.fixture(scope="session")
def plain_address(plain_site: Site) -> Iterator[str]:
    """Where that is asked."""
    with serving(plain_site.application()) as found:
        yield found
