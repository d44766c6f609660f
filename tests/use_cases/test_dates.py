"""Dates mean the instant that the calendar gives them, or are refused with what is allowed."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primum.foundation.errors import InvalidValue
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.dates import read_moment, read_onset
from primum.model.moments import Moment, Onset
from primum.model.spans import Cut, Number, Span, exact
from primum.use_cases.dates import now
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
ZONES = st.integers(-14 * 60, 14 * 60)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59, 59, 999_999))
DATE = "2026-11-19"
NOON = f"{DATE}T12:00:00Z"
HAMSTRING = "hamstring-strain"


def in_zone(when: datetime, offset: int) -> datetime:
    """A time of day in a zone, so many minutes from UTC."""
    return when.replace(tzinfo=timezone(timedelta(minutes=offset)))


def hours_of(when: datetime) -> Number:
    """Hours since the first day of the calendar, as Python's own calendar counts them."""
    passed = when - BEGINNING
    seconds = Fraction(passed.days * 86_400 + passed.seconds)
    return exact((seconds + Fraction(passed.microseconds, 10**6)) / 3600)


@given(TIMES, ZONES)
def test_a_moment_is_the_instant_that_the_calendar_gives(when: datetime, offset: int) -> None:
    """Every time of every day from 1900 to 2199, in every zone, to the microsecond."""
    local = in_zone(when, offset)
    assert Moment(hours_of(local), offset) == read_moment(local.isoformat())


@given(TIMES, ZONES, st.integers(0, 10**9 - 1))
def test_what_is_spelled_is_read_as_the_same(when: datetime, offset: int, billionths: int) -> None:
    """Spelling and reading are inverse, down to a billionth of a second."""
    whole = hours_of(in_zone(when.replace(microsecond=0), offset))
    moment = Moment(exact(whole + Fraction(billionths, 3600 * 10**9)), offset)
    assert moment == read_moment(str(moment))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2026-11-19T10:00:00Z", "2026-11-19T10:00Z"),
        ("2026-11-20T00:00:00Z", "2026-11-19T24:00:00Z"),
        ("2027-01-01T00:00:00+01:00", "2026-12-31T24:00+01:00"),
        ("2028-02-29T12:00:00Z", "2028-02-29T12:00:00Z"),
        ("2028-03-01T00:00:00Z", "2028-02-29T24:00:00.000Z"),
        ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
        ("2026-11-19T10:00:00+14:00", "2026-11-19T10:00:00+14:00"),
        ("2026-11-19T10:00:00-14:00", "2026-11-19T10:00:00-14:00"),
        ("2026-11-19T10:00:00Z", "2026-11-19T10:00:00-00:00"),
        ("2026-11-19T10:00:00.1Z", "2026-11-19T10:00:00.100Z"),
        ("1900-01-01T00:00:00+14:00", "1900-01-01T00:00:00+14:00"),
        ("2199-12-31T23:59:59.999999999-14:00", "2199-12-31T23:59:59.999999999-14:00"),
        ("2200-01-01T00:00:00Z", "2199-12-31T24:00:00Z"),
    ],
)
def test_odd_but_valid_times(expected: str, text: str) -> None:
    """Leap days, the end of a day, the widest zones, the first and the last year."""
    assert expected == str(read_moment(text))


def test_a_leap_day_lasts_a_day_and_a_common_year_has_none() -> None:
    """From 28 February to 1 March it is two days in 2028, and one in 2026 and 2100."""
    expected = {2026: 24, 2028: 48, 2100: 24, 2000: 48}
    assert expected == {
        year: read_moment(f"{year}-03-01T00:00Z").hours - read_moment(f"{year}-02-28T00:00Z").hours
        for year in expected
    }


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (("10", "10", True), "2026-11-19T10:00Z"),
        (("0", "24", False), "2026-11-19Z"),
        (("-1", "23", False), "2026-11-19+01:00"),
        (("10", "12", True), "2026-11-19T10:00Z/2026-11-19T12:00Z"),
        (("10", "10", True), "2026-11-19T10:00Z/2026-11-19T10:00Z"),
        (("0", "48", False), "2026-11-19Z/2026-11-20Z"),
        (("0", "24", False), "2026-11-19Z/2026-11-19Z"),
        (("0", "12", True), "2026-11-19Z/2026-11-19T12:00Z"),
        (("12", "24", False), "2026-11-19T12:00Z/2026-11-19Z"),
        (("10", "10", True), "2026-11-19T10:00Z/2026-11-19T11:00+01:00"),
        (("0", "", False), "2026-11-19Z/.."),
        (("", "24", False), "../2026-11-19Z"),
        (("", "10", True), "../2026-11-19T10:00Z"),
    ],
)
def test_an_onset_is_an_instant_a_day_or_an_interval(
    expected: tuple[str, str, bool], text: str
) -> None:
    """Instants belong to an interval at both ends; a day ends before the next one begins."""
    start = read_moment(f"{DATE}T00:00Z").hours
    first, last, after = expected
    earliest = Cut(start + int(first)) if first else None
    latest = Cut(start + int(last), after) if last else None
    assert Onset(earliest, latest) == read_onset(text)[0]


@pytest.mark.parametrize(
    ("expected", "text"),
    [(60, DATE), (0, f"{DATE}Z"), (-300, f"{DATE}-05:00"), (60, f"../{DATE}"), (60, f"{DATE}/..")],
)
def test_a_date_without_a_zone_is_one_in_the_zone_of_the_question(expected: int, text: str) -> None:
    """The zone that a date names goes before it."""
    assert expected == read_onset(text, zone=60)[1]


NO_MOMENTS = [
    "",
    " ",
    "today",
    DATE,
    f"{DATE}Z",
    f"{DATE}T10:00:00",
    f"{DATE} 10:00:00Z",
    f"{DATE}t10:00:00Z",
    f"{DATE}T10:00:00z",
    f"{DATE}T10Z",
    f"{DATE}T1000Z",
    f"{DATE}T10:00:00.Z",
    f"{DATE}T10:00:00,5Z",
    f"{DATE}T10:00:00.1234567890Z",
    f"{DATE}T10:00:00+0100",
    f"{DATE}T10:00:00+01",
    f"{DATE}T10:00:00Z ",
    f" {DATE}T10:00:00Z",
    f"{DATE}T10:00:00Z\n",
    f"{DATE}T10:00:00Z and more",
    "26-11-19T10:00:00Z",
    "12026-11-19T10:00:00Z",
    "-2026-11-19T10:00:00Z",
    "2026-W47-4T10:00:00Z",
    "20261119T100000Z",
    f"{DATE}T\u0661\u0660:00:00Z",  # 10 in Arabic-Indic digits
    "\uff12\uff10\uff12\uff16-11-19T10:00:00Z",  # 2026 in full width
    "\u0662\u0660\u0662\u0666-11-19T10:00:00Z",
    "2026\u201011\u201019T10:00:00Z",  # hyphens that are no minus
]
NO_SUCH = [
    "2026-02-30T10:00:00Z",
    "2026-02-29T10:00:00Z",
    "2100-02-29T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-00-10T10:00:00Z",
    "2026-11-00T10:00:00Z",
    f"{DATE}T25:00:00Z",
    f"{DATE}T24:00:01Z",
    f"{DATE}T24:01:00Z",
    f"{DATE}T10:60:00Z",
    f"{DATE}T10:00:60Z",
    f"{DATE}T23:59:60Z",
    f"{DATE}T10:00:00+14:01",
    f"{DATE}T10:00:00-15:00",
    f"{DATE}T10:00:00+01:60",
    f"{DATE}T10:00:00+99:99",
]
NO_YEARS = ["1899-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T24:00:00Z"]
NO_YEARS += ["0001-01-01T00:00:00+14:00", "0000-01-01T00:00:00Z"]
NO_ONSETS = [
    "../..",
    "..",
    "/",
    "",
    f"{DATE}/",
    f"/{DATE}",
    f"{DATE}//{DATE}",
    f"{DATE}/{DATE}/{DATE}",
    f"{DATE}--{DATE}",
    f"{NOON}/P1D",
    f"{NOON}/13:00:00Z",
    f"{DATE}T12:00:00/{NOON}",
    f"{DATE}T12:00:00",
    f"{DATE}+15:00",
    "2026-02-30",
    "2026-02-30/..",
    "../1899-12-31",
    f"{DATE}/../..",
    f".. /{DATE}",
    f"{NOON}/now",
]
REVERSED = [
    f"{NOON}/{DATE}T11:59:59.999999999Z",
    "2026-11-20/2026-11-19",
    f"2026-11-20T00:00:00Z/{DATE}",
    f"{NOON}/{DATE}T12:30:00+01:00",
]


@pytest.mark.parametrize("text", [*NO_MOMENTS, *NO_SUCH, *NO_YEARS])
def test_an_instant_that_cannot_be_read_is_refused(text: str) -> None:
    """The error names the parameter, and the text as it was given."""
    with pytest.raises(InvalidValue) as caught:
        read_moment(text, where="at")
    assert ("at", text) == (caught.value.where, caught.value.found)
    assert caught.value.detail.startswith(f"at is {text!r}")


@pytest.mark.parametrize("text", [*NO_MOMENTS[5:], *NO_SUCH, *NO_YEARS, *NO_ONSETS, *REVERSED])
def test_an_onset_that_cannot_be_read_is_refused(text: str) -> None:
    """Alone, and as either end of an interval."""
    for spelled in (text, f"{text}/..", f"../{text}"):
        with pytest.raises(InvalidValue) as caught:
            read_onset(spelled, zone=0)
        assert ("onset", spelled) == (caught.value.where, caught.value.found)
        assert caught.value.detail.startswith(f"onset is {spelled!r}")


@pytest.mark.parametrize("text", [*NO_MOMENTS, *NO_SUCH, *NO_YEARS, *NO_ONSETS, *REVERSED])
def test_a_refused_date_says_what_is_allowed(text: str) -> None:
    """Each error lists what may stand there instead."""
    with pytest.raises(InvalidValue) as caught:
        read_onset(text, zone=0) if text in (*NO_ONSETS, *REVERSED) else read_moment(text)
    assert caught.value.allowed


def test_a_date_without_any_zone_is_refused_and_says_how_to_give_one() -> None:
    """Nobody guesses a zone."""
    with pytest.raises(InvalidValue, match=r"without a time zone.*2026-11-19Z or 2026-11-19\+01"):
        read_onset(DATE)


def test_now_is_the_present_second() -> None:
    """In UTC, between the seconds before and after it is asked."""
    before = hours_of(datetime.now(UTC).replace(microsecond=0))
    found = now()
    after = hours_of(datetime.now(UTC))
    assert before <= found.hours <= after
    assert found.offset == 0


def asked(primum: Primum, onset: str, at: str) -> Case:
    """The case of a dated question."""
    return primum.vocabulary.case(Asked(HAMSTRING, onset=onset, at=at))


@pytest.mark.parametrize(
    ("expected", "onset", "at"),
    [
        (Span.at(0), NOON, NOON),
        (Span.at(0), NOON, f"{DATE}T13:00:00+01:00"),
        (Span.at(Fraction(1, 3600 * 10**9)), NOON, f"{DATE}T12:00:00.000000001Z"),
        (Span.at(48), NOON, "2026-11-21T12:00:00Z"),
        (Span.at(exact("0.5")), f"{DATE}T11:30Z", NOON),
        (Span(Cut(0), Cut(12, after=True)), DATE, NOON),
        (Span(Cut(0), Cut(0, after=True)), DATE, f"{DATE}T00:00:00+05:00"),
        (Span(Cut(0, after=True), Cut(24, after=True)), DATE, "2026-11-20T00:00:00Z"),
        (Span(Cut(24, after=True), Cut(48, after=True)), DATE, "2026-11-21T00:00:00Z"),
        (Span(Cut(12, after=True), Cut(36, after=True)), DATE, "2026-11-20T12:00:00Z"),
        (Span(Cut(0), Cut(2, after=True)), f"{DATE}T10:00Z/{DATE}T14:00Z", NOON),
        (Span(Cut(0), Cut(2, after=True)), f"{DATE}T10:00Z/{NOON}", NOON),
        (Span(Cut(1), Cut(2, after=True)), f"{DATE}T10:00Z/{DATE}T11:00Z", NOON),
        (Span(Cut(0), Cut(12, after=True)), f"{DATE}/..", NOON),
        (Span(Cut(1)), f"../{DATE}T11:00Z", NOON),
        (Span(), f"../{NOON}", NOON),
        (Span(), f"../{DATE}T13:00Z", NOON),
    ],
)
def test_hours_since_a_dated_onset(primum: Primum, expected: Span, onset: str, at: str) -> None:
    """Of an interval, what lies after the instant asked about is no possible onset."""
    assert expected == asked(primum, onset, at).hours


@pytest.mark.parametrize(
    ("onset", "at"),
    [
        (f"{DATE}T12:00:00.000000001Z", NOON),
        (NOON, f"{DATE}T12:59:59+01:00"),
        ("2026-11-20", NOON),
        ("2026-11-20/..", NOON),
        (f"{DATE}T13:00Z/{DATE}T14:00Z", NOON),
    ],
)
def test_an_onset_after_the_instant_asked_about_is_refused(
    primum: Primum, onset: str, at: str
) -> None:
    """The error names the onset, and up to when it may lie."""
    with pytest.raises(InvalidValue, match="lies after") as caught:
        asked(primum, onset, at)
    assert caught.value.where == "onset"
    assert [f"up to {read_moment(at)}"] == list(caught.value.allowed)


def findings(primum: Primum, question: Asked) -> tuple[Finding, ...]:
    """The findings of a question."""
    return primum.ask(question).findings


@pytest.mark.parametrize("last", ["2026-11-20T12:00Z", "2026-11-30", "2027-11-20T12:00Z"])
def test_an_onset_before_a_later_instant_is_one_before_the_instant_asked_about(
    primum: Primum, last: str
) -> None:
    """Who asks about an injury knows that it has begun, so nothing later tells more."""
    expected = findings(primum, Asked(HAMSTRING, onset=f"../{NOON}", at=NOON))
    assert expected == findings(primum, Asked(HAMSTRING, onset=f"../{last}", at=NOON))
    expected = findings(primum, Asked(HAMSTRING, onset=f"{DATE}/{NOON}", at=NOON))
    assert expected == findings(primum, Asked(HAMSTRING, onset=f"{DATE}/{last}", at=NOON))
    assert expected == findings(primum, Asked(HAMSTRING, onset=f"{DATE}/..", at=NOON))


@settings(max_examples=25)
@given(onset=ZONES, at=ZONES, hours=st.integers(0, 240))
def test_the_same_instants_in_other_zones_have_the_same_answer(
    primum: Primum, onset: int, at: int, hours: int
) -> None:
    """And it is the answer of an undated question with as many hours."""
    begun = read_moment(NOON)
    dated = Asked(
        HAMSTRING,
        grade="2",
        onset=str(Moment(begun.hours, onset)),
        at=str(Moment(begun.later(hours).hours, at)),
    )
    undated = findings(primum, Asked(HAMSTRING, grade="2", hours=str(hours)))
    assert undated == findings(primum, dated)


@pytest.mark.parametrize(
    ("expected", "question"),
    [
        (Span.at(45), Asked(HAMSTRING, day="1.875")),
        (Span.at(45), Asked(HAMSTRING, hours="45")),
        (Span.at(45), Asked(HAMSTRING, hours="45.000000000000")),
        (Span.at(Fraction(3, 10)), Asked(HAMSTRING, hours="0.3")),
        (Span.at(Fraction(12, 5)), Asked(HAMSTRING, day="0.1")),
        (Span.half_open(24, 48), Asked(HAMSTRING, day="1.0")),
    ],
)
def test_decimals_are_exact(primum: Primum, expected: Span, question: Asked) -> None:
    """A tenth is a tenth, and day 1.875 is hour 45."""
    assert expected == primum.vocabulary.case(question).hours


def test_three_tenths_of_an_hour_are_three_times_a_tenth(primum: Primum) -> None:
    """In floating point, 0.1 + 0.2 would be more than 0.3, and just past a window's end."""
    tenth, fifth, more = (
        primum.vocabulary.case(Asked(HAMSTRING, hours=text)).hours.start.at
        for text in ("0.1", "0.2", "0.3")
    )
    assert more == tenth + fifth
    assert 160 * more == 48


@pytest.mark.parametrize(
    ("where", "question"),
    [
        ("at", Asked(HAMSTRING, at=NOON)),
        ("at", Asked(HAMSTRING, at=NOON, day="3")),
        ("day", Asked(HAMSTRING, onset=NOON, day="3")),
        ("hours", Asked(HAMSTRING, onset=NOON, hours="3")),
        ("hours", Asked(HAMSTRING, onset=NOON, at=NOON, hours="3")),
        ("at", Asked(HAMSTRING, onset=NOON, at=DATE)),
        ("onset", Asked(HAMSTRING, onset=DATE)),
        ("onset", Asked(HAMSTRING, onset="", at=NOON)),
        ("at", Asked(HAMSTRING, onset=NOON, at="")),
    ],
)
def test_dates_that_do_not_go_together_name_the_parameter(
    primum: Primum, where: str, question: Asked
) -> None:
    """An instant needs an onset, and hours are either counted or dated."""
    with pytest.raises(InvalidValue) as caught:
        primum.vocabulary.case(question)
    assert where == caught.value.where
