"""What an answer took as absent because nobody said otherwise: the factors to ask about."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from primum.model.answers import Answer
from primum.model.knowledge import Closure
from primum.model.levels import Level
from primum.model.terms import Term
from primum.use_cases.page.chart import widest_first


@dataclass(frozen=True, slots=True)
class Asked:
    """A factor that would make treatments stricter: the level it would bring at most, and which."""

    factor: Term
    level: Level
    treatments: tuple[Term, ...]


def screened(answer: Answer, above: Closure) -> tuple[Asked, ...]:
    """The factors to ask about: those that bar most, most strictly, first."""
    found: dict[Term, list[tuple[Level, Term]]] = defaultdict(list)
    for finding in answer.findings:
        for screen in finding.screen_for:
            found[screen.factor].append((screen.level, finding.treatment))
    listed = [_asked(factor, barred, above) for factor, barred in found.items()]
    return tuple(sorted(listed, key=lambda a: (-a.level, -len(a.treatments), a.factor.label)))


def _asked(factor: Term, barred: Sequence[tuple[Level, Term]], above: Closure) -> Asked:
    """A factor with what it would bar."""
    treatments = widest_first([treatment for _, treatment in barred], above)
    return Asked(factor, max(level for level, _ in barred), treatments)
