"""What the engine finds of one treatment, as a row of answers has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from primum.foundation.names import local_name
from primum.model.answers import Finding, Reason
from primum.model.cases import Case
from primum.model.levels import Holds, Verdict
from primum.model.terms import Term
from primum.reasoning.course import course_of, dated
from primum.reasoning.engine import Engine


@dataclass(frozen=True, slots=True)
class Found:
    """What is found of one treatment, as a row of answers has it."""

    certain: str
    possible: str
    verdict: Verdict
    rule: str | None
    changes_at: float | None
    bound: str | None

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """The answer of a finding."""
        change = finding.changes_at
        return cls(
            certain=finding.certain.word,
            possible=finding.possible.word,
            verdict=finding.verdict,
            rule=deciding(finding),
            changes_at=None if change is None else float(change.hours),
            bound=None if change is None else change.bound,
        )


def deciding(finding: Finding) -> str | None:
    """The local name of the rule that decides alone, if one does."""
    reasons: Iterable[Reason] = finding.reasons
    if finding.certain:
        reasons = (
            reason
            for reason in finding.reasons
            if reason.holds is Holds.CERTAIN and reason.rule.level == finding.certain
        )
    elif not finding.possible:
        return None
    first = next(iter(reasons), None)
    return None if first is None else local_name(first.rule.iri)


def finding_of(engine: Engine, case: Case, term: Term) -> Finding:
    """The finding of `Engine.answer` for one treatment alone, which is much quicker."""
    decision, bands = engine.decision(case), engine.tables.hours.of(case.hours)
    finding = decision.finding(term, bands, dated=case.hours.end is not None)
    if case.dating is None or case.dating.at is None:
        return finding
    course = course_of(decision, term, case.dating.onset.since_zero())
    (found,) = dated([finding], [course], case.dating.at.hours - case.dating.onset.zero)
    return found


def hours_of(case: Case) -> tuple[float | None, float | None]:
    """The hours since onset between which a case lies, as far as they are known."""
    start, end = case.hours.start, case.hours.end
    known = end is not None or (case.dating is not None and case.dating.at is not None)
    return (float(start.at) if known else None, None if end is None else float(end.at))
