"""Rows mean what the same records mean: to the quick reading, to the faults, in the answers."""

import json
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from tests.cohort.rows.flattened import AUDIT, PERSON, Cohorts, batch_of, row_of
from tests.records.strategies import broken_records, good_records

from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.levels import Screening
from primum.model.spans import Cut
from primum.reasoning.cohort.columns import UNKNOWN, Columns, Lists
from primum.use_cases.cohort.alone.deciding import deciding_rule
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.reading.reader import Reader
from primum.use_cases.cohort.table.matching import match
from primum.use_cases.cohort.table.zones import Zone
from primum.use_cases.records.cases import record_of
from primum.use_cases.records.faults import VIOLATION
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.service import Primum

MANY = settings(max_examples=40, database=None)
EPOCH_HOURS = 719_162 * 24  # from the first day of the calendar to 1970-01-01


def place(cut: Cut | None) -> int | None:
    """The place of an instant on the axis of the kernel; None where it has none."""
    if cut is None:
        return UNKNOWN
    micro = Fraction(cut.at - EPOCH_HOURS) * 3_600_000_000
    return int(micro) * 4 + 2 * cut.after if micro.denominator == 1 else None


def listed(lists: Lists, row: int) -> set[int]:
    """The codes of a row."""
    return set(lists.codes[lists.offsets[row] : lists.offsets[row + 1]].tolist())


def as_case(primum: Primum, columns: Columns, row: int) -> tuple[Any, ...]:
    """What the columns say of a row, in the words of a case."""
    knowledge = primum.release.knowledge
    factors = [term.iri for term in knowledge.factors]
    dated = columns.earliest[row] != UNKNOWN or columns.latest[row] != UNKNOWN
    return (
        knowledge.injuries[columns.injury[row]].iri,
        columns.grade[row] or None,
        None if columns.age[row] < 0 else columns.age[row],
        {factors[code] for code in listed(columns.present, row)},
        {factors[code] for code in listed(columns.absent, row)},
        (columns.earliest[row], columns.latest[row], columns.at[row]) if dated else None,
    )


def as_columns(case: Case) -> tuple[Any, ...]:
    """What a case says, in the places of the columns."""
    dating = case.dating
    dates = None
    if dating is not None:
        at = UNKNOWN if dating.at is None else place(Cut(dating.at.hours))
        asked = at if at in (None, UNKNOWN) else at // 4
        dates = place(dating.onset.earliest), place(dating.onset.latest), asked
    return (
        case.injury,
        case.grade,
        case.age,
        set(case.present),
        set(case.absent),
        dates,
    )


@pytest.mark.parametrize("form", list(Rows))
@MANY
@given(data=st.data())
def test_what_is_read_quickly_means_what_the_record_means(
    data: DataObject, primum: Primum, records: Records, cohorts: Cohorts, form: Rows
) -> None:
    """The columns of a plain row say what the case of its record says; the others are left."""
    documents = data.draw(st.lists(good_records(primum.release.knowledge), min_size=1, max_size=8))
    batch = batch_of([row_of(document) for document in documents])
    options = Options(rows=form)
    matched = match(batch.schema, options, primum.vocabulary.factors)
    read = Reader(primum, matched, Zone(None)).read(batch)
    cohort = cohorts.of(batch, options)
    plain = [d for d, good in zip(cohort.documents(batch), read.plain, strict=True) if good]
    treatments = [term.iri for term in primum.release.knowledge.treatments]
    for row, document in enumerate(plain):
        record = record_of(records.read(document), Screening.ASSUME_CLEAR)
        if form is Rows.AUDIT:
            assert treatments[read.treatments[row]] == record.treatments[0].treatment
        case = record.treatments[0].case if form is Rows.AUDIT else record.case
        assert as_case(primum, read.columns, row) == as_columns(case)


@MANY
@given(data=st.data())
def test_a_good_record_of_whole_microseconds_is_read_quickly(
    data: DataObject, primum: Primum, cohorts: Cohorts
) -> None:
    """Reading many rows at once leaves hardly a good one over."""
    document = data.draw(good_records(primum.release.knowledge))
    row = {**row_of(document), "side": None}
    assume(row["treatment"] is not None)
    whole = {name: _in_seconds(row[name]) for name in row if name.startswith(("onset", "a"))}
    batch = batch_of([row | whole])
    matched = match(batch.schema, AUDIT, primum.vocabulary.factors)
    read = Reader(primum, matched, Zone(None)).read(batch)
    answer = cohorts.answers(batch)[0]
    refused = answer["faults"] is not None
    odd = any(_is_odd(value) for value in whole.values())
    assert read.plain[0] or refused or odd


def _in_seconds(value: Any) -> Any:
    """An instant without the fraction of its second."""
    if not isinstance(value, str):
        return value
    return value[:19] + value[19:].lstrip(".0123456789")


def _is_odd(value: Any) -> bool:
    """Whether an instant is always left over: a leap day, a far zone, an end of the years."""
    return isinstance(value, str) and (
        value[5:10] == "02-29" or value[20:22] == "14" or value[:4] in ("1899", "1900", "2199")
    )


def comparable(faults: list[dict[str, Any]]) -> list[Any]:
    """Faults without where they stand, in some order."""
    return sorted(
        json.dumps([f["code"], f["message"], f["found"], f["allowed"]], sort_keys=True)
        for f in faults
    )


@pytest.mark.parametrize("options", [AUDIT, PERSON], ids=["audit", "person"])
@MANY
@given(data=st.data())
def test_a_row_is_answered_or_refused_as_its_record_is(
    data: DataObject, cohorts: Cohorts, records: Records, validation: Validation, options: Options
) -> None:
    """Faults are those that validation finds in the record of the row, and answers the engine's."""
    document = data.draw(broken_records(cohorts.primum.release.knowledge))
    row = row_of(document)
    try:
        batch = batch_of([row])
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        assume(False)
    answer = cohorts.answers(batch, options)[0]
    (written,) = cohorts.of(batch, options).documents(batch)
    report = validation.of_document(written)
    violations = [f.document() for f in report.faults if f.severity == VIOLATION]
    told = json.loads(answer["faults"] or "[]")
    assert comparable(told) == comparable(violations)
    if not violations:
        record = record_of(records.read(report.document), Screening.ASSUME_CLEAR)
        case = record.treatments[0].case if options is AUDIT else record.case
        demand_answer(cohorts.primum, answer, case)


def demand_answer(primum: Primum, answer: dict[str, Any], case: Case) -> None:
    """Check an answer against the engine's."""
    findings = {f.treatment.id: f for f in primum.engine.answer(case).findings}
    if "treatment" in answer:
        assert answer | told(findings[answer["treatment"]]) == answer
        return
    for holds in ("certain", "possible"):
        for level in ("absolute", "relative", "precaution"):
            expected = [
                term.id
                for term in primum.release.knowledge.treatments
                if getattr(findings[term.id], holds).word == level
            ]
            assert (answer[f"{holds}_{level}"] or "").split() == expected


def told(finding: Finding) -> dict[str, Any]:
    """What an audit tells of a finding."""
    rule, change = deciding_rule(finding), finding.changes_at
    return {
        "level_certain": finding.certain.word,
        "level_possible": finding.possible.word,
        "verdict": finding.verdict.value,
        "rule": None if rule is None else rule.id,
        "changes_at": None if change is None else float(change.hours),
        "changes_at_bound": None if change is None else change.bound or None,
    }
