"""The columns that a cohort may have: what each is called, holds and means."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a column holds, as people say it; it decides which types of Arrow are read."""

    LABEL = "text or whole number"
    TERM = "name of a term"
    TEXT = "text"
    WHOLE = "whole number"
    DECIMAL = "decimal number"
    ONSET = "instant or date"
    INSTANT = "instant"
    LIST = "list of names, or text separated by `;`"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the schema."""

    name: str
    kind: Kind
    meaning: str


ID: Final = "id"
INJURY: Final = "injury"
GRADE: Final = "grade"
SIDE: Final = "side"
ONSET: Final = "onset"
NOT_BEFORE: Final = "onset_not_before"
NOT_AFTER: Final = "onset_not_after"
ASSESSED_AT: Final = "assessed_at"
HOURS: Final = "hours"
DAY: Final = "day"
AGE: Final = "age"
PRESENT: Final = "factors"
ABSENT: Final = "factors_absent"
TREATMENT: Final = "treatment"
AT: Final = "at"

COLUMNS: Final = (
    Column(ID, Kind.LABEL, "What the answers call the row."),
    Column(INJURY, Kind.TERM, "The injury, by any of its names; the only column that is needed."),
    Column(GRADE, Kind.WHOLE, "The grade of the injury; not known where it is empty."),
    Column(SIDE, Kind.TEXT, "The side of the body, as case records have it."),
    Column(ONSET, Kind.ONSET, "When the injury began; a date is the whole day."),
    Column(NOT_BEFORE, Kind.ONSET, "The earliest time at which it can have begun."),
    Column(NOT_AFTER, Kind.ONSET, "The latest time at which it can have begun."),
    Column(
        ASSESSED_AT,
        Kind.INSTANT,
        "When the injury was assessed: the instant asked about where a row is a person. "
        "The injury began at or before it.",
    ),
    Column(HOURS, Kind.DECIMAL, "Hours since onset, for tables without dates."),
    Column(
        DAY,
        Kind.DECIMAL,
        "Days since onset, the day of injury being day 0; a whole number is the whole day.",
    ),
    Column(AGE, Kind.WHOLE, "Completed years of age."),
    Column(PRESENT, Kind.LIST, "The patient factors that are present, by any of their names."),
    Column(ABSENT, Kind.LIST, "The patient factors that are known to be absent."),
    Column(TREATMENT, Kind.TERM, "The treatment that was given, or is planned: makes an audit."),
    Column(AT, Kind.INSTANT, "When the treatment was given: the instant asked about in an audit."),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
FACTOR: Final = Column(
    "any name of a patient factor",
    Kind.FLAG,
    "Whether that factor is present; not mentioned where it is empty.",
)
DATES: Final = (ONSET, NOT_BEFORE, NOT_AFTER)
SINCE: Final = (HOURS, DAY)


def columns_table() -> str:
    """The columns as a table in Markdown."""
    rows = [(f"`{column.name}`", column.kind.value, column.meaning) for column in COLUMNS]
    rows.append((FACTOR.name, FACTOR.kind.value, FACTOR.meaning))
    return "\n".join(_lines([("column", "holds", "means"), ("---", "---", "---"), *rows])) + "\n"


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    """Rows as lines of a table."""
    return (f"| {' | '.join(row)} |" for row in rows)
