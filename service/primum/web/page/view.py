"""`GET /answer`, `/why` and `/compare`: the question as a form, its answer, and its reasons."""

from typing import Final

from flask import Blueprint, Response, g, request

from primum.foundation.errors import QuestionError
from primum.use_cases.page.cards import SILENT
from primum.use_cases.page.chart import Chart
from primum.use_cases.page.comparing import compared
from primum.use_cases.page.graph import turtle
from primum.use_cases.page.snippets import Snippet, snippets
from primum.use_cases.page.table import table
from primum.use_cases.page.why import why
from primum.use_cases.question import read_flag
from primum.web.negotiation import CSV, JSON, TURTLE
from primum.web.once import Once
from primum.web.page.answers import Shown, answered
from primum.web.page.files import STATIC, content
from primum.web.page.filters import FILTERS
from primum.web.page.shelf import Shelf, drawn, in_browser
from primum.web.page.state import State
from primum.web.parameters import Parameters
from primum.web.problems import Problem, problem_of
from primum.web.questions import REPEATED, SINGLE, asked_in
from primum.web.routes_of_the_page import OTHER, second
from primum.web.served import served

_BOTH_SINGLE: Final = (*SINGLE, *map(second, SINGLE))
_BOTH_REPEATED: Final = (*REPEATED, *map(second, REPEATED))


def page() -> Blueprint:
    """The routes."""
    blueprint = Blueprint("page", __name__)
    for name, spell in FILTERS.items():
        blueprint.add_app_template_filter(spell, name)
    shelf = Once(Shelf.of)

    @blueprint.get("/answer")
    def answer() -> Response:
        """Show the question of the address and its answer."""
        return show_answer(shelf(), State.of(request.args))

    @blueprint.get("/answer.json")
    @blueprint.get("/answer.csv")
    @blueprint.get("/answer.ttl")
    def data() -> Response:
        """Give the same answer as data."""
        return answer_as(State.of(request.args), g.media)

    @blueprint.get("/why")
    def reasons() -> Response:
        """Show why one treatment is answered as it is."""
        found, state = shelf(), State.of(request.args)
        try:
            return show_why(found, state)
        except QuestionError as error:
            if not in_browser():
                raise
            return _answer_page(found, state, None, problem_of(error))

    @blueprint.get("/compare")
    def compare() -> Response:
        """Show two states of a question beside each other."""
        return show_comparison(shelf(), State.of(request.args))

    @blueprint.get("/page.css")
    @blueprint.get("/page.js")
    @blueprint.get("/icon.svg")
    def static() -> Response:
        """Give the style, the script or the icon of the pages."""
        name = request.path.removeprefix("/")
        return Response(content(name), content_type=f"{STATIC[name]}; charset=utf-8")

    return blueprint


def show_answer(shelf: Shelf, state: State) -> Response:
    """The page of a question; one that cannot be answered is shown with what is wrong."""
    shown, problem = _tried(shelf, state)
    return _answer_page(shelf, state, shown, problem)


def _answer_page(
    shelf: Shelf, state: State, shown: Shown | None, problem: Problem | None
) -> Response:
    """The page with the form, and below it the answer or what is wrong."""
    return drawn(
        "page/answer.html",
        problem=problem,
        state=state,
        shown=shown,
        offer=shelf.offer,
        silent=SILENT,
        snippets=() if shown is None else _snippets(state, shown),
    )


def _snippets(state: State, shown: Shown) -> tuple[Snippet, ...]:
    """The question as programs."""
    return snippets(request.host_url.rstrip("/"), state.pairs, shown.case, served().questions)


def _tried(shelf: Shelf, state: State) -> tuple[Shown | None, Problem | None]:
    """The answer to a question, or what is wrong with it; neither where nothing is asked."""
    if not state:
        return None, None
    try:
        return answered(shelf, state), None
    except QuestionError as error:
        if not in_browser():
            raise
        return None, problem_of(error)


def answer_as(state: State, media: str) -> Response:
    """The answer to a question as JSON, CSV or Turtle."""
    given = Parameters(state.given, single=SINGLE, repeated=REPEATED)
    release, name = served(), given.one("treatment")
    if media == CSV:
        text = table(release.primum.ask(asked_in(given), treatment=name))
        return Response(text, content_type=f"{CSV}; charset=utf-8")
    if media == TURTLE:
        answer = release.primum.ask(asked_in(given), treatment=name)
        return Response(turtle(answer, request.url.replace(".ttl", "", 1)), content_type=TURTLE)
    known = release.primum.vocabulary.treatments
    iri = None if name is None else known.find(name, where="treatment").iri
    body = release.renderer.answer(release.primum.case(asked_in(given)), treatment=iri)
    return Response(body, content_type=JSON)


def show_why(shelf: Shelf, state: State) -> Response:
    """The page of one treatment in depth."""
    given = Parameters(state.given, single=(*SINGLE, "proof"), repeated=REPEATED)
    release, proved = served(), read_flag(given.one("proof"), where="proof")
    primum, name = release.primum, given.needed("treatment")
    case, explanation = primum.explain(asked_in(given), treatment=name)
    timeline = primum.timeline(asked_in(given), treatment=name)
    proofs = release.prover.proofs(case, explanation.finding) if proved else ()
    return drawn(
        "page/why.html",
        state=state.without("proof"),
        understood=shelf.reader.words.case(case),
        why=why(shelf.reader, case, explanation, proofs),
        chart=Chart.of(timeline, primum.release.knowledge.axioms.above),
    )


def show_comparison(shelf: Shelf, state: State) -> Response:
    """The page of two states of a question."""
    Parameters(state.given, single=_BOTH_SINGLE, repeated=_BOTH_REPEATED)
    one, other = state.prefixed(""), state.prefixed(OTHER)
    other = other if not one or other.one("injury") else other.setting("injury", one.one("injury"))
    (first, fault), (second, other_fault) = _tried(shelf, one), _tried(shelf, other)
    both = None if first is None or second is None else compared(first.groups, second.groups)
    return drawn(
        "page/compare.html",
        problem=fault or other_fault,
        state=one,
        other=other,
        first=first,
        second=second,
        both=both,
        offer=shelf.offer,
    )
