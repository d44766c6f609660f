"""The compiled rules, part by part, to compute answers from without SPARQL."""

from collections.abc import Iterator

from primum.foundation.names import local_name
from primum.model.knowledge import Knowledge
from primum.model.regions import Region
from primum.model.rules import Rule

Part = tuple[Rule, Region, str]


def parts(knowledge: Knowledge, *, barring: bool = True) -> Iterator[Part]:
    """Each region of each contraindication, or of each recommendation, with its bound."""
    for rule in knowledge.rules:
        if bool(rule.level) is barring:
            yield from ((rule, *pair) for pair in zip(rule.regions, rule.bounds, strict=True))


def below(knowledge: Knowledge, iri: str) -> set[str]:
    """A class and everything that entails it, with the factors that injuries bring along."""
    axioms = knowledge.axioms
    return {one for one in axioms.above if iri in axioms.entailed_by(one)}


def only(iris: frozenset[str]) -> str:
    """The local name of the one class, or the empty text where there is none."""
    (found,) = iris or {""}
    return local_name(found)


def covered(knowledge: Knowledge, region: Region) -> set[str]:
    """The local names of the treatments that a region covers."""
    (treatment,) = region.treatments.required
    return {local_name(iri) for iri in below(knowledge, treatment)}
