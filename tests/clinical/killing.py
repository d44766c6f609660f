"""Whether some case fails once a rule is changed; if none does, whether any answer differs.

Only cases that could fail are asked: what a case expects of a treatment depends on the rules that
speak of it and that may hold for its record at some time. Only the rules that speak of treatments
that the change concerns are put into an engine; for these, its answers are the same as of all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tests.clinical.keys import fails
from tests.clinical.mutants import Mutant
from tests.clinical.reach import Extent, Reach, Reaches

from primum.model.cases import Case
from primum.model.regions import Region
from primum.reasoning.boxes import Box, Boxes
from primum.reasoning.engine import Engine


class Fate(StrEnum):
    """What becomes of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant and its fate; `by` is the sentence of the case that fails, `witness` a record.

    The witness of a survivor is answered differently since the change, for `treatment` (an IRI).
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    treatment: str = ""
    witness: Case | None = None


class Judge:
    """Tells the fate of mutants of one knowledge base under some cases."""

    def __init__(self, reaches: Reaches) -> None:
        """`reaches` are the cases, over the rules as they are."""
        self.reaches = reaches
        self.knowledge = reaches.knowledge
        self.boxes = Boxes(reaches.tables)

    def outcome(self, mutant: Mutant) -> Outcome:
        """What becomes of a mutant."""
        by = next(self.failing(mutant), None)
        if by is not None:
            return Outcome(mutant, Fate.KILLED, by=by.case.says)
        differing = next(self.differing(mutant), None)
        if differing is None:
            return Outcome(mutant, Fate.EQUIVALENT)
        treatment, box = differing
        witness = self.boxes.witness(box)
        return Outcome(mutant, Fate.SURVIVED, treatment=treatment, witness=witness)

    def failing(self, mutant: Mutant) -> Iterator[Reach]:
        """The cases that fail by a mutant, those that most likely do first."""
        before = self.reaches.extent(mutant.rule.regions)
        after = self.reaches.extent(mutant.regions)
        concerned = before.treatments | after.treatments
        alone = self.reaches.alone(mutant.rule)
        bearing = [
            reach
            for reach in self.reaches.all
            if (asked := reach.treatments & concerned)
            and (
                reach.number in before.numbers
                or reach.number in after.numbers
                or not asked.isdisjoint(reach.beyond | alone)
            )
        ]
        other = not same_effect(mutant)
        bearing.sort(key=lambda reach: effort(reach, before, after, other))
        # The first mostly fails: it gets a small engine of its own.
        for some in filter(None, (bearing[:1], bearing[1:])):
            asked = concerned & frozenset().union(*(reach.treatments for reach in some))
            engine = self._engine(mutant, asked)
            yield from (reach for reach in some if fails(reach.case, engine, among=asked))

    def _engine(self, mutant: Mutant, concerned: frozenset[str]) -> Engine:
        """An engine over the changed rules that speak of some treatments, and for these alone."""
        terms = tuple(term for term in self.knowledge.treatments if term.iri in concerned)
        changed = (
            mutant.becomes if rule.iri == mutant.rule.iri else rule
            for rule in self.knowledge.rules
            if rule.iri == mutant.rule.iri
            or not concerned.isdisjoint(self.reaches.spoken[rule.iri])
        )
        rules = tuple(rule for rule in changed if rule is not None)
        return Engine(replace(self.knowledge, rules=rules, treatments=terms))

    def differing(self, mutant: Mutant) -> Iterator[tuple[str, Box]]:
        """Treatments, each with situations that lie in the rule before or after, but not both.

        Where the effect is another one, those that lie in either.
        """
        regions = (*mutant.rule.regions, *mutant.regions)
        for treatment in sorted(self.reaches.extent(regions).treatments):
            before = self._situations(mutant.rule.regions, treatment)
            after = self._situations(mutant.regions, treatment)
            for one, other in ((before, after), (after, before)):
                apart = other if same_effect(mutant) else []
                for box in one:
                    yield from ((treatment, left) for left in self.boxes.minus(box, apart))

    def _situations(self, regions: Sequence[Region], treatment: str) -> list[Box]:
        """The situations of some regions in which a treatment is proposed."""
        own = [region for region in regions if treatment in self.reaches.covered(region)]
        return [box for region in own for box in self.boxes.of_region(region)]


def effort(
    reach: Reach, before: Extent, after: Extent, other_effect: bool
) -> tuple[bool, bool, bool, int]:
    """Sort key: cases come first that a change moves into a rule or out of it, quick ones."""
    held = before.held(reach)
    moved = bool(held) if other_effect else held != after.held(reach)
    return (bool(reach.beyond), not moved, not reach.is_strict, reach.open_facts)


def same_effect(mutant: Mutant) -> bool:
    """Whether a rule still says the same where it holds."""
    return mutant.becomes is None or mutant.becomes.effect == mutant.rule.effect


def score(outcomes: Iterable[Outcome]) -> float:
    """The share of mutants that are killed, among those that are not equivalent."""
    fates = [outcome.fate for outcome in outcomes if outcome.fate is not Fate.EQUIVALENT]
    return fates.count(Fate.KILLED) / len(fates) if fates else 1.0
