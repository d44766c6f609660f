"""What the guides show to researchers works: queries, tables, clients, a dataset of one's own."""

import re
import shlex
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.house.following import PRIMUM, curls, demand, needed, program, run
from tests.house.guides import ROOT, Block, blocks, commands
from tests.web.wire import free_port, get, running

OTHER_PORT = ":8001"


def section() -> str:
    """The researchers' part of the README."""
    text = (ROOT / "README.md").read_text()
    return text.partition("\n## Ask in SPARQL\n")[2].partition("\n## ")[0]


def test_each_block_of_their_part_is_run_by_a_test() -> None:
    """A block in another language, or a command of another kind, would show and not be tested."""
    of_section = [block for block in blocks() if block.code in section()]
    shown = [command.line for block in of_section for command in commands(block)]
    assert {block.language for block in of_section} == {"sparql", "console", "python", "turtle"}
    assert [block.file for block in of_section if block.file] == ["query.rq", "cohort.ttl"]
    # test_docs.py runs the commands that need no service.
    run_by_tests = ("curl ", ".venv/bin/primum serve ", ".venv/bin/primum sparql ")
    assert [line for line in shown if not line.startswith(run_by_tests)] == []


def test_their_part_shows_each_way_to_ask() -> None:
    """The protocol, a named question in three formats, a term, the ontology, limits."""
    shown = "\n".join(command.line for block in blocks("console") for command in curls(block))
    for path in (
        "/sparql --data",
        "/sparql?stream=true",
        "/sparql?timeout=",
        "/sparql?default-graph-uri=",
        "/v1/queries\n",
        ".csv?",
        ".json?",
        "/Massage.ttl",
        "/ontology",
        "/limits",
    ):
        assert path in f"{shown}\n"


def bullet(title: str) -> str:
    """What the part says under one of its points."""
    return section().partition(f"- **{title}.**")[2].partition("\n- **")[0]


def asked(port: int, query: str, form: str) -> tuple[int, str]:
    """The status and the content type of a query's answer in a format."""
    address = f"/sparql?{urlencode({'query': query, 'format': form})}"
    reply = get(port, address)
    return reply.status, reply.headers["content-type"]


def test_each_format_that_is_named_is_served(port: int) -> None:
    """Four for rows, six for graphs, each under a type of its own."""
    names = re.findall(r"`(\w+)`", bullet("Formats").partition("format=")[2])
    rows, graphs = names[:4], names[4:]
    found = [asked(port, "SELECT ?a { ?a ?b ?c } LIMIT 1", each) for each in rows]
    found += [asked(port, "CONSTRUCT WHERE { ?a ?b ?c } LIMIT 1", each) for each in graphs]
    assert (len(rows), len(graphs)) == (4, 6)
    assert {status for status, _ in found} == {200}
    assert len(set(found)) == len(found)


def test_each_graph_that_is_named_holds_something(port: int) -> None:
    """The five of a release, under the address that is shown for one of them."""
    told = bullet("Graphs")
    names, shown = re.findall(r"`(\w+)`", told)[:5], re.findall(r"`(https:[^`]+/)\w+`", told)
    for name in names:
        query = f"ASK {{ GRAPH <{shown[0]}{name}> {{ ?a ?b ?c }} }}"
        assert get(port, f"/sparql?{urlencode({'query': query, 'format': 'csv'})}").body == b"true"
    assert set(names) == {"asserted", "inferred", "rules", "mappings", "shapes"}


def test_pandas_reads_what_it_is_shown_to_read(port: int, folder: Path) -> None:
    """A named question and a query become tables with rows in them."""
    printed = run([sys.executable, "-c", program("python", "read_csv", port)], folder)
    windows, _, sources = printed.partition("title")
    assert windows.split()[:5] == ["coveredLabel", "effect", "fromHours", "untilHours", "bound"]
    assert windows.count("Massage") > 5
    assert sources.split()[0] == "rules"
    assert len(sources.splitlines()) == 1 + 5


def test_sparqlwrapper_prints_labels_and_the_mistake(port: int, folder: Path) -> None:
    """The risk factors of an injury, and then why the second query is refused."""
    printed = run([sys.executable, "-c", program("python", "SPARQLWrapper", port)], folder)
    labels, _, error = printed.partition("QueryBadFormed")
    assert len(labels.splitlines()) > 5
    assert sorted(labels.splitlines()) == labels.splitlines()
    assert "Line 1, column 15: the prefix `rdfs:` is not declared." in error


def served() -> Block:
    """The block that shows how to serve a dataset of one's own."""
    (found,) = [block for block in blocks("console") if "--dataset" in block.code]
    return found


def test_a_dataset_of_ones_own_is_served(folder: Path) -> None:
    """The command serves the file that the guide shows, and the query finds what is in it."""
    needed("curl")
    number = free_port()
    command, *_ = commands(served())
    _, *arguments = shlex.split(command.line.replace("8001", str(number)))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with running([PRIMUM, *arguments], number, "/readyz"):
            (asked,) = curls(served(), OTHER_PORT)
            line = asked.line.replace(OTHER_PORT, f":{number}")
            demand(asked.shown, run(shlex.split(line), folder))
