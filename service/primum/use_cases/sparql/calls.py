"""Calls of other services in a query, all of them: the engine's own parser is the judge.

The engine takes keywords for what they are wherever they may stand, even in the middle of what the
grammar of SPARQL has as one word: `SERVICEex:x`, `trueSERVICE`. No lexer can tell all such places.
But a query that the engine reads as well when each other SERVICE in it, in whatever case, is some
letters without meaning has no call but those that are left.
"""

import re
from collections.abc import Container, Iterator
from itertools import product
from typing import Final

import msgspec

from primum.use_cases.sparql.exchange import Asked, Failed
from primum.use_cases.sparql.lexer import IRI, Token, tokens
from primum.use_cases.sparql.mistakes import Complain, explain, is_stuck

_SERVICE: Final = re.compile("service", re.IGNORECASE | re.ASCII)
_LENGTH: Final = 7
_GRAPH: Final = "GRAPH  "
"""A keyword of that length, after which the same may stand."""


def unlisted_call(asked: Asked, complain: Complain) -> Failed | None:
    """Why a query is not to be evaluated, None where it calls the services alone that it may.

    Those are the `services` of what is asked. Nothing is called here: what has calls is looked at
    with an end that no query has, and so never evaluated.
    """
    query = asked.query
    if not _SERVICE.search(query):
        return None
    plain = without_calls(query, asked.services)
    if complain(plain) is None:
        return None
    mistake = explain(plain, complain)
    start = _offset(plain, mistake.line, mistake.column)
    found = query[start : start + len(mistake.found)]
    if not found or is_stuck(query[: start + len(found)], complain):
        detail = mistake.detail.replace(mistake.found, found) if found else mistake.detail
        return msgspec.structs.replace(mistake, detail=detail, found=found)
    where = f"Line {mistake.line}, column {mistake.column}"
    return Failed("service", f"{where}: SERVICE calls what it may not, or is not set apart.")


def without_calls(query: str, services: Container[str]) -> str:
    """A query of the same length without SERVICE: a call of some services is one of a graph."""
    letters = list(_SERVICE.sub(_meaningless(query), query))
    for call in _calls(query, services):
        for token in call:
            shown = _GRAPH if token is call[0] else " " * len(token.text)
            letters[token.start : token.start + len(token.text)] = shown
    return "".join(letters)


def _calls(query: str, services: Container[str]) -> Iterator[list[Token]]:
    """The words SERVICE, and SILENT, that stand before the IRI of one of some services.

    The IRI is written in full: neither a prefix nor a base has a part in it.
    """
    found = list(tokens(query))
    for at, token in enumerate(found):
        if token.says("SERVICE"):
            silent = found[at + 1 : at + 2] if _says_silent(found[at + 1 : at + 2]) else []
            named = found[at + 1 + len(silent) : at + 2 + len(silent)]
            if named and named[0].kind == IRI and named[0].text[1:-1] in services:
                yield [token, *silent]


def _says_silent(some: list[Token]) -> bool:
    """Whether a token, if there is one, is SILENT."""
    return bool(some) and some[0].says("SILENT")


def _meaningless(query: str) -> str:
    """Letters that do not stand in a query, as many as SERVICE has, and that begin no keyword."""
    lowered = query.lower()
    words = ("".join(letters) for letters in product("qxzjk", repeat=_LENGTH))
    return next(word for word in words if word not in lowered)


def _offset(text: str, line: int, column: int) -> int:
    """The index of the character at a place."""
    before = text.split("\n")[: line - 1]
    return sum(len(each) + 1 for each in before) + column - 1
