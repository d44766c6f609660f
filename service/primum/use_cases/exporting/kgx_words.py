"""The columns of edges, and how names and lists are spelled in KGX."""

from collections.abc import Iterable
from typing import Final

from primum.foundation.names import BASE, SOURCE_BASE

PROVIDER: Final = "infores:primum"
ASSOCIATION: Final = "biolink:Association"
SUBCLASS: Final = "biolink:subclass_of"
EDGE_COLUMNS: Final = (
    "id",
    "subject",
    "predicate",
    "object",
    "category",
    "negated",
    "knowledge_level",
    "agent_type",
    "primary_knowledge_source",
    "publications",
    "disease_context_qualifier",
    "effect",
    "rule",
    "rationale",
    "confidence",
    "locator",
    "also_treatments",
    "also_factors",
    "except_treatments",
    "except_injuries",
    "except_factors",
    "grades",
    "hours",
    "hours_bound",
    "ages",
)
Row = dict[str, str]


def curie(iri: str) -> str:
    """An IRI of ours by its prefix; a CURIE of KGX has no slash, so sources have a prefix too."""
    if iri.startswith(SOURCE_BASE):
        return "primum.source:" + iri.removeprefix(SOURCE_BASE)
    return "primum:" + iri.removeprefix(BASE) if iri.startswith(BASE) else iri


def curies(iris: Iterable[str]) -> str:
    """Several terms, sorted."""
    return joined(sorted(map(curie, iris)))


def joined(texts: Iterable[str]) -> str:
    """Several values in one cell."""
    return "|".join(texts)


def edge(ident: str, ends: tuple[str, str, str], more: Row, *, negated: bool = False) -> Row:
    """An edge that people assert, with what else there is to say of it."""
    subject, predicate, value = ends
    return {
        "id": ident,
        "subject": curie(subject),
        "predicate": predicate,
        "object": curie(value),
        "category": ASSOCIATION,
        "negated": "true" if negated else "",
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        "primary_knowledge_source": PROVIDER,
        **more,
    }
