"""A query seen at a glance: most have nothing in them that needs a closer look.

The closer look finds each token with its place, so that every refusal can say where; this one
only tells, many times faster, that there is nothing to refuse and nothing to resolve.
"""

from collections.abc import Sequence
from string import ascii_letters, digits
from typing import Final, NamedTuple

from primum.use_cases.sparql.lexer import OPENING, texts

CHANGING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
"""The functions that may give another value each time."""
_ALONE: Final = frozenset(ascii_letters + digits + "{}()[];,*+-/|^!=<>?~.:")
"""What may be a token of one character."""
_TO_RESOLVE: Final = frozenset({"FROM", "SERVICE"})
_NO_NAMES: Final = frozenset("<\"'_")
"""How tokens begin that may have a colon and are no prefixed names."""


class Glance(NamedTuple):
    """What was seen: the word after the prologue, and whether a function of CHANGING is called."""

    word: str
    changing: bool


def glance(text: str, *, tokens: int, nesting: int) -> Glance | None:
    """What a query is; None where that takes a closer look.

    So it does where a character belongs to no token, where there could be more `tokens` or more
    brackets open than may be, where a prefix is not declared, and where IRIs have to be resolved.
    """
    found = texts(text)
    distinct = set(found)
    words = {each.upper() for each in distinct}
    if len(found) > tokens or sum(map(found.count, OPENING)) > nesting:
        return None
    if any(len(each) == 1 and each not in _ALONE for each in distinct):
        return None
    begins, declared = _prologue(found)
    used = {each.partition(":")[0] for each in distinct if ":" in each and each[0] not in _NO_NAMES}
    if not used <= declared or words & _TO_RESOLVE:
        return None
    return Glance(found[begins].upper(), bool(words & CHANGING))


def _prologue(found: Sequence[str]) -> tuple[int, set[str]]:
    """Where what follows the PREFIX declarations begins, and the prefixes that they declare."""
    at, declared = 0, set[str]()
    while at + 2 < len(found) and found[at].upper() == "PREFIX":
        prefix, iri = found[at + 1 : at + 3]
        if not (prefix.endswith(":") and iri.startswith("<") and iri.endswith(">")):
            break
        declared.add(prefix[:-1])
        at += 3
    return at, declared
