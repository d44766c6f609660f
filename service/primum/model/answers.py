"""What an answer holds, treatment by treatment."""

from dataclasses import dataclass

from primum.model.cases import Case
from primum.model.knowledge import Edition
from primum.model.levels import Holds, Level, Verdict
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Number
from primum.model.terms import Term


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, and the region of it that the situation lies in."""

    rule: Rule
    region: Region
    bound: str
    holds: Holds


@dataclass(frozen=True, slots=True)
class Screen:
    """A factor the record does not mention that would make the verdict stricter."""

    factor: Term
    level: Level
    rule: Rule


@dataclass(frozen=True, slots=True)
class Change:
    """The next instant, in hours since onset, at which a treatment's levels change.

    `bound` says how the source prints the end of the window that ends there; it is "" where a
    window only begins.
    """

    hours: Number
    bound: str


@dataclass(frozen=True, slots=True)
class StricterKind:
    """A narrower treatment that is barred more strictly than the one that was named."""

    treatment: Term
    certain: Level
    possible: Level


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer for one treatment, exactly as it is named.

    `stricter_kinds` are the widest narrower treatments whose levels are stricter.
    """

    treatment: Term
    verdict: Verdict
    certain: Level
    possible: Level
    reasons: tuple[Reason, ...]
    recommended: tuple[Reason, ...]
    screen_for: tuple[Screen, ...]
    changes_at: Change | None
    stricter_kinds: tuple[StricterKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a case: a finding per treatment, strictest first."""

    case: Case
    edition: Edition
    findings: tuple[Finding, ...]
