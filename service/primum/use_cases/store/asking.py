"""One query put to a server elsewhere: what is sent, and what may come back."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Final
from urllib.parse import urlencode

from primum.foundation.errors import StoreUnreachable
from primum.foundation.names import DCTERMS, Stored
from primum.use_cases.sparql.formats import BY_NAME, Format
from primum.use_cases.store.connection import Deadline
from primum.use_cases.store.layout import LAYOUT, Fields, Layout
from primum.use_cases.store.rows import Unfit, table
from primum.use_cases.store.server import BREAKS, Reply, Request, Server, Stale

_OK: Final = 200
_REDIRECTS: Final = range(300, 400)
_LOOK_SECONDS: Final = 2.0
_SMALL: Final = 2**20
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_MARKS: Final = f"""
SELECT ?content ?version ?format {{
  <{Stored.RELEASE}> <{DCTERMS}identifier> ?content ;
    <{DCTERMS}hasVersion> ?version ;
    <{DCTERMS}format> ?format .
  FILTER NOT EXISTS {{ GRAPH ?any {{ ?s ?p ?o }} }}
}}"""
"""No named graph is asked about, so a server that shows one does not heed what is asked."""
_PLAIN: Final = re.compile(r"[A-Za-z0-9.:+-]{1,100}")
UNREACHED: Final = "The SPARQL server behind this service cannot be reached."


class Rejected(Exception):
    """The server says that it cannot work on a query: 400, or 500 for one that it fails on."""


def request(query: str, fields: Fields, form: Format) -> Request:
    """A query about some graphs, to be answered in a format."""
    body = urlencode([("query", query), *fields]).encode()
    return Request("POST", body, {**_FORM, "Accept": form.media_type})


def checked(reply: Reply, form: Format) -> Reply:
    """An answer, if it is one in a format; else it is closed.

    Raises Rejected where the server rejects the query, and StoreUnreachable where the answer is
    none of SPARQL.
    """
    fault: Exception | None = None
    if reply.status in (400, 500):
        fault = Rejected()
    elif reply.status in _REDIRECTS:
        fault = Unfit("a redirection, which is not followed")
    elif reply.status != _OK:
        fault = Unfit(f"the status {reply.status}")
    elif reply.media_type not in form.media_types:
        fault = Unfit("another media type than was asked for")
    elif not reply.ends:
        fault = Unfit("an answer that does not say where it ends")
    if fault is None:
        return reply
    reply.close()
    raise fault


def pieces(reply: Reply) -> Iterator[bytes]:
    """What arrives of an answer."""
    while piece := reply.read():
        yield piece


def demand_release(server: Server, layout: Layout) -> None:
    """Raise StoreUnreachable where a server does not hold a release, or does not answer."""
    found = held(server)
    if found == (layout.content, layout.version, LAYOUT):
        return
    there = "holds none, or does not heed which graphs a query is about"
    if found is not None:
        content, version, layout_there = map(_shown, found)
        there = f"holds {content} (version {version}, layout {layout_there})"
    raise StoreUnreachable(
        f"The SPARQL server behind this service is to hold the release {layout.content} "
        f"(version {layout.version}, layout {LAYOUT}) and {there}. `primum load-store` loads it."
    )


def held(server: Server) -> tuple[str, str, str] | None:
    """Content, version and layout of the release that a server holds, None where it holds none.

    Raises StoreUnreachable where it does not answer, or not soon, or not as it should.
    """
    about = [("default-graph-uri", Stored.RELEASE)]
    match table_of(server, _MARKS, about, Deadline(_LOOK_SECONDS)):
        case [(content, version, layout)]:
            return content, version, layout
        case _:
            return None


def table_of(
    server: Server, query: str, about: Fields, deadline: Deadline
) -> list[tuple[str, ...]]:
    """The values in a small result, row by row; raises StoreUnreachable where there is none."""
    form = BY_NAME["tsv"]
    asked = request(query, about, form)
    try:
        with closing(checked(_answer(server, asked, deadline), form)) as reply:
            return list(table(_few(pieces(reply))))
    except BREAKS as error:
        raise StoreUnreachable(UNREACHED) from error
    except Rejected as error:
        raise StoreUnreachable("The SPARQL server behind this service fails.") from error


def _shown(text: str) -> str:
    """What a server states, if it is as short and plain as what it should be."""
    return text if _PLAIN.fullmatch(text) else "something else"


def _answer(server: Server, asked: Request, deadline: Deadline) -> Reply:
    """The answer to a request, on a new connection where a kept one turns out to be closed."""
    try:
        return server.ask(asked, deadline)
    except Stale:
        return server.ask(asked, deadline)


def _few(some: Iterator[bytes]) -> Iterator[bytes]:
    """Some pieces that are together small; raises Unfit beyond."""
    size = 0
    for piece in some:
        size += len(piece)
        if size > _SMALL:
            raise Unfit("far more than was asked for")
        yield piece
