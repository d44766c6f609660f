"""Results with their literals as the dataset has them, where the store holds another form.

Only what a pattern has matched is given back as it was written: a number that the query itself
computes or states is the query's own, even where the dataset has an equal one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from primum.use_cases.sparql.lexer import WORD, Token, tokens

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]
_CONSTANTS: Final = frozenset({"string", "long", "number"})
_TRUTH: Final = ("TRUE", "FALSE")


def rows(
    found: ox.QuerySolutions, query: str, written: Mapping[ox.Literal, ox.Literal]
) -> Iterator[Row]:
    """The rows of a result, with literals as they were written."""
    words = list(tokens(query))
    own, elsewhere = computed(words), _calls(words)
    restored = [not elsewhere and variable.value not in own for variable in found.variables]
    for solution in found:
        yield [
            written.get(term, term) if as_written and isinstance(term, ox.Literal) else term
            for term, as_written in zip(solution, restored, strict=True)
        ]


def triples(
    found: Iterable[ox.Triple], query: str, written: Mapping[ox.Literal, ox.Literal]
) -> Iterator[ox.Triple]:
    """The triples of a result, with literals as they were written.

    Where the query has literals or computes values, those in the result could be its own, and
    are left as they are.
    """
    words = list(tokens(query))
    if computed(words) or _calls(words) or any(map(_is_literal, words)):
        yield from found
        return
    for one in found:
        term: Any = one.object
        if isinstance(term, ox.Literal):
            term = written.get(term, term)
        yield ox.Triple(one.subject, one.predicate, term)


def _is_literal(token: Token) -> bool:
    """Whether a token is a literal of the query itself."""
    return token.kind in _CONSTANTS or token.says(*_TRUTH)


def _calls(words: Iterable[Token]) -> bool:
    """Whether a query has values that are no dataset's of ours."""
    return any(token.says("SERVICE") for token in words)


def computed(words: Iterable[Token]) -> frozenset[str]:
    """The variables of a query that get values otherwise than by a pattern: by AS or VALUES."""
    found, after_as, in_head = set[str](), False, False
    for token in words:
        if token.kind == "variable" and (after_as or in_head):
            found.add(token.text[1:])
        if token.kind == WORD and token.says("VALUES"):
            in_head = True
        elif token.text == "{":
            in_head = False
        after_as = token.says("AS")
    return frozenset(found)
