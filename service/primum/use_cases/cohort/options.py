"""How a cohort is to be read and answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from primum.model.levels import Screening


class Rows(StrEnum):
    """What a row of the input stands for."""

    AUDIT = "audit"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may choose.

    `rows` is None where the columns tell: an audit where there is a column of treatments. `long`
    gives a row for each record and treatment where a row stands for a person. `mapping` names
    the column of the input for a column of the schema, or for a patient factor. `zone` is the
    time zone of instants without one. `keep` are columns of the input that the answers repeat.
    """

    rows: Rows | None = None
    long: bool = False
    screening: Screening = Screening.ASSUME_CLEAR
    mapping: Mapping[str, str] = field(default_factory=dict)
    zone: str | None = None
    keep: tuple[str, ...] = ()
