"""`GET /browse/…` and `/search`: the knowledge to leaf through, and to find anything in."""

from dataclasses import dataclass, fields
from typing import Any, Final, Self

from flask import Blueprint, Response, request

from primum.foundation.errors import QuestionError
from primum.use_cases.choosing import WORDS, Wanted
from primum.use_cases.page.browsing import Browser, Spoken
from primum.use_cases.page.finding import Index
from primum.use_cases.page.form import Offer
from primum.use_cases.terms.known import Known
from primum.web.once import Once
from primum.web.page.shelf import drawn, in_browser
from primum.web.page.state import State
from primum.web.parameters import Parameters
from primum.web.problems import problem_of
from primum.web.routes_of_the_page import LISTED

FILTERS: Final = tuple(field.name for field in fields(Wanted))
_ROOT, _FIRST = "/browse", "injuries"


@dataclass(frozen=True, slots=True)
class _Library:
    """What one release has to leaf through and to find."""

    browser: Browser
    index: Index
    offer: Offer

    @classmethod
    def of(cls, known: Known) -> Self:
        """What a release that is indexed has."""
        return cls(Browser.of(known), Index.of(known), Offer.of(known.release.knowledge))


def browsing(known: Once[Known]) -> Blueprint:
    """The routes, over the index of the release."""
    blueprint = Blueprint("browse", __name__)
    library = Once(lambda _: _Library.of(known()))

    def browse() -> Response:
        """List the terms of a kind, or the sources."""
        Parameters(request.args, single=())
        kind = request.path.removeprefix(_ROOT).removeprefix("/") or _FIRST
        entries: Any = getattr(library().browser, kind)()
        return drawn("page/browse.html", kind=kind, entries=entries)

    for path in (_ROOT, *(f"{_ROOT}/{kind}" for kind in LISTED)):
        blueprint.add_url_rule(path, view_func=browse)

    @blueprint.get("/browse/rules")
    def rules() -> Response:
        """List the rules that fit some filters."""
        return _rules(library(), State.of(request.args))

    @blueprint.get("/search")
    def search() -> Response:
        """Find everything that fits some words."""
        words = Parameters(request.args, single=("q",)).one("q") or ""
        return drawn("page/search.html", words=words, found=library().index.find(words))

    return blueprint


def _rules(library: _Library, state: State) -> Response:
    """The rules that fit the filters of an address; a filter that fits nothing is told."""
    catalogue, problem = library.browser.catalogue, None
    entries: tuple[Spoken, ...] = ()
    try:
        given = Parameters(state.given, single=FILTERS)
        entries = library.browser.rules(Wanted(**{name: given.one(name) for name in FILTERS}))
    except QuestionError as error:
        if not in_browser():
            raise
        problem = problem_of(error)
    return drawn(
        "page/browse.html",
        kind="rules",
        problem=problem,
        entries=entries,
        state=state,
        offer=library.offer,
        levels=WORDS,
        topics=catalogue.topics,
        confidences=catalogue.confidences,
    )
