"""Tables of cases: what many cases share, and a row for each; a slip is refused."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

WORDS = {
    "treatment": "for {}",
    "injury": "in {}",
    "grade": "of grade {}",
    "age": "at the age of {}",
    "day": "on day {}",
    "hours": "at {} hours",
    "between": "between {} hours",
    "onset": "since {}",
    "at": "on {}",
    "present": "with {}",
    "absent": "without {}",
    "screening": "screening {}",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a case: those of the record, of which some are times, and the expectations."""

    record: Set[str]
    times: Set[str]
    expectations: Set[str]


def cases_of(table: Mapping[str, Any], keys: Keys) -> Iterator[dict[str, Any]]:
    """The cases of a table, one a row, as they would stand alone.

    Raises ValueError or TypeError where a key is in a wrong place, or no row is there.
    """
    known = {"says", "follows", "treatment", "rows"} | keys.record
    if unknown := table.keys() - known:
        raise ValueError(f"unknown keys {sorted(unknown)}; a table has {sorted(known)}")
    if not table.get("rows"):
        raise ValueError("a table needs rows")
    shared = {key: value for key, value in table.items() if key not in {"rows", "says"}}
    for row in table["rows"]:
        yield case_of(shared, row, keys) | {"says": f"{table.get('says', '')}, {in_words(row)}"}


def case_of(shared: Mapping[str, Any], row: object, keys: Keys) -> dict[str, Any]:
    """The case of a row: what differs in the record, one treatment, and what follows for it.

    A time in the row stands in place of any time that the rows share.
    """
    if not isinstance(row, dict):
        raise TypeError(f"the row {row!r} is none; write {{ key = value, ... }}")
    known = {"follows", "treatment"} | keys.record | keys.expectations
    if unknown := row.keys() - known:
        raise ValueError(f"unknown keys {sorted(unknown)} in a row; use {sorted(known)}")
    dropped = keys.times if keys.times & row.keys() else set[str]()
    case = {key: value for key, value in shared.items() if key not in dropped} | row
    if "treatment" not in case:
        raise ValueError(f"the row {row!r} names no treatment, nor does the table")
    treatment = case.pop("treatment")
    return case | {key: {treatment: row[key]} for key in keys.expectations & row.keys()}


def in_words(row: Mapping[str, Any]) -> str:
    """What differs in a row, by which its case is told from the others."""
    found = (WORDS[key].format(_listed(row[key])) for key in WORDS if key in row)
    return " ".join(found) or "as it stands"


def _listed(value: object) -> str:
    """A value, or several, in words."""
    return " and ".join(map(str, value)) if isinstance(value, list) else str(value)
