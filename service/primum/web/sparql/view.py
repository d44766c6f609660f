"""`/sparql`: what a caller asks in SPARQL, answered by the SPARQL 1.1 Protocol or as a page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from flask import Blueprint, Response, g, request

from primum.foundation.errors import PrimumError
from primum.use_cases.named.query import NamedQuery
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.screening import Screened
from primum.web.editor.examples import Example, examples_of
from primum.web.editor.pages import editor_page, problem_page, results_page
from primum.web.headers import still_serves
from primum.web.problems import problem_of
from primum.web.served import serving
from primum.web.sparql.description import Descriptions, address
from primum.web.sparql.endpoint import Endpoint
from primum.web.sparql.negotiated import Written, for_description, for_query, wants_page
from primum.web.sparql.protocol import Wanted, wanted

PATH: Final = "/sparql"
_TEXT: Final = "text/"


def sparql(named: Callable[[], Sequence[NamedQuery]]) -> Blueprint:
    """The routes; `named` are the questions that one may begin from."""
    blueprint = Blueprint("sparql", __name__)
    descriptions = Descriptions(named)

    def shown() -> tuple[Example, ...]:
        """The questions as examples."""
        return examples_of(named())

    @blueprint.route(PATH, methods=["GET", "POST"], strict_slashes=False)
    def ask() -> Response:
        """Answer a query, or say what can be asked here."""
        asked = Wanted(None)
        try:
            asked = wanted()
            if asked.query is None:
                return _described(asked, descriptions, shown)
            return _answered(asked, shown)
        except PrimumError as error:
            if asked.query is None or asked.format not in (None, "html") or not wants_page():
                raise
            notice = serving().notice
            return problem_page(
                problem_of(error), query=asked.query, examples=shown(), notice=notice
            )

    return blueprint


def _described(
    asked: Wanted, descriptions: Descriptions, examples: Callable[[], tuple[Example, ...]]
) -> Response:
    """What the service is, for a program or for a person."""
    written = for_description(asked.format)
    if (copy := still_serves(written.media, changing=written.as_page)) is not None:
        return copy
    if written.as_page:
        return editor_page(examples=examples(), notice=serving().notice)
    return Response(descriptions.describe(written.format), content_type=content_type(written.media))


def _answered(asked: Wanted, examples: Callable[[], tuple[Example, ...]]) -> Response:
    """The result of a query."""
    endpoint, text = serving().endpoint, asked.query or ""
    base = endpoint.base or address()
    screened = endpoint.screen(text, base=base)
    written = for_query(screened.form, asked.format)
    changing = screened.changing or written.as_page  # a page depends on the editor's files too
    if (copy := still_serves(written.media, changing=changing)) is not None:
        return copy
    question = Asked(text, written.format.name, base, asked.graphs, asked.named)
    if asked.streamed and not written.as_page:
        return _streamed(endpoint, question, screened, written, asked.seconds)
    body = endpoint.whole(question, screened, seconds=asked.seconds)
    if written.as_page:
        media, notice = written.format.media_type, serving().notice
        return results_page(body, media, query=text, examples=examples(), notice=notice)
    return Response(body, content_type=content_type(written.media))


def _streamed(
    endpoint: Endpoint,
    question: Asked,
    screened: Screened,
    written: Written,
    seconds: float | None,
) -> Response:
    """A result that is sent while it is found; one that breaks off has no proper end."""
    g.tag = None
    if request.method == "HEAD":
        return Response(content_type=content_type(written.media))
    pieces: Iterator[bytes] = endpoint.stream(question, screened, seconds=seconds)
    return Response(pieces, content_type=content_type(written.media))


def content_type(media: str) -> str:
    """The content type of a media type: text is UTF-8."""
    return f"{media}; charset=utf-8" if media.startswith(_TEXT) else media
