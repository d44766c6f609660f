"""Proofs: why a situation belongs to a class, from facts and axioms, one inference at a time.

A derivation is a tree whose leaves are facts, axioms and hypotheses; parts of it may be shared. It
stands under the hypotheses that it uses and no case analysis has discharged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from primum.model.answers import Reason
from primum.model.expressions import Expression, Not, Or
from primum.model.knowledge import Edition


class By(StrEnum):
    """The rules of inference, as proofs name them; `not-…` is a rule's contraposition."""

    GIVEN = "given"
    SUPPOSE = "suppose"
    AXIOM = "axiom"
    WIDER = "wider"
    SPREAD = "spread"
    SOME = "some"
    NONE = "none"
    AND = "and"
    PART = "part"
    OR = "or"
    NEITHER = "neither"
    WITHIN = "within"
    OUTSIDE = "outside"
    RANGE = "range"
    SPLIT = "split"
    EITHER = "either"
    CASES = "cases"
    ABSURD = "absurd"
    NOT_AXIOM = "not-axiom"
    NOT_WIDER = "not-wider"
    NOT_SPREAD = "not-spread"
    NOT_PART = "not-part"
    NOT_WITHIN = "not-within"


CONTRAPOSED = {
    By.AXIOM: By.NOT_AXIOM,
    By.NOT_AXIOM: By.AXIOM,
    By.WIDER: By.NOT_WIDER,
    By.PART: By.NOT_PART,
    By.WITHIN: By.NOT_WITHIN,
}


class Kind(StrEnum):
    """The kinds of axioms that proofs use, as Manchester syntax names them."""

    SUBCLASS = "SubClassOf"
    EQUIVALENT = "EquivalentTo"
    DISJOINT = "DisjointWith"
    DISJOINT_CLASSES = "DisjointClasses"
    FUNCTIONAL = "Functional"
    RANGE = "Range"


@dataclass(frozen=True, slots=True, eq=False)
class Axiom:
    """An axiom as it stands in a file of the knowledge.

    `file` is relative to the folder of the knowledge; `triples` are lines of N-Triples, sorted,
    with blank nodes numbered in the order in which they are met.
    """

    kind: Kind
    parts: tuple[Expression, ...]
    file: str
    triples: tuple[str, ...]


class Standing(StrEnum):
    """Whether a fact was asserted, is assumed absent, or is supposed of what was left open."""

    ASSERTED = "asserted"
    ASSUMED = "assumed"
    ASSUMING = "assuming"


@dataclass(frozen=True, slots=True)
class Member:
    """That a thing belongs to a class; that it has a number by a property is a class too."""

    thing: str
    kind: Expression
    standing: Standing = Standing.ASSERTED


@dataclass(frozen=True, slots=True)
class Link:
    """That a thing has another by a property."""

    thing: str
    property: str
    other: str
    standing: Standing = Standing.ASSERTED


Fact = Member | Link


@dataclass(frozen=True, slots=True, eq=False)
class Derivation:
    """A conclusion about a thing, and what it follows from by a rule of inference.

    For a case analysis, the sources are the disjunction, then each case's hypothesis and end.
    """

    thing: str
    conclusion: Expression
    by: By
    sources: tuple["Axiom | Fact | Derivation", ...] = ()
    under: frozenset["Derivation"] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Work out the hypotheses that the conclusion stands under."""
        earlier = [source for source in self.sources if isinstance(source, Derivation)]
        if self.by is By.SUPPOSE:
            under = frozenset({self})
        elif self.by is By.CASES:
            pairs = zip(earlier[1::2], earlier[2::2], strict=True)
            under = earlier[0].under.union(*(end.under - {start} for start, end in pairs))
        else:
            under = frozenset().union(*(source.under for source in earlier))
        object.__setattr__(self, "under", under)


@dataclass(frozen=True, slots=True)
class Proof:
    """A derivation that stands under no hypothesis, and the knowledge its axioms are from.

    `reason` is the reason that is proved, None where the certain level follows from several rules
    together, or where a rule is refuted.
    """

    derivation: Derivation
    edition: Edition
    reason: Reason | None = None


def ancestry(derivation: Derivation) -> Iterator[Derivation]:
    """A derivation and all that it rests on, each after what it follows from, and once."""
    seen: set[Derivation] = set()
    waiting = [(derivation, False)]
    while waiting:
        current, done = waiting.pop()
        if done:
            yield current
        elif current not in seen:
            seen.add(current)
            earlier = [each for each in current.sources if isinstance(each, Derivation)]
            waiting += [(current, True), *((each, False) for each in reversed(earlier))]


def axioms_of(derivation: Derivation) -> tuple[Axiom, ...]:
    """The axioms that a derivation uses, in the order of their use."""
    used = (each for step in ancestry(derivation) for each in step.sources)
    return tuple(dict.fromkeys(each for each in used if isinstance(each, Axiom)))


def opposite(expression: Expression) -> Expression:
    """What holds just where an expression does not, without a double negation."""
    return expression.operand if isinstance(expression, Not) else Not(expression)


def any_of(parts: tuple[Expression, ...]) -> Expression:
    """The disjunction of one or more expressions."""
    return parts[0] if len(parts) == 1 else Or(parts)
