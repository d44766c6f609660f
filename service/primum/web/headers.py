"""The manners of all routes: request ids, validators, caching, CORS and protective headers."""

import re
import uuid
from typing import Final

from flask import Flask, Response, current_app, g, request

from primum.web.negotiation import HTML
from primum.web.validators import about_patient, entity_tag, negotiated, present_route

REQUEST_ID: Final = "X-Request-ID"
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_READS: Final = ("GET", "HEAD")
_NOT_MODIFIED: Final = 304
_OK: Final = 200
_PROTECTIVE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_NOTHING: Final = "default-src 'none'; frame-ancestors 'none'"
_PAGE: Final = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": f"Accept, Content-Type, If-None-Match, {REQUEST_ID}",
    "Access-Control-Max-Age": "86400",
}


def install(app: Flask) -> None:
    """Give every answer of an application its headers; call it after the release is chosen."""
    app.url_map.merge_slashes = False  # `//` names nothing here; no answer is a redirect
    app.before_request(_name)
    app.before_request(_begin)
    app.after_request(_finish)


def _name() -> None:
    """Give the request its id: the caller's, if it is well formed, or a new one."""
    given = request.headers.get(REQUEST_ID, "")
    g.request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
    g.tag = g.media = None


def _begin() -> Response | None:
    """Answer what needs no computing: preflights and copies that still serve."""
    route = present_route()
    if request.routing_exception is not None:
        return None
    if request.method == "OPTIONS":
        return _options()
    if route is not None:
        g.media = negotiated(request, route)
        g.tag = entity_tag(route, g.media)
    named = request.if_none_match
    if g.tag and not named.star_tag and named.contains_weak(g.tag):
        return Response(status=_NOT_MODIFIED, content_type=g.media)
    return None


def _options() -> Response:
    """Which methods there are, and which of them any page may use."""
    response = current_app.make_default_options_response()
    response.status_code = 204
    del response.headers["Content-Type"]
    open_to_all = [method for method in ("GET", "HEAD") if method in (response.allow or ())]
    if open_to_all:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = ", ".join(open_to_all)
        response.headers.update(_PREFLIGHT)
    return response


def _finish(response: Response) -> Response:
    """Add what every answer has."""
    response.headers[REQUEST_ID] = g.request_id
    for name, value in _PROTECTIVE.items():
        response.headers[name] = value
    policy = _PAGE if response.mimetype == HTML else _NOTHING
    response.headers.setdefault("Content-Security-Policy", policy)
    response.vary.add("Accept")
    if request.method in _READS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = f"ETag, {REQUEST_ID}, Retry-After"
    _cache(response)
    return response


def _cache(response: Response) -> None:
    """Say whether a copy may be kept, and by which tag to ask whether it still serves."""
    as_promised = response.status_code == _OK and response.mimetype == g.media
    if not g.tag or not (as_promised or response.status_code == _NOT_MODIFIED):
        response.headers.setdefault("Cache-Control", "no-store")
        return
    private = "private, " if about_patient() else ""
    response.headers["Cache-Control"] = f"{private}no-cache"
    response.set_etag(g.tag)
    if as_promised and request.if_none_match.star_tag:
        response.status_code = _NOT_MODIFIED
        response.set_data(b"")
        del response.headers["Content-Length"]
