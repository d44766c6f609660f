"""What is observed of each request: its route and how it went, never what was asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

from flask import Flask, Response, g, request

from primum.web.served import served

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


def observe(app: Flask, *observers: Observer) -> None:
    """Tell observers of every request. Call it first: what is registered first ends last."""

    @app.before_request
    def start() -> None:
        """Note the time."""
        g.started = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        """Tell at once of a whole answer, and of a streamed one when it has been sent."""
        began, seen = float(g.started), _seen(response)

        def tell() -> None:
            """Tell everyone."""
            whole = replace(seen, seconds=perf_counter() - began)
            for observer in observers:
                observer(whole)

        if response.is_streamed:
            response.call_on_close(tell)
        else:
            tell()
        return response


def _seen(response: Response) -> Observed:
    """What is known of a request when its answer begins; the seconds are still to come."""
    return Observed(
        request_id=g.request_id,
        method=request.method if request.method in _METHODS else "other",
        route="" if request.url_rule is None else request.url_rule.rule,
        status=response.status_code,
        seconds=0.0,
        size=None if response.is_streamed else response.calculate_content_length(),
        digest=served().primum.release.knowledge.edition.digest,
    )
