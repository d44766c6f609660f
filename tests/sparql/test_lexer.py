"""The tokens of a query are its words, and no text takes long to be taken apart."""

import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes
from re import _parser as parser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sparql.written import queries, texts

from primum.foundation.errors import InvalidQuery
from primum.use_cases.sparql import lexer
from primum.use_cases.sparql.lexer import Token, place, tokens
from primum.use_cases.sparql.lexer import texts as quickly

SHIPPED = sorted((Path(__file__).parents[2] / "queries").rglob("*.rq"))
BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
LONG = 60_000
PATTERNS = [each for each in vars(lexer).values() if isinstance(each, re.Pattern)]


def demand_whole(text: str, found: list[Token]) -> None:
    """Fail where tokens, with nothing but white space and comments between them, are not a text."""
    at = 0
    for token in found:
        assert BETWEEN.fullmatch(text, at, token.start)
        assert text.startswith(token.text, token.start)
        at = token.start + len(token.text)
    assert BETWEEN.fullmatch(text, at)


def taken_apart(text: str) -> tuple[list[Token], InvalidQuery | None]:
    """The tokens of a text, and the error that they end in."""
    found = []
    try:
        for token in tokens(text):
            found.append(token)
    except InvalidQuery as error:
        return found, error
    return found, None


@given(st.data())
def test_the_tokens_of_a_query_are_its_words(data: st.DataObject) -> None:
    """Whatever stands between them; together they are the text."""
    words = data.draw(queries())
    text = data.draw(texts(words))
    found = list(tokens(text))
    assert words == [token.text for token in found]
    demand_whole(text, found)


@given(st.text(st.sampled_from("?a:1.e-_<>\"'\\#@^{}() \n%\u00e9\u00b7,|&=!~[]*+/$u0")))
def test_the_tokens_of_any_text_are_that_text(text: str) -> None:
    """Or it is refused at the first character that begins nothing."""
    found, stray = taken_apart(text)
    if stray is None:
        demand_whole(text, found)
        assert [token.text for token in found] == [each for each in quickly(text) if each]
        return
    end = found[-1].start + len(found[-1].text) if found else 0
    skipped = BETWEEN.match(text, end)
    assert skipped
    assert place(text, skipped.end()) == (stray.line, stray.column)
    assert stray.found == text[skipped.end()]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_tokens_of_a_shipped_query_are_that_query(path: Path) -> None:
    """Those that people write."""
    demand_whole(path.read_text(), list(tokens(path.read_text())))


def unsure(items: Any, *, more: bool = False) -> Iterator[str]:
    """Repetitions in a pattern that may be tried again in another way, since more has to follow.

    `more` tells whether something has to follow the whole.
    """
    for at, (code, content) in enumerate(items):
        follows = more or not all(map(may_be_empty, items[at + 1 :]))
        match code:
            case codes.SUBPATTERN:
                yield from unsure(list(content[3]), more=follows)
            case codes.BRANCH:
                for each in content[1]:
                    yield from unsure(list(each), more=follows)
            case codes.MAX_REPEAT | codes.MIN_REPEAT:
                if content[1] == codes.MAXREPEAT and follows:
                    yield f"{code} {content}"
                yield from unsure(list(content[2]), more=follows)
            case codes.POSSESSIVE_REPEAT:
                yield from unsure(list(content[2]))


def may_be_empty(item: tuple[Any, Any]) -> bool:
    """Whether a part of a pattern always fits, if need be to nothing."""
    code, content = item
    repeats = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
    return code in repeats and content[0] == 0


def test_no_repetition_is_tried_again() -> None:
    """So the time for a text grows as the text does, and no faster."""
    assert len(PATTERNS) >= 2
    for pattern in PATTERNS:
        assert list(unsure(list(parser.parse(pattern.pattern, pattern.flags)))) == []


def test_a_repetition_that_is_tried_again_would_be_seen() -> None:
    """One that digits once had: sixty thousand of them took minutes."""
    for again in (r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][0-9]+|[0-9]+", r"a*b", r"(?:(a|b+)?)c"):
        assert list(unsure(list(parser.parse(again)))), again
    for once in (r"a*+b|[0-9]++c?|d+", r"(?:[0-9]++|a?)b", r"(?:a|b*+c)*+d"):
        assert not list(unsure(list(parser.parse(once)))), once


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1",
            "1.",
            ".",
            "1e",
            "a.",
            "a-",
            "a:",
            "a:b.",
            ":",
            "<",
            "<a",
            "<<",
            ">",
            '"',
            "'",
            "\\",
        ),
        *(
            '"""',
            "'''",
            '""',
            "#",
            "#\n",
            " ",
            "@a-",
            "@a",
            "_:a",
            "_:a.",
            "?",
            "?a",
            "%41",
            "a:%41",
        ),
        *("\u00e9", "\u00e9.", "a:\\-", "{", "{|", "^", "&", "|", "-1", "1" * 5000 + " "),
    ],
)
def test_no_text_takes_long(unit: str) -> None:
    """A text of sixty thousand characters is taken apart, or refused; this test would not end."""
    text = (unit * LONG)[:LONG]
    for start in ("", '"', "a:", "<"):
        found, stray = taken_apart(start + text)
        assert stray or BETWEEN.sub("", start + text) == "".join(each.text for each in found)
        assert len(quickly(start + text)) >= len(found)
