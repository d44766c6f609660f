"""`GET /v1/knowledge` and the entry page: which knowledge is served."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from primum.web.parameters import Parameters
from primum.web.questions import REPEATED, SINGLE
from primum.web.rules import FILTERS
from primum.web.served import served

_QUESTION = f"{{?{','.join((*SINGLE, *REPEATED))}}}"
_LINKS = {
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


def knowledge() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("knowledge", __name__)

    @blueprint.get("/v1/knowledge")
    def describe() -> Response:
        """Give version, digest, counts and tools of the knowledge."""
        Parameters(request.args, single=())
        release, pending = served().primum.release, served().pending
        document = asdict(release.manifest)
        notice = release.knowledge.notice
        tools = {"reasoner": "HermiT", "profile": "OWL 2 DL"}
        edit = {} if pending is None else {"pendingEdit": pending.document()}
        return jsonify({"notice": notice, **document, **tools, **edit})

    @blueprint.get("/")
    def index() -> Response:
        """Say what this is and where to ask."""
        notice = served().primum.release.knowledge.notice
        return jsonify({"name": "Primum", "notice": notice, "links": _LINKS})

    return blueprint
