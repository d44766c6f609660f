"""`GET /limits`: what one query may take, so that nobody has to find out by being stopped."""

from flask import Blueprint, Response, jsonify

from primum.use_cases.sparql.exchange import MOST_BYTES as RESULT_BYTES
from primum.use_cases.sparql.exchange import MOST_ROWS
from primum.use_cases.sparql.screening import MOST_BYTES, MOST_NESTING, MOST_TOKENS
from primum.web.bodies import settings


def limits() -> Blueprint:
    """The route."""
    blueprint = Blueprint("limits", __name__)

    @blueprint.get("/limits")
    def tell() -> Response:
        """Tell every limit of a query and of a result."""
        chosen = settings()
        query = {"bytes": MOST_BYTES, "tokens": MOST_TOKENS, "nesting": MOST_NESTING}
        taken = {"seconds": chosen.cage_seconds, "megabytes": chosen.cage_megabytes}
        return jsonify(
            {
                "query": {**query, **taken},
                "result": {"bytes": RESULT_BYTES, "rows": MOST_ROWS},
                "stream": {"seconds": chosen.stream_seconds},
                "caller": {"queries": chosen.caller_queries},
                "body": {"bytes": chosen.body_bytes, "seconds": chosen.body_seconds},
                "services": list(chosen.services),
            }
        )

    return blueprint
