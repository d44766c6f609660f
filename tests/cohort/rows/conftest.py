"""Fixtures of the tests of rows: the machinery of single records, to compare with."""

import pytest
from tests.cohort.rows.flattened import Cohorts
from tests.records.conftest import records, validation

from primum.use_cases.service import Primum

__all__ = ["cohorts", "records", "validation"]


@pytest.fixture(scope="session")
def cohorts(primum: Primum) -> Cohorts:
    """The cohorts of the tables that are tried."""
    return Cohorts(primum)
