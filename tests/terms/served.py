"""An application over a release, shipped or with statements planted in it, and its terms."""

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox
from flask.testing import FlaskClient

from primum.foundation.names import BASE, Graph
from primum.foundation.settings import read_settings
from primum.knowledge.release import Release
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.current import Current
from primum.web.served import Served


def iris_of(release: Release) -> list[str]:
    """Every IRI under the base that stands anywhere in a release, names of graphs included."""
    nodes = {n for q in release.store for n in (q.subject, q.predicate, q.object, q.graph_name)}
    iris = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
    return sorted(iri for iri in iris if iri.startswith(BASE) and iri != BASE)


def planted(release: Release, quads: Iterable[ox.Quad], graph: str = Graph.ASSERTED) -> Release:
    """A release with further statements in one of its graphs."""
    store = ox.Store()
    store.extend(release.store)
    store.extend(ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph)) for q in quads)
    return replace(release, store=store)


def client_over(primum: Primum, release: Release) -> FlaskClient:
    """A client of an application that serves a release."""
    served = Served.over(replace(primum, release=release), read_settings())
    return create_app(Current(served)).test_client()
