"""The files of cases: read, every name in them resolved, or refused.

`tests/cases/README.md` says how a case is written.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.clinical.case import Clinical
from tests.clinical.keys import AT_AN_INSTANT, BY_TREATMENT, TIMELINE
from tests.clinical.reading import number, text
from tests.clinical.shipped import knowledge
from tests.clinical.tables import Keys, cases_of

from primum.foundation.errors import PrimumError
from primum.model.spans import Span, exact
from primum.use_cases.question import Asked

TIMES = {"day", "hours", "between", "onset"}
RECORD = {"injury", "grade", "age", "present", "absent", "screening", "at"} | TIMES
ENOUGH = {"verdict", "appraised", TIMELINE}
KEYS = {"says", "follows"} | RECORD | BY_TREATMENT.keys()


class BadCase(Exception):
    """A case that cannot be read; the message names the file and the sentence."""


def read_cases(path: Path) -> list[Clinical]:
    """Read the cases of one file; raises BadCase where one cannot be read."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := found.keys() - {"case", "table"}:
        kinds = "[[case]] and [[table]]"
        raise BadCase(f"{path.name}: unknown keys {sorted(unknown)}; a file holds only {kinds}.")
    rows = (row for table in found.get("table", []) for row in read_table(path, table))
    return [read_case(path, table) for table in (*found.get("case", []), *rows)]


def read_table(path: Path, table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cases of a table; raises BadCase with the file and the sentence of the table."""
    try:
        return list(cases_of(table, Keys(RECORD, TIMES, BY_TREATMENT.keys())))
    except (ValueError, TypeError) as error:
        raise BadCase(f"{named(path, table)}: {error}") from error


def named(path: Path, table: Mapping[str, Any]) -> str:
    """The file and the sentence of a case or a table."""
    return f"{path.name}: {table.get('says', '(no sentence)')!r}"


def read_case(path: Path, table: Mapping[str, Any]) -> Clinical:
    """Read one case; raises BadCase with the file and the sentence where it is not well formed."""
    where = named(path, table)
    if unknown := table.keys() - KEYS:
        raise BadCase(f"{where}: unknown keys {sorted(unknown)}; use {', '.join(sorted(KEYS))}.")
    if missing := {"says", "follows", "injury"} - table.keys():
        raise BadCase(f"{where}: missing keys {sorted(missing)}.")
    if not ENOUGH & table.keys():
        raise BadCase(f"{where}: nothing is expected; give one of {', '.join(sorted(ENOUGH))}.")
    try:
        return clinical(path.stem, table)
    except (PrimumError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadCase(f"{where}: {error}") from error


def clinical(topic: str, table: Mapping[str, Any]) -> Clinical:
    """Turn a table into a case; raises ValueError or PrimumError where it makes no sense."""
    question, span = asked(table), between(table)
    record = knowledge().vocabulary.case(question)
    knowledge().engine.decision(record)  # refuses facts that contradict each other
    case = Clinical(
        topic=topic,
        says=table["says"],
        follows=table["follows"],
        asked=question,
        between=span,
        record=record if span is None else replace(record, hours=span),
        expected={key: by_treatment(table, key) for key in BY_TREATMENT if key in table},
    )
    check_times(case)
    return case


def asked(table: Mapping[str, Any]) -> Asked:
    """The record of a case as a question."""
    return Asked(
        injury=table["injury"],
        grade=number(table.get("grade")),
        day=number(table.get("day")),
        hours=number(table.get("hours")),
        present=tuple(table.get("present", ())),
        absent=tuple(table.get("absent", ())),
        screening=table.get("screening", "assume-clear"),
        age=number(table.get("age")),
        onset=text(table.get("onset")),
        at=text(table.get("at")),
    )


def between(table: Mapping[str, Any]) -> Span | None:
    """The range of hours in which the instant lies, if the case gives one."""
    if "between" not in table:
        return None
    if len(TIMES & table.keys()) > 1:
        raise ValueError("give one of day, hours, between and onset")
    start, until = (exact(str(number(end))) for end in table["between"])
    if not 0 <= start < until:
        raise ValueError(f"between {start} and {until} is no range of hours")
    return Span.half_open(start, until)


def by_treatment(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What a case expects per treatment, keyed by IRI; an unknown treatment is an error."""
    find, read = knowledge().vocabulary.treatments.find, BY_TREATMENT[key].read
    return {find(name, where=key).iri: read(value) for name, value in table[key].items()}


def check_times(case: Clinical) -> None:
    """Refuse expectations that do not go with the dates of a case, or with their lack."""
    dating, keys = case.record.dating, case.expected.keys()
    if dating is None and "definite" in keys:
        raise ValueError("definite is for a dated onset; give onset and at")
    if dating is not None and dating.at is None and AT_AN_INSTANT & keys:
        raise ValueError("at is missing: an onset needs the instant that is asked about")
    changes = [case.expected.get(key, {}) for key in ("changes", "definite")]
    for change in (change for of_key in changes for change in of_key.values()):
        if change is not None and (change.date is None) is not (dating is None):
            raise ValueError("a change has a date where the onset has one, and only there")
