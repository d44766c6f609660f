"""One record in every syntax: the same answer, byte for byte."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.records.corpus import Sample, twins
from tests.web.in_rdf import in_every_syntax
from tests.web.posting import ASSESS, JSON, Json, assessed, contract, encoded, posting

from primum.use_cases.service import Primum

WAYS = (
    "Turtle",
    "N-Triples",
    "RDF/XML",
    "JSON-LD as JSON",
    "JSON-LD with its context",
    "JSON-LD in a graph",
    "JSON-LD expanded",
)
PAIRS = list(twins())[::12]


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application whose cage runs."""
    with posting(primum) as found:
        yield found


@pytest.fixture(scope="module")
def sent(client: FlaskClient) -> dict[str, tuple[str, bytes]]:
    """A record with three treatments in every syntax, made by other processors than ours."""
    treatments = [
        {"type": "Massage", "at": "2026-11-21T09:00:00.25+01:00"},
        {"type": "HeatTherapy", "at": "2026-11-21T09:00:00Z"},
        {"type": "Massage", "at": "2026-11-28T09:00:00Z"},
    ]
    record = {**contract(), "treatments": treatments}
    return in_every_syntax(record, client.get("/case.jsonld").get_json())


def treatments_of(body: bytes) -> bytes:
    """The very bytes of the treatments of an answer."""
    start = body.index(b'"treatments":')
    return body[start : body.index(b',"id":', start)]


def audits_of(body: bytes) -> list[str]:
    """The audits of an answer, apart from where they stand, in order of time and treatment.

    A graph has no order, so neither have the pointers into it.
    """
    audits: list[Json] = json.loads(body)["audits"]
    for audit in audits:
        del audit["pointer"]
    return sorted(json.dumps(audit) for audit in audits)


@pytest.mark.parametrize("way", WAYS)
def test_every_syntax_has_the_same_answer(
    client: FlaskClient, sent: dict[str, tuple[str, bytes]], way: str
) -> None:
    """Treatments to the byte, audits in whatever order, id and question, and no warning."""
    plain = client.post(ASSESS, data=sent["JSON-LD as JSON"][1], content_type=JSON)
    media_type, body = sent[way]
    response = client.post(ASSESS, data=body, content_type=media_type)
    assert (response.status_code, response.content_type) == (200, JSON), response.text
    assert treatments_of(plain.data) == treatments_of(response.data)
    assert audits_of(plain.data) == audits_of(response.data)
    one, other = plain.get_json(), response.get_json()
    assert one["question"] == other["question"]
    assert (one["id"], one["warnings"]) == (other["id"], other["warnings"])


def test_every_way_is_tried(sent: dict[str, tuple[str, bytes]]) -> None:
    """The table of this file is that of the syntaxes that are made."""
    assert set(WAYS) == set(sent)


@pytest.mark.parametrize(("plain", "rdf"), PAIRS, ids=str)
def test_twins_have_the_same_answer(client: FlaskClient, plain: Sample, rdf: Sample) -> None:
    """Records of the corpus in JSON and in RDF."""
    bodies = [
        client.post(ASSESS, data=sample.body, content_type=sample.media_type)
        for sample in (plain, rdf)
    ]
    assert [body.status_code for body in bodies] == [200, 200], bodies[1].text
    assert treatments_of(bodies[0].data) == treatments_of(bodies[1].data)
    assert audits_of(bodies[0].data) == audits_of(bodies[1].data)


def test_a_charset_that_is_utf_8_is_read(client: FlaskClient) -> None:
    """In any case, quoted or not, and with the parameters that a media type may have."""
    record = encoded(contract())
    plain = assessed(client, contract())
    for parameters in ("charset=UTF-8", 'charset="utf-8"', "Charset=utf8", "charset=us-ascii"):
        response = client.post(ASSESS, data=record, content_type=f"Application/JSON; {parameters}")
        assert plain == response.get_json()
