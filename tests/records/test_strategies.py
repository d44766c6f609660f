"""Drawn records: good ones are of one possible patient, broken ones are still JSON."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.strategies import broken_records, good_records

from primum.model.dates import read_moment
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum


def asked(record: dict[str, Any]) -> Asked:
    """The question of a record without its times."""
    patient = record.get("patient", {})
    factors = patient.get("factors", {})
    grade, age = record["injury"].get("grade"), patient.get("age")
    return Asked(
        record["injury"]["type"],
        grade=None if grade is None else str(grade),
        age=None if age is None else str(age),
        present=tuple(factors.get("present", ())),
        absent=tuple(factors.get("absent", ())),
    )


@given(data=st.data())
@settings(max_examples=60)
def test_a_good_record_can_be_answered(primum: Primum, data: st.DataObject) -> None:
    """Every name is known, and no fact excludes another."""
    assert primum.ask(asked(data.draw(good_records(primum.release.knowledge)))).findings


@given(data=st.data())
@settings(max_examples=60)
def test_nothing_comes_before_the_onset_of_a_good_record(
    primum: Primum, data: st.DataObject
) -> None:
    """Assessment and treatments are at the onset or after it, in exact arithmetic."""
    record = data.draw(good_records(primum.release.knowledge))
    onset = record["injury"].get("onset")
    first = onset["notBefore"] if isinstance(onset, dict) else onset
    times = [record.get("assessedAt"), *(t.get("at") for t in record.get("treatments", ()))]
    for time in filter(None, times):
        assert first is None or read_moment(first).hours <= read_moment(time).hours


@given(data=st.data())
@settings(max_examples=60)
def test_a_broken_record_is_json(primum: Primum, data: st.DataObject) -> None:
    """A change never leads out of what JSON can say."""
    record = data.draw(broken_records(primum.release.knowledge))
    assert json.loads(json.dumps(record, allow_nan=False)) == record
