"""Two answers beside each other: what differs, treatment by treatment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from primum.model.answers import Finding
from primum.model.levels import Verdict
from primum.model.terms import Term
from primum.use_cases.page.cards import Group


@dataclass(frozen=True, slots=True)
class Differing:
    """Treatments that go from one verdict to another between two questions."""

    before: Verdict
    after: Verdict
    treatments: tuple[Term, ...]

    @property
    def stricter(self) -> bool:
        """Whether the second verdict stands before the first in the order of strictness."""
        order = list(Verdict)
        return order.index(self.after) < order.index(self.before)


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two answers, and how many treatments are answered alike."""

    differing: tuple[Differing, ...]
    alike: int


def compared(one: Iterable[Group], other: Iterable[Group]) -> Compared:
    """The treatments whose verdicts differ, the strictest verdicts first."""
    first, second = _findings(one), _findings(other)
    found: dict[tuple[Verdict, Verdict], list[Term]] = {}
    for term, finding in first.items():
        pair = finding.verdict, second[term].verdict
        if pair[0] is not pair[1]:
            found.setdefault(pair, []).append(term)
    order = list(Verdict)
    pairs = sorted(found, key=lambda p: (min(map(order.index, p)), order.index(p[0])))
    differing = tuple(Differing(*pair, tuple(found[pair])) for pair in pairs)
    return Compared(differing, len(first) - sum(len(each.treatments) for each in differing))


def _findings(groups: Iterable[Group]) -> Mapping[Term, Finding]:
    """The finding of each treatment."""
    return {
        term: card.finding for group in groups for card in group.cards for term in card.treatments
    }
