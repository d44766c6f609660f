"""What is asked in SPARQL is answered alike by all before it is timed, and then counted rightly.

No test here asserts a time, and none needs what is not installed.
"""

import json
import socket
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.bench.engines import Mismatch
from tests.bench.http_load import Load, drive
from tests.bench.http_process import Server
from tests.bench.http_results import CONNECTIONS, Timed
from tests.bench.measure import Measured
from tests.bench.scale import QUICK, Queried, Traffic
from tests.bench.sparql_agreement import demand_agreement, rows_of
from tests.bench.sparql_attack import Attack
from tests.bench.sparql_others import Missing, Package, Site
from tests.bench.sparql_part import sparql
from tests.bench.sparql_results import (
    AGAIN,
    COPY,
    FIRST,
    Row,
    Sparql,
    sparql_document,
    sparql_lines,
)
from tests.bench.sparql_stream import PRIMUM, Stream, streams
from tests.bench.sparql_texts import new, texts
from tests.web.wire import free_port, running

from primum.foundation.names import RDFS, XSD
from primum.knowledge.datasets import served_store
from primum.use_cases.service import Primum

COMMAND = str(Path(sys.executable).with_name("primum"))
BRIEF = replace(
    QUICK,
    rounds=1,
    http=Traffic(seconds=0.01),
    sparql=Queried(attacked=0.3, kills=1, streamed=(10, 1_000), stream_rounds=1, others=False),
)


@contextmanager
def over(quads: Iterable[ox.Quad], name: str, folder: Path) -> Iterator[Site]:
    """Primum over a file with some quads."""
    path, port = folder / f"{name}.nq", free_port()
    ox.serialize(quads, str(path), format=ox.RdfFormat.N_QUADS)
    command = [COMMAND, "serve", "--dataset", str(path), "--port", str(port)]
    with running(command, port, "/limits") as process:
        yield Site(name, Server(port, process), "/sparql")


@pytest.fixture(scope="module")
def same(primum: Primum, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What a release is served as."""
    folder = tmp_path_factory.mktemp("same")
    with over(served_store(primum.release), "same", folder) as site:
        yield site


@pytest.fixture(scope="module")
def other(primum: Primum, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same without labels."""
    folder = tmp_path_factory.mktemp("other")
    quads = served_store(primum.release).quads_for_pattern(None, None, None)
    kept = (quad for quad in quads if quad.predicate.value != f"{RDFS}label")
    with over(kept, "other", folder) as site:
        yield site


def result(*terms: dict[str, str]) -> bytes:
    """A result in JSON with a row for each term."""
    return json.dumps({"results": {"bindings": [{"x": term} for term in terms]}}).encode()


def test_rows_are_compared_whatever_their_order() -> None:
    """A string may say that it is one; all else counts, how often a row comes included."""
    plain = {"type": "literal", "value": "a"}
    said, other = {**plain, "datatype": f"{XSD}string"}, {**plain, "datatype": f"{XSD}token"}
    tagged, iri = {**plain, "xml:lang": "en"}, {"type": "uri", "value": "a"}
    assert rows_of(result(plain, iri)) == rows_of(result(iri, said))
    kinds = [rows_of(result(each)) for each in (plain, other, tagged, iri)]
    assert all(one != another for n, one in enumerate(kinds) for another in kinds[:n])
    assert rows_of(result(iri)) != rows_of(result(iri, iri))


def test_new_requests_are_never_the_same() -> None:
    """Over rounds, too; and every contender is asked the same texts."""
    query = "SELECT * { ?s ?p ?o }"
    requests, again = new("/sparql", query), new("/sparql", query)
    asked = [*islice(requests(), 3), *islice(requests(), 3)]
    assert len(set(asked)) == 6
    assert asked == [*islice(again(), 6)]


@contextmanager
def answering(pieces: Sequence[bytes]) -> Iterator[int]:
    """A server that answers every request with the same pieces, one after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                while line.recv(2**16):
                    for piece in pieces:
                        line.sendall(piece)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_an_answer_in_chunks_is_taken_to_its_end(size: int) -> None:
    """However it is cut, and though a chunk ends like the last one."""
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    rest = b"5\r\n[1,20\r\n3\r\n,3]\r\n0\r\n\r\n"
    pieces = [head, *(rest[start : start + size] for start in range(0, len(rest), size))]
    with answering(pieces) as port:
        load = drive(port, iter([b"GET /"] * 5), status=200, connections=1, seconds=60)
    assert len(load.latencies) == 5


def test_what_cannot_be_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its name and version, in one line."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Missing, match=r"oxigraph 0\.0\.0 is not measured: .*No matching") as told:
        Package("oxigraph", ("oxigraph==0.0.0",)).installed(tmp_path)
    assert "\n" not in str(told.value)


def test_another_answer_is_reported(same: Site, other: Site) -> None:
    """With who gives it and to which query; without one, the rows are counted."""
    counts = demand_agreement([same, same], texts())
    assert all(counts.values())
    unlabelled = {"levels": texts()["levels"]}
    assert demand_agreement([same, other], unlabelled) == {"levels": counts["levels"]}
    with pytest.raises(Mismatch, match=r"other answers term otherwise: lacks .*#label"):
        demand_agreement([same, other], {"term": texts()["term"]})


def test_a_result_that_lacks_rows_is_reported(same: Site) -> None:
    """However fast it came."""
    few = b"?a\n1\n2\n"
    head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(few)
    with answering([head + few]) as port:
        site = Site("short", Server(port, same.server.process), "/")
        with pytest.raises(Mismatch, match="short gives 2 rows of 3"):
            streams([site], Queried(streamed=(3,), stream_rounds=1))


@pytest.mark.slow
def test_a_brief_run_has_every_figure(primum: Primum) -> None:
    """With both numbers of connections, and for every query and way to ask it."""
    found = sparql(primum, BRIEF)
    asked = [(name, how, PRIMUM) for name in texts() for how in (FIRST, AGAIN, COPY)]
    assert (*found.loads,) == CONNECTIONS
    for rows in found.loads.values():
        assert asked == [(row.query, row.how, row.name) for row in rows]
        assert all(row.timed.loads[0].latencies for row in rows)
    assert found.attack.quiet.latencies
    assert len(found.attack.kills) == 1
    assert [(one.name, one.number) for one in found.streams] == [(PRIMUM, 10), (PRIMUM, 1_000)]
    assert json.loads(json.dumps(sparql_document(found))) == sparql_document(found)
    assert any("never asked: Primum" in line for line in sparql_lines(found))


def timed(*rates: int) -> Timed:
    """Rounds of one second with so many answers, each of which takes two milliseconds."""
    loads = tuple(Load([2_000_000] * rate, 10**9, 10**8) for rate in rates)
    return Timed("query", loads, sum(rates) * 1_000_000)


def made_up() -> Sparql:
    """One query, asked of all in all ways; an attack; a stream."""
    rates = {PRIMUM: (20, 60), "Oxigraph": (10, 20), "rdflib-endpoint": (2, 2)}
    rows = [Row("q", how, name, timed(*r)) for how in (FIRST, AGAIN) for name, r in rates.items()]
    rows.append(Row("q", COPY, PRIMUM, timed(40, 40)))
    attack = Attack(timed(5).loads[0], timed(3).loads[0], 7, (1_000_000, 3_000_000))
    memory = tuple(
        Measured(what, (size * 2.0**20,), "bytes")
        for what, size in (("before", 5), ("at most", 7), ("after", 6))
    )
    stream = Stream(PRIMUM, 1_000, (500.0,), memory)
    return Sparql({"q": 3}, dict.fromkeys(CONNECTIONS, rows), attack, [stream], ["none is missing"])


def test_ratios_are_within_rounds() -> None:
    """The median of what two did in the same round, and the range; copies are to whole answers."""
    lines = [" ".join(line.split()) for line in sparql_lines(made_up())]
    assert "q, never asked: Primum 40 2.00 2.00 1.00 2.5 2-3 20" in lines
    assert "q, never asked: rdflib-endpoint 2 2.00 2.00 1.00 0.15 0.1-0.2 1" in lines
    assert f"q, {COPY}: Primum 40 2.00 2.00 1.00 3 2-4 20" in lines
    assert "never asked: Primum 2.5 on average, 2.5 at least, times Oxigraph" in lines
    assert "with 4 attackers 3 2.00 2.00" in lines
    assert "Primum, 1,000 rows 500 5.0 7.0 6.0 2.0" in lines
    assert lines[-1] == "none is missing"


def test_without_the_others_there_are_no_ratios() -> None:
    """What Primum did is told all the same."""
    rows = [row for row in made_up().loads[1] if row.name == PRIMUM]
    alone = replace(made_up(), loads={1: rows})
    lines = [" ".join(line.split()) for line in sparql_lines(alone)]
    assert "q, never asked: Primum 40 2.00 2.00 1.00" in lines
    assert not any("times Oxigraph" in line for line in lines)
