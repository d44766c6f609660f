"""What is observed of each request: its route and how it went, never what was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Final

from flask import Request, Response
from flask.ctx import _AppCtxGlobals as Globals

_METHODS: Final = frozenset(
    {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"}
)


@dataclass(frozen=True, slots=True)
class Observed:
    """One answered request; `route` is the rule, "" for a path that is none of ours.

    `seconds` last until the answer is written, or its last piece is sent where it is streamed;
    `size` counts bytes of the body and is None where it is streamed.
    """

    request_id: str
    method: str
    route: str
    status: int
    seconds: float
    size: int | None
    digest: str


Observer = Callable[[Observed], None]


def observe(asked: Request, known: Globals, response: Response, to: Sequence[Observer]) -> None:
    """Tell observers of a request: at once, or where it is streamed when it has been sent."""
    method, rule = asked.method, asked.url_rule
    streamed = response.is_streamed
    seen = partial(
        Observed,
        known.request_id,
        method if method in _METHODS else "other",
        "" if rule is None else rule.rule,
        response.status_code,
        size=None if streamed else response.calculate_content_length(),
        digest=known.served.edition.digest,
    )
    if streamed:
        response.call_on_close(lambda: _tell(to, seen(seconds=perf_counter() - known.started)))
    else:
        _tell(to, seen(seconds=perf_counter() - known.started))


def _tell(observers: Sequence[Observer], seen: Observed) -> None:
    """Tell everyone."""
    for observer in observers:
        observer(seen)
