"""`POST /v1/assessments`: a case record in, the full answer out."""

from enum import StrEnum
from http import HTTPStatus

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import NotAcceptable

from primum.foundation.errors import InvalidRecord
from primum.model.levels import Screening
from primum.use_cases.question import read_choice
from primum.use_cases.records.bodies import MEDIA_TYPES
from primum.web.bodies import media_type, whole_body
from primum.web.negotiation import JSON, best
from primum.web.parameters import Parameters
from primum.web.served import served

TAKES = ("screening", "detail")


class Detail(StrEnum):
    """How much of an answer is written."""

    FULL = "full"
    VERDICTS = "verdicts"


def asked_detail() -> tuple[Screening, Detail]:
    """How unmentioned factors count, and how much is written; both from the query."""
    given = Parameters(request.args, single=TAKES)
    screening, detail = given.one("screening"), given.one("detail")
    return (
        Screening.ASSUME_CLEAR
        if screening is None
        else read_choice(Screening, screening, where="screening"),
        Detail.FULL if detail is None else read_choice(Detail, detail, where="detail"),
    )


def assessments() -> Blueprint:
    """The route."""
    blueprint = Blueprint("assessments", __name__)

    @blueprint.post("/v1/assessments")
    def assess() -> Response:
        """Assess a case record.

        Where RDF is asked for, an invalid record is answered with its validation report.
        """
        screening, detail = asked_detail()
        kind = media_type(MEDIA_TYPES)
        body, assessor = whole_body(), served().assessor
        write = assessor.assess if detail is Detail.FULL else assessor.verdicts
        try:
            answer = write(body, kind, screening)
        except InvalidRecord:
            if g.media == JSON:
                raise
            found = served().validation.report(body, kind, g.media)
            return Response(
                found.report, status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type=g.media
            )
        if g.media != JSON and best(request.accept_mimetypes, (JSON,)) is None:
            raise NotAcceptable("The record is valid; its answer is application/json.")
        return Response(answer, content_type=JSON)

    return blueprint
