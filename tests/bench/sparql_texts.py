"""What is asked in SPARQL: the queries in `sparql/`, as requests that repeat and as new ones."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from tests.web.wire import head

_FOLDER = Path(__file__).with_name("sparql")
_JSON = "Accept: application/sparql-results+json"
_TSV = "Accept: text/tab-separated-values"
_NUMBER = 10**9
RUNAWAY = "SELECT (COUNT(*) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""A query that no engine answers within any limit."""


def texts() -> dict[str, str]:
    """The typical queries, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.rq"))}


def get(path: str, query: str, *lines: str, **further: str) -> bytes:
    """The request that asks a query for rows in JSON."""
    return head(f"GET {path}?{urlencode({'query': query, **further})}", _JSON, *lines)


def variant(query: str, number: int | str) -> str:
    """The query with a comment, so that it is the same and yet another text."""
    return f"{query}# {number}\n"


def new(path: str, query: str) -> Callable[[], Iterator[bytes]]:
    """Requests none of which was made before, going on where the last round ended."""
    start, end = get(path, variant(query, _NUMBER)).split(str(_NUMBER).encode())
    endless = (b"%s%d%s" % (start, number, end) for number in count(_NUMBER))
    return lambda: endless


def rows(path: str, number: int, **further: str) -> bytes:
    """The request for so many rows, as tab-separated values."""
    query = f"SELECT * {{ ?a ?b ?c . ?d a ?e }} LIMIT {number}"
    return head(f"GET {path}?{urlencode({'query': query, **further})}", _TSV)
