"""A server that is broken, or means harm: nothing is passed on, no thread is held, none dies."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from tests.store.hostile import Script, begun, for_ever, hostile, piece, reply, says, silent

from primum.foundation.errors import (
    LimitReached,
    QueryCrashed,
    QueryTimeout,
    QuestionError,
    ResultTooLarge,
    StoreUnreachable,
)
from primum.foundation.names import BASE
from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.use_cases.sparql.exchange import Asked, Engine
from primum.use_cases.store.engine import Limits, RemoteEngine, remote
from primum.use_cases.store.layout import Layout
from primum.web.served import Served

pytestmark = pytest.mark.alone

JSON = "application/sparql-results+json"
TSV = "text/tab-separated-values"
XML = "application/sparql-results+xml"
NT = "application/n-triples"
HEAD = b'{"head":{"vars":["a"]},"results":{"bindings":['
ROW = b'{"a":{"type":"literal","value":"x"}}'
LINE = b"<urn:s> <urn:p> <urn:o> .\n"
LIMITS = Limits(whole=20, streamed=20)
BRIEF = Limits(whole=1, streamed=1)
DEEP = 100_000


@pytest.fixture(scope="module")
def local(primum: Primum) -> Iterator[Engine]:
    """What evaluates queries here."""
    served = Served.over(primum, read_settings({"PRIMUM_CAGE_WORKERS": "1"}))
    yield served.endpoint.shipped
    served.endpoint.close()


@pytest.fixture(scope="module")
def layout(primum: Primum) -> Layout:
    """What a server is to hold."""
    return Layout.of(primum.release)


@pytest.fixture
def made(layout: Layout, local: Engine) -> Iterator["Made"]:
    """Makes engines on servers."""
    found = Made(layout, local)
    yield found
    for engine in found.engines:
        engine.server.close()


class Made:
    """Makes engines that give up soon."""

    def __init__(self, layout: Layout, local: Engine) -> None:
        self._layout, self._local = layout, local
        self.engines: list[RemoteEngine] = []

    def on(self, url: str, limits: Limits = LIMITS) -> RemoteEngine:
        """An engine on a server."""
        engine, _ = remote(url, self._layout, limits, callers=self._local, shipped=self._local)
        self.engines.append(engine)
        return engine


def asked(form: str) -> Asked:
    """A query whose result is to be in a format."""
    return Asked("SELECT ?a { ?a ?b ?c }", form, BASE)


def fault_of(engine: RemoteEngine, form: str, *, streamed: bool = False) -> LimitReached:
    """Why a query has no result."""
    with pytest.raises(LimitReached) as caught:
        b"".join(engine.stream(asked(form))) if streamed else engine.run(asked(form))
    return caught.value


BROKEN: dict[str, tuple[str, Script]] = {
    "nothing at all": ("json", says(b"")),
    "no HTTP": ("json", says(b"220 mail.example ESMTP\r\n\r\n")),
    "half a head": ("json", says(b"HTTP/1.1 200 OK\r\nContent-")),
    "an endless line": ("json", for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 2**16)),
    "another type": ("json", says(reply(b"<html>", "text/html"))),
    "no type": ("json", says(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")),
    "compressed": ("json", says(reply(b"\x1f\x8b", JSON, "Content-Encoding: gzip"))),
    "no length": ("json", says(b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON.encode() + b"\r\n\r\n")),
    "too short": ("json", says(reply(HEAD + ROW + b"]}}", JSON)[:-2])),
    "half a piece": ("json", says(begun(JSON) + b"ff\r\n" + HEAD)),
    "no last piece": ("json", says(begun(JSON) + piece(HEAD + ROW + b"]}}"))),
    "a piece of no length": ("json", says(begun(JSON) + b"zz\r\n" + HEAD)),
    "an error at the end of JSON": ("json", says(reply(HEAD + ROW + b"query stopped", JSON))),
    "an error at the end of TSV": ("tsv", says(reply(b"?a\n<urn:a>\nquery stopped", TSV))),
    "an error at the end of CSV": ("csv", says(reply(b"?a\n<urn:a>\nquery stopped", TSV))),
    "a row too wide": ("csv", says(reply(b"?a\n<urn:a>\t<urn:b>\n", TSV))),
    "no UTF-8": ("csv", says(reply(b'?a\n"\xff"\n', TSV))),
    "no header": ("csv", says(reply(b"<urn:a>\n", TSV))),
    "an error at the end of XML": ("xml", says(reply(b"<sparql><head/>stopped", XML))),
    "entities": ("xml", says(reply(b'<!DOCTYPE a [<!ENTITY b "c">]><sparql></sparql>', XML))),
    "an error at the end of triples": ("nt", says(reply(LINE + b"query stopped", NT))),
    "a status of another": ("json", says(reply(b"", JSON, status="418 I'm a teapot"))),
    "too busy": ("json", says(reply(b"", JSON, status="503 Service Unavailable"))),
    "locked": ("json", says(reply(b"", JSON, status="401 Unauthorized"))),
}
SENSELESS: dict[str, tuple[str, Script]] = {
    "JSON of something else": ("json", says(reply(b'{"a": 1}', JSON))),
    "JSON of nothing": ("json", says(reply(b'{"head": {}}', JSON))),
    "no JSON": ("json", says(reply(b"{]}", JSON))),
    "no UTF-8 in JSON": ("json", says(reply(HEAD + b'{"\xff": 1}]}}', JSON))),
    "deep JSON": ("json", says(reply(HEAD + b"[" * DEEP + b"]" * DEEP + b"]}}", JSON))),
    "what looks like triples": ("ttl", says(reply(b"<urn:s> <urn:p> .\n", NT))),
    "deep triples": (
        "ttl",
        says(reply(b"<urn:s> <urn:p> " + b"<<( " * DEEP + b" )>>" * DEEP + b" .\n", NT)),
    ),
}


def demand_silent(fault: LimitReached) -> None:
    """What is told is that the server is at fault, in no words of its own."""
    assert isinstance(fault, StoreUnreachable), fault
    assert fault.retry_after
    assert not [word for word in ("stopped", "mail", "127.0.0.1", "html") if word in fault.detail]


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_no_result(made: Made, layout: Layout, what: str, streamed: bool) -> None:
    """Neither as a whole, nor at the end of what was sent while it arrived."""
    form, script = BROKEN[what]
    with hostile(layout, script) as server:
        demand_silent(fault_of(made.on(server.url), form, streamed=streamed))


@pytest.mark.parametrize("what", SENSELESS)
def test_what_makes_no_sense_is_no_result(made: Made, layout: Layout, what: str) -> None:
    """Though it arrives in one piece."""
    form, script = SENSELESS[what]
    with hostile(layout, script) as server:
        demand_silent(fault_of(made.on(server.url), form))


ENDLESS: dict[str, tuple[str, Script]] = {
    "silence": ("json", silent),
    "a head that dribbles": ("json", for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"x", seconds=0.02)),
    "heads that go on": ("json", for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", seconds=0.01)),
    "JSON that dribbles": ("json", for_ever(begun(JSON) + piece(HEAD), piece(b" "), seconds=0.02)),
    "a piece that dribbles": ("json", for_ever(begun(JSON) + b"fff\r\n", b" ", seconds=0.02)),
    "a length that dribbles": ("json", for_ever(begun(JSON), b"0", seconds=0.02)),
    "rows that dribble": (
        "csv",
        for_ever(begun(TSV) + piece(b"?a\n"), piece(b"1\n"), seconds=0.02),
    ),
    "triples that dribble": ("nt", for_ever(begun(NT), piece(LINE), seconds=0.02)),
}


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("what", ENDLESS)
def test_a_server_that_dribbles_is_left(
    made: Made, layout: Layout, what: str, streamed: bool
) -> None:
    """When the time is up, whatever has arrived by then, and each byte however soon."""
    form, script = ENDLESS[what]
    with hostile(layout, script) as server:
        start = time.monotonic()
        fault = fault_of(made.on(server.url, BRIEF), form, streamed=streamed)
        assert 1 <= time.monotonic() - start < 10
    assert isinstance(fault, QueryTimeout)


@pytest.mark.parametrize(
    ("form", "media", "before", "again"),
    [
        ("json", JSON, HEAD + ROW, (b"," + ROW) * 1000),
        ("xml", XML, b"<sparql><results>", b"<result></result>" * 1000),
        ("csv", TSV, b"?a\n", b'"some text"\n' * 1000),
        ("csv", TSV, b"?a\n", b'"' + b"x" * 2**20),
        ("nt", NT, LINE, LINE * 1000),
        ("ttl", NT, LINE, b"#" * 2**20),
    ],
)
def test_a_result_that_never_ends_is_cut(
    made: Made, layout: Layout, form: str, media: str, before: bytes, again: bytes
) -> None:
    """At the limits of results, long before memory or time are used up."""
    script = for_ever(begun(media) + piece(before), piece(again))
    cut = pytest.raises((ResultTooLarge, StoreUnreachable))
    with hostile(layout, script) as server, cut:
        made.on(server.url).run(asked(form))


def test_a_redirection_is_not_followed(made: Made, layout: Layout) -> None:
    """Not even to where somebody listens."""
    with hostile(layout, says(reply(HEAD + b"]}}", JSON))) as other:
        moved = reply(b"", JSON, f"Location: {other.url}", status="307 Temporary Redirect")
        with hostile(layout, says(moved)) as server:
            assert "redirection" in fault_of(made.on(server.url), "json").detail
        assert not other.asked


def test_a_query_is_sent_as_a_form_with_its_graphs_and_for_one_format(
    made: Made, layout: Layout
) -> None:
    """And with nothing of the caller but the query."""
    with hostile(layout, says(reply(HEAD + b"]}}", JSON))) as server:
        assert made.on(server.url).run(asked("json")) == HEAD + b"]}}"
        (sent,) = server.asked
    head, _, body = sent.partition(b"\r\n\r\n")
    assert b"\r\nAccept: application/sparql-results+json" in head
    assert b"Cookie" not in head
    assert body.startswith(b"query=BASE+%3Chttps%3A%2F%2Fw3id.org%2Fprimum%2F%3E+SELECT+%3Fa")
    assert body.count(b"named-graph-uri=") == 5
    assert body.count(b"default-graph-uri=") == 1


def test_a_name_and_a_password_are_sent_as_such(made: Made, layout: Layout) -> None:
    """By the header for them, each time."""
    with hostile(layout, says(reply(HEAD + b"]}}", JSON))) as server:
        made.on(server.url.replace("http://", "http://me:s%2Fx@")).run(asked("json"))
        (sent,) = server.asked
    assert b"\r\nAuthorization: Basic bWU6cy94\r\n" in sent
    assert b"\r\nHost: 127.0.0.1:" in sent


@pytest.mark.parametrize("status", ["400 Bad Request", "500 Internal Server Error"])
def test_a_query_that_is_rejected_is_evaluated_here(
    made: Made, layout: Layout, status: str
) -> None:
    """It is explained, or answered, as it is without a server; its own words are not passed on."""
    script = says(reply(b"at /home/someone/store.rs:12", "text/plain", status=status))
    with hostile(layout, script) as server:
        query = Asked("SELECT (1 AS ?a) {}", "csv", BASE)
        assert made.on(server.url).run(query) == b"a\r\n1\r\n"
        assert b"".join(made.on(server.url).stream(query)) == b"a\r\n1\r\n"


DANGEROUS = {
    "a call": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "a call in a word": "SELECT * { BIND (trueSeRvIcE AS ?x) }",
    "a call in a string": r'SELECT ("\u0022) {} #" AS ?x) {}',
    "many optional parts": f"SELECT * {{ {'OPTIONAL { ?a ?b ?c } ' * 1000} }}",
    "many bindings": f"SELECT * {{ {''.join(f'BIND (1 AS ?x{n})' for n in range(1000))} }}",
    "a long list": f"SELECT * {{ ?a ?b ({'1 ' * 1500}) }}",
    "many brackets": f"SELECT ({'IF(1,' * 150}1{',1)' * 150} AS ?x) {{}}",
}


@pytest.mark.parametrize("what", DANGEROUS)
def test_what_could_harm_the_server_never_leaves(made: Made, layout: Layout, what: str) -> None:
    """It is evaluated here, where nothing can be fetched and nothing is lost by a crash."""
    with hostile(layout, says(b"")) as server:
        engine = made.on(server.url)
        for run in (engine.run, engine.stream):
            with suppress(QuestionError, QueryTimeout, QueryCrashed):
                run(Asked(DANGEROUS[what], "json", BASE), seconds=0.5)
        assert not server.asked


def test_a_server_that_hangs_holds_few_threads(made: Made) -> None:
    """Once it has been found to hang, callers are refused at once."""
    silent = socket.create_server(("127.0.0.1", 0))
    with closing(silent):
        engine = made.on(f"http://127.0.0.1:{silent.getsockname()[1]}/query", BRIEF)
        with pytest.raises(StoreUnreachable):
            engine.watch.demand()
        start = time.monotonic()
        for _ in range(20):
            assert isinstance(fault_of(engine, "json"), StoreUnreachable)
        assert time.monotonic() - start < 15
