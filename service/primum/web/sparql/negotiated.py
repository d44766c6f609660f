"""In which format a query is answered: what `format` names, else what the Accept header wants."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from primum.foundation.errors import InvalidValue
from primum.use_cases.sparql.formats import GRAPHS, ROWS, Format, formats_of, named_format
from primum.use_cases.sparql.screening import Form
from primum.web.negotiation import HTML, best

_HTML_NAME: Final = "html"
_HEADERS: Final = 64
"""Accept headers whose outcome is remembered: most clients of one kind send the same."""


@dataclass(frozen=True, slots=True)
class Written:
    """How to answer: as a page for a person, or in a format under a media type."""

    format: Format
    media: str
    as_page: bool = False


def for_query(form: Form, name: str | None) -> Written:
    """How to answer a form of query; raises InvalidValue or NotAcceptable."""
    if name is None:
        return _accepted(request.environ.get("HTTP_ACCEPT"), graph=form.gives_graph)
    offered = formats_of(form)
    if name.strip().lower() in (_HTML_NAME, HTML):
        return Written(offered[0], HTML, as_page=True)
    found = named_format(name, form)
    if found is None:
        names = (*(each.name for each in offered), _HTML_NAME)
        raise InvalidValue(
            f"format is {name!r}; {form} is answered in {', '.join(names)}.",
            where="format",
            found=name,
            allowed=names,
        )
    return Written(found, found.media_type)


def for_description(name: str | None) -> Written:
    """How to describe the service."""
    return for_query(Form.CONSTRUCT, name)


def wants_page() -> bool:
    """Whether the request, whatever it asks, is a person's: its Accept header prefers HTML."""
    return best(request.accept_mimetypes, ("application/json", HTML)) == HTML


@lru_cache(_HEADERS)
def _accepted(header: str | None, *, graph: bool) -> Written:
    """The best format of a graph, or of rows, by the Accept header; raises NotAcceptable."""
    offered = GRAPHS if graph else ROWS
    of_media = {media: each for each in reversed(offered) for media in each.media_types}
    media = [m for each in offered for m in each.media_types]
    registered = [each.media_type for each in offered]
    ranked = list(dict.fromkeys([*registered, *media, HTML]))
    found = best(parse_accept_header(header, MIMEAccept), ranked)
    if found is None:
        raise NotAcceptable(f"Nothing here is acceptable; offered are {', '.join(ranked)}.")
    if found == HTML:
        return Written(offered[0], HTML, as_page=True)
    return Written(of_media[found], found)
