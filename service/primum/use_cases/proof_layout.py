"""The parts of a proof in order and numbered: facts, axioms, and steps that cite them."""

from dataclasses import dataclass, field
from typing import Self

from primum.model.expressions import Expression
from primum.model.proofs import Axiom, By, Derivation, Fact, Proof, Standing, ancestry

Reference = int | str

_LETTERS = {Standing.ASSERTED: "r", Standing.ASSUMED: "s", Standing.ASSUMING: "h"}


@dataclass(frozen=True, slots=True)
class Step:
    """One inference: what it concludes of a thing, by which rule, from which parts.

    `under` are the numbers of the hypotheses that the conclusion stands under. `sources` are the
    conclusions among the parts that it cites.
    """

    number: int
    thing: str
    conclusion: Expression
    by: By
    cites: tuple[Reference, ...]
    under: tuple[int, ...]
    sources: tuple[Expression, ...]


@dataclass(slots=True)
class Layout:
    """The parts of one proof by reference; what two derivations conclude alike is one step."""

    facts: dict[Standing, dict[Fact, str]] = field(
        default_factory=lambda: {standing: {} for standing in Standing}
    )
    axioms: dict[Axiom, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    _numbers: dict[Derivation, int] = field(default_factory=dict)
    _alike: dict[tuple[object, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, proof: Proof) -> Self:
        """The parts of a proof, in the order in which they are used."""
        layout = cls()
        for derivation in ancestry(proof.derivation):
            layout._place(derivation)
        return layout

    def _place(self, derivation: Derivation) -> None:
        """Number a derivation whose sources are numbered."""
        cites = tuple(map(self._reference, derivation.sources))
        key = derivation.thing, derivation.conclusion, derivation.by, cites
        if key not in self._alike:
            self._alike[key] = len(self.steps) + 1
            own = () if derivation.by is not By.SUPPOSE else (self._alike[key],)
            under = {self._numbers[each] for each in derivation.under if each in self._numbers}
            sources = [each for each in derivation.sources if isinstance(each, Derivation)]
            step = Step(
                self._alike[key],
                derivation.thing,
                derivation.conclusion,
                derivation.by,
                cites,
                tuple(sorted({*under, *own})),
                tuple(source.conclusion for source in sources),
            )
            self.steps.append(step)
        self._numbers[derivation] = self._alike[key]

    def _reference(self, source: Axiom | Fact | Derivation) -> Reference:
        """How a part is cited."""
        if isinstance(source, Derivation):
            return self._numbers[source]
        if isinstance(source, Axiom):
            return self.axioms.setdefault(source, f"a{len(self.axioms) + 1}")
        group = self.facts[source.standing]
        return group.setdefault(source, f"{_LETTERS[source.standing]}{len(group) + 1}")
