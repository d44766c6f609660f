"""Each fact says where in its source it stands."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDFS, Effect, Link, local_name
from primum.knowledge.rdf import Node
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "source-without-locator": "A rule or a link names a source without the place in it. Annotate "
    "the axiom with primum:locator; write 'locator not recorded' where nobody noted it.",
    "locator-not-recorded": "Nobody noted where in a source a fact stands. Look it up when the "
    "source is next at hand.",
}
NOT_RECORDED = "locator not recorded"
_SOURCE, _SUBCLASS = DCTERMS + "source", RDFS + "subClassOf"


def sources(subject: Subject) -> Iterator[Remark]:
    """Sources without locator, one remark each, and unrecorded ones, one remark a file."""
    for iri, source in _without_locator(subject):
        about = f"{subject.called(iri)} names the source {local_name(source)}"
        found = Remark(
            "source-without-locator",
            Severity.ERROR,
            f"{about} without a locator.",
            term=iri,
        )
        yield subject.placed(found, mentioning=source)
    yield from _not_recorded(subject)


def _without_locator(subject: Subject) -> Iterator[tuple[str, str]]:
    """Rules and terms with the sources, of themselves or of a link, that no locator goes with.

    A general axiom is neither: it holds of no one term.
    """
    triples = subject.triples
    for rule in triples.subjects_of(_SUBCLASS):
        if not set(triples.iris(rule, _SUBCLASS)) & set(Effect.ALL):
            continue
        located = {
            target
            for axiom in triples.annotating(rule, _SOURCE)
            if triples.text(axiom, Link.LOCATOR)
            for target in triples.iris(axiom, OWL + "annotatedTarget")
        }
        for source in triples.iris(rule, _SOURCE):
            if source not in located:
                yield rule.value, source
    for axiom in triples.of_type(OWL + "Axiom"):
        if OWL + "someValuesFrom" in _predicates_of_target(subject, axiom):
            for source in triples.iris(axiom, _SOURCE):
                if not triples.text(axiom, Link.LOCATOR) and subject.owner(axiom):
                    yield subject.owner(axiom), source


def _predicates_of_target(subject: Subject, axiom: Node) -> frozenset[str]:
    """What the annotated axiom states its subject to be, by the predicates of that."""
    target = subject.triples.value(axiom, OWL + "annotatedTarget")
    return subject.triples.predicates(target) if isinstance(target, ox.BlankNode) else frozenset()


def _not_recorded(subject: Subject) -> Iterator[Remark]:
    """How many locators of a file are not recorded, and on which terms."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for node in subject.triples.every_subject_of(Link.LOCATOR):
        if NOT_RECORDED in subject.triples.texts(node, Link.LOCATOR):
            iri = subject.owner(node)
            path = subject.sources.declared_in.get(iri)
            by_file[subject.relative(path) if path else ""].append(iri)
    for file, terms in sorted(by_file.items()):
        names = ", ".join(sorted({local_name(iri) for iri in terms}))
        facts = "1 fact does" if len(terms) == 1 else f"{len(terms)} facts do"
        yield Remark(
            "locator-not-recorded",
            Severity.INFO,
            f"{facts} not say where in a source to look ('{NOT_RECORDED}'): {names}.",
            file=file,
        )
