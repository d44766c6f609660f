"""The manners of all routes: request ids, validators, caching, CORS and protective headers."""

import re
import secrets
from typing import TYPE_CHECKING, Final

from flask import Request, Response, current_app, g, request
from flask.ctx import _AppCtxGlobals as Globals

from primum.web.negotiation import HTML
from primum.web.route import Route
from primum.web.routes import route_of
from primum.web.validators import about_patient, entity_tag, negotiated, present_route

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

REQUEST_ID: Final = "X-Request-ID"
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_READS: Final = ("GET", "HEAD")
_NOT_MODIFIED: Final = 304
_OK: Final = 200
_NOTHING: Final = "default-src 'none'; frame-ancestors 'none'"
_PAGE: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_SCRIPTED: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PROTECTIVE: Final = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]
_OPEN: Final = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", f"ETag, {REQUEST_ID}, Retry-After"),
]
_PREFLIGHT: Final = {
    "Access-Control-Allow-Headers": f"Accept, Content-Type, If-None-Match, {REQUEST_ID}",
    "Access-Control-Max-Age": "86400",
}


def request_id(environ: "WSGIEnvironment") -> str:
    """The id of a request: the caller's, if it is well formed, or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID")
    return given if given and _ID.fullmatch(given) else secrets.token_hex(16)


def begin(asked: Request, known: Globals) -> Response | None:
    """Answer what needs no computing: preflights and copies that still serve."""
    if asked.routing_exception is not None:
        return None
    if asked.method == "OPTIONS":
        return _options()
    route = present_route(asked)
    if route is None or route.decides:
        return None
    known.media = negotiated(asked, route)
    known.tag = entity_tag(asked, known, route)
    return _copy(asked, known)


def still_serves(media: str, *, changing: bool = False) -> Response | None:
    """Answer with 304 if the copy that the caller has still serves.

    A route that decides on the media type says so here, and whether the same request may be
    answered otherwise another time.
    """
    asked, known = request._get_current_object(), g._get_current_object()  # type: ignore[attr-defined]
    route = present_route(asked)
    known.media = media
    known.tag = None if route is None or changing else entity_tag(asked, known, route)
    return _copy(asked, known)


def _copy(asked: Request, known: Globals) -> Response | None:
    """What is answered to who has a copy that still serves."""
    if known.tag and "HTTP_IF_NONE_MATCH" in asked.environ:
        named = asked.if_none_match
        if not named.star_tag and named.contains_weak(known.tag):
            return Response(status=_NOT_MODIFIED, content_type=known.media)
    return None


def _options() -> Response:
    """Which methods there are, and which of them any page may use."""
    response = current_app.make_default_options_response()
    response.status_code = 204
    del response.headers["Content-Type"]
    allowed = response.allow or ()
    open_to_all = [method for method in _READS if method in allowed]
    rule = "" if request.url_rule is None else request.url_rule.rule
    if "POST" in allowed and _is_open(route_of(rule, "POST")):
        open_to_all.append("POST")
    if open_to_all:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = ", ".join(open_to_all)
        response.headers.update(_PREFLIGHT)
    return response


def _is_open(route: Route | None) -> bool:
    """Whether pages of other origins may post to a route."""
    return route is not None and route.open


def finish(asked: Request, known: Globals, response: Response) -> None:
    """Add what every answer has."""
    headers = response.headers
    there = {name.lower() for name, _ in headers}
    more = [(REQUEST_ID, known.request_id), *_PROTECTIVE]
    if "content-security-policy" not in there:
        more.append(("Content-Security-Policy", _policy(asked, response)))
    if "vary" in there:
        response.vary.add("Accept")
    else:
        more.append(("Vary", "Accept"))
    public = asked.method in _READS or _is_open(present_route(asked))
    if public and "access-control-allow-origin" not in there:
        more += _OPEN
    more += _caching(asked, known, response)
    if "cache-control" in there:
        more = [each for each in more if each[0] != "Cache-Control"]
    headers.extend(more)


def _policy(asked: Request, response: Response) -> str:
    """What a browser may do with an answer: nothing from elsewhere, and little from here."""
    if response.mimetype != HTML:
        return _NOTHING
    route = present_route(asked)
    return _SCRIPTED if route is not None and route.scripted else _PAGE


def _caching(asked: Request, known: Globals, response: Response) -> list[tuple[str, str]]:
    """Whether a copy may be kept, and by which tag to ask whether it still serves."""
    as_promised = response.status_code == _OK and response.mimetype == known.media
    if not known.tag or not (as_promised or response.status_code == _NOT_MODIFIED):
        return [("Cache-Control", "no-store")]
    if as_promised and "HTTP_IF_NONE_MATCH" in asked.environ and asked.if_none_match.star_tag:
        response.status_code = _NOT_MODIFIED
        response.set_data(b"")
        del response.headers["Content-Length"]
    private = "private, " if about_patient(asked) else ""
    return [("Cache-Control", f"{private}no-cache"), ("ETag", f'"{known.tag}"')]
