"""Queries in caged processes: results as in this one, and what stopped them told as it is."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.sparql.filed import BASE, file_in, settings
from tests.sparql.made import GRAPH_NAMES, RESULT_NAMES, rows, table, whole

from primum.foundation.errors import (
    Busy,
    Crashed,
    InvalidQuery,
    LimitReached,
    QueryCrashed,
    QueryOutOfMemory,
    QueryTimeout,
    ResultTooLarge,
    UnwritableResult,
)
from primum.knowledge.datasets import read_dataset
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.running import Runner
from primum.use_cases.sparql.statistics import count
from primum.web.sparql.caged import CagedEngine

EVERY = "SELECT ?s ?p ?o { ?s ?p ?o }"
COPY = "CONSTRUCT WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
WAITING = 64


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of some quads."""
    return file_in(tmp_path_factory.mktemp("caged"))


@pytest.fixture(scope="module")
def engine(path: Path) -> Iterator[CagedEngine]:
    """What evaluates queries over the file."""
    found = CagedEngine(str(path), settings())
    yield found
    found.close()


@pytest.mark.parametrize("form", [*RESULT_NAMES, *GRAPH_NAMES])
def test_a_caged_result_is_that_of_this_process(engine: CagedEngine, path: Path, form: str) -> None:
    """Whole and streamed, letter by letter."""
    query = COPY if form in GRAPH_NAMES else EVERY
    expected = whole(Runner(read_dataset(path)), query, form)
    asked = Asked(query, form, BASE)
    assert engine.run(asked) == expected
    assert b"".join(engine.stream(asked)) == expected


def test_every_feature_works_within_the_cage(engine: CagedEngine, path: Path) -> None:
    """Nothing that is loaded late is missing in a process that can open no file."""
    here = Runner(read_dataset(path))
    for query in (
        "SELECT (REGEX('aé', '^\\\\w+$', 'i') AS ?a) (REPLACE('x', 'x', 'y') AS ?b) {}",
        "SELECT (SHA512('x') AS ?a) (MD5('x') AS ?b) (ENCODE_FOR_URI('é') AS ?c) {}",
        "SELECT (GROUP_CONCAT(?o) AS ?all) (AVG(?o) AS ?mean) { ?s ?p ?o }",
        "SELECT (<urn:f>(1) AS ?x) { ?s (<urn:x:p>|!<urn:x:q>)+ ?o } ORDER BY ?o LIMIT 3",
    ):
        assert table(engine.run(Asked(query, "json", BASE)), "json")[1] == rows(here, query)
    assert engine.run(Asked("SELECT (NOW() AS ?now) (RAND() AS ?r) (UUID() AS ?u) {}", "xml", BASE))


def test_the_dataset_is_counted(engine: CagedEngine, path: Path) -> None:
    """As it would be in this process, again and again."""
    expected = count(read_dataset(path).store)
    assert [engine.statistics() for _ in range(3)] == [expected] * 3


@pytest.mark.parametrize(
    ("query", "form", "error", "said"),
    [
        (ENDLESS, "json", QueryTimeout, "The query was stopped: it was stopped after 2 seconds"),
        ("SELECT * { " + "{" * 20_000, "json", QueryCrashed, "died of it"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "json", ResultTooLarge, "more than 10000000 bytes"),
        ("SELECT (1 AS ?x) { ?a ?b ?c . ?d ?e ?f }", "csv", ResultTooLarge, "100000 rows"),
        ("SELECT * { ?s ?p }", "json", InvalidQuery, "Line 1, column 18"),
        ("CONSTRUCT { <urn:s> <urn:1> 1 } {}", "rdf", UnwritableResult, "cannot be written as rdf"),
    ],
)
def test_what_stops_a_query_is_told(
    engine: CagedEngine, query: str, form: str, error: type[Exception], said: str
) -> None:
    """And the next query is answered."""
    with pytest.raises(error, match=said):
        engine.run(Asked(query, form, BASE))
    assert engine.run(Asked("ASK {}", "csv", BASE)) == b"true"


MEMORY = """SELECT (GROUP_CONCAT(?x; separator="") AS ?y) {
    { SELECT (GROUP_CONCAT(?z; separator="") AS ?x) { ?a ?b ?c . ?d ?e ?f
      BIND (CONCAT(STR(?a), STR(?b), STR(?d), STR(?a), STR(?b), STR(?d)) AS ?z) } }
    ?g ?h ?i }"""


def test_a_query_that_needs_too_much_memory_is_told_so(path: Path) -> None:
    """The limit is named; the machine does not notice."""
    engine = CagedEngine(str(path), settings(PRIMUM_CAGE_MEGABYTES="64", PRIMUM_CAGE_SECONDS="20"))
    try:
        with pytest.raises((QueryOutOfMemory, QueryCrashed), match="than the 64 MiB") as caught:
            engine.run(Asked(MEMORY, "json", BASE))
        assert caught.value.retry_after is None
        assert engine.run(Asked("ASK {}", "csv", BASE)) == b"true"
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("query", "form", "error"),
    [
        ("SELECT * { ?s ?p }", "json", InvalidQuery),
        ("CONSTRUCT { <urn:s> <urn:1> 1 } {}", "rdf", UnwritableResult),
        ("SELECT * { " + "{" * 20_000, "json", QueryCrashed),
    ],
)
def test_a_stream_tells_of_a_mistake_before_it_begins(
    engine: CagedEngine, query: str, form: str, error: type[Exception]
) -> None:
    """Before it gives an iterator, so that the answer can have the right status."""
    with pytest.raises(error):
        engine.stream(Asked(query, form, BASE))
    assert engine.run(Asked("ASK {}", "csv", BASE)) == b"true"


def test_a_caller_can_only_lower_the_time(engine: CagedEngine) -> None:
    """Of a whole result and of a streamed one, each of which has a limit of its own."""
    asked = Asked(ENDLESS, "json", BASE)
    for call, seconds, said in (
        (engine.run, 0.2, "0.2"),
        (engine.run, 60.0, "2"),
        (engine.stream, 0.2, "0.2"),
        (engine.stream, 60.0, "3"),
    ):
        with pytest.raises(QueryTimeout, match=rf"after {said} seconds"):
            call(asked, seconds=seconds)


def test_a_stream_may_be_larger_than_a_whole_result(engine: CagedEngine) -> None:
    """In rows and in bytes."""
    query = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
    with pytest.raises(LimitReached):
        engine.run(Asked(query, "xml", BASE))
    sizes = [len(piece) for piece in engine.stream(Asked(query, "xml", BASE))]
    assert sum(sizes) > 10_000_000
    assert max(sizes) <= 65_536


def test_a_stream_that_is_stopped_on_its_way_raises(engine: CagedEngine) -> None:
    """The pieces before it were given."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    pieces = engine.stream(Asked(query, "csv", BASE), seconds=0.3)
    found: list[bytes] = []
    with pytest.raises(QueryTimeout, match=r"0\.3 seconds"):
        found.extend(pieces)
    assert found
    assert found[0].startswith(b"a,b,c,d,e,f,g,h,i\r\n")


def test_a_stream_that_is_closed_gives_its_worker_back(path: Path) -> None:
    """Begun or not; one worker is enough for many callers who leave."""
    engine = CagedEngine(str(path), settings(PRIMUM_CAGE_WORKERS="1"))
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    try:
        for take in (0, 1, 2):
            pieces = engine.stream(Asked(query, "csv", BASE))
            assert all(next(pieces) for _ in range(take))
            pieces.close()  # type: ignore[attr-defined]
            assert engine.run(Asked("ASK {}", "csv", BASE)) == b"true"
    finally:
        engine.close()


@pytest.mark.parametrize("form", ["nt", "nq"])
def test_an_empty_stream_is_empty(engine: CagedEngine, form: str) -> None:
    """A graph without statements has not a single byte in some formats."""
    asked = Asked("CONSTRUCT { ?s ?p ?o } WHERE { ?s <urn:none> ?o . ?s ?p ?o }", form, BASE)
    assert b"".join(engine.stream(asked)) == b"" == engine.run(asked)


def test_a_dataset_that_cannot_be_read_is_told_to_every_query(tmp_path: Path) -> None:
    """As a fault of the service, for which nobody's query is to blame."""
    broken = tmp_path / "broken.nq"
    broken.write_text("<urn:s> <urn:p>")
    engine = CagedEngine(str(broken), settings())
    try:
        for call in (engine.run, engine.stream):
            with pytest.raises(Crashed, match=r"UnreadableFile: .*broken\.nq") as caught:
                call(Asked("ASK {}", "csv", BASE))
            assert not isinstance(caught.value, QueryCrashed)
            assert caught.value.retry_after == 10
        with pytest.raises(Crashed, match="UnreadableFile"):
            engine.statistics()
    finally:
        engine.close()


def test_who_finds_no_place_is_told_to_come_again(path: Path) -> None:
    """As many wait as may, and are answered in the end; one more is not kept waiting."""
    engine = CagedEngine(str(path), settings(PRIMUM_CAGE_WORKERS="1", PRIMUM_STREAM_SECONDS="30"))
    asked = Asked("ASK {}", "csv", BASE)
    pieces = engine.stream(Asked("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv", BASE))
    try:
        with ThreadPoolExecutor(WAITING) as threads:
            waiting = [threads.submit(engine.run, asked) for _ in range(WAITING)]
            time.sleep(0.5)
            with pytest.raises(Busy, match="65 requests are worked on or wait") as caught:
                engine.run(asked)
            assert caught.value.retry_after == 2
            pieces.close()  # type: ignore[attr-defined]
            assert [each.result() for each in waiting] == [b"true"] * WAITING
    finally:
        engine.close()


def test_streams_leave_a_worker_to_queries(path: Path) -> None:
    """Of two workers one may stream; who asks for a second stream is told to come again."""
    engine = CagedEngine(str(path), settings(PRIMUM_CAGE_WORKERS="2", PRIMUM_STREAM_SECONDS="30"))
    long = Asked("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "csv", BASE)
    pieces = engine.stream(long)
    try:
        with pytest.raises(Busy, match="streamed") as caught:
            engine.stream(long)
        assert caught.value.retry_after == 5
        assert engine.run(Asked("ASK {}", "csv", BASE)) == b"true"
        pieces.close()  # type: ignore[attr-defined]
        assert next(engine.stream(long))
    finally:
        engine.close()
