"""How far the clinicians' cases cover the rules: sides of boundaries touched, mutants killed."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.clinical.case import Clinical
from tests.clinical.killing import Fate, Judge, Outcome, score
from tests.clinical.mutants import Mutator
from tests.clinical.reach import Reaches
from tests.clinical.touching import Touched, touched

from primum.reasoning.engine import Engine

ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Coverage:
    """What cases cover of some rules: of one file, or of all."""

    topic: str
    rules: int
    sides: tuple[Touched, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def untouched(self) -> list[Touched]:
        """The sides of boundaries on which no case stands."""
        return [side for side in self.sides if not side.by]

    def fated(self, fate: Fate) -> list[Outcome]:
        """The mutants of one fate."""
        return [outcome for outcome in self.outcomes if outcome.fate is fate]

    @property
    def score(self) -> float:
        """The share of mutants killed, without those that change no answer."""
        return score(self.outcomes)

    @property
    def is_enough(self) -> bool:
        """Whether the score is as high as it has to be."""
        return self.score >= ENOUGH


def coverage(engine: Engine, cases: Iterable[Clinical], topic: str | None = None) -> list[Coverage]:
    """What cases cover, by the file that rules stand in; of one such file if `topic` is given."""
    reaches = Reaches(engine, cases)
    judge, mutator = Judge(reaches), Mutator.of(engine.knowledge)
    topics = {rule.topic for rule in engine.knowledge.rules}
    found = []
    for name in sorted(topics if topic is None else topics & {topic}):
        rules = [rule for rule in engine.knowledge.rules if rule.topic == name]
        sides = tuple(side for rule in rules for side in touched(rule, reaches))
        mutants = (mutant for rule in rules for mutant in mutator.mutants(rule))
        found.append(Coverage(name, len(rules), sides, tuple(map(judge.outcome, mutants))))
    return found


def together(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of all rules of some parts."""
    known = list(parts)
    return Coverage(
        topic="all",
        rules=sum(part.rules for part in known),
        sides=tuple(side for part in known for side in part.sides),
        outcomes=tuple(outcome for part in known for outcome in part.outcomes),
    )
