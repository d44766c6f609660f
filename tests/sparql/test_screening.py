"""What a query contains is found before an engine reads it, however it is written."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.sparql.written import beginnings, queries, texts

from primum.foundation.errors import (
    InvalidQuery,
    PrimumError,
    QueryTooComplex,
    ServiceRefused,
    UpdateRefused,
)
from primum.foundation.names import BASE, PREFIXES
from primum.use_cases.sparql.lexer import place
from primum.use_cases.sparql.screening import MOST_NESTING, Form, Screened, screen

SHIPPED = sorted((Path(__file__).parents[2] / "queries" / "ask").glob("*.rq"))
LISTED = "https://a.example/service/sparql"
CALLS = ("SERVICE", "service", "SeRvIcE")
TARGETS = ("<urn:s>", "?x", "a:x", ":", "<r>", "<https://a.example/service/sparql/>", "_:b")
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_KNOWN: dict[ox.NamedNode, Callable[..., _Term | None]] = {
    ox.NamedNode("urn:f"): lambda *_: None,
    ox.NamedNode("urn:a:f"): lambda *_: None,
}


def look(text: str, *services: str) -> Screened:
    """What is found, where some services are listed."""
    return screen(text, base=BASE, known=PREFIXES, services=services)


def read(text: str) -> Form:
    """The form of a query as the engine reads it."""
    found = ox.Store().query(text, base_iri=BASE, custom_functions=_KNOWN)
    if isinstance(found, ox.QueryTriples):
        return Form.CONSTRUCT
    return Form.ASK if isinstance(found, ox.QueryBoolean) else Form.SELECT


@given(st.data())
def test_a_query_that_the_engine_reads_passes(data: st.DataObject) -> None:
    """With the form that the engine sees, and with the graphs that it names."""
    words = data.draw(queries())
    found = look(data.draw(texts(words)))
    graph = found.form.gives_graph
    assert graph == read(" ".join(words)).gives_graph
    assert len(found.graphs) == sum(word in ("<urn:g>", "a:g") for word in words[:14])
    assert found.services == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_question_passes(path: Path) -> None:
    """As the engine does, which reads it."""
    text = path.read_text()
    assert look(text).form.gives_graph == read(text).gives_graph
    assert look(text).services == ()


@given(st.data(), st.sampled_from(CALLS), st.booleans(), st.sampled_from(TARGETS))
def test_a_call_of_a_service_is_refused_where_it_stands(
    data: st.DataObject, call: str, silent: bool, target: str
) -> None:
    """Anywhere in a query, to whatever it goes, with comments in between."""
    words = data.draw(queries())
    at = data.draw(st.sampled_from(beginnings(words)))
    calling = [call, *(["Silent"] if silent else []), target, "{", "?s", "?p", "?o", "}"]
    text = data.draw(texts([*words[:at], *calling, *words[at:]]))
    with pytest.raises(ServiceRefused) as refused:
        look(text, LISTED)
    line, column = (int(word.strip(",: ")) for word in refused.value.detail.split()[1:4:2])
    assert text.split("\n")[line - 1][column - 1 :].startswith(call)


@given(st.data(), st.sampled_from(CALLS), st.booleans())
def test_a_call_of_a_listed_service_is_noted(data: st.DataObject, call: str, silent: bool) -> None:
    """Its result may be another each time."""
    words = data.draw(queries())
    at = data.draw(st.sampled_from(beginnings(words)))
    calling = [call, *(["Silent"] if silent else []), f"<{LISTED}>", "{", "}"]
    found = look(data.draw(texts([*words[:at], *calling, *words[at:]])), LISTED)
    assert (found.services, found.changing) == ((LISTED,), True)


@given(st.text(st.sampled_from("?aSERVICE:<>\"'\\#@{}() \n.|DFROMBPIX123")))
@example("")
@example("SELECT * FROM <http://[> {}")
@example("BASE <http://[> PREFIX a: <> SELECT * FROM a:\\~ FROM <> { }")
def test_any_text_passes_or_is_refused(text: str) -> None:
    """No text makes the look at it fail."""
    try:
        found: object = look(text)
    except PrimumError as error:
        found = error
    assert isinstance(found, Screened | InvalidQuery | ServiceRefused | UpdateRefused)


@pytest.mark.parametrize("word", ["INSERT", "delete", "Load", "CLEAR", "drop", "WITH", "COPY"])
def test_an_update_is_refused_by_its_first_word(word: str) -> None:
    """After any prologue and comments."""
    with pytest.raises(UpdateRefused, match=f"{word.upper()} changes data"):
        look(f"# SELECT\nBASE <urn:x> PREFIX insert: <urn:y> {word} {{}}")


@given(st.integers(1, 60), st.sampled_from([("{", "}"), ("(", ")"), ("[", "]"), ("<<", ">>")]))
def test_the_place_of_what_is_too_deep_is_told(wide: int, brackets: tuple[str, str]) -> None:
    """Brackets that were closed again do not count."""
    opening, closing = brackets
    text = f"SELECT * {f'{opening}{closing} ' * wide}\n{opening * (MOST_NESTING + 1)}"
    with pytest.raises(QueryTooComplex) as refused:
        look(text)
    at = len(text) - len(opening)
    assert refused.value.detail.startswith("Line {}, column {}:".format(*place(text, at)))


@pytest.mark.parametrize(
    ("text", "graphs", "named"),
    [
        ("SELECT * FROM <g> FROM NAMED <h> {}", [BASE + "g"], [BASE + "h"]),
        ("BASE <urn:a:b> ASK FROM <c> FROM <?d> {}", ["urn:c", "urn:a:b?d"], []),
        ("BASE <http://a/b/c> BASE <../d> ASK FROM <e> {}", ["http://a/e"], []),
        ("PREFIX p: <x/> ASK FROM p:y FROM p:a\\-b {}", [f"{BASE}x/y", f"{BASE}x/a-b"], []),
        ("ASK FROM <\\u0067> FROM <http://[> { ?s ?p 'FROM <h>' }", [BASE + "g"], []),
    ],
)
def test_graphs_are_named_as_the_engine_names_them(
    text: str, graphs: list[str], named: list[str]
) -> None:
    """By RFC 3986, whatever the scheme of the base; what is no IRI the engine will tell of."""
    found = look(text)
    assert (list(found.graphs), list(found.named)) == (graphs, named)
