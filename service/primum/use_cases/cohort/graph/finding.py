"""One finding as statements, and the hours in them, which are filled in row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyarrow as pa

from primum.foundation.names import Datatype, Found
from primum.model.levels import Level
from primum.use_cases.cohort.graph.lines import line, node, text, typed

BARRING: Final = tuple(level.word for level in sorted(Level, reverse=True) if level)
"""The words for the levels that bar, the strictest first."""
_HOURS: Final = {
    "hours_from": (Found.FROM, "\1"),
    "hours_until": (Found.UNTIL, "\2"),
    "changes_at": (Found.CHANGES_AT, "\3"),
}
Hours = tuple[float | None, ...]
Statements = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What is found of one treatment: IRIs, and the words of levels and verdict."""

    treatment: str
    verdict: str
    certain: str
    possible: str
    rules: Sequence[str]


def finding(path: str, said: Said, shared: Statements, hours: Sequence[bool]) -> str:
    """The statements about the finding at a path; `hours` tells which hours it has."""
    subject = node(path)
    statements = [
        *shared,
        (Found.OF_TREATMENT, f"<{said.treatment}>"),
        (Found.VERDICT, text(said.verdict)),
        (Found.CERTAIN, text(said.certain)),
        (Found.POSSIBLE, text(said.possible)),
        *((Found.RESTS_ON, f"<{rule}>") for rule in said.rules),
        *(
            (predicate, typed(mark, Datatype.DECIMAL))
            for (predicate, mark), told in zip(_HOURS.values(), hours, strict=True)
            if told
        ),
    ]
    return "".join(line(subject, predicate, value) for predicate, value in statements)


def levels_of(sets: Sequence[str]) -> Mapping[str, tuple[Level, Level]]:
    """The certain and the possible level of each treatment that is barred, or may be.

    `sets` are the names of the treatments at each barring level, for certain and then possibly.
    """
    levels = sorted(Level, reverse=True)[: len(BARRING)]
    certain, possible = (
        {name: level for level, names in zip(levels, half, strict=True) for name in names.split()}
        for half in (sets[: len(BARRING)], sets[len(BARRING) :])
    )
    return {name: (certain.get(name, Level.NONE), level) for name, level in possible.items()}


def hours_of(answers: pa.RecordBatch) -> list[Hours]:
    """The hours of each answer; a column that the answers do not have tells none."""
    columns = [
        answers.column(name).to_pylist()
        if name in answers.schema.names
        else [None] * answers.num_rows
        for name in _HOURS
    ]
    return list(zip(*columns, strict=True))


def fill(told: str, hours: Hours) -> str:
    """Statements with their hours written in."""
    for (_, mark), number in zip(_HOURS.values(), hours, strict=True):
        if number is not None:
            told = told.replace(mark, decimal(number))
    return told


def decimal(number: float) -> str:
    """A number in decimal notation, to the last digit that tells it from others."""
    if number.is_integer():
        return str(int(number))
    spelled = repr(number)
    return f"{Decimal(spelled):f}" if "e" in spelled else spelled
