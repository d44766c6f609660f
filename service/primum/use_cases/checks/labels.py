"""No two terms go by one label."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.names import OWL, RDFS, local_name
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "label-shared": "Two terms, or two rules, have one label, capitals aside, so a reader of "
    "Protégé or of an answer cannot tell them apart. Rename one, or make one of both.",
}
_KINDS = tuple(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty"))


def labels(subject: Subject) -> Iterator[Remark]:
    """Each label that several living classes or properties share, told at each but the first."""
    by_label: dict[str, list[ox.NamedNode]] = defaultdict(list)
    nodes = {node for kind in _KINDS for node in subject.triples.named_of_type(kind)}
    for node in sorted(nodes, key=str):
        if node.value not in subject.deprecated:
            for label in set(subject.triples.texts(node, RDFS + "label")):
                by_label[label.casefold()].append(node)
    for label, (first, *others) in sorted(by_label.items()):
        for other in others:
            found = Remark(
                "label-shared",
                Severity.ERROR,
                f"{local_name(other.value)} has the label of {local_name(first.value)}: {label!r}.",
                term=other.value,
            )
            yield subject.placed(found)
