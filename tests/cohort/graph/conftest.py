"""Graphs of an audit, and of persons in both forms, from the same drawn rows."""

import pyarrow as pa
import pytest
from tests.cohort.graph.written import Written

from primum.use_cases.cohort.examples.example import Example
from primum.use_cases.cohort.examples.spread import Spread
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.service import Primum

ROWS = 150


@pytest.fixture(scope="session")
def drawn(primum: Primum) -> pa.RecordBatch:
    """Rows of an audit, some of them bad; one has an id that has to be escaped."""
    spread = Spread.of(primum.release.knowledge)
    (batch,) = Example(spread, Rows.AUDIT, seed=5, faults=0.1).batches(ROWS)
    ids = ['of "one"\\\n\0 row', *batch["id"].to_pylist()[1:]]
    return batch.set_column(0, batch.schema.field("id"), pa.array(ids))


@pytest.fixture(scope="session")
def audit(primum: Primum, drawn: pa.RecordBatch) -> Written:
    """The audit, with all rules that each finding rests on."""
    return Written(primum, drawn, Options(), all_rules=True)


@pytest.fixture(scope="session")
def persons(primum: Primum, drawn: pa.RecordBatch) -> Written:
    """A few persons, in the compact form."""
    return Written(primum, drawn.slice(0, 40), Options(rows=Rows.PERSON), all_rules=True)
