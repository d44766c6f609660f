"""100,000 drawn records, through `Cohort` and one by one: identical in every column.

Single records are answered from case records in JSON (`singly.py`). Rows share facts and timings,
each on a date of its own, so that what is slow to answer singly is answered once; how many cases
that are is asserted.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cohort.drawn import Draw, in_turn
from tests.cohort.layouts import Layout, Written, in_numbers, in_text, undated
from tests.cohort.singly import Audit, Faults, Person, Singly

from primum.model.levels import Screening, Verdict
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.question import Vocabulary
from primum.use_cases.service import Primum

Make = Callable[[Vocabulary], Layout]
Answers = list[dict[str, Any]]
_BATCH: Final = 7_001
_LEVELS: Final = ("absolute", "relative", "precaution")
COMPACT: Final = [f"{how}_{level}" for how in ("certain", "possible") for level in _LEVELS]
FEW, MANY_BAD = 0.0005, 0.3
CLEAR, UNKNOWN = Screening.ASSUME_CLEAR, Screening.UNKNOWN
AUDITS: Final[list[tuple[Make, Screening, int, int]]] = [
    (in_text, CLEAR, 25_000, 2_500),
    (in_text, UNKNOWN, 15_000, 1_000),
    (in_numbers, CLEAR, 25_000, 2_500),
    (in_numbers, UNKNOWN, 15_000, 1_000),
    (undated, CLEAR, 7_000, 1_000),
    (undated, UNKNOWN, 3_000, 500),
]
PERSONS: Final[list[tuple[Make, Screening, int, int]]] = [
    (in_text, CLEAR, 4_000, 250),
    (in_numbers, UNKNOWN, 3_000, 100),
    (undated, CLEAR, 3_000, 100),
]


def test_a_hundred_thousand_records_are_compared() -> None:
    """The records of all comparisons are as many as they are said to be."""
    assert sum(count for _, _, count, _ in [*AUDITS, *PERSONS]) == 100_000


@dataclass(frozen=True, slots=True)
class Amount:
    """How many rows are drawn, of how many cases, from which seed; `bad` as `Draw` has it."""

    count: int
    keys: int
    seed: int = 8
    bad: float = FEW


def written(
    primum: Primum, make: Make, amount: Amount, *, audit: bool
) -> tuple[Layout, list[Written]]:
    """Rows drawn from a seed, in a layout."""
    layout, keys = make(primum.vocabulary), amount.keys
    chance = random.Random(f"{amount.seed} {layout.name} {audit}")  # noqa: S311 - samples
    draw, dated = Draw(primum.engine, chance, amount.bad), make is not undated
    rows = draw.rows(count=amount.count, keys=keys, facts=max(1, keys // 2), dated=dated)
    return layout, list(layout.write(rows, audit=audit))


def answers(primum: Primum, layout: Layout, rows: Sequence[Written], options: Options) -> Answers:
    """The answers of the cohort, batch by batch, as rows."""
    cohort = Cohort.of(primum, layout.batch(rows[:1]).schema, options)
    found: Answers = []
    for number, some in enumerate(in_turn(rows, _BATCH)):
        batch = layout.batch(some)
        found += cohort.answer(batch, first=number * _BATCH).to_pylist()
    return found


def head(primum: Primum, number: int, row: Written, faults: Faults) -> dict[str, Any]:
    """What every answer has."""
    edition = primum.release.knowledge.edition
    return {
        "row": number,
        "id": row["id"],
        "knowledge": f"{edition.version} {edition.digest}",
        "faults": faults,
    }


def audited(treatment: str | None, one: Audit) -> dict[str, Any]:
    """The columns of an audit."""
    found, (since, until) = one.found, one.hours
    return {
        "treatment": None if found is None else treatment,
        "level_certain": found and found.certain,
        "level_possible": found and found.possible,
        "verdict": found and found.verdict.value,
        "rule": found and found.rule,
        "changes_at": found and found.changes_at,
        "changes_at_bound": (found and found.bound) or None,
        "hours_from": since,
        "hours_until": until,
    }


def by_level(one: Person) -> dict[str, Any]:
    """The columns of a person in compact form."""
    levels = one.levels or (None,) * len(COMPACT)
    return {
        **dict(zip(COMPACT, levels, strict=True)),
        "hours_from": one.hours[0],
        "hours_until": one.hours[1],
    }


def demand(expected: Iterator[dict[str, Any]], found: Answers) -> None:
    """Fail at the first row that differs, and tell in what."""
    number = 0
    for number, (one, answer) in enumerate(zip(expected, found, strict=True), start=1):
        told = {**answer, "faults": faults_of(answer["faults"])}
        if one != told:
            differing = {name: (one.get(name), told.get(name)) for name in {*one, *told}}
            assert {name: p for name, p in differing.items() if p[0] != p[1]} == {}, (number, told)
    assert number == len(found)


def faults_of(told: str | None) -> Faults:
    """Code and message of the faults of a row."""
    faults = [] if told is None else json.loads(told)
    return tuple(sorted((fault["code"], fault["message"]) for fault in faults))


def local(primum: Primum, name: str) -> str:
    """The local name of a treatment that goes by any name."""
    return primum.vocabulary.treatments.find(name, where="treatment").id


@pytest.mark.parametrize(("make", "screening", "count", "keys"), AUDITS)
def test_audits_are_those_of_single_records(
    make: Make, screening: Screening, count: int, keys: int, primum: Primum
) -> None:
    """Each treatment given is answered as the audit of its record is, or has the same faults."""
    layout, rows = written(primum, make, Amount(count, keys), audit=True)
    found = answers(primum, layout, rows, Options(rows=Rows.AUDIT, screening=screening))
    singly = Singly(primum, screening)

    def expected() -> Iterator[dict[str, Any]]:
        for number, row in enumerate(rows, start=1):
            one = singly.audit(row)
            treatment = local(primum, row["treatment"])
            yield head(primum, number, row, one.faults) | audited(treatment, one)

    demand(expected(), found)
    assert 0.8 * keys < singly.distinct <= keys + count // 20
    demand_variety(found, dated=make is not undated)


def demand_variety(found: Answers, *, dated: bool) -> None:
    """Nearly all verdicts, many pairs of levels, changes and their absence, all occur."""
    good = [answer for answer in found if answer["faults"] is None]
    bad = len(found) - len(good)
    verdicts = {answer["verdict"] for answer in good}
    levels = {(answer["level_certain"], answer["level_possible"]) for answer in good}
    bounds = {answer["changes_at_bound"] for answer in good}
    ends = [(answer["hours_from"], answer["hours_until"]) for answer in good]
    half_known = any((since is None) != (until is None) for since, until in ends)
    wide = any(until not in (since, None) for since, until in ends)
    assert bad < len(good) // 100
    assert len(verdicts) >= len(Verdict) - 1
    assert len(levels) >= 6
    assert bounds >= {None, "minimum", "stated"}
    assert half_known == dated
    assert wide


@pytest.mark.parametrize(("make", "screening", "count", "keys"), PERSONS)
def test_persons_are_those_of_single_records(
    make: Make, screening: Screening, count: int, keys: int, primum: Primum
) -> None:
    """The treatments at each level are those of the answer to the record; so is each long row."""
    layout, rows = written(primum, make, Amount(count, keys), audit=False)
    options = Options(rows=Rows.PERSON, screening=screening)
    singly = Singly(primum, screening)

    def compact() -> Iterator[dict[str, Any]]:
        for number, row in enumerate(rows, start=1):
            one = singly.person(row)
            yield head(primum, number, row, one.faults) | by_level(one)

    def long() -> Iterator[dict[str, Any]]:
        for number, row in enumerate(rows[:200], start=1):
            for treatment, one in singly.long(row):
                yield head(primum, number, row, one.faults) | audited(treatment, one)

    demand(compact(), answers(primum, layout, rows, options))
    options = Options(rows=Rows.PERSON, screening=screening, long=True)
    demand(long(), answers(primum, layout, rows[:200], options))


@pytest.mark.parametrize("make", [in_text, in_numbers, undated])
def test_bad_rows_have_the_faults_of_their_records(make: Make, primum: Primum) -> None:
    """Code and message of each fault are those of validation; good rows between are answered."""
    layout, rows = written(primum, make, Amount(90, 90, 9, MANY_BAD), audit=True)
    found = answers(primum, layout, rows, Options(rows=Rows.AUDIT))
    singly = Singly(primum, CLEAR)
    told = (
        head(primum, n, row, one.faults) | audited(local(primum, row["treatment"]), one)
        for n, row in enumerate(rows, start=1)
        for one in [singly.audit(row)]
    )
    demand(told, found)
    codes = {code for answer in found for code, _ in faults_of(answer["faults"])}
    assert {"facts-contradict", "factor-present-and-absent", "grade-of-ungraded"} <= codes
    assert len(codes) > 4 or make is undated


@settings(
    max_examples=20,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seed=st.integers(min_value=0),
    make=st.sampled_from((in_text, in_numbers, undated)),
    screening=st.sampled_from(Screening),
    count=st.integers(min_value=1, max_value=40),
)
def test_any_few_rows_are_answered_as_single_records(
    seed: int, make: Make, screening: Screening, count: int, primum: Primum
) -> None:
    """Whatever rows stand together in a small batch, each is answered by itself."""
    layout, rows = written(primum, make, Amount(count, count, seed), audit=True)
    found = answers(primum, layout, rows, Options(rows=Rows.AUDIT, screening=screening))
    singly = Singly(primum, screening)
    told = (
        head(primum, n, row, one.faults) | audited(local(primum, row["treatment"]), one)
        for n, row in enumerate(rows, start=1)
        for one in [singly.audit(row)]
    )
    demand(told, found)


def test_one_treatment_is_answered_as_among_all(primum: Primum) -> None:
    """The way by which audits are answered singly here is that of `Engine.answer`."""
    layout, rows = written(primum, in_text, Amount(12, 12), audit=True)
    assert layout.name == "text"
    for screening in Screening:
        singly = Singly(primum, screening)
        for row in rows:
            one = singly.audit(row)
            answered = dict(singly.audits(row))
            assert answered[local(primum, row["treatment"])] == one
