"""Retired terms are out of use, and say what takes their place or why they were retired."""

from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDF, RDFS, SKOS, Link
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "deprecated-term-used": "An axiom of a living term or rule still uses a retired one. Use what "
    "replaces it.",
    "deprecated-without-replacement": "A retired term says neither what replaces it "
    "(dcterms:isReplacedBy) nor why it was retired (primum:retiredBecause, or a note).",
}
_REASONS = frozenset(
    {DCTERMS + "isReplacedBy", Link.RETIRED, RDFS + "comment"}
    | {SKOS + name for name in ("note", "historyNote", "changeNote")}
)
_ANNOTATING = frozenset(
    OWL + name for name in ("annotatedSource", "annotatedProperty", "annotatedTarget", "deprecated")
)
_LOGICAL = (OWL, RDFS + "subClassOf", RDFS + "subPropertyOf", RDFS + "domain", RDFS + "range")
_LISTED = RDF + "first"


def deprecated(subject: Subject) -> Iterator[Remark]:
    """Uses of retired terms, and retired terms that leave a reader alone."""
    yield from _unexplained(subject)
    told: set[tuple[str, str]] = set()
    for user, used in _uses(subject):
        if user not in subject.deprecated and user != used and (user, used) not in told:
            told.add((user, used))
            name = subject.called(user) if user else "a general axiom"
            found = Remark(
                "deprecated-term-used",
                Severity.ERROR,
                f"{name} uses {subject.called(used)}, which is deprecated.",
                term=user or used,
            )
            yield subject.placed(found, mentioning=used)


def _unexplained(subject: Subject) -> Iterator[Remark]:
    """Retired terms with neither replacement nor reason."""
    for iri in sorted(subject.deprecated):
        if not subject.triples.predicates(ox.NamedNode(iri)) & _REASONS:
            yield subject.placed(
                Remark(
                    "deprecated-without-replacement",
                    Severity.WARNING,
                    f"{subject.called(iri)} is deprecated and says neither what replaces it nor "
                    "why.",
                    term=iri,
                )
            )


def _uses(subject: Subject) -> Iterator[tuple[str, str]]:
    """Who uses which retired term in an axiom."""
    for quad in subject.sources.dataset:
        part, node = quad.object, quad.subject
        if isinstance(node, ox.Triple) or not isinstance(part, ox.NamedNode):
            continue
        if part.value in subject.deprecated and _is_logical(quad.predicate.value):
            yield subject.owner(node), part.value


def _is_logical(predicate: str) -> bool:
    """Whether a triple of a predicate is part of an axiom."""
    return predicate not in _ANNOTATING and (predicate == _LISTED or predicate.startswith(_LOGICAL))
