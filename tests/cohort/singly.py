"""What the single-record engine says of written rows, one after the other.

A row becomes a case record as the contract has it, in JSON, and is read, validated and answered as
records are. None of the code of cohorts is in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tests.cohort.found import Found, finding_of, hours_of
from tests.cohort.layouts import Written, instant_text

from primum.foundation.errors import Contradiction
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.levels import Level, Screening
from primum.model.spans import exact
from primum.use_cases.question import span_of
from primum.use_cases.records.bodies import JSON
from primum.use_cases.records.cases import CaseRecord, record_of
from primum.use_cases.records.faults import VIOLATION
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.reading import read_json
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.service import Primum

Document = dict[str, Any]
Faults = tuple[tuple[str, str], ...]
"""Code and message of each fault."""


def document_of(row: Written) -> Document:
    """The case record of a row; hours and days since the onset have no place in it."""
    told = {
        "id": row["id"],
        "injury": _without_nulls(
            {
                "type": row["injury"],
                "grade": row["grade"],
                "side": row["side"],
                "onset": _onset(row),
            }
        ),
        "assessedAt": _instant(row.get("assessed_at")),
        "patient": _without_nulls({"age": row["age"], "factors": _factors(row)}),
        "treatments": _treatments(row),
    }
    return _without_nulls(told)


def _without_nulls(document: Mapping[str, Any]) -> Document:
    """An object without what is not told."""
    return {key: value for key, value in document.items() if value is not None}


def _instant(value: Any) -> str | None:
    """An instant as text."""
    return instant_text(value) if isinstance(value, int) else value


def _onset(row: Written) -> Any:
    """The onset, known exactly or not."""
    if row.get("onset") is not None:
        return _instant(row["onset"])
    first, last = row.get("onset_not_before"), row.get("onset_not_after")
    interval = {"notBefore": _instant(first), "notAfter": _instant(last)}
    return _without_nulls(interval) or None


def _factors(row: Written) -> Document:
    """The factors, listed or each in a column of its own."""
    if "flags" in row:
        flags = row["flags"].items()
        present, absent = ([name for name, flag in flags if flag is so] for so in (True, False))
        return {"present": present, "absent": absent}
    return {"present": row["factors"] or [], "absent": row["factors_absent"] or []}


def _treatments(row: Written) -> list[Document] | None:
    """The treatment of an audit."""
    if "treatment" not in row:
        return None
    return [_without_nulls({"type": row["treatment"], "at": _instant(row["at"])})]


@dataclass(frozen=True, slots=True)
class Audit:
    """The answer to a row: what is found, and the hours since onset; or faults and nothing else."""

    found: Found | None
    hours: tuple[float | None, float | None] = (None, None)
    faults: Faults = ()


@dataclass(frozen=True, slots=True)
class Person:
    """The treatments of each level, from absolute on, certain and then possible; or faults."""

    levels: tuple[str, ...] = ()
    hours: tuple[float | None, float | None] = (None, None)
    faults: Faults = ()


class Singly:
    """Answers rows as single records; what is alike but for the calendar is answered once."""

    def __init__(self, primum: Primum, screening: Screening) -> None:
        """Prepare the shapes once."""
        self.engine = primum.engine
        self._screening = screening
        self._terms = {term.iri: term for term in primum.release.knowledge.treatments}
        self._records = Records.of(primum.release, primum.vocabulary)
        self._validation = Validation(primum.release, primum.engine, self._records)
        self._found = lru_cache(maxsize=None)(self._find)
        self._all = lru_cache(maxsize=None)(self._find_all)

    @property
    def distinct(self) -> int:
        """How many cases were told apart."""
        return self._found.cache_info().currsize + self._all.cache_info().currsize

    def audit(self, row: Written) -> Audit:
        """The answer about the treatment of a row."""
        record, faults = self._record(row)
        if record is None:
            return Audit(None, faults=faults)
        (given,) = record.treatments
        case = _undated(given.case, row)
        found = self._found(_keyed(case), given.treatment)
        return Audit(found, hours_of(case))

    def audits(self, row: Written) -> Iterator[tuple[str, Audit]]:
        """The answer about each treatment at the instant of an audit, by `Engine.answer`."""
        record, _ = self._record(row)
        assert record is not None
        case = _undated(record.treatments[0].case, row)
        for finding in self._all(_keyed(case)):
            yield finding.treatment.id, Audit(Found.of(finding), hours_of(case))

    def person(self, row: Written) -> Person:
        """The answer about all treatments of a row, level by level."""
        case, faults = self._case(row)
        if case is None:
            return Person(faults=faults)
        findings = self._all(_keyed(case))
        return Person(_levels(findings), hours_of(case))

    def long(self, row: Written) -> Iterator[tuple[str, Audit]]:
        """The answer about each treatment, in the order of the knowledge, by local name."""
        case, faults = self._case(row)
        if case is None:
            yield "", Audit(None, faults=faults)
        else:
            for finding in self._all(_keyed(case)):
                yield finding.treatment.id, Audit(Found.of(finding), hours_of(case))

    def _case(self, row: Written) -> tuple[Case | None, Faults]:
        """The case of a person, or what is wrong with it."""
        record, faults = self._record(row)
        return (None, faults) if record is None else (_undated(record.case, row), faults)

    def _record(self, row: Written) -> tuple[CaseRecord | None, Faults]:
        """The record of a row, or what is wrong with it."""
        body = json.dumps(document_of(row)).encode()
        try:
            record = record_of(self._records.read(read_json(body)), self._screening)
            self.engine.decision(record.case)
        except (NotPlain, Contradiction):
            return self._validated(body)
        return record, ()

    def _validated(self, body: bytes) -> tuple[CaseRecord | None, Faults]:
        """The record after validation, or what is wrong with it."""
        report = self._validation.report(body, JSON)
        if report.document is not None:
            return record_of(self._records.read(report.document), self._screening), ()
        faults = (fault for fault in report.faults if fault.severity == VIOLATION)
        return None, tuple(sorted((fault.code, fault.message) for fault in faults))

    def _find(self, case: Case, treatment: str) -> Found:
        """What is found of one treatment."""
        return Found.of(finding_of(self.engine, case, self._terms[treatment]))

    def _find_all(self, case: Case) -> tuple[Finding, ...]:
        """What is found of all treatments, in the order of the knowledge."""
        findings = {found.treatment.iri: found for found in self.engine.answer(case).findings}
        return tuple(findings[iri] for iri in self._terms)


def _undated(case: Case, row: Written) -> Case:
    """The case of a row that tells hours or days since the onset."""
    hours, day = row.get("hours"), row.get("day")
    if hours is None and day is None:
        return case
    told = {
        "hours": None if hours is None else repr(hours),
        "day": None if day is None else f"{day}",
    }
    return replace(case, hours=span_of(**told))


def _keyed(case: Case) -> Case:
    """A case moved to the first day of the calendar, where nothing changes but the dates."""
    dating = case.dating
    if dating is None:
        return case
    zero, at = dating.onset.zero, dating.at
    moved = None if at is None else replace(at, hours=exact(at.hours - zero), offset=0)
    onset = dating.onset.since_zero()
    return replace(case, dating=replace(dating, onset=onset, offset=0, at=moved))


def _levels(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The local names of the treatments of each level."""
    found = list(findings)
    levels = (Level.ABSOLUTE, Level.RELATIVE, Level.PRECAUTION)
    certain = [" ".join(f.treatment.id for f in found if f.certain == level) for level in levels]
    possible = [" ".join(f.treatment.id for f in found if f.possible == level) for level in levels]
    return (*certain, *possible)
