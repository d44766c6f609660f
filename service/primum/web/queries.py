"""`/v1/queries`: the named questions, listed, and each answered with its parameters bound."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from primum.foundation.errors import UnreadableBody
from primum.use_cases.named.query import NamedQuery, Parameter
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.screening import Form
from primum.use_cases.vocabulary import head
from primum.web.bodies import media_type, whole_body
from primum.web.editor.pages import results_page
from primum.web.headers import still_serves
from primum.web.negotiation import JSON
from primum.web.once import Once
from primum.web.parameters import Parameters
from primum.web.served import Served, served
from primum.web.sparql.negotiated import Written, for_query
from primum.web.sparql.protocol import FORM, PARAMETERS_READ, pairs_in
from primum.web.sparql.view import content_type
from primum.web.vocabulary import written

Pairs = Iterable[tuple[str, str]]
_Value = str | int | float


def queries() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("queries", __name__)
    listed = Once(_listed)

    @blueprint.get("/v1/queries")
    def every() -> Response:
        """List the named questions with their parameters."""
        Parameters(request.args, single=())
        return Response(listed(), content_type=JSON)

    @blueprint.route("/v1/queries/<name>", methods=["GET", "POST"])
    def one(name: str) -> Response:
        """Answer a question; an ending of the name says in which format."""
        plain, _, ending = name.partition(".")
        query = served().questions.find(plain)
        form = Form[query.form.upper()]
        wanted = for_query(form, ending or None)
        if (copy := still_serves(wanted.media, changing=wanted.as_page)) is not None:
            return copy
        pairs = list(pairs_in(request.query_string, "the query string"))
        if request.method == "POST":
            pairs += _posted()
        return _answered(served().questions.bind(query, pairs), wanted)

    return blueprint


def _answered(text: str, wanted: Written) -> Response:
    """The result of a question that is bound, as it stands or as a page."""
    endpoint = served().endpoint
    body = endpoint.named(Asked(text, wanted.format.name, endpoint.base))
    if wanted.as_page:
        return results_page(body, wanted.format.media_type, query=text, notice=served().notice)
    return Response(body, content_type=content_type(wanted.media))


def _posted() -> Pairs:
    """The parameters in a body: a form, or JSON with a text, a number or a list for each name."""
    kind, body = media_type(PARAMETERS_READ), whole_body("the parameters of a question")
    if kind == FORM:
        return pairs_in(body, "the form")
    try:
        return list(_members(msgspec.json.decode(body, type=dict[str, _Value | list[_Value]])))
    except msgspec.MsgspecError as error:
        raise UnreadableBody(
            f"The body is no JSON object of texts, numbers and lists of them: {error}."
        ) from error


def _members(body: dict[str, _Value | list[_Value]]) -> Iterator[tuple[str, str]]:
    """The members of a JSON object as names and values."""
    for name, found in body.items():
        for each in found if isinstance(found, list) else [found]:
            yield name, str(each)


def _listed(release: Served) -> bytes:
    """The named questions of a release."""
    found = [_document(query) for query in release.questions.all.values()]
    return written({**head(release.notice, release.edition), "queries": found})


def _document(query: NamedQuery) -> dict[str, Any]:
    """A question as it is listed."""
    return {
        "id": query.name,
        "title": query.title,
        "question": query.question,
        "about": query.about,
        "users": list(query.users),
        "form": query.form,
        "columns": list(query.columns),
        "parameters": [_parameter(each) for each in query.parameters],
        "url": f"/v1/queries/{query.name}",
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """A parameter as it is listed."""
    return {
        "name": parameter.name,
        "type": parameter.type,
        "required": not parameter.optional,
        "repeatable": parameter.repeatable,
        "example": parameter.example,
        "meaning": parameter.meaning,
    }
