"""What the pages of one release are made with, and what they all say."""

from dataclasses import dataclass
from typing import Any, Self

from flask import Response, render_template, request

from primum.use_cases.page.cards import Reader
from primum.use_cases.page.form import Offer
from primum.web.negotiation import HTML
from primum.web.problems import Problem
from primum.web.served import Served, served


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reader and the form of one release."""

    reader: Reader
    offer: Offer

    @classmethod
    def of(cls, release: Served) -> Self:
        """What pages of a release are made with."""
        knowledge = release.primum.release.knowledge
        return cls(Reader.of(knowledge), Offer.of(knowledge))


def in_browser() -> bool:
    """Whether a person asks, who is shown what is wrong on the page and not as a document."""
    return HTML in request.headers.get("Accept", "")


def drawn(template: str, *, problem: Problem | None = None, **shown: Any) -> Response:
    """A page from a template; one that shows a problem has its status."""
    release = served()
    text = render_template(
        template, problem=problem, notice=release.notice, edition=release.edition, **shown
    )
    response = Response(text, content_type=f"{HTML}; charset=utf-8")
    if problem is not None:
        response.status_code = problem.status
    return response
