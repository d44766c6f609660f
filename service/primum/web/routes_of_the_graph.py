"""The rows of the routes that read the graph: what is asked in SPARQL or by name, and the terms."""

from typing import Final

from primum.use_cases.records.bodies import JSON_LD
from primum.use_cases.sparql.formats import GRAPHS, ROWS
from primum.web.negotiation import HTML, JSON
from primum.web.route import BODY, QUESTION, Kept, Route
from primum.web.sparql.protocol import PARAMETERS_READ, READ
from primum.web.term_paths import FORMS, OFFERED

_DESCRIBED = dict.fromkeys(OFFERED, "Text") | {JSON_LD: "Graph"}
_BY_ENDING = dict(sorted(_DESCRIBED.items(), key=lambda offer: offer[0] == HTML))

_ASKABLE = dict.fromkeys((each.media_type for each in (*ROWS, *GRAPHS)), "Text") | {
    ROWS[0].media_type: "Results",
    JSON_LD: "Graph",
    HTML: "Text",
}
_QUERY_FAILS = (
    "invalid-value",
    "invalid-query",
    "unwritable-result",
    "update-refused",
    "service-refused",
    "query-too-complex",
    "query-timeout",
    "query-out-of-memory",
    "query-crashed",
    "result-too-large",
    "service-unreachable",
    "store-unreachable",
    "too-many-requests",
)
_SPARQL_TAKES = ("query", "default-graph-uri", "named-graph-uri", "format", "timeout", "stream")
SPARQL: Final = (
    Route(
        "/sparql",
        "Ask anything in SPARQL",
        "The SPARQL 1.1 Protocol. Without `query` it is the description of the service (SPARQL "
        "1.1 Service Description, VoID), or for a browser the editor. Other parameters are passed "
        "over.",
        _ASKABLE,
        tag="SPARQL",
        takes=_SPARQL_TAKES,
        fails=_QUERY_FAILS,
        decides=True,
    ),
    Route(
        "/sparql",
        "Ask anything in SPARQL",
        "The same, with the query as a body or, with the parameters above, in a form.",
        _ASKABLE,
        method="POST",
        tag="SPARQL",
        takes=_SPARQL_TAKES[1:],
        reads=READ,
        sends="Query",
        fails=(*_QUERY_FAILS, *BODY),
        kept=Kept.NEVER,
        decides=True,
        open=True,
    ),
    Route(
        "/limits",
        "What one query may take",
        "Time in seconds, memory in MiB, sizes in bytes.",
        {JSON: "Limits"},
        tag="SPARQL",
    ),
    Route(
        "/v1/queries",
        "The named questions",
        "Each with its parameters.",
        {JSON: "Queries"},
        tag="SPARQL",
        fails=("unknown-parameter",),
    ),
    Route(
        "/v1/queries/<name>",
        "Ask a named question",
        "The parameters are those that the list of questions gives. An ending of the name, such "
        "as `.csv`, says in which format it is answered.",
        _ASKABLE,
        tag="SPARQL",
        fails=(*QUESTION, *_QUERY_FAILS),
        decides=True,
    ),
    Route(
        "/v1/queries/<name>",
        "Ask a named question",
        "The same, with the parameters in a form or as a JSON object.",
        _ASKABLE,
        method="POST",
        tag="SPARQL",
        reads=PARAMETERS_READ,
        sends="QueryParameters",
        fails=(*QUESTION, *_QUERY_FAILS, *BODY),
        kept=Kept.NEVER,
        decides=True,
        open=True,
    ),
)
TERMS: Final = (
    Route(
        "/ontology",
        "The ontology",
        "The page shows version, counts, and every term by kind. As RDF it is the graph that the "
        "files state.",
        _DESCRIBED,
        tag="Terms",
        fails=("unknown-parameter",),
    ),
    Route(
        "/ontology.<form:form>",
        "The ontology in one form",
        "As above, in the form that the ending of the path names. Another ending names nothing.",
        _BY_ENDING,
        tag="Terms",
        fails=("unknown-name", "unknown-parameter"),
        forms=FORMS,
    ),
    Route(
        "/<term:term>",
        "One term",
        "What the knowledge says of it: class, property, rule, source, or anything else that has "
        "an IRI under the base. `Content-Location` says where just this form stands.",
        _DESCRIBED,
        tag="Terms",
        fails=("unknown-name", "ambiguous-name", "unknown-parameter"),
    ),
    Route(
        "/<term:term>.<form:form>",
        "One term in one form",
        "As above, in the form that the ending of the path names.",
        _BY_ENDING,
        tag="Terms",
        fails=("unknown-name", "ambiguous-name", "unknown-parameter"),
        forms=FORMS,
    ),
)
