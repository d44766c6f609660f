"""Whole answers that are functions of the request and the release alone, kept for the next time.

What is asked again, letter by letter, is answered before the application is called. Kept is only
what has an ETag and tells of no patient; the bytes of all that is kept are bounded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import msgspec
from flask import Request, Response
from flask.ctx import _AppCtxGlobals as Globals

from primum.use_cases.kept import Kept
from primum.web.current import Current
from primum.web.headers import REQUEST_ID, request_id
from primum.web.observed import Observed, Observer
from primum.web.served import Serving
from primum.web.validators import about_patient

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_OK: Final = HTTPStatus.OK
_COPY: Final = HTTPStatus.NOT_MODIFIED
_ETAG: Final = "ETag"
_ASKED: Final = ("HTTP_HOST", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT")
_OF_A_BODY: Final = frozenset({"Content-Length", "Content-Type"})
_HEADS_BYTES: Final = 2**22  # of some 500 bytes each


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was sent, without its request id, and the route that gave it."""

    status: HTTPStatus
    headers: list[tuple[str, str]]
    body: bytes
    route: str

    @property
    def size(self) -> int:
        """The bytes that keeping it takes, about."""
        return len(self.body) + sum(len(name) + len(text) for name, text in self.headers)


class KeptAnswers:
    """Keeps up to `most` bytes of answers; safe to share between threads.

    Headers are kept at once, the body when it is given for the second time: most are never asked
    for again, and keeping a large one costs as much as writing it.
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._kept = Kept[Answer](most)
        self._heads = Kept[Answer](_HEADS_BYTES)

    def find(self, environ: "WSGIEnvironment", now: Serving) -> Answer | None:
        """What the same has answered to the same request, if it is kept.

        Who has a copy that still serves is answered with the headers alone.
        """
        if environ["REQUEST_METHOD"] != "GET":
            return None
        named = environ.get("HTTP_IF_NONE_MATCH")
        if named is None:
            return self._kept.get(_key(environ, now))
        head = self._heads.get(_key(environ, now))
        return head if head is not None and (_ETAG, named) in head.headers else None

    def keep(self, asked: Request, known: Globals, response: Response) -> None:
        """Keep an answer if it may be."""
        rule, whole = asked.url_rule, response.status_code == _OK and not response.is_streamed
        if rule is None or asked.method != "GET" or not (known.tag and whole):
            return
        if response.mimetype != known.media or about_patient(asked):
            return
        key = _key(asked.environ, known.served)
        headers = [each for each in response.headers if each[0] != REQUEST_ID]
        if self._heads.get(key) is None:
            head = [each for each in headers if each[0] not in _OF_A_BODY]
            self._heads.put(key, Answer(_COPY, head, b"", rule.rule))
        else:
            self._kept.put(key, Answer(_OK, headers, response.get_data(), rule.rule))


def _key(environ: "WSGIEnvironment", now: Serving) -> bytes:
    """What an answer depends on, made short: an address may be long, and its answer small."""
    asked = (environ.get(name, "") for name in _ASKED)
    return blake2b(msgspec.json.encode((now.content, *asked)), digest_size=32).digest()


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Stands before an application, and answers what is kept."""

    application: "WSGIApplication"
    current: Current[Any]
    kept: KeptAnswers
    observers: Sequence[Observer]

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer a request; what is kept goes out again under an id of its own."""
        began, now = perf_counter(), self.current.served
        answer = self.kept.find(environ, now)
        if answer is None:
            return self.application(environ, start)
        number = request_id(environ)
        line = f"{answer.status.value} {answer.status.phrase}"
        start(line, [*answer.headers, (REQUEST_ID, number)])
        seconds, size = perf_counter() - began, len(answer.body)
        digest = now.edition.digest
        status = answer.status.value
        seen = Observed(number, "GET", answer.route, status, seconds, size, digest)
        for observer in self.observers:
            observer(seen)
        return [answer.body]
