"""No call of a service is hidden: what the engine takes for one is found by the engine itself."""

import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sparql.written import beginnings, queries, texts
from tests.web.wire import until

from primum.foundation.errors import InvalidQuery
from primum.use_cases.sparql.calls import unlisted_call, without_calls
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.lexer import tokens

BASE = "http://a.example/"
LISTED = "http://127.0.0.1:9/service"
PROLOGUE = (
    "PREFIX c: <@> PREFIX SERVICEc: <urn:c> PREFIX http: <urn:h> PREFIX service: <urn:s> "
    "PREFIX : <@> "
)
SHELLS = (
    "SELECT * { % }",
    "ASK { % }",
    "SELECT * { ?s ?p ?o % { ?s ?p ?o } }",
    "SELECT * { ?a ?p ?b FILTER(?a<?b%) { ?s ?p ?o } }",
    "SELECT * { ?s ?p % {?s ?p ?o} }",
)
PIECES = (
    *("SERVICE", "service ", " SERVICE ", "SERVICEc:x", "trueSERVICE c:x", "c:a.b.SERVICE"),
    *("SILENT", "SERVICESILENT", "<@>", f"<{LISTED}>", f"SERVICE <{LISTED}>", "c:x", ":", "?a"),
    *("{", "}", "{?s ?p ?o}", "?s ?p ?o", ".", " ", "\n", "#", "# x\n", "#>", '"', '"""', "'"),
    *("?a<?b", "?a<<http://x#>", "FILTER(", ")", ">", "<", "true", "1", "?", "OPTIONAL{", "UNION"),
    *("VALUES ?a {<@>}", "SERVICE ?a{?s ?p ?o}", "a", "|", "^", "NOT EXISTS{", "@en"),
)


class Visits:
    """A port on loopback, and how often somebody came."""

    def __init__(self) -> None:
        """Listen."""
        self.count = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        """Count who comes, and answer nobody."""
        while True:
            try:
                visitor, _ = self.listening.accept()
            except OSError:
                return
            self.count += 1
            visitor.close()


@pytest.fixture
def visits() -> Iterator[Visits]:
    """Where hidden calls would go."""
    found = Visits()
    yield found
    found.listening.shutdown(socket.SHUT_RDWR)
    found.listening.close()


def complain(text: str) -> str | None:
    """What the engine's parser says against a text."""
    try:
        ox.Store().query(text, base_iri=BASE)
    except SyntaxError as error:
        return str(error)
    except (RuntimeError, OSError):
        return None
    return None


def evaluate(text: str, url: str) -> None:
    """Evaluate a query, if it is one, to its end, over data that its patterns find."""
    store = ox.Store()
    some: tuple[ox.Literal | ox.NamedNode, ...] = (ox.Literal(True), ox.NamedNode(f"{url}a.b"))
    for each in some:
        store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), each))
    try:
        found = store.query(text, base_iri=BASE)
        if not isinstance(found, ox.QueryBoolean):
            list(found)
    except (SyntaxError, RuntimeError, OSError):
        return


def refusal(text: str, *services: str) -> str:
    """The kind of refusal of a text where some services are listed, "" where it is evaluated."""
    failed = unlisted_call(Asked(text, "json", BASE, services=services), complain)
    return "" if failed is None else failed.kind


HIDDEN = (
    "SELECT * { SERVICEc:x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<@>{ ?s ?p ?o } }",
    "ASK { ?s ?p trueSERVICE c:x { ?s ?p ?o } }",
    "ASK { ?s ?p c:a.b.SERVICE<@> { ?s ?p ?o } }",
    "ASK { FILTER(1<?b)SERVICEc:x#>\n{ ?s ?p ?o } }",
    'ASK { FILTER(1<?b#> """\n) SERVICE <@> { ?s ?p ?o } #"""\n }',
    "ASK { FILTER(?a<<http://x#>)SERVICE<@>{?s ?p ?o}\n }",
)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_hidden_call_is_found(hidden: str, visits: Visits) -> None:
    """Each of these the engine does call, and no token of ours says SERVICE to it alone."""
    text = (PROLOGUE + hidden).replace("@", visits.url)
    assert refusal(text, LISTED) == "service"
    assert visits.count == 0
    evaluate(text, visits.url)
    until(lambda: visits.count > 0)


@settings(
    max_examples=400,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(shell=st.sampled_from(SHELLS), pieces=st.lists(st.sampled_from(PIECES), max_size=9))
def test_what_is_evaluated_calls_nothing_else(
    shell: str, pieces: list[str], visits: Visits
) -> None:
    """Nor is anything called while a text is looked at."""
    text = (PROLOGUE + shell.replace("%", "".join(pieces))).replace("@", visits.url)
    try:
        list(tokens(text))
    except InvalidQuery:  # it is refused before
        return
    if not refusal(text, LISTED):
        evaluate(text, visits.url)
    assert visits.count == 0


@given(st.data())
def test_the_word_alone_is_no_call(data: st.DataObject) -> None:
    """In comments, strings, names and variables, which the drawn queries are full of."""
    assert refusal(data.draw(texts(data.draw(queries())))) == ""


@given(st.data())
def test_calls_that_are_listed_pass(data: st.DataObject) -> None:
    """Wherever they stand; without them the query is as long, and is read as well."""
    words = data.draw(queries())
    at = data.draw(st.sampled_from(beginnings(words)))
    calling = ["Service", "silent", f"<{LISTED}>", "{", "?s", "?p", "'SERVICE'", "}"]
    text = data.draw(texts([*words[:at], *calling, *words[at:]]))
    assert refusal(text, LISTED) == ""
    assert refusal(text) == refusal(text, f"{LISTED}/") == "service"
    plain = without_calls(text, [LISTED])
    assert len(plain) == len(text)
    assert "service" not in plain.lower()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * { ?s ?p 'service' ", "invalid"),
        ("SELECT * { ?service ?p } # service", "invalid"),
        ("SELECT * { ?service ?p ?o } LIMIT service", "invalid"),
        ("SELECT * { ?s ?p ?o } # service", ""),
        ("SELECT * { ?s ?p ?o }", ""),
    ],
)
def test_a_mistake_beside_the_word_is_told_as_one(text: str, kind: str) -> None:
    """The word does not make every fault a call."""
    assert refusal(text) == kind
