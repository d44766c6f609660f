"""What is known of one patient's injury at one time."""

from dataclasses import dataclass

from primum.model.levels import Screening
from primum.model.spans import Span


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of a question; what is absent from them is unknown.

    `injury` and the factors are IRIs. `hours` is the span of hours since onset in which the
    instant lies, the whole of `[0, ∞)` where nothing is known. `grade` is None where it is not
    known or the injury has none.
    """

    injury: str
    grade: int | None = None
    hours: Span = Span()
    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    age: int | None = None
    screening: Screening = Screening.ASSUME_CLEAR
