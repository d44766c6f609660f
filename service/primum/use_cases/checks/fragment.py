"""Every axiom and every rule compiles: the engine reads all that the reasoner reads."""

import re
from collections.abc import Iterator

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import BASE
from primum.knowledge.assembly import rule_faults
from primum.knowledge.axioms import sort_what_compiles
from primum.knowledge.rdf import Node
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "axiom-not-compiled": "An axiom is of a form that the engine would not honour, so no release "
    "can be made. See rules/README.md, The fragment that compiles.",
    "rule-not-compiled": "The condition of a rule uses something that the engine does not read, "
    "so no release can be made. See rules/README.md, The fragment that compiles.",
}
_NAME = re.compile(r"\w+")


def fragment(subject: Subject) -> Iterator[Remark]:
    """All axioms and all rules that do not compile."""
    above = subject.entailed.above
    found, faults = sort_what_compiles(subject.triples, above)
    for node, error in faults:
        yield _remark(subject, "axiom-not-compiled", node, error)
    blamed = {subject.owner(node) for node, _ in faults if node is not None}
    for iri, error in rule_faults(subject.triples, above, found):
        if iri not in blamed:
            found_in = Remark("rule-not-compiled", Severity.ERROR, error.detail, term=iri)
            yield subject.placed(found_in)


def _remark(subject: Subject, code: str, node: Node | None, error: OutsideFragment) -> Remark:
    """The remark on one fault."""
    _, quote, rest = error.detail.partition("`")
    axiom = rest.partition("`")[0] if quote else ""
    term = subject.owner(node) if node is not None else _first_term(subject, axiom)
    found = Remark(code, Severity.ERROR, error.detail, term=term, axiom=axiom)
    return subject.placed(found) if term else found


def _first_term(subject: Subject, axiom: str) -> str:
    """The first term that an axiom names, for one that stands on several."""
    named = (BASE + word for word in _NAME.findall(axiom))
    return next((iri for iri in named if iri in subject.sources.declared_in), "")
