"""The quality-control queries find nothing in the shipped knowledge, and each its own fault.

`bad/NAME.ttl` is added to `good.ttl`, a small ontology without a fault. The query NAME must find
it, and no other one but those that a line `# also: NAME` allows: one fault may break two rules.
"""

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.term import Identifier

from primum.knowledge import files
from primum.knowledge.locate import Place

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "queries" / "qc"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
BAD = sorted(path.stem for path in HERE.glob("bad/*.ttl"))
COLUMNS = ["entity", "property", "value"]
Row = tuple[str, ...]


@cache
def query(name: str) -> str:
    """The text of a query."""
    return (FOLDER / f"{name}.rq").read_text()


def store(*paths: Path) -> ox.Store:
    """The statements of some files, as `primum check` asks them."""
    found = ox.Store()
    for path in paths:
        found.extend(ox.Quad(*triple) for triple in files.triples_of(path))
    return found


@pytest.fixture(scope="module")
def shipped(place: Place) -> ox.Store:
    """All that the files of the ontology and the rules state."""
    return store(*files.knowledge_files(place))


def rows(asked: ox.Store, name: str) -> list[Row]:
    """What a query finds."""
    solutions = asked.query(query(name))
    assert isinstance(solutions, ox.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == COLUMNS
    return sorted(tuple(map(spelled, solution)) for solution in solutions)


def spelled(value: object) -> str:
    """An IRI or a text without its marks, the same for both engines."""
    if value is None:
        return ""
    if isinstance(value, Identifier):
        return str(value)
    assert isinstance(value, ox.NamedNode | ox.Literal), value
    return value.value


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_knowledge_is_without_the_fault(name: str, shipped: ox.Store) -> None:
    """No query finds anything."""
    assert rows(shipped, name) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_good_ontology_is_without_the_fault(name: str) -> None:
    """So what a bad file is caught for is what it adds."""
    assert rows(store(HERE / "good.ttl"), name) == []


@pytest.mark.parametrize("bad", BAD)
def test_each_fault_is_found_by_its_query_alone(bad: str) -> None:
    """But for the queries that the file names beside its own."""
    path = HERE / "bad" / f"{bad}.ttl"
    also = re.findall(r"^# also: (\w+)$", path.read_text(), re.MULTILINE)
    asked = store(HERE / "good.ttl", path)
    assert {bad, *also} == {name for name in NAMES if rows(asked, name)}


@pytest.mark.parametrize("bad", BAD)
def test_two_engines_find_the_same(bad: str) -> None:
    """Oxigraph, which `primum check` asks, and rdflib."""
    paths = (HERE / "good.ttl", HERE / "bad" / f"{bad}.ttl")
    graph = Graph()
    for path in paths:
        graph.parse(path)
    found = [tuple(map(spelled, row)) for row in graph.query(query(bad)) if isinstance(row, tuple)]
    assert rows(store(*paths), bad) == sorted(found)


def test_each_query_has_a_fault_that_it_must_find() -> None:
    """A check that nobody has seen fail is no check."""
    assert NAMES == BAD


def test_the_profile_gives_each_query_one_severity() -> None:
    """And names nothing else; it is sorted by name."""
    lines = (FOLDER / "profile.tsv").read_text().splitlines()
    assert [line.partition("\t")[2] for line in lines] == NAMES
    assert {line.partition("\t")[0] for line in lines} <= {"ERROR", "WARN", "INFO"}


@pytest.mark.parametrize("name", NAMES)
def test_each_query_says_what_is_wrong_and_what_to_do(name: str) -> None:
    """In the comments that begin it."""
    head = query(name).split("\n\n")[0]
    for word in ("title", "problem", "solution"):
        assert re.search(rf"^# {word}: \S+ .*\S", head, re.MULTILINE)
