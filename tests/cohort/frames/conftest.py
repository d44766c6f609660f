"""A table in the schema of cohorts, with rows that are plain, vague, and bad."""

import pyarrow as pa
import pytest

from primum.use_cases.cohort.examples.example import Example
from primum.use_cases.cohort.examples.spread import Spread
from primum.use_cases.cohort.options import Rows
from primum.use_cases.service import Primum

ROWS = 400


@pytest.fixture(scope="session")
def table(primum: Primum) -> pa.Table:
    """An audit, a tenth of whose rows are bad."""
    example = Example(Spread.of(primum.release.knowledge), Rows.AUDIT, seed=8, faults=0.1)
    return pa.Table.from_batches(example.batches(ROWS))


@pytest.fixture(scope="session")
def answers(table: pa.Table) -> list[dict[str, object]]:
    """What is found of each row of the table, by way of an Arrow table."""
    import primum  # noqa: PLC0415 - the name of the fixture is that of the package

    found: list[dict[str, object]] = primum.cohort(table).to_pylist()
    return found
