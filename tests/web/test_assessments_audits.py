"""Audits: each treatment that a record lists is answered for its own instant."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from tests.web.posting import ONSET, Json, assessed, posting, strain

from primum.use_cases.service import Primum

ASK = "/v1/contraindications?injury=HamstringStrain&grade=2"
JUST_BEFORE = "2026-11-21T09:59:59.999999999Z"
AT_48_HOURS = "2026-11-21T10:00:00Z"
ELSEWHERE = "2026-11-21T15:00:00+05:00"
A_WEEK_ON = "2026-11-26T10:00:00Z"


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application whose cage runs."""
    with posting(primum) as found:
        yield found


def audits(client: FlaskClient, *treatments: Json, **more: Any) -> list[Json]:
    """The audits of a hamstring strain with these treatments."""
    found: list[Json] = assessed(client, strain(**more, treatments=list(treatments)))["audits"]
    return found


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (ONSET, "contraindicated"),
        (JUST_BEFORE, "contraindicated"),
        (AT_48_HOURS, "relatively-contraindicated"),
        (ELSEWHERE, "relatively-contraindicated"),
        ("2026-11-26T09:59:59Z", "relatively-contraindicated"),
        (A_WEEK_ON, "ruled-out"),
        ("2027-11-26T10:00:00Z", "ruled-out"),
    ],
)
def test_a_treatment_is_answered_for_its_own_instant(
    client: FlaskClient, at: str, verdict: str
) -> None:
    """At the onset, to the nanosecond before and at the end of a window, and planned far ahead."""
    (audit,) = audits(client, {"type": "Massage", "at": at})
    assert verdict == audit["verdict"]
    assert at == audit["at"]
    assert at == audit["time"]["at"]
    assert audit["time"]["onset"] == ONSET
    assert audit["treatment"]["id"] == "Massage"


@pytest.mark.parametrize("at", [ONSET, "2026-11-21T09:00:00Z", AT_48_HOURS, A_WEEK_ON])
def test_an_audit_is_the_answer_to_the_question_about_its_instant(
    client: FlaskClient, at: str
) -> None:
    """The finding is that of a query about the same treatment and time, reasons and all."""
    (audit,) = audits(client, {"type": "sports massage", "at": at})
    query = f"{ASK}&onset={ONSET}&at={at}&treatment=SportsMassage"
    document = client.get(query).get_json()
    (expected,) = document["treatments"]
    assert expected == {key: audit[key] for key in expected}
    assert document["question"]["time"] == audit["time"]


def test_audits_come_in_the_order_of_the_record(client: FlaskClient) -> None:
    """Each points to its place, and the same treatment twice is audited twice."""
    later, sooner = {"type": "Massage", "at": A_WEEK_ON}, {"type": "Massage", "at": ONSET}
    found = audits(client, later, sooner, later)
    assert [a["pointer"] for a in found] == [f"/treatments/{n}" for n in range(3)]
    assert [a["verdict"] for a in found] == ["ruled-out", "contraindicated", "ruled-out"]


def test_a_treatment_without_a_time_is_open_about_it(client: FlaskClient) -> None:
    """It is neither that of the assessment nor now; what the clock decides is undetermined."""
    (audit,) = audits(client, {"type": "Massage"})
    assert audit["at"] is None
    assert audit["verdict"] == "undetermined"
    assert audit["level"] == {"certain": "none", "possible": "absolute"}


def test_no_treatment_has_no_audit(client: FlaskClient) -> None:
    """An empty list and a list that is not there."""
    assert audits(client) == []
    assert assessed(client, strain())["audits"] == []


def test_an_injury_of_unknown_onset_keeps_its_audits_open(client: FlaskClient) -> None:
    """A time of treatment alone tells no hours since onset."""
    record = strain(treatments=[{"type": "Massage", "at": AT_48_HOURS}])
    del record["injury"]["onset"]
    (audit,) = assessed(client, record)["audits"]
    assert audit["at"] == AT_48_HOURS
    assert audit["verdict"] == "undetermined"


def test_the_assessment_bounds_the_onset_of_a_plan(client: FlaskClient) -> None:
    """An onset of unknown end lies before the assessment, so a plan a week later is past it."""
    plan = {"type": "Massage", "at": "2026-11-29T10:00:00Z"}
    record = strain(treatments=[plan])
    record["injury"]["onset"] = {"notAfter": "2026-12-24T10:00:00Z"}
    (audit,) = assessed(client, record)["audits"]
    assert audit["verdict"] == "ruled-out"


def test_factors_count_in_audits_too(client: FlaskClient) -> None:
    """Bleeding at the site bars massage at any hour."""
    bleeding = {"factors": {"present": ["ActiveBleedingAtSite"]}}
    (audit,) = audits(client, {"type": "Massage", "at": A_WEEK_ON}, patient=bleeding)
    assert audit["verdict"] == "contraindicated"
