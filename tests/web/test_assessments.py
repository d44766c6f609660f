"""`POST /v1/assessments`: a record is answered as the question that it stands for."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy
from tests.records.strategies import good_records
from tests.web.posting import (
    AT_72_HOURS,
    ONSET,
    Json,
    assessed,
    contract,
    posting,
    strain,
    verdicts,
)

from primum.use_cases.service import Primum

ASK = "/v1/contraindications"
EXAMPLE = Path(__file__).parents[1] / "cases" / "worked-example.toml"
EXAMPLES = 25


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application whose cage runs."""
    with posting(primum) as found:
        yield found


@pytest.fixture(scope="module")
def records(primum: Primum) -> SearchStrategy[Json]:
    """Good records over the shipped terms."""
    return good_records(primum.release.knowledge)


def worked() -> list[Json]:
    """The cases of the worked example that are about an instant, or an interval of them."""
    cases: list[Json] = tomllib.loads(EXAMPLE.read_text())["case"]
    return [case for case in cases if "hours" in case or "between" in case]


def instant(hours: object) -> str:
    """An instant so many hours after the usual onset."""
    start = datetime(2026, 11, 19, 10, tzinfo=UTC)
    later = start + timedelta(microseconds=int(Decimal(str(hours)) * 3_600_000_000))
    return later.isoformat()


def record_of(case: Json) -> Json:
    """A case of the worked example as a record."""
    injury = {"type": case["injury"], "onset": ONSET}
    if "grade" in case:
        injury["grade"] = case["grade"]
    if "between" in case:
        # Hours back from the assessment: the longest time ago is the earliest onset.
        least, most = case["between"]
        injury["onset"] = {"notBefore": instant(-most), "notAfter": instant(-least)}
    factors = {"present": case.get("present", [])}
    at = instant(case.get("hours", 0))
    return {"injury": injury, "assessedAt": at, "patient": {"factors": factors}}


def asked(record: Json, screening: str = "assume-clear") -> str:
    """The question in a query that a record with an onset at an instant stands for."""
    injury, patient = record["injury"], record.get("patient", {})
    factors = patient.get("factors", {})
    single = {
        "injury": injury["type"],
        "grade": injury.get("grade"),
        "onset": injury.get("onset"),
        "at": record.get("assessedAt"),
        "age": patient.get("age"),
        "screening": screening,
    }
    pairs = [(name, str(value)) for name, value in single.items() if value is not None]
    pairs += [("factor", name) for name in factors.get("present", [])]
    pairs += [("without", name) for name in factors.get("absent", [])]
    return f"{ASK}?{urlencode(pairs)}"


def answered(client: FlaskClient, path: str) -> Json:
    """The answer to a question in a query."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    document: Json = json.loads(response.data)
    return document


@pytest.mark.parametrize("case", worked(), ids=lambda case: case["says"])
def test_the_worked_example_has_its_verdicts(
    client: FlaskClient, case: Json, primum: Primum
) -> None:
    """Each case of the example, sent as a record, has the verdicts that its source states."""
    found = verdicts(assessed(client, record_of(case)))
    known = primum.vocabulary.treatments
    expected = {known.find(name, where="").id: verdict for name, verdict in case["verdict"].items()}
    assert expected == {name: found[name] for name in expected}


@pytest.mark.parametrize(
    "record",
    [
        strain(),
        strain(grade=3, patient={"age": 13, "factors": {"present": ["Fever"]}}),
        strain(patient={"age": 70, "factors": {"present": [], "absent": ["Pregnancy", "Asthma"]}}),
        strain(at="2026-11-22T10:30:00+01:00"),
        {"injury": {"type": "patellofemoral pain syndrome"}},
        strain() | {"injury": {"type": "CalfStrain", "onset": "2026-11-19T10:00:00.5-05:00"}},
        contract() | {"findings": {}},
    ],
)
@pytest.mark.parametrize("screening", ["assume-clear", "unknown"])
def test_a_record_is_answered_as_the_same_question(
    client: FlaskClient, record: Json, screening: str
) -> None:
    """Facts in a body have the treatments, and the question, of the same facts in a query."""
    found = assessed(client, record, f"?screening={screening}")
    expected = answered(client, asked(record, screening))
    assert expected["treatments"] == found["treatments"]
    assert expected["question"] == found["question"]
    assert expected["knowledge"] == found["knowledge"]


@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_any_record_is_answered_as_the_same_question(
    client: FlaskClient, records: SearchStrategy[Json], data: DataObject
) -> None:
    """Good records over all terms and times; those with hours that a query can say as well."""
    record = data.draw(records)
    onset = record["injury"].get("onset")
    is_same = isinstance(onset, str) if "assessedAt" in record else onset is None
    assume(is_same)
    expected = answered(client, asked(record))
    assert expected["treatments"] == assessed(client, record)["treatments"]


def test_verdicts_alone_are_those_of_the_whole_answer(client: FlaskClient) -> None:
    """`detail=verdicts` leaves out reasons, and keeps id, audits and every verdict."""
    whole, brief = (assessed(client, contract(), query) for query in ("", "?detail=verdicts"))
    assert verdicts(whole) == verdicts(brief)
    for member in ("id", "audits", "warnings", "question", "knowledge"):
        assert whole[member] == brief[member]
    assert not any("reasons" in each for each in brief["treatments"])


@pytest.mark.parametrize("id", ["case-17", "é ☂ 😀", '"\\/', "x" * 200, None])
def test_the_id_of_a_record_comes_back(client: FlaskClient, id: str | None) -> None:
    """As it was sent; a record without one has none."""
    record = strain() if id is None else strain(id=id)
    assert id == assessed(client, record)["id"]


def test_a_misspelt_property_is_warned_of(client: FlaskClient) -> None:
    """The answer is given, and says what was made nothing of and what may have been meant."""
    record = strain(assesedAt=AT_72_HOURS, patient={"aeg": 24})
    found = assessed(client, record)
    assert verdicts(assessed(client, strain())) == verdicts(found)
    warned = {each["pointer"]: each for each in found["warnings"]}
    assert warned.keys() == {"/assesedAt", "/patient/aeg"}
    assert {each["severity"] for each in warned.values()} == {"warning"}
    assert warned["/assesedAt"]["code"] == "record-property-unknown"
    assert warned["/assesedAt"]["allowed"][0] == "assessedAt"
    assert warned["/patient/aeg"]["allowed"][0] == "age"


def test_a_record_in_order_has_no_warnings(client: FlaskClient) -> None:
    """What is merely of no use is told by validation, not with an answer."""
    assert assessed(client, contract())["warnings"] == []


def test_what_is_not_said_is_unknown(client: FlaskClient) -> None:
    """The injury alone is answered at no instant: every hour rule is open, and now is not meant."""
    found = assessed(client, {"injury": {"type": "HamstringStrain"}})
    assert found["question"]["time"] is None or "at" not in found["question"]["time"]
    assert verdicts(found)["Massage"] == "undetermined"
    without_time = assessed(client, strain(at=None))
    assert "at" not in without_time["question"]["time"]
    assert verdicts(without_time)["Massage"] == "undetermined"
    without_onset = strain()
    del without_onset["injury"]["onset"]
    assert verdicts(assessed(client, without_onset))["Massage"] == "undetermined"


def test_unmentioned_factors_are_open_where_the_caller_says_so(client: FlaskClient) -> None:
    """With `screening=unknown` bleeding at the site is open, so massage may be barred outright."""
    massage = [
        next(e for e in found["treatments"] if e["treatment"]["id"] == "Massage")["level"]
        for found in (
            assessed(client, strain(), f"?screening={s}") for s in ("assume-clear", "unknown")
        )
    ]
    assert massage == [
        {"certain": "relative", "possible": "relative"},
        {"certain": "relative", "possible": "absolute"},
    ]
