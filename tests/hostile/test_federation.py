"""`PRIMUM_SERVICES`: what it lists is called and joined; nothing else is, whatever a query says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile.canary import Canary
from tests.hostile.elsewhere import PAYLOAD, Elsewhere
from tests.hostile.service import QUICK, Service, running
from tests.hostile.sound import kind

from primum.foundation.errors import InvalidValue
from primum.foundation.settings import read_settings

pytestmark = pytest.mark.slow
LISTED = (
    *("redirect", "see-other", "file", "hang", "endless", "fails"),
    *("html", "broken", "other", "empty"),
)
GONE = "http://127.0.0.1:9/sparql"
_NOTE = "<urn:note>"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    """A service that may be called, and is bad."""
    with Elsewhere() as found:
        yield found


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A second Primum, over a file."""
    folder: Path = tmp_path_factory.mktemp("remote")
    path = folder / "notes.ttl"
    path.write_text(f'<https://w3id.org/primum/HamstringStrain> {_NOTE} "seen today" .\n')
    with running(folder / "log.jsonl", "--dataset", str(path)) as found:
        yield found


@pytest.fixture(scope="module")
def federated(
    remote: Service, elsewhere: Elsewhere, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """A Primum that may call the two."""
    listed = [url(remote), GONE, *(f"{elsewhere.url}/{name}" for name in LISTED)]
    log: Path = tmp_path_factory.mktemp("log") / "log.jsonl"
    with running(log, **QUICK, PRIMUM_SERVICES=" ".join(listed)) as found:
        yield found


def url(service: Service) -> str:
    """The address of an endpoint."""
    return f"http://127.0.0.1:{service.port}/sparql"


def calling(address: str, before: str = "", after: str = "") -> str:
    """A query that calls a service."""
    return f"SELECT * {{ {before} SERVICE <{address}> {{ ?s {_NOTE} ?o }} {after} }}"


def test_a_listed_service_is_called_and_joined(federated: Service, remote: Service) -> None:
    """What it says of a term stands beside what the knowledge says; nothing of it is kept."""
    after = "?s <http://www.w3.org/2000/01/rdf-schema#label> ?label"
    for _ in range(2):
        reply = federated.query(calling(url(remote), after=after), accept="text/csv")
        assert (reply.status, kind(reply)) == (200, "")
        assert b"seen today" in reply.body
        assert reply.headers["cache-control"] == "no-store"
    rows = federated.query(calling(url(remote)), path="/sparql?stream=true", accept="text/csv")
    assert b"seen today" in rows.body


def test_a_listed_service_stands_in_the_description(federated: Service, remote: Service) -> None:
    """And among the limits."""
    assert b"BasicFederatedQuery" in federated.ask("/sparql").body
    assert url(remote) in federated.told("/limits")["services"]


def test_what_is_not_listed_is_refused(
    federated: Service, remote: Service, canary: Canary, elsewhere: Elsewhere
) -> None:
    """Beside and within a call that is listed, too, and however it is written."""
    good, bad = url(remote), canary.url
    within = f"SELECT * {{ SERVICE <{good}> {{ ?s ?p ?o SERVICE <{bad}> {{ ?a ?b ?c }} }} }}"
    glued = f"PREFIX c: <{bad}> PREFIX SERVICEc: <urn:x> "
    hidden = f'FILTER(?a<?b#> """\n) SERVICE <{bad}> {{ ?x ?y ?z }} #"""\n'
    for query in (
        calling(bad),
        calling(f"{good}/"),
        calling(f"{good}?x"),
        calling(good.replace("127.0.0.1", "localhost")),
        calling(f"{elsewhere.url}/target"),
        calling(good, after=f"SERVICE <{bad}> {{ ?a ?b ?c }}"),
        calling(good, after=f"SERVICE SILENT <{bad}> {{ ?a ?b ?c }}"),
        calling(good, before=f"VALUES ?w {{ <{bad}> }}", after="SERVICE ?w { ?a ?b ?c }"),
        within,
        glued + calling(good, after="SERVICEc:x { ?a ?b ?c }"),
        calling(good, after=f"SERVICESILENT<{bad}>{{ ?a ?b ?c }}"),
        calling(good, before="?a ?p ?b", after=hidden),
    ):
        assert kind(federated.query(query)) == "service-refused", query
    assert canary.visits == []


@pytest.mark.parametrize(
    "name", ["redirect", "see-other", "file", "fails", "html", "broken", "other", "empty"]
)
def test_a_service_that_gives_no_results_is_told_of(
    name: str, federated: Service, elsewhere: Elsewhere
) -> None:
    """It was called once; where it sends the caller nobody goes, and what it said is not told."""
    elsewhere.asked.clear()
    reply = federated.query(calling(f"{elsewhere.url}/{name}"))
    assert (reply.status, kind(reply)) == (503, "service-unreachable")
    assert PAYLOAD not in reply.body.decode()
    assert elsewhere.asked == [f"/{name}"]


def test_a_service_that_is_not_there_is_told_of(federated: Service) -> None:
    """The next query is answered."""
    assert kind(federated.query(calling(GONE))) == "service-unreachable"
    silent = calling(GONE).replace("SERVICE", "SERVICE SILENT")
    assert federated.query(silent).status == 200


@pytest.mark.parametrize("name", ["hang", "endless"])
def test_a_service_that_does_not_end_is_stopped_by_the_limit(
    name: str, federated: Service, elsewhere: Elsewhere
) -> None:
    """Of time, or of what is sent; the process is replaced."""
    told = kind(federated.query(calling(f"{elsewhere.url}/{name}")))
    assert told in {"query-timeout", "result-too-large"}
    assert federated.query("ASK {}").status == 200


def test_a_query_that_calls_nothing_cannot_reach_anything(federated: Service) -> None:
    """It is evaluated where no socket can be opened, as if nothing were listed."""
    before = set(federated.caged())
    assert federated.query("ASK { ?s ?p 'service' }").status == 200
    assert set(federated.caged()) == before


@pytest.mark.parametrize("listed", ["file:///etc/passwd", "ftp://a.example/", "a.example", "<x>"])
def test_only_addresses_of_the_web_can_be_listed(listed: str) -> None:
    """A slip of the operator's is told at the start."""
    with pytest.raises(InvalidValue, match="PRIMUM_SERVICES"):
        read_settings({"PRIMUM_SERVICES": f"https://a.example/sparql {listed}"})
