"""Fixtures of the tests of rows: the machinery of single records, to compare with."""

import pytest
from tests.cohort.rows.flattened import Cohorts

from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.service import Primum


@pytest.fixture(scope="session")
def records(primum: Primum) -> Records:
    """The reader of plainly good records."""
    return Records.of(primum.release, primum.vocabulary)


@pytest.fixture(scope="session")
def validation(primum: Primum, records: Records) -> Validation:
    """The validation by the shapes and by reasoning."""
    return Validation(primum.release, primum.engine, records)


@pytest.fixture(scope="session")
def cohorts(primum: Primum) -> Cohorts:
    """The cohorts of the tables that are tried."""
    return Cohorts(primum)
