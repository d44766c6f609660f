"""The tests of the SPARQL 1.1 Protocol: requests sent to the letter, and what must come back.

Tests of update that must succeed are left out: what is tested serves data that never changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException

from rdflib import RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node
from tests.conformance.answers import MEDIA_TYPES, Table, Triples, Unreadable, read
from tests.conformance.endpoint import Endpoint, media_type
from tests.conformance.outcomes import Outcome
from tests.conformance.queries import told
from tests.conformance.suite import MF, Source, Suite
from tests.web.wire import Reply

MANIFEST = "protocol/manifest.ttl"
_CNT = Namespace("http://www.w3.org/2011/content#")
_HT = Namespace("http://www.w3.org/2011/http#")
_UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_PREFIX = "/sparql/"
_FORMATS = {name: form for form, name in MEDIA_TYPES.items()}
_KINDS = {"boolean": bool, "tabular": Table, "RDF": Triples}


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a test; `after` is what follows the path of the endpoint."""

    method: str
    after: str
    headers: tuple[str, ...]
    body: bytes | None
    classes: frozenset[int]
    boolean: bool | None
    form: str | None


@dataclass(frozen=True, slots=True)
class ProtocolTest:
    """A test of the protocol: one request or more."""

    name: str
    requests: tuple[Request, ...]


def requested(suite: Suite) -> Iterator[ProtocolTest]:
    """The tests that an endpoint for queries must pass."""
    graph = suite.graph(MANIFEST)
    for name, test in suite.entries(MANIFEST):
        if not name.startswith("update_"):
            listed = graph.value(graph.value(test, MF.action), _HT.requests)
            requests = Collection(graph, listed) if listed else ()
            yield ProtocolTest(name, tuple(_request(graph, request) for request in requests))


def data(suite: Suite) -> frozenset[Source]:
    """The named graphs of all tests together, for none stands in another's way."""
    graph = suite.graph(MANIFEST)
    return frozenset(
        suite.source(file, graph=str(graph.value(node, RDFS.label)))
        for node, file in graph.subject_objects(_UT.graph)
    )


def run(part: str, suite: Suite, endpoint: Endpoint) -> list[Outcome]:
    """Send the requests of every test."""
    return [Outcome(part, test.name, _reason(test, endpoint)) for test in requested(suite)]


def _request(graph: Graph, node: Node) -> Request:
    """A request as the manifest describes it."""
    headers = graph.value(node, _HT.headers)
    answer = graph.value(node, _HT.resp)
    boolean, form = (
        graph.value(answer, MF[name]) for name in ("expectedBoolean", "expectedFormat")
    )
    statuses = (str(status) for status in graph.objects(answer, MF.expectedStatus))
    return Request(
        method=str(graph.value(node, _HT.methodName)),
        after=str(graph.value(node, _HT.absolutePath)).removeprefix(_PREFIX),
        headers=tuple(_header(graph, each) for each in Collection(graph, headers))
        if headers
        else (),
        body=_body(graph, graph.value(node, _HT.body)),
        classes=frozenset(int(status[-3]) for status in statuses),
        boolean=None if boolean is None else str(boolean) == "true",
        form=None if form is None else str(form),
    )


def _header(graph: Graph, node: Node) -> str:
    """A line of a request's head."""
    return f"{graph.value(node, _HT.fieldName)}: {graph.value(node, _HT.fieldValue)}"


def _body(graph: Graph, node: Node | None) -> bytes | None:
    """The body in the encoding that the manifest names."""
    if node is None:
        return None
    return str(graph.value(node, _CNT.chars)).encode(str(graph.value(node, _CNT.characterEncoding)))


def _reason(test: ProtocolTest, endpoint: Endpoint) -> str | None:
    """Why a test fails, if it does."""
    for request in test.requests:
        try:
            reply = endpoint.send(
                request.method, request.after, headers=request.headers, body=request.body
            )
        except (OSError, HTTPException) as fault:
            return f"no answer: {fault!r}"
        if reason := _fault(request, reply):
            return reason
    return None


def _fault(request: Request, reply: Reply) -> str | None:
    """What is wrong with an answer, if anything is."""
    if reply.status // 100 not in request.classes:
        return f"expected {_classes(request)}, found {told(reply)}"
    if request.form is None:
        return None
    if (name := media_type(reply)) not in _FORMATS:
        return f"expected {request.form}, found {told(reply)}"
    try:
        answer = read(reply.body, _FORMATS[name])
    except Unreadable as fault:
        return str(fault)
    if not isinstance(answer, _KINDS[request.form]):
        return f"expected {request.form}, found {told(reply)}"
    same = request.boolean is None or answer is request.boolean
    return None if same else f"expected {request.boolean}, found {answer}"


def _classes(request: Request) -> str:
    """The classes of statuses that a request may be answered with."""
    return " or ".join(f"{number}xx" for number in sorted(request.classes))
