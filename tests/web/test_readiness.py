"""Readiness: a question whose answer is known, asked of the knowledge that is served."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from primum.model.knowledge import Readiness
from primum.use_cases.service import Primum
from primum.web.app import create_app
from primum.web.negotiation import PROBLEM

QUESTION = "injury=hamstring-strain&grade=2&day=3&treatment=massage"
KNOWN = Readiness(QUESTION, "relatively-contraindicated")


def client_of(primum: Primum, stated: Readiness | None) -> FlaskClient:
    """A client of the service over the same knowledge with another known question."""
    knowledge = replace(primum.release.knowledge, readiness=stated)
    release = replace(primum.release, knowledge=knowledge)
    return create_app(replace(primum, release=release)).test_client()


def test_a_known_answer_that_is_given_means_ready(primum: Primum) -> None:
    """The body says which question had which verdict over which knowledge."""
    response = client_of(primum, KNOWN).get("/readyz")
    assert response.status_code == 200
    edition = primum.release.knowledge.edition
    assert response.get_json() == {
        "status": "ready",
        "knowledge": {"version": edition.version, "digest": edition.digest},
        "checked": {"question": QUESTION, "verdict": KNOWN.verdict},
    }


def test_knowledge_that_states_no_question_is_ready_if_it_answers(primum: Primum) -> None:
    """The body says that nothing was checked."""
    response = client_of(primum, None).get("/readyz")
    assert response.status_code == 200
    assert response.get_json()["checked"] is None


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (Readiness(QUESTION, "contraindicated"), "relatively-contraindicated"),
        (Readiness(QUESTION.replace("massage", "masage"), KNOWN.verdict), "masage"),
        (Readiness("injury=hamstring-strain", KNOWN.verdict), "treatment"),
        (Readiness(f"{QUESTION}&colour=blue", KNOWN.verdict), "colour"),
        (Readiness("", KNOWN.verdict), "injury"),
    ],
    ids=["another verdict", "a name gone", "no treatment", "an odd parameter", "no question"],
)
def test_an_answer_that_is_not_the_known_one_means_not_ready(
    primum: Primum, stated: Readiness, told: str
) -> None:
    """503, what is wrong, and when to look again."""
    response = client_of(primum, stated).get("/readyz")
    assert (response.status_code, response.content_type) == (503, PROBLEM)
    assert response.headers["Retry-After"] == "5"
    document = response.get_json()
    assert document["type"].endswith("/not-ready")
    assert told in document["detail"]
    assert "errors" not in document


def test_the_shipped_knowledge_is_ready(primum: Primum) -> None:
    """The release that is tested may be served."""
    assert create_app(primum).test_client().get("/readyz").status_code == 200
