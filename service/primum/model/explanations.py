"""What explains an answer: premises, rules that do not hold, and changes that would matter."""

from dataclasses import dataclass
from enum import StrEnum

from primum.model.answers import Change, Finding
from primum.model.levels import Verdict
from primum.model.premises import Premise
from primum.model.rules import Rule
from primum.model.terms import Term


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A contraindication that speaks of the treatment and cannot hold.

    `premises` are those that fail; where each of them is open and only all together are
    impossible, it is those, and `together` is true.
    """

    rule: Rule
    premises: tuple[Premise, ...]
    together: bool = False


class Turn(StrEnum):
    """What becomes of a fact in a supposed change."""

    PRESENT = "present"
    ABSENT = "absent"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Supposed:
    """One changed fact: a factor that turns present or absent, or another grade."""

    turn: Turn
    factor: Term | None = None
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Facts that, changed together, lead to another verdict."""

    changes: tuple[Supposed, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The smallest changes that would alter a verdict; injury, age and time stay as they are.

    `milder` and `stricter` hold every change of the smallest number of facts that works in that
    direction; `searched` is that number for each, or how many were tried where none is found.
    `clock` is when time alone first changes the verdict.
    """

    milder: tuple[Alternative, ...]
    stricter: tuple[Alternative, ...]
    searched: tuple[int, int]
    clock: Change | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One treatment's finding, with what speaks of it in vain and what would change it."""

    finding: Finding
    why_not: tuple[WhyNot, ...]
    what_if: WhatIf
