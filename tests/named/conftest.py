"""The named questions over the shipped knowledge, and the dataset that they are asked of."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib
from tests.named.asking import ROOT
from tests.named.linked import Link, read_links

from primum.knowledge.datasets import served_store
from primum.model.knowledge import Knowledge
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum


@pytest.fixture(scope="session")
def questions(primum: Primum) -> Questions:
    """The shipped questions."""
    return Questions.of(primum)


@pytest.fixture(scope="session")
def store(primum: Primum) -> ox.Store:
    """The dataset as it is served: the named graphs, and their union."""
    return served_store(primum.release)


@pytest.fixture(scope="session")
def dataset(primum: Primum) -> Iterator[rdflib.Dataset]:
    """The release in rdflib, all graphs as one."""
    found = rdflib.Dataset(default_union=True)
    path = primum.place.release / primum.release.manifest.dataset
    found.parse(data=path.read_bytes(), format="nquads")
    yield found
    found.close()


@pytest.fixture(scope="session")
def files() -> rdflib.Graph:
    """The ontology and the rules, read by rdflib."""
    graph = rdflib.Graph()
    for path in (*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "rules").glob("[cr]*/*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def links(files: rdflib.Graph) -> list[Link]:
    """Every link whose axiom is annotated."""
    return list(read_links(files))


@pytest.fixture(scope="session")
def knowledge(primum: Primum) -> Knowledge:
    """The compiled knowledge."""
    return primum.release.knowledge
