"""Every type of column that is read: quickly, and with the same answer as text has."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from tests.cohort.rows.flattened import AUDIT, PERSON, Cohorts

from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.reading.reader import Reader
from primum.use_cases.cohort.table.matching import match
from primum.use_cases.cohort.table.zones import Zone

ONSET = datetime(2026, 11, 19, 10, tzinfo=UTC)
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
PLAIN: dict[str, Any] = {
    "id": pa.array(["a"]),
    "injury": pa.array(["hamstring strain"]),
    "grade": pa.array(["2"]),
    "onset": pa.array(["2026-11-19T10:00:00Z"]),
    "at": pa.array(["2026-11-22T10:00:00Z"]),
    "age": pa.array(["30"]),
    "factors": pa.array(["Pregnancy; Fever"]),
    "treatment": pa.array(["massage"]),
}
BERLIN = Options(zone="Europe/Berlin")
TERM = pa.dictionary(pa.int8(), pa.string())
ITEMS = pa.DictionaryArray.from_arrays(pa.array([1, 0], pa.int8()), ["Fever", "Pregnancy"])
INDICES = pa.array([0], pa.int16())


def batch_of(**columns: Any) -> pa.RecordBatch:
    """A batch of one row, with some of the plain columns replaced or left out."""
    found = {name: array for name, array in {**PLAIN, **columns}.items() if array is not None}
    return pa.RecordBatch.from_pydict(found)


def is_plain(cohorts: Cohorts, batch: pa.RecordBatch, options: Options = AUDIT) -> list[bool]:
    """Which rows are read with many others at once."""
    matched = match(batch.schema, options, cohorts.primum.vocabulary.factors)
    plain: list[bool] = (
        Reader(cohorts.primum, matched, Zone(options.zone)).read(batch).plain.tolist()
    )
    return plain


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("injury", pa.array(["HamstringStrain"], TERM)),
        ("injury", pa.array(["HAMSTRING-STRAIN"], pa.large_string())),
        ("injury", pa.array(["HamstringStrain"], pa.string_view())),
        ("treatment", pa.DictionaryArray.from_arrays(INDICES, pa.array(["Massage", None]))),
        ("grade", pa.array([2], pa.int8())),
        ("grade", pa.array([2], pa.uint64())),
        ("grade", pa.array([2], pa.int32())),
        ("grade", pa.array([2.0], pa.float32())),
        ("grade", pa.array([2.0], pa.float64())),
        ("grade", pa.array([Decimal("2.00")], pa.decimal128(5, 2))),
        ("grade", pa.array(["2.0"], pa.large_string())),
        ("age", pa.array([30], pa.int16())),
        ("age", pa.array(["30"], TERM)),
        ("onset", pa.array([ONSET], pa.timestamp("s", "UTC"))),
        ("onset", pa.array([ONSET], pa.timestamp("ms", "America/Lima"))),
        ("onset", pa.array([ONSET], pa.timestamp("us", "+05:45"))),
        ("onset", pa.array([ONSET], pa.timestamp("ns", "UTC"))),
        ("onset", pa.array(["2026-11-19T11:00:00.000+01:00"])),
        ("onset", pa.array(["2026-11-19T10:00:00Z"], TERM)),
        ("factors", pa.array([["Fever", "Pregnancy"]])),
        ("factors", pa.array([["Fever", "", None, "Pregnancy"]], pa.large_list(pa.string()))),
        ("factors", pa.ListArray.from_arrays(pa.array([0, 2], pa.int32()), ITEMS)),
        ("factors", pa.array([["Fever", "Pregnancy"]], pa.list_(pa.string(), 2))),
        ("factors", pa.array([";Fever ;pregnancy;"], TERM)),
    ],
    ids=str,
)
def test_a_column_of_another_type_says_the_same(cohorts: Cohorts, name: str, column: Any) -> None:
    """Whatever its type, the same value has the same answer, and is read with many others."""
    batch = batch_of(**{name: column})
    assert cohorts.answers(batch) == cohorts.answers(batch_of())
    assert is_plain(cohorts, batch) == [True]


def test_a_factor_of_its_own_column_is_one_of_the_list(cohorts: Cohorts) -> None:
    """Columns that are named by factors say the same as lists, by whatever names and types."""
    columns = {
        "Pregnancy": pa.array([True, False, None]),
        "fever": pa.array(["true", "0", ""]),
        "deep_vein_thrombosis": pa.array([0, 1, None], pa.int8()),
    }
    three = {name: pa.concat_arrays([array] * 3) for name, array in PLAIN.items()}
    one_each = pa.RecordBatch.from_pydict({**three, **columns, "factors": pa.nulls(3)})
    present = [["Pregnancy", "Fever"], ["DeepVeinThrombosis"], None]
    absent = [["DeepVeinThrombosis"], ["Pregnancy", "Fever"], []]
    lists = {"factors": pa.array(present), "factors_absent": pa.array(absent)}
    listed = pa.RecordBatch.from_pydict({**three, **lists})
    assert cohorts.answers(one_each) == cohorts.answers(listed)
    assert is_plain(cohorts, one_each) == [True] * 3


def test_lists_and_columns_of_factors_add_up(cohorts: Cohorts) -> None:
    """What a list names and what columns tell are present together."""
    both = batch_of(factors=pa.array([["Fever"]]), Pregnancy=pa.array([True]))
    assert cohorts.answers(both) == cohorts.answers(batch_of())


@pytest.mark.parametrize(
    ("onset", "first", "last"),
    [
        (pa.array([date(2026, 11, 19)]), "2026-11-18T23:00:00Z", "2026-11-19T23:00:00Z"),
        (pa.array(["2026-11-19"]), "2026-11-18T23:00:00Z", "2026-11-19T23:00:00Z"),
        (pa.array([date(2026, 10, 25)]), "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    ],
    ids=["date", "text", "a day of 25 hours"],
)
def test_a_date_is_the_whole_day_where_it_was_written(
    cohorts: Cohorts, onset: Any, first: str, last: str
) -> None:
    """An onset that is a date lies between two midnights of the zone, the second one excluded."""
    day = cohorts.answers(batch_of(onset=onset), BERLIN)[0]
    ends = {"onset_not_before": pa.array([first]), "onset_not_after": pa.array([last])}
    interval = cohorts.answers(batch_of(onset=None, **ends), BERLIN)[0]
    assert day == interval
    assert is_plain(cohorts, batch_of(onset=onset), BERLIN) == [True]


def test_a_date_excludes_the_midnight_that_ends_it(cohorts: Cohorts) -> None:
    """48 hours after the end of a day, the onset is more than 48 hours ago, not exactly so."""
    asked = batch_of(onset=pa.array(["2026-11-19Z"]), at=pa.array(["2026-11-22T00:00:00Z"]))
    (answer,) = cohorts.answers(asked)
    assert (answer["hours_from"], answer["hours_until"]) == (48.0, 72.0)
    assert is_plain(cohorts, asked) == [False]
    quick = batch_of(onset=pa.array([date(2026, 11, 19)]), at=asked.column("at"))
    assert cohorts.answers(quick, Options(zone="UTC")) == [answer]


@pytest.mark.parametrize(
    "onset",
    [
        pa.array([datetime(2026, 11, 19, 11)], pa.timestamp("us")),
        pa.array([datetime(2026, 11, 19, 11)], pa.timestamp("ns")),
        pa.array(["2026-11-19T11:00:00"]),
        pa.array(["2026-11-19T11:00:00.0"], TERM),
    ],
    ids=str,
)
def test_an_instant_without_a_zone_is_one_of_the_zone_that_is_told(
    cohorts: Cohorts, onset: Any
) -> None:
    """What has no zone of its own is read in that of the options."""
    batch = batch_of(onset=onset)
    assert cohorts.answers(batch, BERLIN) == cohorts.answers(batch_of())
    assert is_plain(cohorts, batch, BERLIN) == [True]


@pytest.mark.parametrize("text", ["2026-10-25T02:30:00", "2026-03-29T02:30:00"])
def test_a_time_that_a_clock_shows_twice_or_never_is_refused(cohorts: Cohorts, text: str) -> None:
    """Where the clock is put back or forward, an hour of the zone means two instants, or none."""
    late = {"at": pa.array(["2026-12-24T10:00:00Z"])}
    told = datetime.fromisoformat(text)
    for column in (pa.array([text]), pa.array([told], pa.timestamp("us"))):
        (answer,) = cohorts.answers(batch_of(onset=column, **late), BERLIN)
        assert '"code":"onset-invalid"' in answer["faults"]
        assert f'"found":"{text}"' in answer["faults"]


@pytest.mark.parametrize(
    ("name", "column", "hours"),
    [
        ("hours", pa.array([72], pa.int32()), (72.0, 72.0)),
        ("hours", pa.array([0.5]), (0.5, 0.5)),
        ("hours", pa.array(["71.5"]), (71.5, 71.5)),
        ("hours", pa.array([Decimal("1.25")], pa.decimal128(6, 2)), (1.25, 1.25)),
        ("day", pa.array([3], pa.int8()), (72.0, 96.0)),
        ("day", pa.array([2.5]), (60.0, 60.0)),
        ("day", pa.array(["0"], TERM), (0.0, 24.0)),
    ],
    ids=str,
)
def test_hours_and_days_since_onset_stand_for_dates(
    cohorts: Cohorts, name: str, column: Any, hours: tuple[float, float]
) -> None:
    """Hours mean an instant, a whole day all of it, whatever the type of the column."""
    batch = batch_of(**{name: column}, onset=None, at=None)
    (answer,) = cohorts.answers(batch)
    assert (answer["hours_from"], answer["hours_until"]) == hours
    assert is_plain(cohorts, batch) == [True]


def test_a_float_with_many_places_is_read_by_itself(cohorts: Cohorts) -> None:
    """A third of an hour is no decimal number; it counts to twelve places."""
    batch = batch_of(hours=pa.array([71 + 1 / 3]), onset=None, at=None)
    (answer,) = cohorts.answers(batch)
    assert answer["hours_from"] == pytest.approx(71.333333333333, abs=1e-12)
    assert is_plain(cohorts, batch) == [False]


@pytest.mark.parametrize("name", ["grade", "onset", "age", "factors", "at", "id"])
def test_an_empty_cell_is_a_missing_one(cohorts: Cohorts, name: str) -> None:
    """Nothing, an empty text and a column that is not there all say nothing."""
    missing = cohorts.answers(batch_of(**{name: pa.nulls(1)}))[0]
    for column in (pa.array([""]), pa.array([None], pa.string()), None):
        answer = cohorts.answers(batch_of(**{name: column}))[0]
        assert answer | {"id": None} == missing | {"id": None}


def test_a_number_that_is_none_is_a_missing_one(cohorts: Cohorts) -> None:
    """Tools write NaN for a whole number that is not known."""
    batch = batch_of(grade=pa.array([float("nan")]))
    assert cohorts.answers(batch) == cohorts.answers(batch_of(grade=None))
    assert is_plain(cohorts, batch) == [True]


def test_instants_finer_than_a_microsecond_are_kept_exactly(cohorts: Cohorts) -> None:
    """A nanosecond before the window ends, the rule still holds."""
    early = pa.array([1_795_082_400_000_000_001], pa.int64()).cast(pa.timestamp("ns", "UTC"))
    week_later = {"at": pa.array(["2026-11-26T10:00:00Z"]), "factors": None}
    exact = batch_of(onset=pa.array(["2026-11-19T10:00:00Z"]), **week_later)
    late = batch_of(onset=early, **week_later)
    assert cohorts.answers(exact)[0]["hours_from"] == 168.0
    assert is_plain(cohorts, late) == [False]
    assert cohorts.answers(late)[0]["rule"] != cohorts.answers(exact)[0]["rule"]


def test_slices_of_batches_are_read_from_where_they_begin(cohorts: Cohorts) -> None:
    """A slice has the answers of its rows, whatever lies before it in memory."""
    rows = [
        {"injury": "HamstringStrain", "grade": 1, "factors": ["Fever"], "onset": ONSET},
        {"injury": "HamstringStrain", "grade": None, "factors": None, "onset": None},
        {"injury": "AnkleSprain", "grade": 3, "factors": ["Pregnancy", "Fever"], "onset": AT},
    ]
    batch = pa.RecordBatch.from_pylist(rows)
    whole = cohorts.of(batch, PERSON).answer(batch).to_pylist()
    for start in range(3):
        part = cohorts.of(batch, PERSON).answer(batch.slice(start), first=start)
        assert part.to_pylist() == whole[start:]


def test_a_document_from_python_values_is_that_of_the_batch(cohorts: Cohorts) -> None:
    """A row given as Python values has the record that the row of the batch has."""
    local = ONSET.astimezone(timezone(timedelta(hours=5)))
    batch = batch_of(onset=pa.array([ONSET], pa.timestamp("us", "UTC")), grade=pa.array([2]))
    cohort = cohorts.of(batch)
    (document,) = cohort.documents(batch)
    row = {**batch.to_pylist()[0], "onset": local}
    assert cohort.document(row) == document
    assert document["injury"]["onset"] == "2026-11-19T10:00:00Z"


@pytest.mark.parametrize(
    ("micro", "refused"), [(0, False), (-1, True)], ids=["at the onset", "just before it"]
)
@pytest.mark.parametrize("name", ["at", "assessed_at"])
def test_an_instant_may_be_that_of_the_onset_and_not_before_it(
    cohorts: Cohorts, name: str, micro: int, refused: bool
) -> None:
    """A microsecond decides whether a row is good, as it does in a record."""
    instant = pa.array([ONSET + timedelta(microseconds=micro)], pa.timestamp("us", "UTC"))
    batch = batch_of(**{name: instant})
    assert is_plain(cohorts, batch) == [not refused]
    (answer,) = cohorts.answers(batch)
    assert (answer["faults"] is not None) == refused
