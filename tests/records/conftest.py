"""Fixtures of the tests of records: reader, validation and assessor over the shipped knowledge."""

import pytest

from primum.use_cases.records.local import LocalRecords
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
def local(primum: Primum) -> LocalRecords:
    """Validating and assessing in this process."""
    return LocalRecords(primum)
