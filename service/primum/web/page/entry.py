"""`GET /`: the page to ask from, and for programs where what can be asked."""

from typing import Final

from flask import Blueprint, Response, g, jsonify

from primum.web.negotiation import HTML
from primum.web.once import Once
from primum.web.page.shelf import Shelf
from primum.web.page.state import State
from primum.web.page.view import show_answer
from primum.web.questions import REPEATED, SINGLE
from primum.web.rules import FILTERS
from primum.web.served import served

_QUESTION: Final = f"{{?{','.join((*SINGLE, *REPEATED))}}}"
_LINKS: Final = {
    "ask": f"/v1/contraindications{_QUESTION}",
    "timeline": f"/v1/timeline{_QUESTION}",
    "explain": f"/v1/explanations{_QUESTION}",
    "injuries": "/v1/injuries",
    "treatments": "/v1/treatments",
    "factors": "/v1/factors",
    "rules": f"/v1/rules{{?{','.join(FILTERS)}}}",
    "rule": "/v1/rules/{id}",
    "sources": "/v1/sources",
    "sparql": "/sparql{?query,format,timeout,stream}",
    "limits": "/limits",
    "queries": "/v1/queries",
    "query": "/v1/queries/{name}",
    "ontology": "/ontology",
    "term": "/{term}",
    "knowledge": "/v1/knowledge",
    "description": "/openapi.json",
    "docs": "/docs",
    "health": "/healthz",
    "ready": "/readyz",
}


def entry() -> Blueprint:
    """The route."""
    blueprint = Blueprint("entry", __name__)
    shelf = Once(Shelf.of)

    @blueprint.get("/")
    def index() -> Response:
        """Say what this is and where to ask; a person is shown a question and its answer."""
        if g.media == HTML:
            return show_answer(shelf(), State.read(served().primum.release.knowledge.example))
        notice = served().primum.release.knowledge.notice
        return jsonify({"name": "Primum", "notice": notice, "links": _LINKS})

    return blueprint
