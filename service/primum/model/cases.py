"""What is known of one patient's injury at one time."""

from dataclasses import dataclass

from primum.model.levels import Screening
from primum.model.moments import Moment, Onset
from primum.model.spans import Span


@dataclass(frozen=True, slots=True)
class Dating:
    """The dates behind the hours of a case: when the injury began, and the instant asked about.

    `at` is None where a timeline is asked for and no instant.
    """

    onset: Onset
    offset: int
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of a question; what is absent from them is unknown.

    `injury` and the factors are IRIs. `hours` is the span of hours since onset in which the
    instant lies, the whole of `[0, ∞)` where nothing is known; `dating` tells the dates it comes
    from, if any. `grade` is None where it is not known or the injury has none. `age` counts
    completed years.
    """

    injury: str
    grade: int | None = None
    hours: Span = Span()
    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    age: int | None = None
    screening: Screening = Screening.ASSUME_CLEAR
    dating: Dating | None = None
