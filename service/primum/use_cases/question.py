"""From what a caller says, in words and numbers, to a case.

Every front end (command line, HTTP, notebook) asks through this module, so that the same words
mean the same everywhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from primum.foundation.errors import InvalidValue
from primum.foundation.numbers import read_whole
from primum.model.cases import Case, Dating
from primum.model.dates import read_moment, read_onset
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening, Verdict
from primum.model.moments import HOURS_PER_DAY, Moment
from primum.model.naming import Names
from primum.model.regions import UNGRADED
from primum.model.spans import Number, Span, exact
from primum.model.terms import Term

MOST_HOURS: Final = 1_000_000
MOST_YEARS: Final = 120
Choice = TypeVar("Choice", bound=StrEnum)
_DECIMAL = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the caller's own words; numbers are text, so that nothing is rounded.

    `day` counts from the day of injury as day 0 and means the whole day; a day with a fraction
    means that instant. `hours` means that instant. `onset` is a date, a date and time, or an
    interval of them, and `at` the instant asked about. `age` counts completed years.
    """

    injury: str
    grade: str | None = None
    day: str | None = None
    hours: str | None = None
    present: Sequence[str] = ()
    absent: Sequence[str] = ()
    screening: str = Screening.ASSUME_CLEAR
    age: str | None = None
    onset: str | None = None
    at: str | None = None


class Vocabulary:
    """The names of a knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index all names once."""
        self.injuries = Names("injury", knowledge.injuries)
        self.treatments = Names("treatment", knowledge.treatments)
        self.factors = Names("factor", knowledge.factors)
        self.findings = Names("finding", knowledge.findings)
        self._grades = knowledge.axioms.grades

    def case(self, asked: Asked) -> Case:
        """The case that a question describes; raises QuestionError where it cannot be read."""
        injury = self.injuries.find(asked.injury, where="injury")
        dating = _dating(asked)
        return Case(
            injury=injury.iri,
            grade=None if asked.grade is None else self._grade(injury, asked.grade),
            hours=hours_of(dating) if dating else span_of(day=asked.day, hours=asked.hours),
            present=frozenset(self.factors.find(n, where="factor").iri for n in asked.present),
            absent=frozenset(self.factors.find(n, where="without").iri for n in asked.absent),
            age=None if asked.age is None else read_whole(asked.age, where="age", most=MOST_YEARS),
            screening=read_choice(Screening, asked.screening, where="screening"),
            dating=dating,
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


def read_flag(text: str | None, *, where: str) -> bool:
    """Whether a flag is set: `true` or `false`; not given means false."""
    if text not in (None, "true", "false"):
        raise InvalidValue(
            f"{where} is {text!r}; it is true or false.",
            where=where,
            found=text or "",
            allowed=("true", "false"),
        )
    return text == "true"


def read_verdicts(text: str) -> frozenset[Verdict]:
    """The verdicts of a comma-separated list."""
    parts = [part.strip() for part in text.split(",")]
    return frozenset(read_choice(Verdict, part, where="verdict") for part in parts)


def _dating(asked: Asked) -> Dating | None:
    """The dates of a question, if it gives any."""
    if asked.onset is None:
        if asked.at is not None:
            message = "at is given without onset; give the onset, or day or hours instead of both."
            raise InvalidValue(message, where="at", found=asked.at)
        return None
    for where, found in (("day", asked.day), ("hours", asked.hours)):
        if found is not None:
            message = f"Both onset and {where} are given; give one of them."
            raise InvalidValue(message, where=where, found=found)
    at = None if asked.at is None else read_moment(asked.at, where="at")
    onset, offset = read_onset(asked.onset, zone=None if at is None else at.offset)
    dating = Dating(onset, offset)
    return dating if at is None else asked_at(dating, at)


def asked_at(dating: Dating, at: Moment) -> Dating:
    """The dates of a question about an instant; the onset is known to lie at or before it.

    Raises InvalidValue where it can only lie after it.
    """
    if dating.onset.hours_at(at.hours).is_empty:
        earliest = Moment(dating.onset.zero, dating.offset)
        raise InvalidValue(
            f"The onset, {earliest} at the earliest, lies after {at}, the instant asked about. "
            "An onset lies at or before it.",
            where="onset",
            found=str(earliest),
            allowed=(f"up to {at}",),
        )
    return Dating(dating.onset.by(at.hours), dating.offset, at)


def hours_of(dating: Dating) -> Span:
    """The hours since onset at the instant asked about; any, where no instant is."""
    return Span() if dating.at is None else dating.onset.hours_at(dating.at.hours)


def at_instant(case: Case, at: Moment) -> Case:
    """A dated case, asked about an instant."""
    if case.dating is None:
        return case
    dating = asked_at(case.dating, at)
    return replace(case, dating=dating, hours=hours_of(dating))


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
