"""`GET /v1/explanations`: why one treatment is answered as it is, and the proofs."""

from flask import Blueprint, Response, g, request

from primum.use_cases.explanations import explanation_document
from primum.use_cases.proof_documents import document as proof_document
from primum.use_cases.proof_graphs import turtle
from primum.use_cases.question import read_flag
from primum.web.negotiation import JSON, TURTLE
from primum.web.parameters import Parameters
from primum.web.questions import REPEATED, SINGLE, asked_in
from primum.web.served import served
from primum.web.vocabulary import written


def explanations() -> Blueprint:
    """The route."""
    blueprint = Blueprint("explanations", __name__)

    @blueprint.get("/v1/explanations")
    def explain() -> Response:
        """Explain one treatment: why, why not, and what would change the verdict.

        As Turtle it is the proofs that are given.
        """
        given = Parameters(request.args, single=(*SINGLE, "proof"), repeated=REPEATED)
        proof = read_flag(given.one("proof"), where="proof")
        primum, writer, prover = served().primum, served().writer, served().prover
        case, explanation = primum.explain(asked_in(given), treatment=given.needed("treatment"))
        if g.media == TURTLE:
            proofs = prover.proofs(case, explanation.finding)
            return Response(b"\n".join(map(turtle, proofs)), content_type=TURTLE)
        body = explanation_document(writer, case, explanation)
        if proof:
            proofs = prover.proofs(case, explanation.finding)
            body["proofs"] = [proof_document(found) for found in proofs]
        head = writer.head(case, primum.release.knowledge.edition)
        return Response(written({**head, **body}), content_type=JSON)

    return blueprint
