"""The SQL join gives the levels of the engine, or else it would be no contender."""

import duckdb
import pyarrow as pa
from tests.bench.cohort_sql import levels, prepare
from tests.bench.records import known_records

from primum.model.regions import UNGRADED
from primum.use_cases.drawing import Situation
from primum.use_cases.service import Primum


def test_it_agrees_with_the_engine(primum: Primum) -> None:
    """On records of which everything is known, each treatment has the level of the engine."""
    records = known_records(primum.release.knowledge, count=400, seed=11)
    con = duckdb.connect()
    prepare(con, primum.engine)
    con.register("known", _table(records))
    found = {row: sets for row, *sets in con.execute(levels("known")).fetchall()}
    assert len(found) == len(records)
    for number, record in enumerate(records):
        assert _ranks(found[number], primum) == _expected(record, primum), record


def _table(records: list[Situation]) -> pa.Table:
    """The records as the query reads them."""
    cases = [record.case for record in records]
    return pa.table(
        {
            "row": list(range(len(cases))),
            "injury": [case.injury for case in cases],
            "grade": [case.grade or UNGRADED for case in cases],
            "hours": [float(case.hours.start.at) for case in cases],
            "factors": pa.array([sorted(case.present) for case in cases], pa.list_(pa.string())),
        }
    )


def _ranks(sets: list[int], primum: Primum) -> dict[str, int]:
    """The level of each treatment in sets of those that have it or a stricter one."""
    return {
        term.iri: sum(one >> place & 1 for one in sets)
        for place, term in enumerate(primum.release.knowledge.treatments)
    }


def _expected(record: Situation, primum: Primum) -> dict[str, int]:
    """The level that the engine finds for each treatment, certain and possible being the same."""
    findings = primum.engine.answer(record.case).findings
    assert all(found.certain is found.possible for found in findings)
    return {found.treatment.iri: int(found.certain) for found in findings}
