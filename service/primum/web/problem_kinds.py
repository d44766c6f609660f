"""The kinds of errors that the service answers with: what each means and what to do.

The one table from which problem documents, their pages and the API description are written.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from primum.foundation.errors import (
    AmbiguousName,
    Busy,
    Contradiction,
    Crashed,
    InvalidQuery,
    InvalidRecord,
    LimitReached,
    QueryCrashed,
    QueryOutOfMemory,
    QueryTimeout,
    QueryTooComplex,
    QuestionError,
    ResultTooLarge,
    ServiceRefused,
    ServiceUnreachable,
    StoreUnreachable,
    TookTooLong,
    TooManyRequests,
    UnknownName,
    UnknownParameter,
    UnreadableBody,
    UnwritableResult,
    UpdateRefused,
)
from primum.foundation.names import CONVENTIONS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of error; `name` ends the IRI of its type."""

    name: str
    status: int
    meaning: str
    remedy: str

    @property
    def iri(self) -> str:
        """The type of its problem documents."""
        return f"{CONVENTIONS}problems/{self.name}"

    @property
    def names(self) -> bool:
        """Whether it is about a name, which may stand in a path."""
        return self.name in ("unknown-name", "ambiguous-name")

    @property
    def title(self) -> str:
        """The name as a person reads it."""
        return self.name.replace("-", " ").capitalize()


TABLE: Final = (
    Kind(
        "unknown-name",
        HTTPStatus.BAD_REQUEST,
        "No term, rule or query has the name given. In a path the status is 404.",
        "Take one of the nearest names, which `errors` lists under `allowed`.",
    ),
    Kind(
        "ambiguous-name",
        HTTPStatus.BAD_REQUEST,
        "The name is that of several terms. In a path the status is 404.",
        "Take the id of the one that is meant; `errors` lists them under `allowed`.",
    ),
    Kind(
        "invalid-value",
        HTTPStatus.BAD_REQUEST,
        "A value has the wrong form, lies out of range, or is missing.",
        "`errors` names the place and, where they can be listed, the values allowed.",
    ),
    Kind(
        "unknown-parameter",
        HTTPStatus.BAD_REQUEST,
        "The route has no such parameter. Nothing is ignored: a misspelled fact could matter.",
        "Take one of the parameters that `errors` lists under `allowed`.",
    ),
    Kind(
        "contradiction",
        HTTPStatus.BAD_REQUEST,
        "The facts given cannot all be true of one patient and injury.",
        "Correct one of the facts that the detail names.",
    ),
    Kind(
        "bad-request",
        HTTPStatus.BAD_REQUEST,
        "The request does not follow the protocol, or its body cannot be read.",
        "Correct what the detail names.",
    ),
    Kind(
        "not-found",
        HTTPStatus.NOT_FOUND,
        "There is nothing at this path.",
        "See the routes in the API description.",
    ),
    Kind(
        "method-not-allowed",
        HTTPStatus.METHOD_NOT_ALLOWED,
        "The path is there, but not for this method.",
        "Take one of the methods in the header `Allow`.",
    ),
    Kind(
        "not-acceptable",
        HTTPStatus.NOT_ACCEPTABLE,
        "The header `Accept` excludes every media type that the route can answer in.",
        "Accept one of the types that the detail lists.",
    ),
    Kind(
        "request-timeout",
        HTTPStatus.REQUEST_TIMEOUT,
        "The body did not arrive in time.",
        "Send it again, faster or in smaller parts.",
    ),
    Kind(
        "request-entity-too-large",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The body is larger than the service takes.",
        "Send less at a time; a batch may be split between its lines.",
    ),
    Kind(
        "request-uri-too-long",
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "Path and query are longer than the service takes.",
        "Send the question as a body.",
    ),
    Kind(
        "request-header-fields-too-large",
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "A header is longer than the service takes, or there are too many.",
        "Send shorter headers: `Accept` needs to name a few media types only.",
    ),
    Kind(
        "unsupported-media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "The body is of a media type that the route does not read.",
        "Send one of the types that the API description lists, and say which.",
    ),
    Kind(
        "unprocessable-entity",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The body can be read, but what it says cannot be answered.",
        "Correct the fields that `errors` or the report points to.",
    ),
    Kind(
        "unreadable-body",
        HTTPStatus.BAD_REQUEST,
        "The body is not of the syntax that its media type names, or has a construct that is not "
        "taken, such as a member that stands twice.",
        "Correct what the detail names.",
    ),
    Kind(
        "invalid-record",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The case record breaks a shape. `errors` lists every fault with a pointer into the body, "
        "a stable code, what was found and what may stand there. Nothing was computed.",
        "Correct what `errors` points to.",
    ),
    Kind(
        "too-big",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The work needs more memory than the service gives, or its result is too large to send. "
        "The same request fails again.",
        "Ask for less: narrow the query, or limit its rows.",
    ),
    Kind(
        "crashed",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The isolated process that read the request died of it. The same request fails again.",
        "Simplify what is sent, such as deep nesting.",
    ),
    Kind(
        "invalid-query",
        HTTPStatus.BAD_REQUEST,
        "The text is no SPARQL query. `errors` says at which line and column it is wrong, both "
        "counted from 1, and what may stand there, or which prefixes are known.",
        "Correct the query there.",
    ),
    Kind(
        "unwritable-result",
        HTTPStatus.NOT_ACCEPTABLE,
        "The format that was asked for has no way to say the result: RDF/XML cannot name every "
        "property.",
        "Ask for another format, such as Turtle.",
    ),
    Kind(
        "update-refused",
        HTTPStatus.FORBIDDEN,
        "An update was sent. The knowledge is not changed through this service.",
        "Ask with `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`.",
    ),
    Kind(
        "service-refused",
        HTTPStatus.FORBIDDEN,
        "The query would call another service, which the operator has not listed in "
        "`PRIMUM_SERVICES`. It is refused even if it is `SILENT`, since a part of the answer would "
        "be missing.",
        "Ask each service by itself, or from a client that joins their answers.",
    ),
    Kind(
        "query-too-complex",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The query is longer, has more words and signs, or is nested more deeply than is read; "
        "`/limits` says how far one may go.",
        "Split it, or move values into a named question.",
    ),
    Kind(
        "query-timeout",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The query was stopped when its time was up, or that of the caller's `timeout`.",
        "Ask for less: let patterns share variables, and begin with the most specific one.",
    ),
    Kind(
        "query-out-of-memory",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The query needs more memory than one may take.",
        "Ask for less: `ORDER BY`, `DISTINCT` and `GROUP BY` hold all rows at once.",
    ),
    Kind(
        "query-crashed",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The isolated process that worked on the query died of it. The same query fails again.",
        "Simplify it.",
    ),
    Kind(
        "result-too-large",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The result has more bytes or rows than are sent in one piece. Nothing of it was sent: "
        "a part could be taken for the whole.",
        "Ask with `LIMIT` and `OFFSET`, or add `stream=true`.",
    ),
    Kind(
        "service-unreachable",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "A service that the query calls does not answer, sends the caller elsewhere, or gives no "
        "results of SPARQL.",
        "Try again later, or ask that service by itself.",
    ),
    Kind(
        "store-unreachable",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The SPARQL server that this service asks cannot be reached, does not answer as one, or "
        "holds another release.",
        "Try again after the seconds in the header `Retry-After`.",
    ),
    Kind(
        "too-many-requests",
        HTTPStatus.TOO_MANY_REQUESTS,
        "As many queries from this address are worked on or wait as one may have.",
        "Try again after the seconds in the header `Retry-After`.",
    ),
    Kind(
        "internal-error",
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The service failed. The log has the details under the number that the detail gives.",
        "Tell the operator that number.",
    ),
    Kind(
        "service-unavailable",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The service cannot answer now.",
        "Try again later; the header `Retry-After` says when, where that is known.",
    ),
    Kind(
        "took-too-long",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The work was stopped when its time was up.",
        "Ask for less, or try again when the service is less busy.",
    ),
    Kind(
        "busy",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "As many requests are at work and waiting as may be.",
        "Try again after the seconds in the header `Retry-After`.",
    ),
    Kind(
        "not-ready",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The known question is not answered as it must be; send no traffic here.",
        "Look at the knowledge that is served.",
    ),
)
KINDS: Final = {kind.name: kind for kind in TABLE}
OF_STATUS: Final = {
    KINDS[name].status: KINDS[name]
    for name in (
        "bad-request",
        "not-found",
        "method-not-allowed",
        "not-acceptable",
        "request-timeout",
        "request-entity-too-large",
        "request-uri-too-long",
        "request-header-fields-too-large",
        "unsupported-media-type",
        "unprocessable-entity",
        "too-many-requests",
        "internal-error",
        "service-unavailable",
    )
}
"""The kind of an error of the protocol, by its status."""
_OF_QUESTIONS: Final[dict[type[QuestionError], str]] = {
    UnknownName: "unknown-name",
    AmbiguousName: "ambiguous-name",
    UnknownParameter: "unknown-parameter",
    Contradiction: "contradiction",
    UnreadableBody: "unreadable-body",
    InvalidRecord: "invalid-record",
    InvalidQuery: "invalid-query",
    UnwritableResult: "unwritable-result",
    UpdateRefused: "update-refused",
    ServiceRefused: "service-refused",
}
_OF_LIMITS: Final[dict[type[LimitReached], str]] = {
    TookTooLong: "took-too-long",
    Busy: "busy",
    Crashed: "crashed",
    TooManyRequests: "too-many-requests",
    QueryTooComplex: "query-too-complex",
    QueryTimeout: "query-timeout",
    QueryOutOfMemory: "query-out-of-memory",
    QueryCrashed: "query-crashed",
    ResultTooLarge: "result-too-large",
    ServiceUnreachable: "service-unreachable",
    StoreUnreachable: "store-unreachable",
}


def of_question(error: QuestionError) -> Kind:
    """The kind of a question that cannot be asked."""
    return KINDS[_OF_QUESTIONS.get(type(error), "invalid-value")]


def of_limit(error: LimitReached) -> Kind:
    """The kind of a limit that stopped the work."""
    return KINDS[_OF_LIMITS.get(type(error), "too-big")]


def of_status(status: int) -> Kind:
    """The kind of an HTTP error; a status without its own is described broadly."""
    broad = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return OF_STATUS.get(status, KINDS["service-unavailable" if broad else "bad-request"])
