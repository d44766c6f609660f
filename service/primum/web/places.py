"""Where the pages of an application lead: its own parts, as far as it has them."""

from typing import Any, Final

from flask import current_app

_PLACES: Final = (
    ("/", "Ask"),
    ("/compare", "Compare"),
    ("/browse", "Browse"),
    ("/search", "Search"),
    ("/ontology", "Ontology"),
    ("/sparql", "SPARQL"),
    ("/docs", "Interface"),
)
_PAGES: Final = "/answer"


def places() -> dict[str, Any]:
    """The parts of the present application, each with its name; for every template."""
    known = {rule.rule for rule in current_app.url_map.iter_rules()}
    here = [(path, title) for path, title in _PLACES if path in known]
    return {"places": here if _PAGES in known else [place for place in here if place[0] != "/"]}
