"""What a query text contains, found before an engine reads it; what is not served is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from primum.foundation.errors import InvalidQuery, QueryTooComplex, ServiceRefused, UpdateRefused
from primum.use_cases.sparql.glance import CHANGING, glance
from primum.use_cases.sparql.lexer import CLOSING, IRI, OPENING, WORD, Token, place, tokens
from primum.use_cases.sparql.naming import PROLOGUE, Naming

MOST_BYTES: Final = 64_000
"""Bytes of query text, as UTF-8."""
MOST_TOKENS: Final = 10_000
MOST_NESTING: Final = 200
"""Brackets of any kind that are open at once."""

_DEEPER: Final = dict.fromkeys(OPENING, 1) | dict.fromkeys(CLOSING, -1)
_UPDATES: Final = (
    "INSERT",
    "DELETE",
    "LOAD",
    "CLEAR",
    "DROP",
    "CREATE",
    "ADD",
    "MOVE",
    "COPY",
    "WITH",
)
_CALLING: Final = re.compile("SERVICE", re.IGNORECASE)


class Form(StrEnum):
    """The four forms of a query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether it is answered with RDF rather than with rows or a truth value."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


@dataclass(frozen=True, slots=True)
class Screened:
    """A query that an engine may be asked: its form and what it refers to.

    `graphs` and `named` are the IRIs of its FROM and FROM NAMED clauses, `services` those of
    SERVICE; `changing` tells whether the same query may have another answer each time.
    """

    text: str
    form: Form
    graphs: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    changing: bool = False


def screen(
    text: str, *, base: str, known: Mapping[str, str], services: Sequence[str] = ()
) -> Screened:
    """Look at a query; `base` resolves relative IRIs, `known` are prefixes to tell of in a hint.

    Raises QueryTooComplex where it is too long or too deep, UpdateRefused for an update,
    ServiceRefused for a SERVICE that is not among `services`, and InvalidQuery where it is no
    query at all or uses a prefix that it does not declare.
    """
    if (size := len(text.encode())) > MOST_BYTES:
        raise QueryTooComplex(f"The query has {size} bytes; at most {MOST_BYTES} may be.")
    seen = glance(text, tokens=MOST_TOKENS, nesting=MOST_NESTING)
    if seen is not None and seen.word in Form.__members__:
        return Screened(text, Form(seen.word), changing=seen.changing)
    return _looked_at(text, base=base, known=known, services=services)


def _looked_at(
    text: str, *, base: str, known: Mapping[str, str], services: Sequence[str]
) -> Screened:
    """The same as `screen`, token by token."""
    found = _counted(text)
    naming = Naming.of(text, found, base=base)
    form = _form(text, found)
    naming.demand_declared(known)
    graphs, named = naming.dataset()
    called = _services(text, found, services) if _CALLING.search(text) else ()
    changing = bool(called) or any(t.says(*CHANGING) for t in found)
    return Screened(text, form, graphs, named, called, changing)


def _counted(text: str) -> list[Token]:
    """The tokens, if they are not too many and not nested too deeply."""
    found: list[Token] = []
    depth = 0
    for token in tokens(text):
        found.append(token)
        depth += _DEEPER.get(token.text, 0)
        if depth > MOST_NESTING:
            line, column = place(text, token.start)
            raise QueryTooComplex(
                f"Line {line}, column {column}: more than {MOST_NESTING} brackets are open."
            )
        if len(found) > MOST_TOKENS:
            raise QueryTooComplex(f"The query has more than {MOST_TOKENS} words and signs.")
    return found


def _form(text: str, found: Sequence[Token]) -> Form:
    """The form of a query, from the first word after its prologue."""
    first = next((t for t in found if t.kind == WORD and not t.says(*PROLOGUE)), None)
    if first is not None and first.says(*_UPDATES):
        raise UpdateRefused(
            f"{first.text.upper()} changes data. This service answers queries alone: "
            f"{', '.join(Form)}.",
            where="query",
            found=first.text,
            allowed=tuple(Form),
        )
    if first is not None and first.text.upper() in Form.__members__:
        return Form(first.text.upper())
    line, column = place(text, len(text) if first is None else first.start)
    what = "here is none" if first is None else f"`{first.text}` is none of them"
    raise InvalidQuery(
        f"Line {line}, column {column}: a query is one of {', '.join(Form)}, and {what}.",
        where="query",
        found="" if first is None else first.text,
        allowed=tuple(Form),
        line=line,
        column=column,
    )


def _services(text: str, found: Sequence[Token], allowed: Sequence[str]) -> tuple[str, ...]:
    """The IRIs of SERVICE, each of which must be an allowed one, written in full.

    With a prefix or relative to a base it would depend on where the engine sees these declared.
    """
    called = []
    for at, token in enumerate(found):
        if token.says("SERVICE"):
            rest = [each for each in found[at + 1 : at + 3] if not each.says("SILENT")]
            iri = rest[0].text[1:-1] if rest and rest[0].kind == IRI else ""
            if iri not in allowed:
                raise _refused(iri, allowed, place(text, token.start))
            called.append(iri)
    return tuple(called)


def _refused(iri: str, allowed: Sequence[str], at: tuple[int, int]) -> ServiceRefused:
    """The error of a SERVICE that is not called."""
    what = f"<{iri}>" if iri else "of something other than an IRI in full"
    which = f"it calls {', '.join(allowed)} alone" if allowed else "it calls no other service"
    return ServiceRefused(
        f"Line {at[0]}, column {at[1]}: SERVICE {what} is refused; {which}.",
        where="query",
        found=iri,
        allowed=tuple(allowed),
    )
