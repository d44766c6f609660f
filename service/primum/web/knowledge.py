"""`GET /v1/knowledge`, the entry page, and health: which knowledge is served."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from primum.web.questions import REPEATED, SINGLE
from primum.web.served import served

_QUESTION = f"{{?{','.join((*SINGLE, *REPEATED))}}}"


def knowledge() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("knowledge", __name__)

    @blueprint.get("/v1/knowledge")
    def describe() -> Response:
        """Give version, digest, counts and tools of the knowledge."""
        release = served().primum.release
        document = asdict(release.manifest)
        notice = release.knowledge.notice
        return jsonify({"notice": notice, **document, "reasoner": "HermiT", "profile": "OWL 2 DL"})

    @blueprint.get("/")
    def index() -> Response:
        """Say what this is and where to ask."""
        links = {
            "ask": f"/v1/contraindications{_QUESTION}",
            "timeline": f"/v1/timeline{_QUESTION}",
            "explain": f"/v1/explanations{_QUESTION}",
            "knowledge": "/v1/knowledge",
            "health": "/healthz",
        }
        notice = served().primum.release.knowledge.notice
        return jsonify({"name": "Primum", "notice": notice, "links": links})

    @blueprint.get("/healthz")
    def health() -> Response:
        """Say that the process answers."""
        return jsonify({"status": "ok"})

    return blueprint
