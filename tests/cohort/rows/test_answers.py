"""What comes out: every row, in order, in the words that the schema says."""

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.cohort.rows.flattened import AUDIT, PERSON, Cohorts

from primum.model.levels import Holds, Screening
from primum.use_cases.cohort.alone.deciding import deciding_rule
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.table.values import decimal
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

LONG = Options(rows=Rows.PERSON, long=True)


@pytest.fixture(scope="module")
def batch(primum: Primum) -> pa.RecordBatch:
    """Rows of all injuries and treatments, some open, some bad, some that contradict themselves."""
    chance = np.random.default_rng(8)
    knowledge, rows = primum.release.knowledge, 400
    injuries = [term.id for term in knowledge.injuries]
    treatments = [term.id for term in knowledge.treatments]
    factors = [term.id for term in knowledge.factors]
    names = [*injuries, "nonsense"]
    return pa.RecordBatch.from_pydict(
        {
            "id": [f"r{n}" for n in range(rows)],
            "injury": [names[n % len(names)] for n in range(rows)],
            "day": [(None, 0, 1, 3, 8)[n] for n in chance.integers(5, size=rows)],
            "age": [(None, 9, 30, 70)[n] for n in chance.integers(4, size=rows)],
            "factors": [list(chance.choice(factors, n % 3)) for n in range(rows)],
            "treatment": [treatments[n % len(treatments)] for n in range(rows)],
        }
    )


def asked(row: dict[str, Any]) -> Asked:
    """A row as a single question."""
    return Asked(
        row["injury"],
        day=None if row["day"] is None else str(row["day"]),
        age=None if row["age"] is None else str(row["age"]),
        present=row["factors"],
    )


@pytest.mark.parametrize("options", [AUDIT, LONG], ids=["audit", "long"])
def test_each_answer_is_that_to_the_same_question(
    cohorts: Cohorts, batch: pa.RecordBatch, options: Options
) -> None:
    """A row has the levels, verdict and change that the question on its own has."""
    rows = batch.to_pylist()
    answers = cohorts.answers(batch, options)
    good = [answer for answer in answers if answer["faults"] is None]
    assert len(good) > 100
    assert len(good) < len(answers)
    for answer in good[:: 1 if options is AUDIT else 37]:
        question = asked(rows[answer["row"] - 1])
        (finding,) = cohorts.primum.ask(question, treatment=answer["treatment"]).findings
        rule = deciding_rule(finding)
        assert answer["verdict"] == finding.verdict.value
        assert answer["level_certain"] == finding.certain.word
        assert answer["level_possible"] == finding.possible.word
        assert answer["rule"] == (None if rule is None else rule.id)
        change = finding.changes_at
        assert answer["changes_at"] == (None if change is None else float(change.hours))
        assert answer["changes_at_bound"] == (None if change is None else change.bound or None)


def test_the_compact_form_says_the_same_as_the_long_one(
    cohorts: Cohorts, batch: pa.RecordBatch
) -> None:
    """The treatments of each level are those that the long form puts there, in its order."""
    compact = cohorts.answers(batch, PERSON)
    long = cohorts.answers(batch, LONG)
    listed: dict[tuple[int, str], list[str]] = {}
    for answer in long:
        for holds in ("certain", "possible"):
            column = f"{holds}_{answer[f'level_{holds}']}"
            listed.setdefault((answer["row"], column), []).append(answer["treatment"])
    columns = [name for name in compact[0] if name.startswith(("certain_", "possible_"))]
    assert len(columns) == 6
    for answer in compact:
        for name in columns:
            expected = " ".join(listed.get((answer["row"], name), []))
            assert answer[name] == (None if answer["faults"] else expected)


def test_the_rule_that_decides_holds_for_certain_at_the_level(primum: Primum) -> None:
    """The deciding rule is the first certain one of the level, or the first possible one."""
    answer = primum.ask(Asked("HamstringStrain"))
    for finding in answer.findings:
        rule = deciding_rule(finding)
        if finding.certain:
            held = [r for r in finding.reasons if r.holds is Holds.CERTAIN]
            assert rule in [r.rule for r in held if r.rule.level == finding.certain] or not held
        else:
            assert (rule is None) == (not finding.possible)


def test_rows_that_are_read_by_themselves_are_answered_as_the_others_are(
    cohorts: Cohorts, batch: pa.RecordBatch
) -> None:
    """Times that are no whole number of microseconds have the answers of the engine."""
    part = batch.slice(0, 80).drop_columns(["day"])
    hours = [n * 24 / 7 for n in range(80)]
    rows = part.append_column("hours", pa.array(hours)).to_pylist()
    answers = cohorts.answers(part.append_column("hours", pa.array(hours)))
    good = [(row, a) for row, a in zip(rows, answers, strict=True) if a["faults"] is None]
    assert len(good) > 20
    for row, answer in good:
        question = replace(asked({**row, "day": None}), hours=decimal(row["hours"]))
        (finding,) = cohorts.primum.ask(question, treatment=row["treatment"]).findings
        assert answer["verdict"] == finding.verdict.value
        assert answer["level_possible"] == finding.possible.word
        assert answer["hours_from"] == float(decimal(row["hours"]))


@pytest.mark.parametrize("options", [AUDIT, PERSON, LONG], ids=["audit", "person", "long"])
def test_rows_are_numbered_from_those_that_came_before(
    cohorts: Cohorts, batch: pa.RecordBatch, options: Options
) -> None:
    """The numbers go on from batch to batch; there are none where no order is known."""
    part = batch.slice(0, 5)
    cohort = cohorts.of(batch, options)
    numbers = cohort.answer(part, first=1000).column("row").unique().to_pylist()
    assert numbers == [1001, 1002, 1003, 1004, 1005]
    assert cohort.answer(part, first=None).column("row").null_count > 0


@pytest.mark.parametrize("options", [AUDIT, PERSON, LONG], ids=["audit", "person", "long"])
def test_no_rows_have_no_answers(cohorts: Cohorts, batch: pa.RecordBatch, options: Options) -> None:
    """An empty batch has an empty answer, and no reasons."""
    cohort = cohorts.of(batch, options)
    assert cohort.answer(batch.slice(0, 0)).num_rows == 0
    assert cohort.reasons_of(batch.slice(0, 0)).num_rows == 0


def test_screening_is_that_of_the_options(primum: Primum, batch: pa.RecordBatch) -> None:
    """Where unmentioned factors count as unknown, more is possible, and nothing less."""
    unknown = Options(rows=Rows.PERSON, screening=Screening.UNKNOWN)
    opened = Cohort.of(primum, batch.schema, unknown).answer(batch.slice(0, 1)).to_pylist()[0]
    question = Asked(**{"injury": batch.column("injury")[0].as_py()}, screening="unknown")
    assert opened["possible_absolute"].split() != []
    assert question.screening == Screening.UNKNOWN


def test_batches_are_answered_from_several_threads_at_once(
    cohorts: Cohorts, batch: pa.RecordBatch
) -> None:
    """Threads that share a cohort get what one alone gets."""
    cohort = cohorts.of(batch, PERSON)
    parts = [batch.slice(start, 50) for start in range(0, 400, 50)]
    expected = [cohort.answer(part).to_pylist() for part in parts]
    fresh = Cohort.of(cohorts.primum, batch.schema, PERSON)
    found: dict[int, Any] = {}

    def work(number: int) -> None:
        found[number] = fresh.answer(parts[number]).to_pylist()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(parts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(parts))] == expected


@pytest.mark.parametrize("options", [AUDIT, PERSON], ids=["audit", "person"])
def test_the_reasons_of_a_row_are_those_of_its_answer(
    cohorts: Cohorts, batch: pa.RecordBatch, options: Options
) -> None:
    """Every reason and recommendation is listed, by treatment as the knowledge lists them."""
    order = [term.iri for term in cohorts.primum.release.knowledge.treatments]
    part = batch.slice(0, 60)
    cohort = cohorts.of(batch, options)
    reasons = cohort.reasons_of(part)
    reasons.validate(full=True)
    assert reasons.schema == cohort.reasons
    listed: dict[int, list[tuple[str, str, str, str]]] = {}
    for reason in reasons.to_pylist():
        told = reason["treatment"], reason["rule"], reason["effect"], reason["holds"]
        listed.setdefault(reason["row"], []).append(told)
        assert reason["id"] == f"r{reason['row'] - 1}"
        assert reason["sources"]
    rows = part.to_pylist()
    for number, answer in enumerate(cohort.answer(part).to_pylist()):
        if answer["faults"] is not None:
            assert number + 1 not in listed
            continue
        row = rows[number]
        only = row["treatment"] if options is AUDIT else None
        findings = cohorts.primum.ask(asked(row), treatment=only).findings
        expected = [
            (finding.treatment.id, reason.rule.id, reason.rule.word, reason.holds.value)
            for finding in sorted(findings, key=lambda found: order.index(found.treatment.iri))
            for reason in (*finding.reasons, *finding.recommended)
        ]
        assert listed.get(number + 1, []) == expected
