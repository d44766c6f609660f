"""`GET /v1/contraindications`: the design question over HTTP."""

from flask import Blueprint, Response, jsonify, request

from primum.model.levels import Screening
from primum.use_cases.documents import Writer
from primum.use_cases.question import Asked, read_verdicts
from primum.use_cases.service import Primum
from primum.web.parameters import Parameters

_SINGLE = ("injury", "grade", "day", "hours", "treatment", "screening", "verdict")
_REPEATED = ("factor", "without")


def contraindications(primum: Primum) -> Blueprint:
    """The route over a loaded service."""
    blueprint = Blueprint("contraindications", __name__)
    writer = Writer(primum.release.knowledge)

    @blueprint.get("/v1/contraindications")
    def ask() -> Response:
        """Answer which treatments are contraindicated for an injury at one moment."""
        given = Parameters(request.args, single=_SINGLE, repeated=_REPEATED)
        asked = Asked(
            injury=given.needed("injury"),
            grade=given.one("grade"),
            day=given.one("day"),
            hours=given.one("hours"),
            present=given.many("factor"),
            absent=given.many("without"),
            screening=given.one("screening") or Screening.ASSUME_CLEAR,
        )
        verdicts = given.one("verdict")
        answer = primum.ask(
            asked,
            treatment=given.one("treatment"),
            verdicts=None if verdicts is None else read_verdicts(verdicts),
        )
        return jsonify(writer.answer(answer))

    return blueprint
