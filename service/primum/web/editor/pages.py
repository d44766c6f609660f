"""The pages for people: the editor with its plain form, what a query found, and what was wrong.

Each is made of what it is given; none needs a script, and only the first has one.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from flask import Response, current_app, render_template, url_for

from primum.foundation.names import BASE, CONVENTIONS, PREFIXES
from primum.web.docs import marked
from primum.web.editor.assets import present_bundle
from primum.web.editor.examples import Example
from primum.web.editor.policy import EDITOR, PLAIN
from primum.web.editor.results import Answer, Table, read_found
from primum.web.negotiation import HTML
from primum.web.places import places
from primum.web.problems import Problem

FORMATS: Final[Mapping[str, str]] = {
    "html": "on a page",
    "csv": "table as CSV",
    "tsv": "table as TSV",
    "json": "table as JSON",
    "xml": "table as XML",
    "ttl": "graph as Turtle",
    "nt": "graph as N-Triples",
    "rdf": "graph as RDF/XML",
    "jsonld": "graph as JSON-LD",
}
"""What the form offers: each value of `format`, and what a person reads."""
_ANYTHING: Final = (
    "SELECT ?subject ?predicate ?object\nWHERE { ?subject ?predicate ?object }\nLIMIT 10\n"
)
_DECLARED: Final = ("primum", "rdfs", "skos")
_LINKABLE: Final = 5000
_MOST_ALLOWED: Final = 50
_LINE: Final = 500
_TABLES: Final = ("csv", "tsv", "json", "xml")
_GRAPHS: Final = ("ttl", "nt", "rdf", "jsonld")
_LINKS: Final = {
    "docs": "/docs",
    "limits": "/limits",
    "ontology": "/ontology",
    "questions": "/v1/queries",
}


def editor_page(*, query: str = "", examples: Sequence[Example] = (), notice: str = "") -> Response:
    """The page to ask from: YASGUI where it was set up and scripts run, else a form."""
    policy = EDITOR if present_bundle().whole else PLAIN
    return _page(
        "editor.html",
        policy,
        query=query or _starting(),
        examples=examples,
        notice=notice,
        known={"prefixes": PREFIXES, "base": BASE, "links": _links()},
    )


def results_page(
    body: bytes,
    media: str,
    *,
    query: str,
    examples: Sequence[Example] = (),
    notice: str = "",
) -> Response:
    """What a query found, with the query to change and ask again.

    `body` is SPARQL results as JSON, or a graph in a syntax that is text; `media` says which.
    """
    found = read_found(body, media, here="ontology" in _links())
    return _page(
        "results.html",
        PLAIN,
        found=found,
        form=_form_of(found),
        others=_others(query, _form_of(found)),
        query=query,
        examples=examples,
        notice=notice,
    )


def problem_page(
    problem: Problem, *, query: str, examples: Sequence[Example] = (), notice: str = ""
) -> Response:
    """What was wrong with a query, in words, beside the query to correct."""
    response = _page(
        "query_problem.html",
        PLAIN,
        problem=problem,
        detail=marked(problem.detail),
        place=_place(problem, query),
        allowed=_allowed(problem),
        kind_link=_kind_link(problem),
        phrase=HTTPStatus(problem.status).phrase,
        query=query,
        examples=examples,
        notice=notice,
    )
    response.status_code = problem.status
    response.headers.update(problem.headers)
    return response


def _page(template: str, policy: str, **known: Any) -> Response:
    """A page from a template, under a policy of what it may load."""
    bundle = present_bundle()
    text = render_template(
        template,
        asset=lambda name: url_for("editor.asset", digest=bundle.digest, name=name),
        whole=bundle.whole,
        formats=FORMATS,
        links=_links(),
        **places(),
        **known,
    )
    response = Response(text, content_type=f"{HTML}; charset=utf-8")
    response.headers["Content-Security-Policy"] = policy
    return response


def _starting() -> str:
    """The query of an empty form, which finds something in any dataset."""
    declared = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in _DECLARED)
    return f"{declared}\n{_ANYTHING}"


def _links() -> Mapping[str, str]:
    """Other pages of the service, where the application has them."""
    known = {rule.rule for rule in current_app.url_map.iter_rules()}
    return {name: path for name, path in _LINKS.items() if path in known}


def _form_of(found: object) -> str:
    """What was found: a table, an answer, or a graph."""
    match found:
        case Table():
            return "table"
        case Answer():
            return "answer"
        case _:
            return "graph"


def _others(query: str, form: str) -> Sequence[str]:
    """The formats of files to link to; none where the address would be too long for a link."""
    fitting = _GRAPHS if form == "graph" else _TABLES
    return fitting if len(query) <= _LINKABLE else ()


def _place(problem: Problem, query: str) -> Mapping[str, Any] | None:
    """Where the query is wrong, with the text of that line, if the problem tells the line."""
    found = next((error for error in problem.more.get("errors", ()) if "line" in error), None)
    if found is None:
        return None
    lines = query.split("\n")[found["line"] - 1 : found["line"]]
    text = lines[0].rstrip("\r") if lines and len(lines[0]) <= _LINE else ""
    return {"line": found["line"], "column": found.get("column"), "text": text}


def _allowed(problem: Problem) -> Sequence[str]:
    """What may stand where the query is wrong, as far as the problem lists it."""
    errors = problem.more.get("errors", ())
    words = [str(word).strip("`") for error in errors for word in error.get("allowed", ())]
    return words[:_MOST_ALLOWED]


def _kind_link(problem: Problem) -> str:
    """The page of the kind of problem, or its IRI where the application has no such page."""
    if "docs.problem_page" in current_app.view_functions:
        return url_for("docs.problem_page", kind=problem.kind.name)
    return f"{CONVENTIONS}problems/{problem.kind.name}"
