"""What a dataset holds is counted as anybody would count it by hand."""

from collections import Counter

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from tests.sparql.made import iri, quads, texts

from primum.foundation.names import RDF, Graph
from primum.knowledge.datasets import served_store
from primum.use_cases.service import Primum
from primum.use_cases.sparql.exchange import Statistics
from primum.use_cases.sparql.statistics import count

TYPE = ox.NamedNode(RDF + "type")


def by_hand(store: ox.Store) -> Statistics:
    """The same counts without SPARQL."""
    every = list(store)
    default = [quad for quad in every if isinstance(quad.graph_name, ox.DefaultGraph)]
    classes = [q.object for q in default if q.predicate == TYPE]
    named = [q.graph_name for q in every if isinstance(q.graph_name, ox.NamedNode)]
    return Statistics(
        triples=len(default),
        subjects=len({quad.subject for quad in default}),
        objects=len({quad.object for quad in default}),
        properties=dict(Counter(quad.predicate.value for quad in default)),
        classes=dict(Counter(each.value for each in classes if isinstance(each, ox.NamedNode))),
        graphs=dict(Counter(each.value for each in named)),
    )


typings = st.builds(
    lambda s, o: ox.Quad(s, TYPE, o, ox.DefaultGraph()),
    st.sampled_from([iri(1), iri(2), ox.BlankNode("b")]),
    st.sampled_from([iri("C"), iri("D"), ox.BlankNode("c")]),
)


@given(st.lists(quads(texts) | typings, max_size=12))
def test_counts_are_those_made_by_hand(found: list[ox.Quad]) -> None:
    """Of the default graph; a class without a name is none, and no graph that is empty is told."""
    store = ox.Store()
    store.extend(found)
    assert count(store) == by_hand(store)


def test_an_empty_dataset_has_nothing() -> None:
    """Every count is nought."""
    assert count(ox.Store()) == Statistics(0, 0, 0, {}, {}, {})


def test_the_served_knowledge_is_counted(primum: Primum) -> None:
    """Each of its graphs has statements, and the union has fewer than all of them together."""
    store = served_store(primum.release)
    found = count(store)
    assert found == by_hand(store)
    graphs = {Graph.ASSERTED, Graph.INFERRED, Graph.RULES, Graph.MAPPINGS, Graph.SHAPES}
    assert found.graphs.keys() == graphs
    assert 0 < found.triples < sum(found.graphs.values())
