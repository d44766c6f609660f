"""`GET /v1/injuries`, `/v1/treatments`, `/v1/factors` and `/v1/sources`: what can be named."""

from collections.abc import Mapping

from flask import Blueprint, Response, json, request

from primum.use_cases.vocabulary import Catalogue
from primum.web.negotiation import JSON
from primum.web.once import Once
from primum.web.parameters import Parameters
from primum.web.served import Served


def vocabulary() -> Blueprint:
    """The routes; each body is written once per release."""
    blueprint = Blueprint("vocabulary", __name__)
    bodies = Once(_bodies)

    def body(name: str) -> Response:
        """The list of a name; it takes no parameters."""
        Parameters(request.args, single=())
        return Response(bodies()[name], content_type=JSON)

    @blueprint.get("/v1/injuries")
    def injuries() -> Response:
        """List the injuries, with the grades each can have."""
        return body("injuries")

    @blueprint.get("/v1/treatments")
    def treatments() -> Response:
        """List the treatments."""
        return body("treatments")

    @blueprint.get("/v1/factors")
    def factors() -> Response:
        """List the patient factors, with the ages that define them where ages do."""
        return body("factors")

    @blueprint.get("/v1/sources")
    def sources() -> Response:
        """List the sources, with the number of rules that cite each."""
        return body("sources")

    return blueprint


def _bodies(release: Served) -> Mapping[str, bytes]:
    """The four lists of a release, as they are sent."""
    catalogue = Catalogue.over(release.primum.release)
    return {
        "injuries": written(catalogue.injuries()),
        "treatments": written(catalogue.treatments()),
        "factors": written(catalogue.factors()),
        "sources": written(catalogue.cited()),
    }


def written(document: object) -> bytes:
    """A document as the bytes that are sent: UTF-8, fields in their order."""
    return json.dumps(document, ensure_ascii=False, sort_keys=False).encode()
