"""What happens before and after every request, in one hook each: they run for every answer."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

from primum.web import headers
from primum.web.bodies import demand_good_arrival
from primum.web.current import Current
from primum.web.heads import demand_short_head
from primum.web.kept_answers import KeptAnswers, Shortcut
from primum.web.observed import Observer, observe


def install(
    app: Flask, current: Current[Any], observers: Sequence[Observer], *, kept_bytes: int
) -> None:
    """Give every request its release and id, and every answer its headers; tell observers.

    Whole answers of up to `kept_bytes` in all are kept for those who ask the same again.
    """
    kept = KeptAnswers(kept_bytes)
    app.wsgi_app = Shortcut(app.wsgi_app, current, kept, observers)  # type: ignore[method-assign, assignment]
    app.url_map.merge_slashes = False  # `//` names nothing here; no answer is a redirect

    @app.before_request
    def begin() -> Response | None:
        """Choose the release, from which the whole request is answered; refuse what is cut."""
        asked, known = request._get_current_object(), g._get_current_object()  # type: ignore[attr-defined]
        known.started = perf_counter()
        known.served = current.served
        known.request_id = headers.request_id(asked.environ)
        known.tag = known.media = None
        demand_short_head(asked)
        demand_good_arrival(asked)
        return headers.begin(asked, known)

    @app.after_request
    def end(response: Response) -> Response:
        """Add the headers that every answer has."""
        asked, known = request._get_current_object(), g._get_current_object()  # type: ignore[attr-defined]
        headers.finish(asked, known, response)
        kept.keep(asked, known, response)
        observe(asked, known, response, observers)
        return response
