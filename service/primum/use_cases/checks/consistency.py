"""The axioms do not contradict each other, and each class can have members: HermiT judges."""

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from primum.foundation.errors import InconsistentKnowledge
from primum.foundation.names import RDFS
from primum.knowledge.justifications import Stated, justification
from primum.knowledge.pellet import explain
from primum.knowledge.reasoner import ntriples
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "inconsistent": "The axioms contradict each other, so anything at all would follow from them. "
    "One of the axioms that are named must go.",
    "class-unsatisfiable": "A class can have no member, so what is said of it is never true of "
    "anything. One of the axioms that are named must go.",
}
_EXPLAINED = 5


def consistency(subject: Subject) -> Iterator[Remark]:
    """A contradiction, or the classes that can have no member, with the axioms at fault."""
    try:
        unsatisfiable = subject.entailed.unsatisfiable
    except InconsistentKnowledge as error:
        _, _, explanation = str(error).partition("\n")
        sentence = "The ontology and the rules contradict each other"
        yield _remark(subject, Remark("inconsistent", Severity.ERROR, sentence), explanation)
        return
    parents = {iri: _unsatisfiable_above(subject, iri, unsatisfiable) for iri in unsatisfiable}
    roots = sorted(iri for iri, above in parents.items() if not above)
    for number, iri in enumerate(roots or sorted(parents)):
        sentence = f"The class {subject.called(iri)} can have no member"
        found = Remark("class-unsatisfiable", Severity.ERROR, sentence, term=iri)
        if number < _EXPLAINED:
            yield _remark(subject, found, explain(ntriples(subject.sources.dataset), iri))
        else:
            yield subject.placed(replace(found, sentence=f"{sentence}."))
    for iri in sorted(parents.keys() - roots if roots else ()):
        yield _inherited(subject, iri, sorted(parents[iri])[0])


def _unsatisfiable_above(subject: Subject, iri: str, unsatisfiable: frozenset[str]) -> set[str]:
    """The asserted superclasses of a class that can have no member either."""
    above = subject.triples.iris(ox.NamedNode(iri), RDFS + "subClassOf")
    return {wider for wider in above if wider in unsatisfiable and wider != iri}


def _inherited(subject: Subject, iri: str, above: str) -> Remark:
    """The remark on a class that can have no member because one above it cannot."""
    return subject.placed(
        Remark(
            "class-unsatisfiable",
            Severity.ERROR,
            f"The class {subject.called(iri)} can have no member, as it is a kind of "
            f"{subject.called(above)}, which can have none.",
            term=iri,
        )
    )


def _remark(subject: Subject, found: Remark, explanation: str) -> Remark:
    """A remark with the axioms that clash, each with the file in which it stands."""
    axioms = justification(explanation, subject.sources, name=subject.called)
    told = [f"{axiom.text}{_where(subject, axiom)}" for axiom in axioms]
    sentence = f"{found.sentence}, because {_counted(len(told))} cannot hold together."
    about = found.term or next((axiom.subject for axiom in axioms if axiom.subject), "")
    complete = replace(found, sentence=sentence, term=about, axiom="; ".join(told))
    return subject.placed(complete) if about else complete


def _counted(number: int) -> str:
    return "an axiom" if number == 1 else f"{number} axioms"


def _where(subject: Subject, axiom: Stated) -> str:
    """The file of an axiom, in brackets."""
    path = subject.sources.heads.get(axiom.head) if axiom.head else None
    path = path or subject.sources.declared_in.get(axiom.subject)
    if path is None:
        return ""
    line = subject.positions(path).line(axiom.subject)
    return f" ({subject.relative(path)}{f':{line}' if line else ''})"
