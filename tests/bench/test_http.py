"""What goes over HTTP is compared with the engine before it is timed, by a client that can count.

No test here asserts a time.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, repeat

import pytest
from tests.bench import http_agreement as agreement
from tests.bench.engines import Mismatch
from tests.bench.generate import generated
from tests.bench.http_answer import Answer
from tests.bench.http_batch import exchange, lines_of, request
from tests.bench.http_batches import DETAILS, batches
from tests.bench.http_contenders import Contender, Pool, again, portions
from tests.bench.http_load import Load, drive
from tests.bench.http_part import http, naive
from tests.bench.http_process import Server, primum_served, served
from tests.bench.http_questions import JSON, broken, get, posted, questions, records
from tests.bench.http_results import CONNECTIONS, Flow, Http, Timed, http_document, http_lines
from tests.bench.measure import Measured
from tests.bench.scale import QUICK, Traffic
from tests.web.wire import chunked

from primum.reasoning.engine import Engine
from primum.use_cases.records.plain import NotPlain
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

LARGE = 5000
FEW = Traffic(asked=4, new=2, seconds=0.01, batch=9, large=20, naive=1, hermit=0)
BRIEF = replace(QUICK, rounds=1, http=FEW)
SMALL = posted("/small", b'{"grade": 2}', JSON)
NOTHING = posted("/nothing", b"{}", JSON)
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n"


@pytest.fixture(scope="module")
def echo(primum: Primum) -> Iterator[Server]:
    """The two echoes."""
    with served("echo", primum.place, str(LARGE)) as server:
        yield server


@pytest.fixture(scope="module")
def server(primum: Primum) -> Iterator[Server]:
    """Primum itself."""
    with primum_served(primum.place) as found:
        yield found


@pytest.fixture(scope="module")
def other(primum: Primum) -> Primum:
    """Primum with other rules than are served."""
    knowledge = generated(primum.release.knowledge, rules=50, seed=5)
    return replace(primum, engine=Engine(knowledge))


@pytest.mark.parametrize("draw", [questions, records])
def test_what_is_asked_depends_on_the_seed(
    primum: Primum, draw: Callable[..., list[object]]
) -> None:
    """And on nothing else; grades, hours, days and factors vary."""
    found = draw(primum, count=30, seed=1)
    assert found == draw(primum, count=30, seed=1)
    assert found != draw(primum, count=30, seed=2)


def test_questions_vary_in_all_that_can_be_asked(primum: Primum) -> None:
    """Some are about a day, some about an instant; not all name a grade or a factor."""
    found = questions(primum, count=60, seed=1)
    assert len({get(one) for one in found}) > 50
    for name in ("grade", "day", "hours", "present", "age"):
        assert {True, False} == {bool(getattr(one, name)) for one in found}, name


def test_records_are_plainly_good(primum: Primum) -> None:
    """Each has an id of its own, and none of them needs the slow way of validation."""
    reader, found = Records.of(primum.release, primum.vocabulary), records(primum, count=60, seed=1)
    assert {f"case-{n}" for n in range(60)} == {record.document["id"] for record in found}
    assert {True, False} == {bool(record.audits) for record in found}
    for record in found:
        reader.read(record.document)


def test_broken_records_are_refused(primum: Primum) -> None:
    """Whatever is broken in them."""
    reader = Records.of(primum.release, primum.vocabulary)
    bodies = broken(records(primum, count=8, seed=1))
    assert len(set(bodies)) == 8
    for body in bodies:
        with pytest.raises(NotPlain):
            reader.read(json.loads(body))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_an_answer_is_read_however_it_comes(size: int) -> None:
    """In chunks and with a length, in pieces of any size."""
    body = b"one\r\ntwo\n" * 5
    for sent in (
        HEAD + b"transfer-encoding: chunked\r\n\r\n" + chunked(body, 4),
        HEAD + b"content-length: 45\r\n\r\n" + body,
    ):
        answer, found = Answer(), b""
        for start in range(0, len(sent), size):
            assert not answer.ended
            found += b"".join(answer.taken(sent[start : start + size]))
        assert answer.ended
        assert found == body


def test_an_answer_of_another_status_is_reported() -> None:
    """What is answered is shown."""
    with pytest.raises(Mismatch, match="404 Not Found"):
        list(Answer().taken(b"HTTP/1.1 404 Not Found\r\n\r\n"))


@pytest.mark.parametrize("connections", [1, 3])
def test_every_request_is_answered_once(echo: Server, connections: int) -> None:
    """The load ends with the last request, or when its time is up."""
    found = drive(echo.port, repeat(SMALL, 10), status=200, connections=connections, seconds=60)
    assert len(found.latencies) == 10
    assert all(0 < time <= found.spent for time in found.latencies)
    brief = drive(echo.port, repeat(SMALL), status=200, connections=connections, seconds=0)
    assert len(brief.latencies) == connections


def test_a_wrong_status_ends_the_load(echo: Server) -> None:
    """A server that fails fast does not pass for a fast one."""
    with pytest.raises(Mismatch, match=r"Expected 200, found .*404"):
        drive(echo.port, repeat(NOTHING), status=200, connections=2, seconds=60)


def test_requests_go_on_where_the_last_round_ended() -> None:
    """Those that are asked again, and those that are not."""
    endless, once = again([b"a", b"b", b"c"]), portions([b"a", b"b", b"c"], 2)
    assert [*islice(endless(), 2), *islice(endless(), 2)] == [b"a", b"b", b"c", b"a"]
    assert [list(once()), list(once()), list(once())] == [[b"a", b"b"], [b"c"], []]


def test_the_echoes_read_json(echo: Server) -> None:
    """One gives it back, the other as many bytes as it was told; neither takes what is no JSON."""
    with agreement.Asking(echo.port) as asking:
        assert asking.document(SMALL) == {"grade": 2}
        assert len(asking.reply(posted("/large", b"{}", JSON), 200).body) == LARGE
        for path in ("/small", "/large"):
            asking.reply(posted(path, b"{", JSON), 400)


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell")
def test_the_work_and_the_memory_of_a_server_are_seen(echo: Server) -> None:
    """It works while it is asked, in a process of its own."""
    contender = Contender("echo", echo, again([SMALL]))
    _, worked = contender.drive(4, 0.3)
    assert worked > 0
    assert echo.worker != echo.process.pid
    assert echo.resident() > 10 * 2**20


def test_http_says_what_the_engine_says(primum: Primum, server: Server) -> None:
    """On every route that is timed."""
    Pool.of(primum, FEW).demand_agreement(primum, server.port)


def test_another_answer_is_reported(primum: Primum, other: Primum, server: Server) -> None:
    """Of questions and records, with what was asked."""
    asked = Pool.of(primum, FEW)
    with pytest.raises(Mismatch, match="Different answers to Asked"):
        agreement.demand_questions(other, server.port, asked.questions)
    with pytest.raises(Mismatch, match="Different answers to Record"):
        agreement.demand_records(other, server.port, asked.records)


def test_a_record_that_is_good_is_not_taken_for_a_bad_one(primum: Primum, server: Server) -> None:
    """The status is compared, too."""
    good = records(primum, count=1, seed=1)
    with pytest.raises(Mismatch, match="Expected 422"):
        agreement.demand_faults(primum, server.port, [good[0].json])


def test_a_batch_has_an_answer_to_each_line(primum: Primum, server: Server) -> None:
    """In full or verdicts alone, and nothing but lines is counted."""
    flows, memory = batches(primum, server, BRIEF)
    assert [row.what for row in flows] == [*DETAILS]
    assert len(memory) == 3 * len(DETAILS)
    sent = request("", [b"{}"] * 3)
    assert len(lines_of(server.port, sent)) == 3
    assert exchange(server.port, sent, len) > 0


def test_the_naive_service_finds_the_levels(primum: Primum) -> None:
    """By SPARQL over what it has parsed and validated itself."""
    assert [row.what for row in naive(primum, BRIEF)] == ["rdflib, pySHACL, SPARQL in rdflib"]


def test_a_naive_answer_that_differs_is_reported(primum: Primum, other: Primum) -> None:
    """Its levels are compared with those of the engine."""
    asked = records(primum, count=1, seed=1, told_age=False)
    with served("naive", primum.place) as found, pytest.raises(Mismatch, match="Different"):
        agreement.demand_naive(other, found.port, "/sparql", asked)


def loads(*rates: int) -> tuple[Load, ...]:
    """Rounds of one second with so many answers, each of which takes two milliseconds."""
    return tuple(Load([2_000_000] * rate, 10**9, 10**8) for rate in rates)


def results() -> Http:
    """Two echoes and a contender; a batch; a naive service."""
    rows = [
        Timed("echo", loads(100, 200), 10**9),
        Timed("large", loads(50, 100), 10**9),
        Timed("  in Turtle", loads(50, 150), 2 * 10**9),
    ]
    flow = Flow("in full", (300.0, 500.0), {1: (100.0, 250.0), 8: (150.0, 125.0)})
    memory = [Measured("before", (2**20,), "bytes")]
    return Http(9, dict.fromkeys(CONNECTIONS, rows), [flow], memory, [Timed("slow", loads(1), 0)])


def test_ratios_are_within_rounds() -> None:
    """The median of what contender and echo did in the same round."""
    lines = [line.split() for line in http_lines(results())]
    shown = ["in", "Turtle", "100", "2.00", "2.00", "0.625", "1.25", "10%", "100%"]
    assert lines.count(shown) == len(CONNECTIONS)
    assert ["in", "full", "400", "2.5", "3"] in lines
    assert ["before", "1.0"] in lines
    assert ["Primum,", "in", "full,", "from", "Turtle:", "100", "x", "slow"] in lines


def test_the_document_says_what_the_table_says() -> None:
    """With every round."""
    found = http_document(results())
    last = found["loads"]["8"][-1]
    assert (last["what"], last["rates"], last["to_echo"]) == ("in Turtle", [50, 150], 0.625)
    assert found["batches"][0]["to_singly"] == {"1": 2.5, "8": 3}
    assert found["memory"][0]["median"] == 2**20
    assert json.loads(json.dumps(found)) == found


@pytest.mark.slow
def test_a_brief_run_over_http_times_every_route(primum: Primum) -> None:
    """With both numbers of connections, after all answers agreed."""
    found = http(primum, BRIEF)
    assert (*found.loads,) == CONNECTIONS
    assert all(row.loads[0].latencies for rows in found.loads.values() for row in rows)
    assert any("never asked" in line for line in http_lines(found))
