"""Results beyond the caps are an error in every format, and a stream that breaks off shows it."""

from collections.abc import Iterator
from http.client import IncompleteRead
from pathlib import Path

import pytest
from tests.hostile.service import Service, running
from tests.hostile.sound import kind
from tests.web.wire import Reply

from primum.use_cases.sparql.exchange import MOST_BYTES, MOST_ROWS
from primum.use_cases.sparql.formats import GRAPHS, ROWS, Format

pytestmark = pytest.mark.slow
_MANY = "{ ?a ?b ?c . ?d ?e ?f }"
TOO_MANY_ROWS = f"SELECT ('' AS ?x) {_MANY} LIMIT {MOST_ROWS + 1}"
ENOUGH_ROWS = f"SELECT ('' AS ?x) {_MANY} LIMIT {MOST_ROWS}"
TOO_MANY_BYTES = f'SELECT ("{"x" * 200}" AS ?x) {_MANY} LIMIT {MOST_BYTES // 200}'
TOO_MANY_TRIPLES = f"CONSTRUCT {{ ?a <urn:p> ?f }} {_MANY} LIMIT {MOST_ROWS * 5}"
_SOME = "{ SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 300 }"
LONG_TRIPLES = f'CONSTRUCT {{ ?s <urn:p> "{"x" * 50_000}" }} {_SOME}'
ENDLESS = f"SELECT ?a ?b ?c {_MANY}"


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that gives queries time, and streams little."""
    log: Path = tmp_path_factory.mktemp("log") / "log.jsonl"
    settings = {"PRIMUM_CAGE_SECONDS": "20", "PRIMUM_STREAM_SECONDS": "2"}
    with running(log, **settings) as found:
        yield found


def told(service: Service, query: str, form: Format) -> tuple[int, str]:
    """What comes of a query in a format."""
    reply = service.query(query, accept=form.media_type)
    return reply.status, kind(reply)


@pytest.mark.parametrize("form", ROWS, ids=lambda form: form.name)
def test_rows_beyond_the_caps_are_an_error(form: Format, patient: Service) -> None:
    """One row too many, or rows that are too long: 503, and nothing of the result."""
    assert told(patient, TOO_MANY_ROWS, form) == (503, "result-too-large")
    assert told(patient, TOO_MANY_BYTES, form) == (503, "result-too-large")
    assert told(patient, ENOUGH_ROWS, form) == (200, "")


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_triples_beyond_the_caps_are_an_error(form: Format, patient: Service) -> None:
    """The same of graphs."""
    assert told(patient, TOO_MANY_TRIPLES, form) == (503, "result-too-large")
    assert told(patient, LONG_TRIPLES, form) == (503, "result-too-large")


def test_a_page_of_a_large_result_stays_small(patient: Service) -> None:
    """A person sees the first rows, and how many there are."""
    reply = patient.query(f"SELECT * {_MANY} LIMIT 10000", accept="text/html")
    assert (reply.status, kind(reply)) == (200, "")
    assert len(reply.body) < 2_000_000


def streamed(service: Service, query: str) -> Reply:
    """The whole of a streamed answer; raises IncompleteRead where it breaks off."""
    return service.query(query, path="/sparql?stream=true", accept="text/csv")


def test_a_stream_that_breaks_off_has_no_proper_end(patient: Service) -> None:
    """It has begun as a 200, so the connection is closed without the last chunk."""
    with pytest.raises(IncompleteRead) as broken:
        streamed(patient, ENDLESS)
    assert broken.value.partial.startswith(b"a,b,c\r\n")


def test_a_stream_that_is_whole_has_a_proper_end(patient: Service) -> None:
    """More rows than are sent in one piece."""
    reply = streamed(patient, TOO_MANY_ROWS)
    assert (reply.status, reply.body.count(b"\n")) == (200, MOST_ROWS + 2)


def test_a_stream_that_does_not_begin_is_an_error(patient: Service) -> None:
    """Nothing was sent, so the status is still to be chosen."""
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    reply = patient.query(query, path="/sparql?stream=true")
    assert (reply.status, kind(reply)) == (503, "query-timeout")
    reply = patient.query("SELECT * { ?s", path="/sparql?stream=true")
    assert (reply.status, kind(reply)) == (400, "invalid-query")
