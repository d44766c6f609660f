"""`GET /readyz`: whether a question whose answer is known is answered as it must be.

Question and answer are data of the knowledge, so that no clinical case stands here.
"""

from typing import Any, Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify
from werkzeug.datastructures import MultiDict

from primum.foundation.errors import QuestionError
from primum.model.knowledge import Readiness
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum
from primum.web.parameters import Parameters
from primum.web.problems import problem
from primum.web.questions import REPEATED, SINGLE, asked_in
from primum.web.served import served

_RETRY_SECONDS: Final = 5


def readiness() -> Blueprint:
    """The route."""
    blueprint = Blueprint("readiness", __name__)

    @blueprint.get("/readyz")
    def ready() -> Response:
        """Ask the known question."""
        primum = served().primum
        stated = primum.release.knowledge.readiness
        fault = failing(primum, stated)
        if fault is None:
            return jsonify(_document(primum, stated))
        response = problem("not-ready", fault)
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
        return response

    return blueprint


def failing(primum: Primum, stated: Readiness | None) -> str | None:
    """What is wrong with the answer to the known question, or None where nothing is.

    Where the knowledge states none, any injury is asked about; that it is answered must do.
    """
    try:
        if stated is None:
            primum.ask(Asked(primum.release.knowledge.injuries[0].iri))
            return None
        found = _verdicts(primum, stated.question)
    except QuestionError as error:
        return f"The known question cannot be asked: {error}"
    if found == [stated.verdict]:
        return None
    return f"The known question has the verdicts {found}; {stated.verdict} alone is expected."


def _verdicts(primum: Primum, query: str) -> list[str]:
    """The verdicts of the treatment that a query names."""
    pairs = MultiDict(parse_qsl(query, keep_blank_values=True))
    given = Parameters(pairs, single=SINGLE, repeated=REPEATED)
    answer = primum.ask(asked_in(given), treatment=given.needed("treatment"))
    return [finding.verdict.value for finding in answer.findings]


def _document(primum: Primum, stated: Readiness | None) -> dict[str, Any]:
    """What is said when all is well; `checked` is null where no known question is stated."""
    edition = primum.release.knowledge.edition
    return {
        "status": "ready",
        "knowledge": {"version": edition.version, "digest": edition.digest},
        "checked": None
        if stated is None
        else {"question": stated.question, "verdict": stated.verdict},
    }
