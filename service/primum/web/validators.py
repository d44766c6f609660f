"""Validators of answers: the ETag of what a request asks for, known before it is computed."""

import hashlib
from functools import cache
from importlib.metadata import version

from flask import Request
from flask.ctx import _AppCtxGlobals as Globals
from werkzeug.exceptions import NotAcceptable

from primum.web.escapes import unescaped
from primum.web.negotiation import best
from primum.web.route import Kept, Route
from primum.web.routes import route_of

_READS = ("GET", "HEAD")
_ANYTHING = (None, "", "*/*")
_OF_A_PATIENT = (b"factor", b"without", b"age", b"onset")


@cache
def software() -> str:
    """The version of the software that writes the answers."""
    return version("primum")


def present_route(asked: Request) -> Route | None:
    """The row of the table for a request, None for a route that is not in it."""
    rule = asked.url_rule
    return None if rule is None else route_of(rule.rule, asked.method)


def negotiated(asked: Request, route: Route) -> str:
    """The media type to answer a request in; raises NotAcceptable where it excludes all."""
    offered = route.asked_for(asked.view_args or {})
    wanted = asked.environ.get("HTTP_ACCEPT")
    if wanted in _ANYTHING or wanted == offered[0]:
        return offered[0]
    found = best(asked.accept_mimetypes, offered)
    if found is None:
        raise NotAcceptable(_refused(route, offered))
    return found


def _refused(route: Route, offered: tuple[str, ...]) -> str:
    """What is said where nothing that is offered is acceptable."""
    alone = "" if offered == route.media else f"; this path asks for {offered[0]}"
    return f"Nothing here is acceptable; offered are {', '.join(route.media)}{alone}."


def entity_tag(asked: Request, known: Globals, route: Route) -> str | None:
    """The opaque part of the strong ETag that the answer has, or None where it has none.

    It depends on the knowledge, the software, path and query as sent, and the media type.
    """
    if asked.method not in _READS or _changes(asked, route):
        return None
    text = "\0".join((known.served.content, software(), asked.path, known.media))
    return hashlib.sha256(text.encode() + b"\0" + asked.query_string).hexdigest()[:32]


def _changes(asked: Request, route: Route) -> bool:
    """Whether the same request may be answered otherwise by the same release."""
    if route.kept is Kept.CLOCK:
        return "onset" in asked.args and "at" not in asked.args
    return route.kept is Kept.NEVER


def about_patient(asked: Request) -> bool:
    """Whether the query tells of a patient more than the injury.

    Only names are read: a value may be a whole query in SPARQL, which takes time to read.
    """
    fields = asked.query_string.split(b"&")
    return any(unescaped(field.partition(b"=")[0]) in _OF_A_PATIENT for field in fields)
