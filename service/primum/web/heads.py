"""The head of a request: no part of it is so long that reading it keeps others waiting."""

from typing import Final

from flask import Request
from werkzeug.exceptions import RequestHeaderFieldsTooLarge, RequestURITooLarge

_MOST_PATH: Final = 4_000
_MOST_QUERY: Final = 16_000
_MOST_HEADER: Final = 8_000
_LONG_QUERIES: Final = ("/sparql", "/v1/queries/<name>")
"""The routes that take a query string apart themselves, in little time."""
_HEADERS: Final = {
    "HTTP_ACCEPT": "Accept",
    "HTTP_IF_NONE_MATCH": "If-None-Match",
    "CONTENT_TYPE": "Content-Type",
}
"""The headers that are taken apart, item by item."""


def demand_short_head(asked: Request) -> None:
    """Raise RequestURITooLarge or RequestHeaderFieldsTooLarge for a head that is too long.

    What is longer than the server in front reads at all, 64 kB, it refuses itself, with the same
    two statuses.
    """
    environ, rule = asked.environ, "" if asked.url_rule is None else asked.url_rule.rule
    if len(environ["PATH_INFO"]) > _MOST_PATH:
        raise RequestURITooLarge(f"The path is longer than {_MOST_PATH} bytes.")
    if len(environ["QUERY_STRING"]) > _MOST_QUERY and rule not in _LONG_QUERIES:
        raise RequestURITooLarge(f"The query string is longer than {_MOST_QUERY} bytes.")
    for key, name in _HEADERS.items():
        if len(environ.get(key, "")) > _MOST_HEADER:
            raise RequestHeaderFieldsTooLarge(
                f"The header {name} is longer than {_MOST_HEADER} bytes."
            )
