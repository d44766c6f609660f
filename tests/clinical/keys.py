"""The keys under which a case says what it expects of a treatment."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from tests.clinical import reading
from tests.clinical.answered import Answered
from tests.clinical.case import Clinical
from tests.clinical.shipped import knowledge

from primum.model.levels import Verdict
from primum.reasoning.engine import Engine

Differences = dict[tuple[str, str], tuple[Any, Any]]
TIMELINE: Final = "timeline"


class Compare(Enum):
    """How what is expected is laid beside what is found."""

    ALL = "they are the same"
    LISTED = "all that is expected is found, whatever else is"
    UNLISTED = "nothing of it is found"


@dataclass(frozen=True, slots=True)
class Key:
    """How a key's value is read from a file, and found in an answer by a treatment's IRI."""

    read: Callable[[Any], Any]
    find: Callable[[Answered, str], Any]
    compare: Compare = Compare.ALL

    def found(self, answered: Answered, iri: str, expected: Any) -> Any:
        """What is found, as far as it is to be compared: it equals `expected` if all is well."""
        found = self.find(answered, iri)
        if self.compare is Compare.ALL:
            return found
        return expected & found if self.compare is Compare.LISTED else expected - found


BY_TREATMENT: Final = {
    "verdict": Key(Verdict, Answered.verdict),
    "possible": Key(reading.level, Answered.possible),
    "reasons": Key(reading.rules, Answered.reasons),
    "levels": Key(reading.by_rule, Answered.levels),
    "appraised": Key(reading.by_rule, Answered.appraised),
    "for-certain": Key(reading.rules, Answered.for_certain),
    "changes": Key(reading.change, Answered.changes),
    "definite": Key(reading.change, Answered.definite),
    "needs": Key(reading.needs, Answered.needs),
    "screen": Key(reading.factors, Answered.screen, Compare.LISTED),
    "recommended": Key(reading.rules, Answered.recommended, Compare.LISTED),
    "not-recommended": Key(reading.rules, Answered.recommended, Compare.UNLISTED),
    "why-not": Key(reading.why_not, Answered.why_not, Compare.LISTED),
    "milder": Key(reading.milder, Answered.milder),
    TIMELINE: Key(reading.timeline, Answered.timeline),
}
AT_AN_INSTANT: Final = BY_TREATMENT.keys() - {TIMELINE}


def differences(case: Clinical, engine: Engine | None = None) -> Differences:
    """What is expected and what is found, by key and treatment, where the two differ.

    `engine` answers; without it, the shipped knowledge does.
    """
    answered = Answered(case, knowledge().engine if engine is None else engine)
    compared = {
        (key, iri): (expected, BY_TREATMENT[key].found(answered, iri, expected))
        for key, by_treatment in case.expected.items()
        for iri, expected in by_treatment.items()
    }
    return {where: both for where, both in compared.items() if both[0] != both[1]}


def fails(case: Clinical, engine: Engine, *, among: Set[str]) -> bool:
    """Whether something that a case expects of some treatments (IRIs) is not what is found."""
    answered = Answered(case, engine)
    return any(
        expected != BY_TREATMENT[key].found(answered, iri, expected)
        for key, by_treatment in case.expected.items()
        for iri, expected in by_treatment.items()
        if iri in among
    )
