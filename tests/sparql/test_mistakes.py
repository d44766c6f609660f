"""A mistake is found where it is: at the first word with which a query cannot be gone on with."""

import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.sparql.written import queries

from primum.use_cases.sparql.lexer import place, tokens
from primum.use_cases.sparql.mistakes import explain, is_stuck

STRAY = (
    "}",
    "{",
    ")",
    "(",
    ".",
    ";",
    ",",
    "SELECT",
    "WHERE",
    "<urn:i>",
    "?x",
    '"s"',
    "7",
    "a",
    "|",
)


def complain(text: str) -> str | None:
    """What the engine's parser says against a text."""
    try:
        ox.Store().query(text, base_iri="http://a.example/")
    except SyntaxError as error:
        return str(error)
    except RuntimeError:  # an unknown function
        return None
    return None


def first_wrong(query: str) -> str:
    """The first word after which a query cannot be gone on with, found by trying each."""
    for token in tokens(query):
        if is_stuck(query[: token.start + len(token.text)], complain):
            return f"{place(query, token.start)} {token.text}"
    return f"{place(query, len(query.rstrip()))} "


def told(query: str) -> str:
    """The place and the word that are told."""
    failed = explain(query, complain)
    assert failed.kind == "invalid"
    assert f"Line {failed.line}, column {failed.column}: " in failed.detail
    return f"{(failed.line, failed.column)} {failed.found}"


@settings(max_examples=60)
@given(st.data())
def test_of_a_query_with_a_word_too_many_the_first_wrong_one_is_told(data: st.DataObject) -> None:
    """The same that is found by trying every word in turn."""
    words = data.draw(queries())
    at = data.draw(st.integers(0, len(words)))
    query = "\n".join([*words[:at], data.draw(st.sampled_from(STRAY)), *words[at:]])
    assume(complain(query) is not None)
    assert told(query) == first_wrong(query)


@settings(max_examples=60)
@given(st.data())
def test_of_a_query_with_a_word_too_few_the_first_wrong_one_is_told(data: st.DataObject) -> None:
    """Or the end, where the query could be gone on with."""
    words = data.draw(queries())
    at = data.draw(st.integers(0, len(words) - 1))
    query = " ".join([*words[:at], *words[at + 1 :]])
    assume(complain(query) is not None)
    assert told(query) == first_wrong(query)


@settings(max_examples=60)
@given(st.data())
def test_of_a_query_with_another_word_no_earlier_one_is_told(data: st.DataObject) -> None:
    """All before it could be gone on with, because the query could."""
    words = data.draw(queries())
    at = data.draw(st.integers(0, len(words) - 1))
    query = "\n".join([*words[:at], data.draw(st.sampled_from(STRAY)), *words[at + 1 :]])
    assume(complain(query) is not None)
    line = explain(query, complain).line
    before = sum(word.count("\n") + 1 for word in words[:at])
    assert line > before


@pytest.mark.parametrize(
    ("query", "place_told", "allowed"),
    [
        ("SELECT * WHERE { ?s ?p }", (1, 24), "a variable"),
        ("SELECT * WHERE ?s ?p ?o", (1, 16), "`{`"),
        ("SELECT ?s WHERE { ?s ?p ?o", (1, 27), "`}`"),
        ("SELECT *\nWHERE {\n  ?s ?p ?o ;;; ?x .\n}", (3, 19), "a variable"),
        ("ASK { FILTER ?x }", (1, 14), "`(`"),
        ("SELECT * { ?s ?p ?o } LIMIT ?x", (1, 29), "a number"),
        ("PREFIX : urn:x SELECT * {}", (1, 10), "an IRI"),
    ],
)
def test_a_mistake_is_told_with_what_may_stand_there(
    query: str, place_told: tuple[int, int], allowed: str
) -> None:
    """As a person would see it."""
    failed = explain(query, complain)
    assert (failed.line, failed.column) == place_told
    assert allowed in failed.allowed
