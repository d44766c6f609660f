"""`POST /v1/assessments/batch`: each line is answered as by itself, in order and in its place."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask.testing import FlaskClient
from tests.records.corpus import good, unreadable
from tests.web.posting import (
    ASSESS,
    BATCH,
    JSON,
    NDJSON,
    Json,
    contract,
    encoded,
    over,
    posting,
    strain,
)

from primum.foundation.names import CONVENTIONS
from primum.foundation.settings import read_settings
from primum.model.levels import Screening
from primum.use_cases.records.assessing import Assessor
from primum.use_cases.service import Primum
from primum.web.served import Served

GOOD = encoded(strain())
BAD = encoded(strain(grade=4, colour="blue"))
LONGEST = 500
BROKEN = "this-one-breaks"


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of an application that takes short lines."""
    with posting(primum, line_bytes=LONGEST) as found:
        yield found


def answers(client: FlaskClient, body: bytes, query: str = "?detail=verdicts") -> list[Json]:
    """The answers to a batch, a document each."""
    response = client.post(BATCH + query, data=body, content_type=NDJSON)
    assert (response.status_code, response.mimetype) == (200, NDJSON)
    assert response.data == b"" or response.data.endswith(b"\n")
    return [json.loads(line) for line in response.data.splitlines()]


def single(client: FlaskClient, line: bytes, query: str = "?detail=verdicts") -> Json:
    """The answer of the route for one record."""
    document: Json = client.post(ASSESS + query, data=line, content_type=JSON).get_json()
    return document


def without_words(document: Json) -> Json:
    """An answer without its line, and without what a reader says of a body it cannot read."""
    words = {"detail", "errors"} if document.get("title") == "Unreadable body" else set()
    return {key: value for key, value in document.items() if key not in {"line", *words}}


def kinds(found: list[Json]) -> list[tuple[int, str] | None]:
    """For each answer None, or the line and kind of its problem."""
    start = len(f"{CONVENTIONS}problems/")
    return [(each["line"], each["type"][start:]) if "type" in each else None for each in found]


LINES = [
    GOOD,
    BAD,
    encoded(contract()),
    encoded(strain(treatments=[{"type": "Massage", "at": "2026-11-21T10:00:00Z"}])),
    encoded(strain(assesedAt="2026-11-22T10:00:00Z")),
    b"{]}",
    b'{"injury": {"type": "ITBS", "type": "HamstringStrain"}}',
    b"[]",
    b"null",
    '{"injury": {"type": "Läuferknie"}}'.encode(),
    encoded(strain(patient={"age": 9, "factors": {"present": ["Elderly"]}})),
    GOOD,
]


@pytest.mark.parametrize("query", ["", "?detail=verdicts", "?screening=unknown"])
def test_each_line_is_answered_as_by_itself(client: FlaskClient, query: str) -> None:
    """Good ones and bad ones, in order; a problem says in which line as well."""
    expected = [single(client, line, query) for line in LINES]
    found = answers(client, b"\n".join(LINES), query)
    bad = [number for number, one in enumerate(expected, 1) if "treatments" not in one]
    assert bad == [one["line"] for one in found if "line" in one]
    assert [without_words(one) for one in expected] == [without_words(one) for one in found]


def test_records_of_the_corpus_are_answered_as_by_themselves(primum: Primum) -> None:
    """Each that stands on a line, or can be put on one."""
    with posting(primum) as client:
        records = [encoded(json.loads(sample.body)) for sample in good()[::3]]
        broken = [sample.body.strip() for sample in unreadable()]
        lines = [line for line in (*records, *broken) if line and b"\n" not in line]
        found = [without_words(one) for one in answers(client, b"\n".join(lines))]
        assert [without_words(single(client, line)) for line in lines] == found


def test_blank_lines_have_no_answer_and_are_counted(client: FlaskClient) -> None:
    """So that a number of a line is that of an editor."""
    body = b"\n  \n" + GOOD + b"\n\r\n\t\n" + b"{\n" + b"\n"
    assert kinds(answers(client, body)) == [None, (6, "unreadable-body")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b" \t\r\n"])
def test_lines_may_end_as_on_any_system(client: FlaskClient, end: bytes) -> None:
    """White space before the end belongs to no record."""
    assert answers(client, GOOD + end + GOOD + end) == [single(client, GOOD)] * 2


def test_the_last_line_needs_no_end(client: FlaskClient) -> None:
    """A body that arrived whole has no partial lines."""
    assert answers(client, GOOD + b"\n" + GOOD) == [single(client, GOOD)] * 2


@pytest.mark.parametrize("body", [b"", b"\n", b" \r\n\n"])
def test_no_record_has_no_answer(client: FlaskClient, body: bytes) -> None:
    """A batch of nothing is a batch."""
    assert answers(client, body) == []


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_line_over_the_limit_is_told_and_those_after_it_are_answered(
    client: FlaskClient, end: bytes
) -> None:
    """To the byte, and however much longer it is; none of it is taken for a record."""
    fits = GOOD.ljust(LONGEST)
    for size in (1, 2, LONGEST, LONGEST + 1, 7 * LONGEST + 3):
        body = b"\n".join((fits, GOOD.ljust(LONGEST + size), GOOD)) + end
        assert kinds(answers(client, body)) == [None, (2, "request-entity-too-large"), None]


def test_a_record_behind_much_white_space_is_not_dropped(client: FlaskClient) -> None:
    """A line over the limit is told, although all that was read of it is blank."""
    body = b" " * (LONGEST + 1) + GOOD + b"\n" + GOOD
    assert kinds(answers(client, body)) == [(1, "request-entity-too-large"), None]


def test_a_fault_is_placed_within_its_line(client: FlaskClient) -> None:
    """A record that breaks off does so in its own first line, as by itself."""
    found = answers(client, b"{\n" + GOOD)[0]
    assert single(client, b"{")["detail"] == found["detail"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"injury": {"type": "\xff\xfe"}}',
        b'{"id": "\xed\xa0\x80", "injury": {"type": "ITBS"}}',
        GOOD.decode().encode("utf-16-le").replace(b"\n", b""),
        b"\xef\xbb\xbf" + GOOD,
        b"<#c> <https://w3id.org/primum/injury> [ a <https://w3id.org/primum/CalfStrain> ] .",
        b"_:c <https://w3id.org/primum/injury> _:i .",
        b'<?xml version="1.0"?><rdf:RDF/>',
        b"\x00",
        b"HamstringStrain,2,72",
        GOOD + GOOD,
    ],
)
def test_a_line_that_is_no_json_is_told_in_its_place(client: FlaskClient, line: bytes) -> None:
    """RDF has routes of its own; the lines around it are answered."""
    found = answers(client, b"\n".join((GOOD, line, GOOD)))
    assert kinds(found) == [None, (2, "unreadable-body"), None]


def test_a_record_on_two_lines_is_no_record(client: FlaskClient) -> None:
    """Neither half is taken for one."""
    found = answers(client, GOOD.replace(b"}, ", b"},\n", 1))
    assert kinds(found) == [(1, "unreadable-body"), (2, "unreadable-body")]


@dataclass(frozen=True, slots=True)
class Breaking(Assessor):
    """An assessor with a fault of ours: a certain record breaks it."""

    def verdicts(self, body: bytes, media_type: str, screening: Screening) -> bytes:
        """The verdicts, unless it breaks."""
        if BROKEN.encode() in body:
            raise RuntimeError("broken on purpose")
        return Assessor.verdicts(self, body, media_type, screening)


def test_a_fault_of_ours_costs_one_line(primum: Primum, caplog: pytest.LogCaptureFixture) -> None:
    """The caller gets a number, the log the story under it, and the rest goes on."""
    settings = read_settings()
    served = Served.over(primum, settings)
    whole = served.assessor
    breaking = Breaking(whole.records, whole.renderer, whole.writer, whole.validate)
    lines = (GOOD, encoded(strain(id=BROKEN)), BAD, GOOD)
    with (
        over(replace(served, assessor=breaking), settings) as client,
        caplog.at_level(logging.ERROR, logger="primum.web"),
    ):
        found = answers(client, b"\n".join(lines))
    assert kinds(found) == [None, (2, "internal-error"), (3, "invalid-record"), None]
    assert "broken on purpose" not in json.dumps(found)
    number = found[1]["detail"].rpartition(" ")[2].rstrip(".")
    assert f"unforeseen error {number}" in caplog.text
    assert BROKEN not in caplog.text
