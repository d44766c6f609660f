"""`primum query`: the named questions in the terminal and for programs."""

import csv
import io
from pathlib import Path
from shutil import copytree

import pyoxigraph as ox
import pytest
from tests.cli.test_cli import ESCAPE, on_a_terminal, output, printed, refused, run
from tests.conftest import CopyKnowledge

from primum.knowledge.locate import Place
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum

DEFINITIONS = ("query", "definitions", "-p", "injury=hamstring-strain")
ON_DAY = ("query", "contraindicated-on-day", "-p", "injury=pulled hamstring", "-p", "day=3")
RULE = ("query", "rule-as-graph", "-p", "rule=massage-active-bleeding")
BARS = ("query", "bars", "-p", "treatment=massage", "-p", "factor=fever")
NEW = """\
# title: Kinds of an injury
# question: Which kinds has this injury?
# users: curators
# param injury (injury, muscle-strain): the injury
PREFIX primum: <https://w3id.org/primum/>

SELECT ?kind WHERE {
  VALUES ?injury { primum:MuscleStrain }
  ?kind primum:entails ?injury
} ORDER BY ?kind
"""


@pytest.fixture
def knowledge(place: Place, copy_knowledge: CopyKnowledge) -> Path:
    """A copy of the knowledge with its release, to add questions to."""
    copied = copy_knowledge()
    copytree(place.release, copied.release)
    return copied.root


def test_without_a_name_the_questions_are_listed(primum: Primum) -> None:
    """One line each, with its title; as JSON with the question in plain words too."""
    found = Questions.of(primum).all.values()
    lines = output("query").splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [[q.name, q.title] for q in found]
    assert printed("query", "--json") == [
        {"name": q.name, "title": q.title, "question": q.question} for q in found
    ]


def test_the_table_shows_names_and_no_iris() -> None:
    """A line for each row, however long, where nobody looks; local names of terms."""
    lines = output(*ON_DAY, "-p", "grade=2").splitlines()
    (massage,) = [line for line in lines if line.split()[:1] == ["Massage"]]
    assert massage.split() == ["Massage", "Massage", "relative", "relative"]
    assert "https://" not in "".join(lines)
    long = output("query", "red-flags").splitlines()
    assert max(map(len, long)) > 200
    assert ESCAPE not in "".join(long)


def test_the_table_fits_a_terminal() -> None:
    """Long cells are folded there and nothing is cut off."""
    text = on_a_terminal("query", "red-flags", COLUMNS="100")
    assert "\u2026" not in text
    assert ESCAPE in text


def test_every_format_has_the_same_rows() -> None:
    """CSV and TSV hold them all with full IRIs; JSON has numbers as numbers."""
    rows = printed(*DEFINITIONS, "--json")
    assert rows == printed(*DEFINITIONS, "--format", "json")
    in_csv = list(csv.DictReader(io.StringIO(output(*DEFINITIONS, "--format", "csv"))))
    assert [row["label"] for row in rows] == [row["label"] for row in in_csv]
    assert {row["source"] for row in rows} == {row["source"] for row in in_csv}
    assert all(row["source"].startswith("https://") for row in in_csv)
    assert {type(row["start"]) for row in rows} <= {int, float, type(None)}
    assert [str(row["start"] or "") for row in rows if row["start"]] == [
        row["start"] for row in in_csv if row["start"] not in {"", "0"}
    ]
    in_tsv = output(*DEFINITIONS, "--format", "tsv").splitlines()
    assert in_tsv[0].split("\t") == [f"?{column}" for column in rows[0]]
    assert len(in_tsv) == len(rows) + 1


def test_tsv_is_what_sparql_says_it_is() -> None:
    """An RDF library reads the terms back with their types and languages."""
    text = output(*DEFINITIONS, "--format", "tsv")
    found = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    rows = list(found)
    assert len(rows) == len(printed(*DEFINITIONS, "--json"))
    assert {type(row["source"]) for row in rows} == {ox.NamedNode}
    assert {row["label"].language for row in rows} == {"en"}


def test_a_graph_is_printed_as_turtle_and_as_a_table() -> None:
    """Turtle has the graph; the other formats have a row for each triple."""
    graph = {
        quad.triple
        for quad in ox.parse(output(*RULE, "--format", "ttl"), format=ox.RdfFormat.TURTLE)
    }
    rows = printed(*RULE, "--json")
    assert [*rows[0]] == ["subject", "predicate", "object"]
    assert len(graph) == len(rows) > 10
    assert "MassageActiveBleeding" in output(*RULE)


def test_a_yes_or_no_is_one_cell() -> None:
    """True as JSON has it, the word elsewhere."""
    assert printed(*BARS, "--json") == [{"answer": True}]
    assert output(*BARS, "--format", "csv").split() == ["answer", "true"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("everything",), "No query is called 'everything'. The nearest names are"),
        (("definitions",), "needs injury, such as hamstring-strain"),
        (("definitions", "-p", "injury"), "-p takes KEY=VALUE"),
        (("definitions", "-p", "injury=x } #"), "No injury is called"),
        (("definitions", "-p", "injury=runner's knee"), "names several terms"),
        (("definitions", "-p", "injury=ITBS", "-p", "factor=fever"), "has no parameter 'factor'"),
        (("contraindications", "-p", "grade=" + "9" * 5000), "a whole number from 0 to 3"),
        (("definitions", "-p", "injury=ITBS", "--format", "ttl"), "gives no graph, so --format is"),
        (("definitions", "--format", "xml"), "Invalid value for '--format'"),
    ],
)
def test_what_cannot_be_asked_ends_with_2(arguments: tuple[str, ...], message: str) -> None:
    """An unknown question, a parameter that is missing, unknown, or no value of its type."""
    assert message in refused("query", *arguments)


def test_adding_a_file_is_all_it_takes(knowledge: Path) -> None:
    """It is listed, asked with words, and described."""
    (knowledge / "queries/ask/kinds.rq").write_text(NEW, encoding="utf-8")
    where = {"PRIMUM_KNOWLEDGE": str(knowledge)}
    assert any(
        line.split() == ["kinds", "Kinds", "of", "an", "injury"]
        for line in output("query", **where).splitlines()
    )
    rows = printed("query", "kinds", "-p", "injury=tendinopathy", "--json", **where)
    assert {row["kind"].rpartition("/")[2] for row in rows} >= {
        "Tendinopathy",
        "AchillesTendinopathy",
    }
    assert "### `kinds`" in output("query", "--markdown", **where)


def test_a_broken_file_ends_with_1_and_its_line(knowledge: Path) -> None:
    """The curator is told where; nothing is asked of a broken set."""
    path = knowledge / "queries/ask/kinds.rq"
    path.write_text(NEW.replace("muscle-strain", "muscle-sprain"), encoding="utf-8")
    found = run("query", PRIMUM_KNOWLEDGE=str(knowledge))
    assert (found.returncode, found.stdout) == (1, "")
    assert f"{path}:4: No injury is called 'muscle-sprain'" in found.stderr
    assert "Traceback" not in found.stderr
