"""A server that is gone: refusals that say so, everything else as ever, and no need to restart."""

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import get, problem, rows
from tests.store.oxigraph import Oxigraph, oxigraph, send, url_of
from tests.store.services import service
from tests.web.wire import PATIENCE, Wire, free_port, head, running, told, until

from primum.use_cases.service import Primum

COMMAND = str(Path(sys.executable).with_name("primum"))
ASK = "/v1/contraindications?injury=hamstring-strain&grade=2&day=3"
_NUMBERS = count()


@pytest.fixture(scope="module")
def folder(primum: Primum, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder in which a server has kept the release."""
    found = str(tmp_path_factory.mktemp("oxigraph"))
    with oxigraph(free_port(), "--location", found) as server:
        server.load(primum.release)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(PATIENCE)
    return found


def another() -> str:
    """A query that has not been asked before, so that no result of it is kept."""
    return f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {next(_NUMBERS)}"


def refused(client: FlaskClient) -> str:
    """Why a query is refused, which is because of the server."""
    response = get(client, another())
    assert int(response.headers["Retry-After"]) == 2
    detail: str = problem(response, 503, "store-unreachable")["detail"]
    return detail


def test_a_server_that_comes_back_is_asked_again(primum: Primum, folder: str) -> None:
    """Until then queries are refused, and everything else is answered."""
    port = free_port()
    with service(primum, PRIMUM_STORE=url_of(port)) as client:
        assert "cannot be reached" in refused(client)
        for _ in range(2):
            with oxigraph(port, "--location", folder) as server:
                until(lambda: get(client, another()).status_code == 200)
                assert client.get("/v1/queries/rules-by-grade.csv").status_code == 200
                server.kill()
            assert "cannot be reached" in refused(client)
            problem(client.get("/v1/queries/rule-coverage"), 503, "store-unreachable")
            problem(client.get("/sparql?format=ttl"), 503, "store-unreachable")
            assert client.get(ASK).status_code == 200
            assert client.get("/readyz").status_code == 200
            assert client.get("/v1/queries").status_code == 200


def test_a_refusal_tells_nothing_of_where_the_server_is(primum: Primum) -> None:
    """Neither its host nor its port, nor what the system says."""
    port = free_port()
    with service(primum, PRIMUM_STORE=f"http://someone:secret@localhost:{port}/hidden") as client:
        told_of = get(client, another()).text + get(client, another(), stream="true").text
    assert not [word for word in ("localhost", str(port), "secret", "hidden") if word in told_of]


def test_after_a_restart_the_release_is_looked_for_first(primum: Primum) -> None:
    """A server that comes back empty is not asked, though its old connections are still held."""
    port = free_port()
    with service(primum, PRIMUM_STORE=url_of(port)) as client:
        with oxigraph(port) as server:
            server.load(primum.release)
            assert get(client, another()).status_code == 200
        with oxigraph(port) as server:
            detail = refused(client)
            assert primum.release.manifest.content in detail
            assert "holds none" in detail
            server.load(primum.release)
            until(lambda: get(client, another()).status_code == 200)


@pytest.fixture
def served(store: Oxigraph) -> Iterator[int]:
    """The port of a service, as it is started by hand, that asks the shared server."""
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--workers", "2"]
    with running(command, port, "/healthz", PRIMUM_STORE=store.url):
        yield port


def test_the_real_service_asks_the_server(served: int) -> None:
    """With several threads and processes, which share nothing of a connection."""
    query = quote("SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g #")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: told(served, f"/sparql?query={query}{n}"), range(80)))
    assert {len(each["results"]["bindings"]) for each in found} == {5}


def test_a_stream_that_breaks_has_no_proper_end(primum: Primum) -> None:
    """The server is killed while a result arrives; what was sent is not taken for whole."""
    port, query = free_port(), quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    with oxigraph(free_port()) as server:
        server.load(primum.release)
        command = [COMMAND, "serve", "--port", str(port)]
        with running(command, port, "/healthz", PRIMUM_STORE=server.url), Wire(port) as wire:
            wire.send(head(f"GET /sparql?query={query}&stream=true&format=csv"))
            assert b"200 OK" in wire.until(b"a,b,c")
            server.kill()
            assert not wire.rest().endswith(b"0\r\n\r\n")


def test_a_server_that_lost_the_release_is_noticed(primum: Primum) -> None:
    """Within seconds, though it answers all the time."""
    with oxigraph(free_port()) as server:
        server.load(primum.release)
        with service(primum, PRIMUM_STORE=server.url) as client:
            assert rows(get(client, another()))
            send(server.port, "DELETE", "/store")
            until(lambda: get(client, another()).status_code == 503)
            assert "holds none" in refused(client)
