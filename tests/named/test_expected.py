"""Each question has the rows that it is known to have, in their order.

The files in `expected/` hold the rows of each question as its file stands, or of all that it has
where every parameter may be left out. `PRIMUM_UPDATE_GOLDEN=1` writes them anew; read a changed
row as a change of the knowledge.
"""

import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.named.asking import NAMES, asked

from primum.use_cases.named.questions import Questions

EXPECTED = Path(__file__).parent / "expected"
UPDATE = "PRIMUM_UPDATE_GOLDEN"


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_the_rows_that_are_expected(
    questions: Questions, store: ox.Store, name: str
) -> None:
    """All rows, cell by cell, in the order that the question states."""
    columns = questions.find(name).columns or ("answer",)
    lines = ["\t".join(row) for row in (columns, *asked(questions, store, name))]
    assert not [line for line in lines if "\n" in line]
    path = EXPECTED / f"{name}.tsv"
    if os.environ.get(UPDATE):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines() == lines


def test_there_is_a_file_for_each_question_and_no_other() -> None:
    """No expectation outlives its question."""
    assert sorted(path.stem for path in EXPECTED.glob("*")) == NAMES
