"""`primum sparql`: a query of one's own, asked of the knowledge or of a file, without limits."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.cli.test_cli import COMMAND, environment
from tests.sparql.made import GRAPH_NAMES, RESULT_NAMES, graph, iri, table, typed, whole
from tests.web.wire import until

from primum.foundation.names import BASE, Kind
from primum.knowledge.datasets import read_dataset
from primum.use_cases.service import Primum
from primum.use_cases.sparql.running import Runner
from primum.web.app import create_app

TIMEOUT = 120
CROWD = 350
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LABELS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?class ?label { ?class rdfs:subClassOf <Condition> ; rdfs:label ?label }
ORDER BY ?label LIMIT 4"""


def run(query: str | bytes, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """A real run of the command, with a query on standard input."""
    return subprocess.run(
        [COMMAND, "sparql", "-", *arguments],
        input=query if isinstance(query, bytes) else query.encode(),
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
        env=environment(**more),
    )


def output(query: str, *arguments: str) -> bytes:
    """What a run that must end well prints; nothing may stand on standard error."""
    found = run(query, *arguments)
    assert (found.returncode, found.stderr) == (0, b"")
    return found.stdout


def refused(query: str | bytes, *arguments: str, code: int = 2, **more: str) -> str:
    """What a run says that ends with an exit code, and prints nothing else."""
    found = run(query, *arguments, **more)
    assert (found.returncode, found.stdout) == (code, b""), found
    assert b"Traceback" not in found.stderr
    return found.stderr.decode()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file of some triples, one with a number that a store would write otherwise."""
    path = tmp_path_factory.mktemp("data") / "data.nq"
    quads = [ox.Quad(iri(number), iri("p"), ox.Literal(number)) for number in range(CROWD)]
    quads.append(ox.Quad(iri("s"), iri("q"), typed("0999", "integer"), iri("g")))
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    return str(path)


# --- What is printed -----------------------------------------------------------------------------


def test_a_query_is_answered_with_a_table() -> None:
    """Terms of Primum by their local names, each row a line."""
    lines = output(LABELS).decode().splitlines()
    rows = [line.split() for line in lines if line.strip() and "─" not in line]
    assert rows[0] == ["class", "label"]
    assert len(rows) == 5
    assert all(row[0][0].isupper() and len(row) >= 2 for row in rows[1:])


def test_an_answer_is_the_very_one_that_http_gives(primum: Primum) -> None:
    """Rows and graphs of the knowledge that is served."""
    client = create_app(primum).test_client()
    for query, form in ((LABELS, "csv"), ("DESCRIBE <Condition>", "nt")):
        answer = client.get("/sparql", query_string={"query": query, "format": form})
        assert answer.status_code == 200
        printed = output(query, "--format", form)
        assert sorted(printed.splitlines()) == sorted(answer.data.splitlines())


@pytest.mark.parametrize("form", [*RESULT_NAMES, *GRAPH_NAMES])
def test_every_format_is_that_of_the_service(data: str, form: str) -> None:
    """Letter by letter; what has no end of line has one here."""
    query = "CONSTRUCT WHERE { ?s ?p ?o }" if form in GRAPH_NAMES else "SELECT * { ?s ?p ?o }"
    expected = whole(Runner(read_dataset(Path(data))), query, form)
    printed = output(query, "--dataset", data, "--format", form)
    assert printed.removesuffix(b"\n") == expected.removesuffix(b"\n")
    assert printed.endswith(b"\n")


def test_a_graph_is_turtle_by_default() -> None:
    """With the usual prefixes; asked for as a table it is one of triples."""
    text = output("DESCRIBE <Condition>")
    assert b"@prefix primum: <https://w3id.org/primum/>" in text
    rows = output("DESCRIBE <Condition>", "--format", "table").decode().splitlines()
    assert rows[1].split() == ["subject", "predicate", "object"]
    shown = [line for line in rows[3:] if line.strip()]
    assert len(shown) == len(graph(text, "ttl"))
    assert all(line.startswith("  Condition ") for line in shown)


@pytest.mark.parametrize(("query", "expected"), [("ASK {}", "yes"), ("ASK { <a> <b> <c> }", "no")])
def test_yes_or_no(data: str, query: str, expected: str) -> None:
    """In words for people, in the formats of SPARQL for programs."""
    assert output(query, "--dataset", data).decode() == f"{expected}\n"
    document = json.loads(output(query, "--dataset", data, "--json"))
    assert document == {"head": {}, "boolean": expected == "yes"}


def test_json_is_that_of_sparql(data: str) -> None:
    """`--json` is `--format json`, and of a graph it is JSON-LD."""
    rows = "SELECT ?s { ?s ?p 7 }"
    assert table(output(rows, "--dataset", data, "--json"), "json") == (["s"], [(iri(7),)])
    described = output("DESCRIBE <urn:x:7>", "--dataset", data, "--json")
    assert graph(described, "jsonld") == {ox.Triple(iri(7), iri("p"), ox.Literal(7))}


def test_a_query_may_stand_in_a_file(tmp_path: Path, data: str) -> None:
    """With or without the mark that some editors put at the beginning."""
    path = tmp_path / "query.rq"
    for mark in ("", "\ufeff"):
        path.write_text(f"{mark}SELECT ('é' AS ?x) {{}}", encoding="utf-8")
        found = subprocess.run(
            [COMMAND, "sparql", str(path), "--format", "csv", "--dataset", data],
            capture_output=True,
            check=True,
            timeout=TIMEOUT,
            env=environment(),
        )
        assert found.stdout.decode() == "x\r\né\r\n"


# --- Another dataset -----------------------------------------------------------------------------


def test_another_dataset_may_be_asked(data: str) -> None:
    """Its named graphs stay apart, and its literals are as they were written."""
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert output(query, "--dataset", data, "--format", "csv") == b"n\r\n350\r\n"
    query = "SELECT ?o { GRAPH <urn:x:g> { ?s ?p ?o } }"
    assert output(query, "--dataset", data, "--format", "tsv") == b"?o\n0999\n"
    assert output("ASK { ?s <urn:x:q> ?o }", "--dataset", data) == b"no\n"


def test_graphs_of_from_are_merged(data: str) -> None:
    """A statement is counted once, however often its graph is named."""
    query = "SELECT (COUNT(*) AS ?n) FROM <urn:x:g> FROM <urn:x:g> FROM <urn:x:h> { ?s ?p ?o }"
    assert output(query, "--dataset", data, "--format", "csv") == b"n\r\n1\r\n"


def test_relative_iris_are_those_of_what_is_asked(data: str) -> None:
    """Of the knowledge, or of the place of the file."""
    query = "SELECT (<Condition> AS ?x) {}"
    assert output(query, "--format", "csv").decode() == f"x\r\n{Kind.INJURY}\r\n"
    assert Kind.INJURY.startswith(BASE)
    beside = Path(data).with_name("Condition").as_uri()
    assert output(query, "--format", "csv", "--dataset", data).decode() == f"x\r\n{beside}\r\n"


def test_rows_have_no_limit(data: str) -> None:
    """More of them than the service sends at once, as formats and as a table."""
    query = "SELECT ?a { ?a <urn:x:p> ?x . ?b <urn:x:p> ?y }"
    body = output(query, "--dataset", data, "--format", "csv").decode()
    assert sum(1 for _ in csv.reader(io.StringIO(body))) == CROWD**2 + 1 > 100_001


# --- Mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT *\nWHERE { ?s ?p }", "primum: Line 2, column 15: `}` cannot stand here; "),
        ("SELECT * { ?s skos:notation ?o }", "Line 1, column 15: the prefix `skos:` is not"),
        ("INSERT DATA {}", "INSERT changes data"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "SERVICE <http://127.0.0.1:9/> is ref"),
        ("", "Line 1, column 1: a query is one of SELECT, ASK, CONSTRUCT, DESCRIBE"),
        (b"SELECT ('\xff' AS ?x) {}", "The query is no UTF-8 at byte 9"),
    ],
)
def test_a_mistake_ends_with_2(query: str | bytes, said: str) -> None:
    """Its line and column are told, and nothing is printed."""
    assert said in refused(query)


@pytest.mark.parametrize(
    "query", ["SELECT * {" + "{" * 300, "ASK {} #" + "x" * 64_000, "ASK {}" + " {}" * 6000]
)
def test_a_query_beyond_the_limits_ends_with_1(query: str) -> None:
    """Those that keep the parser whole hold here, too."""
    said = refused(query, code=1)
    assert "more than" in said or "at most" in said


def test_a_format_that_does_not_fit_ends_with_2() -> None:
    """Those that do are listed."""
    said = refused("ASK {}", "--format", "ttl")
    assert "'ttl'; ASK is answered in table, json, xml, csv, tsv." in said
    said = refused("DESCRIBE <x>", "--format", "csv")
    assert "is answered in table, ttl, nt, nq, rdf, jsonld, trig." in said


def test_a_result_that_a_format_cannot_say_ends_with_2(data: str) -> None:
    """It is told before anything is printed, if it is found out then."""
    query = "CONSTRUCT { <urn:s> <urn:1> 2 } {}"
    said = refused(query, "--format", "rdf", "--dataset", data)
    assert "<urn:1> is no name of an XML element" in said


def test_a_result_that_breaks_off_ends_with_2(tmp_path: Path) -> None:
    """What was printed lacks its end, and it is said why."""
    path = tmp_path / "data.nt"
    lines = [f'<urn:x:{number:04}> <urn:x:p> "{"x" * 100}" .' for number in range(2000)]
    path.write_text("\n".join([*lines, "<urn:x:z> <urn:1> 'x' ."]).replace("'", '"'))
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } ORDER BY ?s"
    found = run(query, "--dataset", str(path), "--format", "rdf")
    assert found.returncode == 2
    assert len(found.stdout) > 65_536
    assert b"</rdf:RDF>" not in found.stdout
    assert found.stderr.startswith(b"primum: The result breaks off: <urn:1> is no name")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--dataset", "none.nq"), 1, "There is no file none.nq."),
        (("--dataset", __file__), 1, "the ending names no RDF format"),
        (("--format",), 2, "--format"),
        (("--row", "1"), 2, "No such option"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], code: int, said: str) -> None:
    """As by every command."""
    assert said in refused("ASK {}", *arguments, code=code)


def test_a_file_of_a_query_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    """It is named."""
    found = subprocess.run(
        [COMMAND, "sparql", str(tmp_path / "none.rq")],
        capture_output=True,
        check=False,
        timeout=TIMEOUT,
        env=environment(),
    )
    assert found.returncode == 2
    assert b"none.rq" in found.stderr


def test_without_knowledge_it_ends_with_1(tmp_path: Path) -> None:
    """The message says where Primum looked."""
    assert str(tmp_path) in refused("ASK {}", code=1, PRIMUM_KNOWLEDGE=str(tmp_path))


# --- Being stopped -------------------------------------------------------------------------------


@contextmanager
def running(query: str, data: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run of the command that is at work."""
    command = [COMMAND, "sparql", "-", "--dataset", data, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()
    ) as process:
        assert process.stdin
        process.stdin.write(query.encode())
        process.stdin.close()
        try:
            yield process
        finally:
            process.kill()


def computed(pid: int) -> float:
    """The seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process has computed")
def test_the_interrupt_key_ends_it_at_once(data: str) -> None:
    """In the middle of an endless query, to which the engine alone attends."""
    with running(ENDLESS, data) as process:
        until(lambda: computed(process.pid) > 4)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == -signal.SIGINT
        assert process.stderr
        assert process.stderr.read() == b""


def test_a_reader_that_has_enough_ends_it(data: str) -> None:
    """As `head` does; nothing is said of it, and rows came while others were still sought."""
    endless = ENDLESS.replace("(COUNT(*) AS ?n)", "*")
    with running(endless, data, "--format", "csv") as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"a,b,c,d,e,f,g,h,i,j,k,l\r\n"
        process.stdout.close()
        assert process.wait(10) == -signal.SIGPIPE
        assert process.stderr.read() == b""
