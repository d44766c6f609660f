"""Compiled knowledge: everything an answer is computed from, as one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from primum.model.rules import Rule
from primum.model.spans import Span
from primum.model.terms import Term

Closure = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which knowledge an answer rests on, so that it can be replayed."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Axioms:
    """What the ontology says about injuries, treatments and factors, on named classes.

    `above` maps each class to itself and all its superclasses; `disjoint` holds unordered pairs
    of classes that share no member; `implied` maps an injury or factor class to the factors
    that every situation with it also has; `apart` holds pairs of factors that no situation has
    together; `grades` maps an injury class to the grades its members can have (0: none);
    `by_grade` maps a class to the grades that define its membership; `by_age` maps a factor to
    the ages, in completed years, at which it is present.
    """

    above: Closure
    disjoint: frozenset[frozenset[str]]
    implied: Closure
    apart: frozenset[frozenset[str]]
    grades: Mapping[str, frozenset[int]]
    by_grade: Mapping[str, frozenset[int]]
    by_age: Mapping[str, Span]

    def entailed_by(self, iri: str) -> frozenset[str]:
        """The class itself, its superclasses, the factors it brings along, and theirs."""
        found = self.above[iri]
        brought = frozenset().union(*(self.implied.get(above, ()) for above in found))
        return found.union(*(self.above[factor] for factor in brought))


@dataclass(frozen=True, slots=True)
class Readiness:
    """A known question, as a query string that names one treatment, and its known verdict."""

    question: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The release in memory; terms are in the order of their labels.

    `notice` says what the knowledge is for and what not, `convention` how days count as hours;
    `phrases` are the patterns in which answers are put into words, by name. No rule asks for
    `findings`; records may name them. `readiness` is None where the knowledge states none.
    `example` is a question, as a query string, that a newcomer is shown the answer to.
    """

    edition: Edition
    notice: str
    convention: str
    injuries: tuple[Term, ...]
    treatments: tuple[Term, ...]
    factors: tuple[Term, ...]
    rules: tuple[Rule, ...]
    axioms: Axioms
    phrases: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Term, ...] = ()
    readiness: Readiness | None = None
    example: str = ""
