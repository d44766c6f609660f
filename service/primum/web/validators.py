"""Validators of answers: the ETag of what a request asks for, known before it is computed."""

import hashlib
from functools import cache
from importlib.metadata import version

from flask import Request, request
from werkzeug.exceptions import NotAcceptable

from primum.web.negotiation import best
from primum.web.route import Kept, Route
from primum.web.routes import route_of
from primum.web.served import served

_READS = ("GET", "HEAD")


@cache
def software() -> str:
    """The version of the software that writes the answers."""
    return version("primum")


def present_route() -> Route | None:
    """The row of the table for the present request, None for a route that is not in it."""
    rule = request.url_rule
    return None if rule is None else route_of(rule.rule, request.method)


def negotiated(asked: Request, route: Route) -> str:
    """The media type to answer a request in; raises NotAcceptable where it excludes all."""
    offered = route.media
    found = best(asked.accept_mimetypes, offered)
    if found is None:
        raise NotAcceptable(f"Nothing here is acceptable; offered are {', '.join(offered)}.")
    return found


def entity_tag(route: Route, media: str) -> str | None:
    """The opaque part of the strong ETag that the answer has, or None where it has none.

    It depends on the knowledge, the software, path and query as sent, and the media type.
    """
    if request.method not in _READS or _changes(route):
        return None
    digest = served().primum.release.knowledge.edition.digest
    parts = (digest, software(), request.path, media)
    asked = "\0".join(parts).encode() + b"\0" + request.query_string
    return hashlib.sha256(asked).hexdigest()[:32]


def _changes(route: Route) -> bool:
    """Whether the same request may be answered otherwise by the same release."""
    if route.kept is Kept.CLOCK:
        return "onset" in request.args and "at" not in request.args
    return route.kept is Kept.NEVER


def about_patient() -> bool:
    """Whether the query tells of a patient more than the injury."""
    return not {"factor", "without", "age", "onset"}.isdisjoint(request.args)
