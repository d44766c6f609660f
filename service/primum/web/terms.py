"""`GET /{Term}` and `/ontology`: what the knowledge says of a term, as a page or as RDF."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, Self

from flask import Blueprint, Response, g, render_template, request
from flask.blueprints import BlueprintSetupState

from primum.foundation.names import ONTOLOGY
from primum.use_cases.page.chart import Chart
from primum.use_cases.page.surroundings import Surroundings
from primum.use_cases.question import Asked
from primum.use_cases.terms.description import described
from primum.use_cases.terms.directory import Directory
from primum.use_cases.terms.gathering import gather
from primum.use_cases.terms.kinds import TermKind, kind_of
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.overview import overview
from primum.use_cases.terms.refs import path
from primum.web.negotiation import HTML
from primum.web.once import Once
from primum.web.parameters import Parameters
from primum.web.served import Served, served
from primum.web.term_paths import FORMS, TermForm, TermPath, path_in

_UTF_8: Final = "; charset=utf-8"
_LOCATED: Final = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
_ONTOLOGY: Final = path(ONTOLOGY)
_NARROWER, _WIDER = "is a kind of it", "is a kind of"


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The terms of one release; `written` keeps pages and graphs, which take long to write."""

    known: Known
    directory: Directory
    written: dict[tuple[str, str], bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Known) -> Self:
        """The terms of a release."""
        return cls(known, Directory.over(known))


def known_of(release: Served) -> Known:
    """The index of a release, which all pages about its terms share."""
    return Known.of(release.primum.release)


def terms(known: Once[Known]) -> Blueprint:
    """The routes; a release is indexed when the first term of it is asked for."""
    blueprint = Blueprint("terms", __name__)
    blueprint.record(_learn_paths)
    shelf = Once(lambda _: _Shelf.of(known()))

    @blueprint.get("/ontology")
    @blueprint.get("/ontology.<form:form>")
    def ontology(form: str = "") -> Response:  # noqa: ARG001 - negotiation has read it
        """Show the ontology, or give the graph that its files state."""
        Parameters(request.args, single=())
        return _answer(shelf(), ONTOLOGY)

    @blueprint.get("/<term:term>")
    @blueprint.get("/<term:term>.<form:form>")
    def show(term: str, form: str = "") -> Response:  # noqa: ARG001 - negotiation has read it
        """Show a term, by any of its names."""
        Parameters(request.args, single=())
        found = shelf()
        return _answer(found, found.directory.find(term, where="term"))

    @blueprint.after_request
    def locate(response: Response) -> Response:
        """Say where just this form of the term stands, whatever name it was asked for by."""
        named = (request.view_args or {}).get("term", _ONTOLOGY)
        iri = shelf().directory.known_as(named) if response.status_code in _LOCATED else None
        if iri is not None:
            response.headers["Content-Location"] = path_in(path(iri), g.media)
        return response

    return blueprint


def _learn_paths(state: BlueprintSetupState) -> None:
    """Let the rules of an application speak of terms and their forms."""
    state.app.url_map.converters |= {"term": TermPath, "form": TermForm}


def _answer(shelf: _Shelf, iri: str) -> Response:
    """A term in the form that is asked for."""
    media: str = g.media
    body = shelf.written.get((iri, media))
    if body is None:
        body = _page(shelf, iri) if media == HTML else described(shelf.known, iri, media)
        if media == HTML or iri == ONTOLOGY or kind_of(shelf.known, iri) is TermKind.GRAPH:
            shelf.written[iri, media] = body
    return Response(body, content_type=HTML + _UTF_8 if media == HTML else media)


def _page(shelf: _Shelf, iri: str) -> bytes:
    """The page of a term."""
    forms = {ending: (media, path_in(path(iri), media)) for ending, media in FORMS.items()}
    shown: dict[str, Any] = {"notice": served().primum.release.knowledge.notice, "forms": forms}
    if iri == ONTOLOGY:
        found = overview(shelf.known)
        return render_template("ontology.html", page=found.page, overview=found, **shown).encode()
    page = gather(shelf.known, iri)
    around = Surroundings.of(page, narrower=_NARROWER, wider=_WIDER)
    return render_template(
        "term.html", page=page, surroundings=around, chart=_chart(iri), **shown
    ).encode()


def _chart(iri: str) -> Chart | None:
    """The course of every treatment for an injury; None for another term."""
    primum = served().primum
    knowledge = primum.release.knowledge
    if all(iri != term.iri for term in knowledge.injuries):
        return None
    return Chart.of(primum.timeline(Asked(iri)), knowledge.axioms.above)
