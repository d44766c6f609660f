"""`POST /v1/validations`: the validation report on a case record; and the words of records."""

from collections import Counter

import msgspec
from flask import Blueprint, Response, g, request

from primum.use_cases.records.bodies import MEDIA_TYPES
from primum.use_cases.records.exchange import Validated
from primum.web.bodies import media_type, whole_body
from primum.web.negotiation import JSON
from primum.web.once import Once
from primum.web.parameters import Parameters
from primum.web.served import Served, served

_JSON_LD = "application/ld+json"


def validations() -> Blueprint:
    """The two routes."""
    blueprint = Blueprint("validations", __name__)
    context = Once(lambda release: msgspec.json.encode(release.records.context))

    @blueprint.post("/v1/validations")
    def validate() -> Response:
        """Validate a case record: all that is wrong with it, or worth telling."""
        Parameters(request.args, single=())
        kind = media_type(MEDIA_TYPES)
        body, validation = whole_body(), served().validation
        if g.media != JSON:
            found = validation.report(body, kind, g.media)
            return Response(found.report, content_type=g.media)
        document = report_document(served(), validation.of(body, kind))
        return Response(msgspec.json.encode(document), content_type=JSON)

    @blueprint.get("/case.jsonld")
    def case_context() -> Response:
        """Give the JSON-LD context of case records."""
        Parameters(request.args, single=())
        return Response(context(), content_type=_JSON_LD)

    return blueprint


def report_document(release: Served, found: Validated) -> dict[str, object]:
    """A validation report as JSON.

    `conforms` is SHACL's word: no result at all. `valid` means that nothing is violated.
    """
    edition = release.primum.release.knowledge.edition
    counts = Counter(fault["severity"] for fault in found.faults)
    return {
        "notice": release.primum.release.knowledge.notice,
        "knowledge": {"version": edition.version, "digest": edition.digest},
        "valid": found.is_valid,
        "conforms": not found.faults,
        "counts": {name: counts[name] for name in ("violation", "warning", "info")},
        "results": found.faults,
    }
