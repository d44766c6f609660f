"""The design question over HTTP: at one moment, over time, and explained."""

from flask import Blueprint, Response, jsonify, request

from primum.use_cases.documents import Writer
from primum.use_cases.explanations import explanation_document, timeline_document
from primum.use_cases.question import read_verdicts
from primum.use_cases.service import Primum
from primum.web.parameters import Parameters
from primum.web.questions import REPEATED, SINGLE, asked_in


def contraindications(primum: Primum) -> Blueprint:
    """The routes over a loaded service."""
    blueprint = Blueprint("contraindications", __name__)
    writer = Writer(primum.release.knowledge)

    @blueprint.get("/v1/contraindications")
    def ask() -> Response:
        """Answer which treatments are contraindicated for an injury at one moment."""
        given = Parameters(request.args, single=(*SINGLE, "verdict"), repeated=REPEATED)
        verdicts = given.one("verdict")
        answer = primum.ask(
            asked_in(given),
            treatment=given.one("treatment"),
            verdicts=None if verdicts is None else read_verdicts(verdicts),
        )
        return jsonify(writer.answer(answer))

    @blueprint.get("/v1/timeline")
    def timeline() -> Response:
        """Answer from when to when each treatment is barred."""
        given = Parameters(request.args, single=SINGLE, repeated=REPEATED)
        found = primum.timeline(asked_in(given), treatment=given.one("treatment"))
        return jsonify(timeline_document(writer, found))

    @blueprint.get("/v1/explanations")
    def explain() -> Response:
        """Explain one treatment: why, why not, and what would change the verdict."""
        given = Parameters(request.args, single=SINGLE, repeated=REPEATED)
        case, explanation = primum.explain(asked_in(given), treatment=given.needed("treatment"))
        body = explanation_document(writer, case, explanation)
        return jsonify({**writer.head(case, primum.release.knowledge.edition), **body})

    return blueprint
