r"""Which of the queries that callers write are sent to a server, and which are better kept here.

A server elsewhere is in no cage. The text of a query can end it: Oxigraph's overflows its stack at
some 600 OPTIONAL, BIND or MINUS in a row, or 1,500 items of a list. And it may reach out: a
SERVICE is called from there, and no lexer can tell in which places an engine reads one, least of
all where it takes `\u0022` for the end of a string (see decision 15).
"""

import re
from collections.abc import Iterable
from typing import Final

from primum.use_cases.sparql.lexer import texts

MOST_TOKENS: Final = 500
MOST_NESTING: Final = 50
_MAY_CALL: Final = re.compile(r"service|\\u", re.IGNORECASE)
_DEEPER: Final = dict.fromkeys(("{", "(", "[", "<<", "<<(", "{|"), 1) | dict.fromkeys(
    ("}", ")", "]", ">>", ")>>", "|}"), -1
)


def sendable(query: str) -> bool:
    """Whether a query that has been screened may be sent."""
    if _MAY_CALL.search(query):
        return False
    found = texts(query)
    return len(found) <= MOST_TOKENS and _nesting(found) <= MOST_NESTING


def _nesting(found: Iterable[str]) -> int:
    """How many brackets are open at once."""
    depth = deepest = 0
    for text in found:
        depth += _DEEPER.get(text, 0)
        deepest = max(deepest, depth)
    return deepest
