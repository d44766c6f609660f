"""Cases of named questions: a sentence, what is asked, and what the rows must and must not hold.

They stand in `cases/*.toml`, and anyone can add one. What they expect was taken from the sources
named in `follows`, so that they judge the questions and the knowledge alike.
"""

import tomllib
from collections import Counter
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from tests.named.asking import NAMES, asked, records, written

from primum.foundation.errors import QuestionError
from primum.use_cases.named.questions import Questions

FOLDER = Path(__file__).parent / "cases"
Wanted = dict[str, str]


class Case:
    """A table of a file, or an error in it where it says what there is not."""

    kind = "case"
    keys = frozenset({"says", "follows", "query", "has", "lacks"})
    more = frozenset({"p", "rows", "first"})

    def __init__(self, table: dict[str, Any]) -> None:
        """Read a table; a key that is missing or unknown is an error."""
        assert table.keys() >= self.keys, table
        assert table.keys() <= self.keys | self.more, table
        self.says: str = table["says"]
        self.query: str = table["query"]
        self.pairs = [
            (name, value)
            for name, given in table.get("p", {}).items()
            for value in (given if isinstance(given, list) else [given])
        ]
        self.table = table


class Refused(Case):
    """A question that cannot be asked."""

    kind = "refused"
    keys = frozenset({"says", "query", "p", "error", "where"})
    more = frozenset()


def read(kind: type[Case]) -> list[Any]:
    """The cases of a kind, from all files."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*"))]
    return [kind(table) for tables in files for table in tables.get(kind.kind, [])]


CASES: list[Case] = read(Case)
REFUSED: list[Refused] = read(Refused)


def matching(rows: list[Wanted], wanted: Wanted) -> list[Wanted]:
    """The rows that have these cells; a column that there is not is an error."""
    return [row for row in rows if all(row[column] == cell for column, cell in wanted.items())]


@pytest.mark.parametrize("case", CASES, ids=attrgetter("says"))
def test_the_rows_are_those_that_the_sources_call_for(
    questions: Questions, store: ox.Store, case: Case
) -> None:
    """Each row that must be there is, none that must not is, and their number is right."""
    found = records(questions, store, case.query, case.pairs)
    assert not [wanted for wanted in case.table["has"] if not matching(found, wanted)]
    assert not [row for wanted in case.table["lacks"] for row in matching(found, wanted)]
    assert case.table.get("rows", len(found)) == len(found)
    if "first" in case.table:
        assert matching(found[:1], case.table["first"])


@pytest.mark.parametrize("case", REFUSED, ids=attrgetter("says"))
def test_what_cannot_be_asked_is_refused(questions: Questions, case: Refused) -> None:
    """The error is of its kind, and names the parameter."""
    with pytest.raises(QuestionError) as refused:
        questions.bind(questions.find(case.query), case.pairs)
    expected = (case.table["error"], case.table["where"])
    assert expected == (type(refused.value).__name__, refused.value.where)


def test_every_cell_of_a_case_stands_somewhere(questions: Questions, store: ox.Store) -> None:
    """No row is absent only because its cell is misspelled: each is in the data or in an answer."""
    terms = {term for quad in store for term in (quad.subject, quad.predicate, quad.object)}
    known = {written(term) for term in terms if not isinstance(term, ox.BlankNode)}
    answers = (cell for name in NAMES for row in asked(questions, store, name) for cell in row)
    known |= {"", "none", "true", "false", "or", *answers}
    cells = {
        cell
        for case in CASES
        for wanted in (*case.table["has"], *case.table["lacks"], case.table.get("first", {}))
        for cell in wanted.values()
    }
    assert not {cell for cell in cells - known if not cell.isdecimal()}


def test_a_column_that_there_is_not_fails_a_case() -> None:
    """A slip in a case is no reason for it to pass."""
    with pytest.raises(KeyError):
        matching([{"treatment": "Massage"}], {"treatmnt": "Massage"})


def test_every_question_has_a_case_that_can_fail_both_ways() -> None:
    """Something must be there, something must not; questions with parameters refuse something."""
    there = {case.query for case in CASES if case.table["has"] or "first" in case.table}
    absent = {case.query for case in CASES if case.table["lacks"]}
    assert set(NAMES) == there == absent


def test_every_question_with_parameters_refuses_something(questions: Questions) -> None:
    """At least one case for each."""
    asking = {name for name, query in questions.all.items() if query.parameters}
    assert asking == {case.query for case in REFUSED}


def test_no_sentence_stands_twice() -> None:
    """Each sentence names one case, so that a failing test names the case."""
    times = Counter(case.says for case in (*CASES, *REFUSED))
    assert not [says for says, count in times.items() if count > 1]
