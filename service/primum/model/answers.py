"""What an answer holds, treatment by treatment."""

from dataclasses import dataclass
from enum import StrEnum

from primum.model.cases import Case
from primum.model.knowledge import Edition
from primum.model.levels import Holds, Level, Verdict
from primum.model.premises import Premise
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Number, Span
from primum.model.terms import Term


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, the region of it that the situation lies in, and what that asks."""

    rule: Rule
    region: Region
    bound: str
    holds: Holds
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A factor the record does not mention that would make the verdict stricter."""

    factor: Term
    level: Level
    rule: Rule


@dataclass(frozen=True, slots=True)
class Change:
    """An instant at which a treatment's levels change, in hours since onset.

    Where the onset is known only as an interval, the hours count from its earliest instant (or
    its latest, where no earliest is known). `bound` says how the source prints the end of the
    window that ends there; it is "" where a window only begins. `then` is the verdict from that
    instant on.
    """

    hours: Number
    bound: str
    then: Verdict


class Fact(StrEnum):
    """What a record can leave open, in the order in which it is asked for."""

    INJURY = "injury"
    GRADE = "grade"
    TIME = "time"
    AGE = "age"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that the record leaves open, and the answers that rules can tell apart.

    `terms` are the kinds of injury to choose from (none of them being an answer too), or the one
    factor that is present or absent; `grades` the grades; `spans` the spans of hours since onset
    or of completed years.
    """

    about: Fact
    terms: tuple[Term, ...] = ()
    grades: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class StricterKind:
    """A narrower treatment that is barred more strictly than the one that was named."""

    treatment: Term
    certain: Level
    possible: Level


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer for one treatment, exactly as it is named.

    `stricter_kinds` are the widest narrower treatments whose levels are stricter. `needs` are the
    smallest sets of open facts that, whatever their answers, would make the certain and the
    possible level one; empty where they are one already. `definite_at` is when the clock alone
    makes them one, for a dated onset.
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
    needs: tuple[tuple[Question, ...], ...] = ()
    definite_at: Change | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a case: a finding per treatment, strictest first."""

    case: Case
    edition: Edition
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time in which a treatment's levels do not change, and what holds in it.

    `hours` counts on the clock of the timeline. A reason is certain where it holds throughout.
    `end` is None where the segment has no end.
    """

    hours: Span
    verdict: Verdict
    certain: Level
    possible: Level
    reasons: tuple[Reason, ...]
    end: Change | None


@dataclass(frozen=True, slots=True)
class Course:
    """One treatment over time: maximal segments, disjoint, from zero onwards without a gap."""

    treatment: Term
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A case over time: a course per treatment, in the order of their first strictest verdicts."""

    case: Case
    edition: Edition
    courses: tuple[Course, ...]
