"""The routes as a table: what each answers in, which errors it has, and how long an answer keeps.

Content negotiation, validators and the API description are written from it, so a route that is
not here has none of them; a test compares the table with the application.
"""

from typing import Final

from primum.use_cases.records.bodies import JSON_LD, MEDIA_TYPES
from primum.use_cases.records.exchange import REPORT_FORMATS
from primum.web.assessments import TAKES
from primum.web.batches import LINES
from primum.web.negotiation import CSS, HTML, JSON, NDJSON, TEXT, TURTLE
from primum.web.questions import REPEATED, SINGLE
from primum.web.route import BODY, QUESTION, Kept, Route
from primum.web.routes_of_the_graph import SPARQL, TERMS
from primum.web.routes_of_the_page import PAGES
from primum.web.rules import FILTERS

_REPORTS = dict.fromkeys(REPORT_FORMATS, "Text") | {JSON_LD: "Graph"}
_CAGE = ("too-big", "crashed", "took-too-long")


_ASKING = Route(
    "/v1/contraindications",
    "Which treatments are contraindicated for this injury, now, for this patient",
    "Every treatment, strictest first, with reasons, sources, what would settle an open verdict, "
    "and when it changes. `verdict` leaves only treatments of these verdicts.",
    {JSON: "Answer"},
    tag="Questions",
    takes=(*SINGLE, "verdict", "proof", *REPEATED),
    needs=("injury",),
    fails=(*QUESTION, "contradiction"),
    kept=Kept.CLOCK,
)
_TIMELINE = Route(
    "/v1/timeline",
    "From when to when each treatment is barred",
    "For each treatment the half-open stretches of hours in which its levels stay the same.",
    {JSON: "Timeline"},
    tag="Questions",
    takes=(*SINGLE, *REPEATED),
    needs=("injury",),
    fails=(*QUESTION, "contradiction"),
)
_EXPLAINING = Route(
    "/v1/explanations",
    "Why one treatment is answered as it is",
    "The finding in words and as data, why other rules do not apply, and which smallest change "
    "of facts would alter the verdict. As Turtle it is the proofs that are given.",
    {JSON: "Explanation", TURTLE: "Text"},
    tag="Questions",
    takes=(*SINGLE, "proof", *REPEATED),
    needs=("injury", "treatment"),
    fails=(*QUESTION, "contradiction"),
    kept=Kept.CLOCK,
)
_ASSESSING = Route(
    "/v1/assessments",
    "Assess a case record",
    "The full answer for a record, and for each treatment in it the answer at its own instant. "
    "Where `Accept` has RDF alone, a record that the shapes refuse is answered with their report, "
    "and one that they let pass with 406.",
    {JSON: "Assessment"},
    method="POST",
    tag="Records",
    takes=TAKES,
    reads=MEDIA_TYPES,
    reports=_REPORTS,
    sends="CaseRecord",
    fails=("invalid-value", "unknown-parameter", *BODY, "invalid-record", *_CAGE),
    kept=Kept.NEVER,
)
_BATCH = Route(
    "/v1/assessments/batch",
    "Assess many case records",
    "One record a line in, one answer a line out, in order and while they arrive. Blank lines "
    "are passed over. A line that cannot be answered is answered in its place with a problem.",
    {NDJSON: "AnswerLines"},
    method="POST",
    tag="Records",
    takes=TAKES,
    reads=LINES,
    sends="RecordLines",
    fails=("invalid-value", "unknown-parameter", "unsupported-media-type"),
    tells=("unreadable-body", "bad-request", "request-entity-too-large", "invalid-record", *_CAGE),
    kept=Kept.NEVER,
)
_VALIDATING = Route(
    "/v1/validations",
    "Check a case record against its shapes",
    "All that is wrong with it, or worth telling, as JSON or as a SHACL report in RDF. A record "
    "that breaks a shape is no error here.",
    {JSON: "Report", **_REPORTS},
    method="POST",
    tag="Records",
    reads=MEDIA_TYPES,
    sends="CaseRecord",
    fails=("unknown-parameter", *BODY, *_CAGE),
    kept=Kept.NEVER,
)
_CONTEXT = Route(
    "/case.jsonld",
    "The JSON-LD context of case records",
    "What makes a record in JSON one in RDF.",
    {JSON_LD: "Context"},
    tag="Records",
    fails=("unknown-parameter",),
)
_VOCABULARY = (
    Route(
        "/v1/injuries",
        "The injuries",
        "Each with the grades it can have.",
        {JSON: "Injuries"},
        fails=("unknown-parameter",),
    ),
    Route(
        "/v1/treatments",
        "The treatments",
        "A rule on a treatment covers those below it.",
        {JSON: "Treatments"},
        fails=("unknown-parameter",),
    ),
    Route(
        "/v1/factors",
        "The patient factors",
        "Each with the ages that define it, where ages do.",
        {JSON: "Factors"},
        fails=("unknown-parameter",),
    ),
    Route(
        "/v1/sources",
        "The sources",
        "Each with the number of rules that cite it.",
        {JSON: "Sources"},
        fails=("unknown-parameter",),
    ),
    Route(
        "/v1/rules",
        "The rules",
        "Those that fit every filter. With `treatment` or `injury`, the rules that cover it: a "
        "rule on a parent covers the child, and one that asks for no injury covers every one.",
        {JSON: "Rules"},
        takes=FILTERS,
        fails=QUESTION,
    ),
    Route(
        "/v1/rules/<path:id>",
        "One rule",
        "By any of its names: id, slug, IRI or label.",
        {JSON: "OneRule"},
        fails=("unknown-name", "ambiguous-name", "unknown-parameter"),
    ),
    Route(
        "/v1/knowledge",
        "Which knowledge is served",
        "Version, digest, counts and tools; of a service that watches the files, the edit that is "
        "not served.",
        {JSON: "Release"},
        fails=("unknown-parameter",),
    ),
)
_SERVICE = (
    Route(
        "/",
        "What this is and where to ask",
        "Links; in a browser the page to ask from, with a first question in it.",
        {JSON: "Entry", HTML: "Text"},
        tag="Service",
        scripted=True,
    ),
    Route(
        "/healthz",
        "Whether the process answers",
        "Says nothing of the knowledge.",
        {JSON: "Health"},
        tag="Service",
        kept=Kept.NEVER,
    ),
    Route(
        "/readyz",
        "Whether a known question has its known answer",
        "The question and its verdict are stated by the knowledge.",
        {JSON: "Ready"},
        tag="Service",
        fails=("not-ready",),
        kept=Kept.NEVER,
    ),
    Route(
        "/metrics",
        "Measurements",
        "In the text format of Prometheus; nothing in them tells what was asked.",
        {TEXT: "Text"},
        tag="Service",
        kept=Kept.NEVER,
    ),
    Route(
        "/openapi.json", "This description", "OpenAPI 3.1.", {JSON: "Description"}, tag="Service"
    ),
    Route("/docs", "This description as a page", "Needs no script.", {HTML: "Text"}, tag="Service"),
    Route(
        "/docs/problems/<kind>",
        "What a kind of error means",
        "And what to do about it.",
        {HTML: "Text"},
        tag="Service",
        fails=("unknown-name",),
    ),
    Route("/docs/style.css", "How the pages look", "", {CSS: "Text"}, tag="Service"),
)
ROUTES: Final = (
    _ASKING,
    _TIMELINE,
    _EXPLAINING,
    _ASSESSING,
    _BATCH,
    _VALIDATING,
    _CONTEXT,
    *_VOCABULARY,
    *SPARQL,
    *PAGES,
    *TERMS,
    *_SERVICE,
)
_BY_RULE: Final = {(route.rule, route.method): route for route in ROUTES}


def route_of(rule: str, method: str) -> Route | None:
    """The row for a rule of the application; HEAD has that of GET, an unknown rule none."""
    return _BY_RULE.get((rule, "GET" if method == "HEAD" else method))
