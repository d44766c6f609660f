"""What a cohort comes to: rows and answers counted by verdict, treatment, injury, rule and fault.

A batch is counted by its dictionary codes, so that counting costs a few nanoseconds a row.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from primum.foundation.errors import ToolFailed

Pairs = Counter[tuple[str, str]]
Json = dict[str, Any]


@dataclass(slots=True)
class Counts:
    """Counts of rows read, and of the answers to them.

    `records` are the records of the input: lines, or rows where a row is a record. `rows` are what
    was asked: a case record has one for each treatment in an audit. Each row is either answered or
    rejected. `answers` has an answer for each treatment of a row. Of the tables, `treatments` and
    `injuries` count answers by verdict, `rules` those that one rule decides.
    """

    records: int = 0
    rows: int = 0
    answered: int = 0
    rejected: int = 0
    answers: int = 0
    treatments: Pairs = field(default_factory=Counter)
    injuries: Pairs = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, other: Self) -> None:
        """Count what another one has counted."""
        self.records += other.records
        self.rows += other.rows
        self.answered += other.answered
        self.rejected += other.rejected
        self.answers += other.answers
        self.treatments.update(other.treatments)
        self.injuries.update(other.injuries)
        self.rules.update(other.rules)
        self.faults.update(other.faults)

    @property
    def verdicts(self) -> Counter[str]:
        """The answers by verdict."""
        found: Counter[str] = Counter()
        for (_, verdict), number in self.treatments.items():
            found[verdict] += number
        return found

    @property
    def add_up(self) -> bool:
        """Whether each row is either answered or rejected, and each answer is in every table."""
        total = self.treatments.total()
        whole = total == self.answers and self.injuries.total() == self.answers
        return self.rows == self.answered + self.rejected and whole

    def demand_sum(self) -> None:
        """Raise ToolFailed where the counts do not add up."""
        if not self.add_up:
            raise ToolFailed(f"The counts do not add up: {self.document()}")

    def document(self) -> Json:
        """The counts as JSON; what occurs most comes first."""
        return {
            "records": self.records,
            "rows": self.rows,
            "answered": self.answered,
            "rejected": self.rejected,
            "answers": self.answers,
            "verdicts": _by_number(self.verdicts),
            "treatments": _nested(self.treatments),
            "injuries": _nested(self.injuries),
            "rules": _by_number(self.rules),
            "faults": _by_number(self.faults),
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The counts that a document holds."""
        numbers = {
            name: int(document[name])
            for name in ("records", "rows", "answered", "rejected", "answers")
        }
        return cls(
            **numbers,
            treatments=_flat(document["treatments"]),
            injuries=_flat(document["injuries"]),
            rules=Counter(document["rules"]),
            faults=Counter(document["faults"]),
        )


def _by_number(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts that are not zero, the largest first."""
    found = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return {name: number for name, number in found if number}


def _nested(pairs: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Counts by name and verdict, the name that occurs most first."""
    found: dict[str, Counter[str]] = {}
    for (name, verdict), number in pairs.items():
        found.setdefault(name, Counter())[verdict] += number
    ordered = sorted(found.items(), key=lambda each: (-each[1].total(), each[0]))
    return {name: _by_number(verdicts) for name, verdicts in ordered if verdicts.total()}


def _flat(nested: Mapping[str, Mapping[str, int]]) -> Pairs:
    """Counts by pairs."""
    found: Pairs = Counter()
    for name, verdicts in nested.items():
        for verdict, number in verdicts.items():
            found[name, verdict] += number
    return found


def total(counts: Iterable[Counts]) -> Counts:
    """All counts together."""
    found = Counts()
    for each in counts:
        found.add(each)
    return found
