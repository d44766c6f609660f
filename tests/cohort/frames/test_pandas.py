"""What pandas keeps in its own ways is read as what it means."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest

import primum
from primum.foundation.errors import InvalidValue
from primum.use_cases.service import Primum

ONSET = pd.Timestamp("2026-03-01T08:00:00Z")


@pytest.fixture(scope="module")
def frame(primum: Primum) -> pd.DataFrame:
    """Three rows of text, whole numbers and lists; the index is no range."""
    injury = next(i for i in primum.release.knowledge.injuries if i.id.endswith("Strain"))
    factor = primum.release.knowledge.factors[0]
    massage = primum.release.knowledge.treatments[3]
    return pd.DataFrame(
        {
            "injury": [injury.label, injury.id, injury.slug],
            "grade": [2, None, 1],
            "age": [30.0, np.nan, 17.0],
            "factors": [[factor.id], None, []],
            "onset": [ONSET, ONSET, ONSET],
            "treatment": [massage.id] * 3,
            "at": [ONSET + pd.Timedelta(hours=h) for h in (1, 50, 500)],
        },
        index=["c", "a", "b"],
    )


def told(frame: pd.DataFrame, **options: Any) -> list[dict[str, Any]]:
    """The answers to a frame as rows, with None for what is missing."""
    found = primum.cohort(frame, **options)
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()}
        for row in found.to_dict("records")
    ]


def test_the_index_comes_back(frame: pd.DataFrame) -> None:
    """The answers have the index of the frame, and each row is answered."""
    found = primum.cohort(frame)
    assert list(found.index) == ["c", "a", "b"]
    assert found["faults"].isna().all()
    assert found["hours_from"].tolist() == [1, 50, 500]


def test_an_index_stands_with_each_row_of_the_long_form(frame: pd.DataFrame) -> None:
    """In the long form the index of a row stands with each of its treatments."""
    found = primum.cohort(frame, rows="person", long=True)
    assert list(dict.fromkeys(found.index)) == ["c", "a", "b"]
    assert found.index.value_counts().nunique() == 1


CHANGES: dict[str, Any] = {
    "categories": lambda f: f.assign(injury=f["injury"].astype("category")),
    "objects": lambda f: f.astype({"injury": object, "treatment": object}),
    "arrow strings": lambda f: f.astype({"injury": "string[pyarrow]"}),
    "nullable integers": lambda f: f.astype({"grade": "Int64", "age": "Int8"}),
    "milliseconds": lambda f: f.assign(at=f["at"].dt.as_unit("ms")),
    "another zone": lambda f: f.assign(at=f["at"].dt.tz_convert("Europe/Berlin")),
    "datetimes": lambda f: f.assign(at=pd.Series([t.to_pydatetime() for t in f["at"]], f.index)),
    "text": lambda f: f.assign(at=[t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in f["at"]]),
    "arrays": lambda f: f.assign(
        factors=[None if one is None else np.array(one, dtype=object) for one in f["factors"]]
    ),
    "tuples": lambda f: f.assign(
        factors=pd.Series([None if o is None else tuple(o) for o in f["factors"]], f.index)
    ),
    "more columns": lambda f: f.assign(notes=[object(), 3, {"a": {1}}], **{"0": 1}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_column_means_the_same_however_it_is_kept(change: str, frame: pd.DataFrame) -> None:
    """Categories, missing whole numbers, instants of any unit: the answers are the same."""
    assert told(CHANGES[change](frame)) == told(frame)


def test_instants_without_a_zone_are_in_the_one_that_is_told(frame: pd.DataFrame) -> None:
    """Naive instants are read with a zone, and refused without one."""
    naive = frame.assign(at=frame["at"].dt.tz_localize(None), onset=datetime(2026, 3, 1, 8))
    assert told(naive, zone="UTC") == told(frame)
    with pytest.raises(InvalidValue, match="zone"):
        primum.cohort(naive)


def test_values_of_several_types_are_refused_by_the_name_of_the_column(
    frame: pd.DataFrame,
) -> None:
    """A column that holds text beside instants is an error that names it."""
    mixed = frame.assign(onset=pd.Series(["x", 1, datetime.now(UTC)], frame.index, dtype=object))
    with pytest.raises(InvalidValue, match="'onset' holds values that are no column of one type"):
        primum.cohort(mixed)
