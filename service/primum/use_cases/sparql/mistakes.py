"""Where a query is wrong: the first word that cannot stand where it does, and what can.

The engine's parser tells how far it looked ahead, which is often beyond the mistake. Of the
beginnings of a query, though, it can tell which could be gone on with: it looks to their very
end. The mistake is the last word of the shortest beginning with which one cannot.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Final

from primum.use_cases.sparql.exchange import Failed
from primum.use_cases.sparql.lexer import IRI, place, tokens

_AT: Final = re.compile(r"error at (\d+):(\d+)")
_PAST_ANY_KEYWORD: Final = " " * 64
_NO_END: Final = "\0"
"""What no query ends with, so that a beginning which is a whole query is not evaluated."""
_SAID: Final = re.compile(r"(?:expected (?:one of )?|, )([A-Z][A-Za-z]*(?: [A-Za-z]+)+)")
_MOST_SHOWN: Final = 8
_CANDIDATES: Final = {
    "?x": "a variable",
    "<urn:x>": "an IRI",
    '"x"': "a string",
    "7": "a number",
    **{sign: f"`{sign}`" for sign in ("{", "}", "(", ")", "[", "]", ".", ";", ",", "*", "=", "|")},
    **{
        word: word
        for word in (
            *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "BASE", "PREFIX", "DISTINCT", "REDUCED"),
            *("AS", "FROM", "NAMED", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC"),
            *("LIMIT", "OFFSET", "VALUES", "UNDEF", "OPTIONAL", "GRAPH", "UNION", "MINUS"),
            *("FILTER", "BIND", "SERVICE", "SILENT", "NOT", "EXISTS", "IN"),
        )
    },
}
"""What may be tried after a beginning, and how it is told of."""

Complain = Callable[[str], str | None]
"""Parses a text and gives what the parser says against it, None where it says nothing."""


def explain(query: str, complain: Complain) -> Failed:
    """What is wrong with a query that the parser refuses, and where."""
    found = list(tokens(query))
    ends = [token.start + len(token.text) for token in found]
    wrong = bisect_left(ends, True, key=lambda end: is_stuck(query[:end], complain))
    if wrong == len(found):
        return _at_the_end(query, complain)
    token = found[wrong]
    line, column = place(query, token.start)
    allowed = _expected(query[: token.start], complain)
    what = "is no IRI" if token.kind == IRI and "an IRI" in allowed else "cannot stand here"
    return _told(f"`{token.text}` {what}", (line, column), allowed, token.text)


def _at_the_end(query: str, complain: Complain) -> Failed:
    """The mistake of a query that could be gone on with: it is too short, or means nothing."""
    at = place(query, len(query.rstrip()))
    if said := _SAID.search(complain(query) or ""):
        return _told(said[1].strip(), at, ())
    return _told("the query ends too early", at, _expected(query, complain))


def _told(what: str, at: tuple[int, int], allowed: tuple[str, ...], found: str = "") -> Failed:
    """The mistake in a sentence."""
    which = f"; {_or(allowed)} can" if 0 < len(allowed) <= _MOST_SHOWN else ""
    detail = f"Line {at[0]}, column {at[1]}: {what}{which}."
    return Failed("invalid", detail, *at, found, allowed)


def _or(words: tuple[str, ...]) -> str:
    """Some words as alternatives."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def is_stuck(beginning: str, complain: Complain) -> bool:
    """Whether a beginning, which ends with a word, cannot be gone on with."""
    text = beginning + _PAST_ANY_KEYWORD
    stuck_at = _AT.search(complain(text + _NO_END) or "")
    if stuck_at is None:
        return False
    return (int(stuck_at[1]), int(stuck_at[2])) < place(text, len(text))


def _expected(beginning: str, complain: Complain) -> tuple[str, ...]:
    """What could follow a beginning."""
    return tuple(
        told
        for candidate, told in _CANDIDATES.items()
        if not is_stuck(f"{beginning} {candidate}", complain)
    )
