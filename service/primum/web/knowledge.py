"""`GET /v1/knowledge`: which knowledge is served."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from primum.web.parameters import Parameters
from primum.web.served import served


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

    return blueprint
