"""From what a caller says, in words and numbers, to a case.

Every front end (command line, HTTP, notebook) asks through this module, so that the same words
mean the same everywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from primum.foundation.errors import InvalidValue
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening, Verdict
from primum.model.naming import Names
from primum.model.regions import UNGRADED
from primum.model.spans import Number, Span, exact
from primum.model.terms import Term

HOURS_PER_DAY: Final = 24
MOST_HOURS: Final = 1_000_000
Choice = TypeVar("Choice", bound=StrEnum)
_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the caller's own words; numbers are text, so that nothing is rounded.

    `day` counts from the day of injury as day 0 and means the whole day; a day with a fraction
    means that instant. `hours` means that instant.
    """

    injury: str
    grade: str | None = None
    day: str | None = None
    hours: str | None = None
    present: Sequence[str] = ()
    absent: Sequence[str] = ()
    screening: str = Screening.ASSUME_CLEAR


class Vocabulary:
    """The names of a knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index all names once."""
        self.injuries = Names("injury", knowledge.injuries)
        self.treatments = Names("treatment", knowledge.treatments)
        self.factors = Names("factor", knowledge.factors)
        self._grades = knowledge.axioms.grades

    def case(self, asked: Asked) -> Case:
        """The case that a question describes; raises QuestionError where it cannot be read."""
        injury = self.injuries.find(asked.injury, where="injury")
        return Case(
            injury=injury.iri,
            grade=None if asked.grade is None else self._grade(injury, asked.grade),
            hours=span_of(day=asked.day, hours=asked.hours),
            present=frozenset(self.factors.find(n, where="factor").iri for n in asked.present),
            absent=frozenset(self.factors.find(n, where="without").iri for n in asked.absent),
            screening=read_choice(Screening, asked.screening, where="screening"),
        )

    def _grade(self, injury: Term, text: str) -> int:
        """A grade that the injury can have."""
        allowed = sorted(self._grades[injury.iri] - {UNGRADED})
        if not allowed:
            raise InvalidValue(
                f"{injury.label} has no grades, so leave the grade out.",
                where="grade",
                found=text,
            )
        if text not in map(str, allowed):
            spelled = ", ".join(map(str, allowed))
            raise InvalidValue(
                f"The grade is {text!r}; {injury.label} has the grades {spelled}.",
                where="grade",
                found=text,
                allowed=tuple(map(str, allowed)),
            )
        return int(text)


def read_choice(kind: type[Choice], text: str, *, where: str) -> Choice:
    """The member of an enumeration that a text spells."""
    try:
        return kind(text)
    except ValueError:
        allowed = tuple(member.value for member in kind)
        raise InvalidValue(
            f"{where} is {text!r}; it is one of {', '.join(allowed)}.",
            where=where,
            found=text,
            allowed=allowed,
        ) from None


def read_verdicts(text: str) -> frozenset[Verdict]:
    """The verdicts of a comma-separated list."""
    parts = [part.strip() for part in text.split(",")]
    return frozenset(read_choice(Verdict, part, where="verdict") for part in parts)


def span_of(*, day: str | None, hours: str | None) -> Span:
    """The span of hours since onset that a day or an instant stands for."""
    if day is not None and hours is not None:
        raise InvalidValue(
            "Both day and hours are given; give one of them.", where="hours", found=hours
        )
    if hours is not None:
        return Span.at(read_hours(hours, where="hours"))
    if day is None:
        return Span()
    start = read_hours(day, where="day", unit=HOURS_PER_DAY)
    whole = start % HOURS_PER_DAY == 0
    return Span.half_open(start, start + HOURS_PER_DAY) if whole else Span.at(start)


def read_hours(text: str, *, where: str, unit: int = 1) -> Number:
    """A time in hours, exactly, from a decimal number of units of so many hours."""
    most = MOST_HOURS // unit
    if not _DECIMAL.fullmatch(text) or (number := exact(text)) > most:
        raise InvalidValue(
            f"{where} is {text!r}; it is a decimal number from 0 to {most}, such as 3 or 1.5.",
            where=where,
            found=text,
            allowed=(f"0 to {most}",),
        )
    return exact(number * unit)
