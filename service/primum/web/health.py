"""`GET /healthz`: that the process answers, whatever it serves."""

from flask import Blueprint, Response, jsonify


def health() -> Blueprint:
    """The route."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthy() -> Response:
        """Say that the process answers."""
        return jsonify({"status": "ok"})

    return blueprint
