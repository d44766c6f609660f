"""The design question over HTTP: at one moment, and over time."""

from flask import Blueprint, Response, jsonify, request

from primum.use_cases.explanations import timeline_document
from primum.use_cases.proof_documents import document as proof_document
from primum.use_cases.question import read_flag, read_verdicts
from primum.web.parameters import Parameters
from primum.web.questions import REPEATED, SINGLE, asked_in
from primum.web.served import served


def contraindications() -> Blueprint:
    """The two routes."""
    blueprint = Blueprint("contraindications", __name__)

    @blueprint.get("/v1/contraindications")
    def ask() -> Response:
        """Answer which treatments are contraindicated for an injury at one moment."""
        given = Parameters(request.args, single=(*SINGLE, "verdict", "proof"), repeated=REPEATED)
        verdicts, proof = given.one("verdict"), read_flag(given.one("proof"), where="proof")
        answer = served().primum.ask(
            asked_in(given),
            treatment=given.one("treatment"),
            verdicts=None if verdicts is None else read_verdicts(verdicts),
        )
        document = served().writer.answer(answer)
        if proof:
            for found, finding in zip(document["treatments"], answer.findings, strict=True):
                found["proofs"] = [
                    proof_document(proof) for proof in served().prover.proofs(answer.case, finding)
                ]
        return jsonify(document)

    @blueprint.get("/v1/timeline")
    def timeline() -> Response:
        """Answer from when to when each treatment is barred."""
        given = Parameters(request.args, single=SINGLE, repeated=REPEATED)
        found = served().primum.timeline(asked_in(given), treatment=given.one("treatment"))
        return jsonify(timeline_document(served().writer, found))

    return blueprint
