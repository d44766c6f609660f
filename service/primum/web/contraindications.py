"""The design question over HTTP: at one moment, and over time."""

from typing import Any

from flask import Blueprint, Response, request

from primum.model.answers import Answer
from primum.use_cases.explanations import timeline_document
from primum.use_cases.proof_documents import document as proof_document
from primum.use_cases.question import read_flag, read_verdicts
from primum.web.negotiation import JSON
from primum.web.parameters import Parameters
from primum.web.questions import REPEATED, SINGLE, asked_in
from primum.web.served import served
from primum.web.vocabulary import written


def contraindications() -> Blueprint:
    """The two routes."""
    blueprint = Blueprint("contraindications", __name__)

    @blueprint.get("/v1/contraindications")
    def ask() -> Response:
        """Answer which treatments are contraindicated for an injury at one moment."""
        given = Parameters(request.args, single=(*SINGLE, "verdict", "proof"), repeated=REPEATED)
        verdict, treatment = given.one("verdict"), given.one("treatment")
        verdicts = None if verdict is None else read_verdicts(verdict)
        if read_flag(given.one("proof"), where="proof"):
            answer = served().primum.ask(asked_in(given), treatment=treatment, verdicts=verdicts)
            return Response(written(_proved(answer)), content_type=JSON)
        primum = served().primum
        case = primum.case(asked_in(given))
        known = primum.vocabulary.treatments
        iri = None if treatment is None else known.find(treatment, where="treatment").iri
        body = served().renderer.answer(case, treatment=iri, verdicts=verdicts)
        return Response(body, content_type=JSON)

    @blueprint.get("/v1/timeline")
    def timeline() -> Response:
        """Answer from when to when each treatment is barred."""
        given = Parameters(request.args, single=SINGLE, repeated=REPEATED)
        found = served().primum.timeline(asked_in(given), treatment=given.one("treatment"))
        document = timeline_document(served().writer, found)
        return Response(written(document), content_type=JSON)

    return blueprint


def _proved(answer: Answer) -> dict[str, Any]:
    """An answer with the proofs of each of its reasons."""
    document, prover = served().writer.answer(answer), served().prover
    for found, finding in zip(document["treatments"], answer.findings, strict=True):
        found["proofs"] = [proof_document(proof) for proof in prover.proofs(answer.case, finding)]
    return document
