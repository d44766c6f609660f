"""What a request asks by the SPARQL 1.1 Protocol (section 2.1): a query, its dataset, its form.

A query comes in the query string of a GET, in a form or as a body of its own. Parameters that
the protocol does not name, and that are none of ours, are passed over, because clients of other
services send theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Request, request
from werkzeug.exceptions import UnsupportedMediaType

from primum.foundation.errors import (
    InvalidValue,
    QueryTooComplex,
    UnreadableBody,
    UpdateRefused,
)
from primum.use_cases.sparql.naming import demand_iris
from primum.use_cases.sparql.screening import MOST_BYTES
from primum.web.bodies import media_type, whole_body
from primum.web.escapes import unescaped
from primum.web.negotiation import JSON

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
READ: Final = (FORM, DIRECT)
PARAMETERS_READ: Final = (JSON, FORM)
"""What the parameters of a named question may come in."""
_FORMAT: Final = ("format", "output", "results")
"""What clients call the parameter that stands for an Accept header."""
LEAST_SECONDS: Final = 0.01
"""The lowest limit of time that a caller may set."""
_TRUTHS: Final = ("true", "false")
_MOST_FIELDS: Final = 1000
_MOST_ENCODED: Final = 4 * MOST_BYTES
"""Bytes of a query string or form: a query with each byte escaped, and more."""
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as it was sent; `query` is None where there is none.

    `graphs` and `named` are None where the request names no graph at all; `seconds` is the limit
    of time that the caller sets, `format` the one asked for in place of the Accept header.
    """

    query: str | None
    graphs: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    format: str | None = None
    seconds: float | None = None
    streamed: bool = False


def wanted() -> Wanted:
    """What the present request asks.

    Raises InvalidValue, UnreadableBody, UpdateRefused, and the HTTP errors of bodies.
    """
    pairs = pairs_in(request.query_string, "the query string")
    if request.method == "POST":
        pairs = [*pairs, *_posted(request)]
    given = _Given(pairs)
    given.refuse_update()
    graphs, named = given.graphs("default-graph-uri"), given.graphs("named-graph-uri")
    some = bool(graphs or named)
    query = given.one("query")
    if query is None and (some or request.method == "POST"):
        raise InvalidValue("The parameter query is missing.", where="query")
    return Wanted(
        query,
        graphs if some else None,
        named if some else None,
        given.format(),
        _seconds(given.one("timeout")),
        _truth(given.one("stream")),
    )


def _posted(asked: Request) -> Pairs:
    """The parameters in a body."""
    if asked.mimetype == _UPDATE:
        raise _no_update()
    if not asked.mimetype:
        raise UnsupportedMediaType(f"The body is of no media type; read are {', '.join(READ)}.")
    kind, body = media_type(READ), whole_body("a query")
    if kind == FORM:
        return pairs_in(body, "the form")
    try:
        return [("query", body.decode())]
    except UnicodeDecodeError as error:
        raise UnreadableBody(f"The query is no UTF-8 at byte {error.start}.") from error


def pairs_in(text: bytes, where: str) -> Pairs:
    """The names and values of a query string or form; raises InvalidValue for what is no UTF-8."""
    if len(text) > _MOST_ENCODED:
        raise QueryTooComplex(
            f"{where.capitalize()} has {len(text)} bytes; at most {_MOST_ENCODED} may be."
        )
    fields = text.replace(b"+", b" ").split(b"&")
    if len(fields) > _MOST_FIELDS:
        raise InvalidValue(
            f"{where.capitalize()} has more than {_MOST_FIELDS} fields.", where="query"
        )
    parted = (field.partition(b"=") for field in fields if field)
    try:
        return [(unescaped(name).decode(), unescaped(value).decode()) for name, _, value in parted]
    except UnicodeDecodeError as error:
        raise InvalidValue(f"{where.capitalize()} is no UTF-8.", where="query") from error


class _Given:
    """The parameters of a request."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, text in pairs:
            self._values.setdefault(name, []).append(text)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(self._values.get(name, ()))

    def one(self, name: str) -> str | None:
        """The one value of a parameter, None where it is not given."""
        found = self._values.get(name, [])
        if len(found) > 1:
            raise InvalidValue(
                f"{name} is given {len(found)} times; it takes one value.", where=name
            )
        return found[0] if found else None

    def graphs(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter that takes IRIs."""
        found = self.all(name)
        demand_iris(found, name)
        return found

    def format(self) -> str | None:
        """The format that is asked for; of several the first, None where there is none.

        SPARQLWrapper gives a name and a media type that mean the same.
        """
        return next((text for name in _FORMAT for text in self.all(name) if text), None)

    def refuse_update(self) -> None:
        """Raise UpdateRefused where an update is sent."""
        if "update" in self._values or "using-graph-uri" in self._values:
            raise _no_update()


def _no_update() -> UpdateRefused:
    """The error of an update."""
    return UpdateRefused("This service answers queries alone; nothing can be changed.")


def _seconds(text: str | None) -> float | None:
    """A limit of time in seconds."""
    if text is None:
        return None
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not LEAST_SECONDS <= found < float("inf"):
        raise InvalidValue(
            f"timeout is {text!r}; it takes seconds from {LEAST_SECONDS}, such as 2.5.",
            where="timeout",
            found=text,
        )
    return found


def _truth(text: str | None) -> bool:
    """A truth value, false where it is not given."""
    if text is None or text in _TRUTHS:
        return text == "true"
    raise InvalidValue(
        f"stream is {text!r}; it takes true or false.",
        where="stream",
        found=text,
        allowed=_TRUTHS,
    )
