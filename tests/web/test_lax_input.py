"""Bodies that a lenient reader would take, or choke on, against a real server.

Each is answered, soon and in the one shape of errors: never a 500, never a dropped connection.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web import lax_bodies, lax_rdf
from tests.web.lax_bodies import Lax
from tests.web.posting import (
    ASSESS,
    JSON,
    LIMITS,
    N_TRIPLES,
    PROBLEM,
    RDF_XML,
    TURTLE,
    VALIDATE,
    contract,
    encoded,
    strain,
    told,
)
from tests.web.wire import Reply, Wire, free_port, get, post, running

COMMAND = str(Path(sys.executable).with_name("primum"))
SOON = 20
MEGABYTE = 10**6
EVERY = (*lax_bodies.BODIES, *lax_rdf.BODIES)
WHOLE = encoded(contract())


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of `primum serve`."""
    found = free_port()
    with running([COMMAND, "serve", "--port", str(found)], found, "/healthz"):
        yield found


@pytest.fixture(scope="module")
def strict_port() -> Iterator[int]:
    """The port of one that gives caged work a second."""
    found = free_port()
    with running(
        [COMMAND, "serve", "--port", str(found)], found, "/healthz", PRIMUM_CAGE_SECONDS="1"
    ):
        yield found


def sent(port: int, route: str, body: bytes, media_type: str = JSON) -> Reply:
    """The answer to a body, which must come soon."""
    start = time.monotonic()
    with Wire(port) as wire:
        reply = wire.send(post(route, body, f"Content-Type: {media_type}")).reply("POST")
    assert time.monotonic() - start < SOON
    assert reply.status < 500 or reply.status == 503
    return reply


def problem(reply: Reply, status: int, kind: str | None) -> Any:
    """The problem document of an answer."""
    return told(reply.status, reply.headers, reply.body, status=status, kind=kind)


def test_the_tables_are_large_and_name_each_body_once() -> None:
    """A name that stands twice would hide a body."""
    names = [(lax.name, lax.media_type) for lax in EVERY]
    assert len(names) == len(set(names))
    assert len(names) > 150


@pytest.mark.parametrize("lax", EVERY, ids=lambda lax: f"{lax.media_type} {lax.name[:60]}")
def test_a_body_is_answered_as_the_table_says(port: int, lax: Lax) -> None:
    """An assessment, or a problem of the kind expected."""
    reply = sent(port, ASSESS, lax.body, lax.media_type)
    if lax.kind is None:
        assert (reply.status, reply.headers["content-type"]) == (200, JSON), reply.body[:500]
        assert "treatments" in json.loads(reply.body)
    else:
        problem(reply, lax.status, lax.kind)


@pytest.mark.parametrize("lax", EVERY, ids=lambda lax: f"{lax.media_type} {lax.name[:60]}")
def test_validation_agrees_on_what_can_be_read(port: int, lax: Lax) -> None:
    """The same bodies are unreadable; of the others there is a report, valid or not."""
    reply = sent(port, VALIDATE, lax.body, lax.media_type)
    if lax.kind == "unreadable-body":
        problem(reply, lax.status, lax.kind)
    else:
        assert (reply.status, reply.headers["content-type"]) == (200, JSON), reply.body[:500]
        assert json.loads(reply.body)["valid"] is (lax.kind is None)


def test_a_record_that_breaks_off_anywhere_is_refused(port: int) -> None:
    """At every byte of it, none is read as a record with less in it."""
    for end in range(len(WHOLE)):
        reply = sent(port, ASSESS, WHOLE[:end])
        problem(reply, 400, "unreadable-body")


@pytest.mark.parametrize("name", [TURTLE, N_TRIPLES, RDF_XML])
def test_rdf_that_breaks_off_is_no_other_record(port: int, name: str) -> None:
    """Only whole lines of N-Triples can be cut off unseen: then less is said, not otherwise."""
    whole = lax_rdf.WHOLE[name]
    for end in range(0, len(whole) - 1, 5):
        reply = sent(port, ASSESS, whole[:end], name)
        if name == N_TRIPLES and whole[:end].rstrip().endswith(b"."):
            continue
        problem(reply, 400, "unreadable-body")


@pytest.mark.slow
@pytest.mark.parametrize("name", lax_rdf.HEAVY)
def test_a_heavy_body_costs_one_process_at_most(strict_port: int, name: str) -> None:
    """It is answered or stopped at a limit, and the next request is answered."""
    media_type, body = lax_rdf.HEAVY[name]
    assert len(body) <= MEGABYTE
    reply = sent(strict_port, ASSESS, body, media_type)
    if reply.status != 200:
        kind = json.loads(reply.body)["type"].rpartition("/")[2]
        assert kind in {*LIMITS, "unreadable-body", "invalid-record"}
        assert reply.headers["content-type"] == PROBLEM
    after = sent(strict_port, ASSESS, b"{}")
    problem(after, 422, "invalid-record")
    assert get(strict_port, "/v1/contraindications?injury=ITBS").status == 200


def test_an_answer_is_no_multiple_of_what_is_sent(port: int) -> None:
    """Eighty kilobytes do not become twenty-seven megabytes in the process that all share."""
    reply = sent(port, ASSESS, encoded(strain(treatments=[{"type": "Massage"}] * 4000)))
    assert len(reply.body) < 10 * MEGABYTE


def test_two_hundred_names_that_there_are_not_are_told(strict_port: int) -> None:
    """Three kilobytes of misspelt factors are no work of seconds."""
    present = [f"factor {number}" for number in range(200)]
    record = strain(patient={"factors": {"present": present}})
    found = problem(sent(strict_port, ASSESS, encoded(record)), 422, "invalid-record")
    assert len(found["errors"]) >= len(present)
