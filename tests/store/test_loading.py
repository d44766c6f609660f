"""Loading a release: twice is once, what is somebody else's stays, another release is refused."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.sparql.asking import get, problem, rows
from tests.store.conftest import OTHERS
from tests.store.oxigraph import Oxigraph, oxigraph
from tests.store.services import service
from tests.web.wire import free_port
from tests.web.wire import get as fetched

from primum.foundation.errors import StoreUnreachable
from primum.foundation.names import BASE, Graph, Stored
from primum.knowledge.release import Release, canonical
from primum.use_cases.service import Primum
from primum.use_cases.store.loading import Loader, graph_store
from primum.use_cases.store.watch import FRESH_SECONDS

COMMAND = str(Path(sys.executable).with_name("primum"))
OTHER = f"sha256:{'0' * 64}"


@pytest.fixture
def empty() -> Iterator[Oxigraph]:
    """A server that holds nothing."""
    with oxigraph(free_port()) as server:
        yield server


def held(server: Oxigraph) -> bytes:
    """All that a server holds, in one form."""
    found = fetched(server.port, "/store").body
    return canonical(ox.parse(found, format=ox.RdfFormat.N_QUADS))


def small(primum: Primum, content: str = OTHER) -> Release:
    """A release of few statements, of which one stands in two graphs."""
    store = ox.Store()
    for number, graph in enumerate((Graph.RULES, Graph.SHAPES, Graph.MAPPINGS)):
        for each in (number, number // 2 + 10):
            node = ox.NamedNode(f"{BASE}{each}")
            store.add(ox.Quad(node, node, ox.Literal(each), ox.NamedNode(graph)))
    manifest = replace(primum.release.manifest, content=content)
    return replace(primum.release, manifest=manifest, store=store)


def test_a_server_holds_the_graphs_merges_of_them_and_which_release_it_is(
    primum: Primum, empty: Oxigraph
) -> None:
    """Nothing else, and nothing in the default graph."""
    release = small(primum)
    assert empty.load(release)
    found = ox.Store()
    found.load(fetched(empty.port, "/store").body, format=ox.RdfFormat.N_QUADS)
    sizes = {
        graph.value: len(list(found.quads_for_pattern(None, None, None, graph)))
        for graph in found.named_graphs()
    }
    merge = f"{Stored.MERGED}rules+shapes"
    own = {Graph.RULES: 2, Graph.SHAPES: 2, Graph.MAPPINGS: 2}
    assert sizes == {**own, merge: 3, Stored.UNION: 5, Stored.RELEASE: 3}
    assert not list(found.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def test_loading_twice_is_loading_once(primum: Primum, empty: Oxigraph) -> None:
    """The second time nothing has to be done; forced, it is done with the same outcome."""
    assert empty.load(small(primum))
    once = held(empty)
    assert not empty.load(small(primum))
    assert empty.load(small(primum), force=True)
    assert held(empty) == once


def test_another_release_takes_the_place_of_one(primum: Primum, empty: Oxigraph) -> None:
    """Nothing of the first is left."""
    empty.load(small(primum, content="sha256:other"))
    assert empty.load(small(primum))
    with oxigraph(free_port()) as fresh:
        fresh.load(small(primum))
        assert held(fresh) == held(empty)


def test_what_others_have_there_stays(primum: Primum, empty: Oxigraph) -> None:
    """Graphs that are not Primum's, and the default graph."""
    empty.add(OTHERS)
    before = set(held(empty).splitlines())
    empty.load(small(primum))
    assert before < set(held(empty).splitlines())


def test_services_have_time_to_notice_before_anything_is_changed(
    primum: Primum, empty: Oxigraph
) -> None:
    """When it is waited, what told of the release is gone, and the release still there."""
    release = small(primum)
    empty.load(release)
    waits = []

    def wait(seconds: float) -> None:
        waits.append((seconds, held(empty)))

    Loader(empty.url, graph_store(empty.url), wait).load(release, force=True)
    ((seconds, then),) = waits
    assert seconds > FRESH_SECONDS
    assert Stored.RELEASE.encode() not in then
    assert Graph.RULES.encode() in then


def test_what_is_incomplete_is_loaded_again(primum: Primum, empty: Oxigraph) -> None:
    """Though the server says that it holds the release."""
    release = small(primum)
    empty.load(release)
    whole = held(empty)
    empty.add(f"GRAPH <{Graph.RULES}> {{ <{BASE}4> a <{BASE}Stray> }}")
    assert empty.load(release)
    assert held(empty) == whole


def test_a_server_with_another_release_is_not_asked(primum: Primum, empty: Oxigraph) -> None:
    """The refusal says which release is expected and which is there; loading mends it."""
    empty.load(small(primum))
    with service(primum, PRIMUM_STORE=empty.url) as client:
        detail = problem(get(client, "ASK {}"), 503, "store-unreachable")["detail"]
        assert primum.release.manifest.content in detail
        assert OTHER in detail
        problem(client.get("/v1/queries/windows"), 503, "store-unreachable")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A real run of the command."""
    return subprocess.run(
        [COMMAND, "load-store", *arguments], capture_output=True, text=True, check=False
    )


def test_the_command_loads_the_release(primum: Primum, empty: Oxigraph) -> None:
    """It says what was done, and a service then answers from the server."""
    content = primum.release.manifest.content
    first = run(empty.url)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Loaded: ")
    assert content in first.stdout
    again = json.loads(run(empty.url, "--json").stdout)
    assert again == {"content": content, "version": "0.1.0", "loaded": False}
    with service(primum, PRIMUM_STORE=empty.url) as client:
        assert rows(get(client, "SELECT (1 AS ?n) { ?s ?p ?o } LIMIT 1")) == [("1",)]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "Say at which URL"),
        (("ftp://127.0.0.1/",), 2, "no address of a SPARQL server"),
        (("http://127.0.0.1:1/query",), 1, "cannot be reached"),
    ],
)
def test_the_command_says_why_it_loads_nothing(
    arguments: tuple[str, ...], code: int, message: str
) -> None:
    """No address, none of a server, and nobody there."""
    found = run(*arguments)
    assert (found.returncode, found.stdout) == (code, "")
    assert message in found.stderr


def test_a_server_that_cannot_be_written_is_told_of(primum: Primum, empty: Oxigraph) -> None:
    """An address at which nothing is written."""
    loader = Loader(empty.url, empty.url.replace("query", "nothing"), lambda _: None)
    with pytest.raises(StoreUnreachable, match=r"DELETE|POST"):
        loader.load(small(primum))


@pytest.mark.parametrize(
    ("url", "store"),
    [
        ("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/store"),
        ("https://a.example/set/sparql?x=y", "https://a.example/set/store"),
        ("http://a.example", "http://a.example/store"),
    ],
)
def test_the_dataset_is_written_beside_where_it_is_asked(url: str, store: str) -> None:
    """Unless one says where."""
    assert graph_store(url) == store
