"""What a glance at a query tells is what a closer look would find."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.bench.sparql_texts import texts as typical

from primum.foundation.errors import PrimumError
from primum.foundation.names import BASE, PREFIXES
from primum.knowledge.locate import locate
from primum.use_cases.sparql.glance import Glance, glance
from primum.use_cases.sparql.lexer import texts, tokens
from primum.use_cases.sparql.screening import (
    MOST_NESTING,
    MOST_TOKENS,
    Screened,
    _looked_at,
    screen,
)

_PIECES = (
    *("SELECT", "ask", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE", "FROM", "from", "NAMED", "WHERE"),
    *("SERVICE", "\u017fervice", "LOAD", "insert", "NOW", "rand", "UUID", "now:x", "?now", "$y"),
    *("a:", "a:b", ":", ":c", "b:", "a:b.", "a.b:c", "a:\\-", "<urn:x>", "<>", "<y>", "_:b", "_"),
    *("{", "}", "(", ")", "[", "]", "<<", ">>", "<<(", ")>>", "{|", "|}", "^^", "&&", "||", "!="),
    *("*", "<=", "<", ">", ".", "~", "-", "@en", "@", "\\", "%", "&", "1", "1.5", ".5", "1.", "2e"),
    *('"', "'", '"s"', "'t'", '"""', '"""u"""', "'''", '"a:b"', "\xe9", "\xe9:x", "\xd7"),
    *("#", "# x\n", "\n", " ", "\t", "\r", "\x0b", "\0", "?x"),
)
_BEGINNINGS = ("", "SELECT * ", "PREFIX a: <urn:a> ASK ")
_written = st.lists(st.sampled_from(_PIECES), max_size=25)
_queries = st.one_of(
    st.builds(lambda start, rest: start + "".join(rest), st.sampled_from(_BEGINNINGS), _written),
    st.builds(" ".join, _written),
)
_PLAIN = [
    ("SELECT * { ?s ?p ?o }", Glance("SELECT", False)),
    ("prefix : <urn:x> ask { :a :b 'FROM' }", Glance("ASK", False)),
    ("SELECT (now() AS ?t) {}", Glance("SELECT", True)),
    ("SELECT ?now { } # NOW()", Glance("SELECT", False)),
]
_NOT_PLAIN = [
    "SELECT * FROM <urn:g> { }",
    "SELECT * { SERVICE <urn:s> { } }",
    "BASE <urn:x> PREFIX a: <y> SELECT * { a:b a:c }",
    "SELECT * { a:b ?p ?o }",
    "SELECT * { ?s ?p 'open }",
    "SELECT * { } \\",
    "SELECT * " + "{" * (MOST_NESTING + 1),
    "SELECT * { " + "1 " * MOST_TOKENS + "}",
]


def outcome(look: Callable[[str], Screened], text: str) -> object:
    """What looking at a text gives, or the error that it ends in."""
    try:
        return look(text)
    except PrimumError as error:
        return type(error), error.detail


def closer(text: str) -> Screened:
    """The closer look."""
    return _looked_at(text, base=BASE, known=PREFIXES, services=("urn:s",))


def quick(text: str) -> Screened:
    """A glance, and the closer look where the glance says nothing."""
    return screen(text, base=BASE, known=PREFIXES, services=("urn:s",))


@given(_queries)
@example("PREFIX a: <urn:a> PREFIX a:b: <urn:b> SELECT * { a:b a:b:c ?o }")
@example("PREFIX a: <urn:a> SELECT * { ?s a:b ?o } PREFIX b:")
@example("SELECT")
@example("PREFIX")
def test_a_glance_finds_what_a_closer_look_finds(text: str) -> None:
    """For texts of any kind, most of them no queries."""
    assert outcome(closer, text) == outcome(quick, text)


@given(_queries)
def test_texts_are_those_of_the_tokens(text: str) -> None:
    """Where every character belongs to a token."""
    try:
        wanted = [token.text for token in tokens(text)]
    except PrimumError:
        return
    assert wanted == [each for each in texts(text) if each]


@pytest.mark.parametrize(("text", "seen"), _PLAIN)
def test_plain_queries_take_a_glance(text: str, seen: Glance) -> None:
    """What stands in a string or a comment, or is a variable, is no function and no clause."""
    assert seen == glance(text, tokens=MOST_TOKENS, nesting=MOST_NESTING)


@pytest.mark.parametrize("text", _NOT_PLAIN)
def test_others_take_a_closer_look(text: str) -> None:
    """What has to be resolved, and what is to be refused with its place."""
    assert glance(text, tokens=MOST_TOKENS, nesting=MOST_NESTING) is None


def test_shipped_and_typical_queries_are_plain() -> None:
    """So the glance is worth it."""
    shipped = [path.read_text() for path in sorted((locate().queries / "ask").glob("*.rq"))]
    for text in (*shipped, *typical().values()):
        assert glance(text, tokens=MOST_TOKENS, nesting=MOST_NESTING) is not None, text
