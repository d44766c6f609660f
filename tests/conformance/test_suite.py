"""Reading a suite, writing its datasets, and putting its queries, on a small one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.conformance import queries
from tests.conformance.datasets import write_dataset
from tests.conformance.outcomes import Outcome
from tests.conformance.run import main
from tests.conformance.small import write_suite
from tests.conformance.suite import PUBLISHED, QUERY, RESULTS, Kind, Source, Suite
from tests.conformance.targets import Ask, Embedded, Served


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small suite."""
    return write_suite(tmp_path_factory.mktemp("rdf-tests"))


@pytest.fixture(scope="module")
def suite(checkout: Path) -> Suite:
    """A small suite."""
    return Suite.of(checkout)


def by_name(outcomes: list[Outcome]) -> dict[str, Outcome]:
    """Outcomes by the name of the test."""
    return {outcome.name: outcome for outcome in outcomes}


def test_the_tests_of_a_manifest_are_read_in_their_order(suite: Suite) -> None:
    """Kind, query and data stand with each, under the IRIs that they are published at."""
    tests = suite.queries(QUERY)
    names = ["right", "wrong", "named", "made", "fine", "bad", "lax", "strict"]
    assert [f"some/{name}" for name in names] == [test.name for test in tests]
    syntax = [Kind.GOOD_SYNTAX, Kind.BAD_SYNTAX, Kind.BAD_SYNTAX, Kind.GOOD_SYNTAX]
    assert [t.kind for t in tests] == [Kind.EVALUATION] * 4 + syntax
    assert tests[0].query.base == PUBLISHED + "some/all.rq"
    assert {None, PUBLISHED + "some/other.ttl"} == {source.graph for source in tests[2].data}
    assert frozenset() == tests[5].data


def test_a_dataset_is_written_as_it_is_read(suite: Suite, tmp_path: Path) -> None:
    """Literals keep their text; a label is a blank node of its own in each file."""
    write_dataset(suite.queries(QUERY)[2].data, tmp_path / "dataset.nq")
    quads = [*ox.parse(path=tmp_path / "dataset.nq")]
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    assert ox.Literal("2.50", datatype=decimal) in {quad.object for quad in quads}
    graphs = {
        quad.subject: quad.graph_name for quad in quads if isinstance(quad.subject, ox.BlankNode)
    }
    assert {ox.DefaultGraph(), ox.NamedNode(PUBLISHED + "some/other.ttl")} == set(graphs.values())


def test_what_is_wrong_fails_alone(suite: Suite) -> None:
    """A wrong answer does, a wrong expectation of syntax too; the store writes 2.50 as 2.5."""
    found = by_name(queries.run("query", suite.queries(QUERY), Embedded(), servers=2))
    failed = {name for name, outcome in found.items() if not outcome.passed}
    assert failed == {"some/wrong", "some/lax", "some/strict"}
    assert found["some/right"].inexact is None
    assert '"2.6"' in (found["some/wrong"].reason or "")


def test_a_format_must_be_right_to_the_letter(suite: Suite) -> None:
    """The same value in another form is no pass where the format is what is tested."""
    found = by_name(queries.run("results", suite.queries(RESULTS), Embedded(), servers=1))
    assert found["form/plain"].passed
    assert not found["form/changed"].passed


class Mislabelled:
    """A right answer under the name of another format."""

    @contextmanager
    def over(self, data: frozenset[Source]) -> Iterator[Ask]:
        """Ask in process, and say that it is a page."""
        with Embedded().over(data) as ask:
            yield lambda *asked: replace(ask(*asked), headers={"content-type": "text/html"})


def test_an_answer_must_say_what_format_it_has(suite: Suite) -> None:
    """The right rows as text/html are no answer."""
    found = by_name(queries.run("query", suite.queries(QUERY), Mislabelled(), servers=1))
    assert not found["some/right"].passed
    assert not found["some/made"].passed


def test_a_server_that_does_not_start_fails_every_test(suite: Suite) -> None:
    """The reason is the command."""
    outcomes = queries.run("query", suite.queries(QUERY), Served("false {data}", "/"), servers=1)
    assert len(outcomes) == 8
    assert all((outcome.reason or "").startswith("false ") for outcome in outcomes)


def test_the_command_tells_scores_and_failures(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scores below those expected are exit code 1."""
    report = tmp_path / "report.json"
    command = ["--suite", str(checkout), "--embedded", "--json", str(report)]
    assert main(command) == 1
    shown = capsys.readouterr().out
    assert "query: some/wrong" in shown
    assert ["SPARQL", "1.1", "Query", "5", "8", "317", "5"] in [
        line.split() for line in shown.splitlines()
    ]
    assert '"form/changed"' in report.read_text()


def test_a_folder_without_the_suite_is_wrong_use(tmp_path: Path) -> None:
    """Wrong use is exit code 2."""
    assert main(["--suite", str(tmp_path)]) == 2
