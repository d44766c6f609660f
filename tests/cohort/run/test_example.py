"""Made-up cohorts: the same seed gives the same rows, and every row is a good one."""

import pyarrow as pa
import pytest
from tests.cohort.run.conftest import MakeFile, RunFile

from primum.use_cases.cohort.examples.example import BLOCK_ROWS, Example
from primum.use_cases.cohort.examples.spread import Spread
from primum.use_cases.cohort.options import Rows
from primum.use_cases.service import Primum


def table(example: Example, rows: int) -> pa.Table:
    """The rows of an example."""
    return pa.Table.from_batches(example.batches(rows), example.schema)


def test_the_same_seed_gives_the_same_rows(primum: Primum) -> None:
    """More rows begin with the same ones; another seed gives others."""
    spread = Spread.of(primum.release.knowledge)
    first = table(Example(spread, Rows.AUDIT, seed=1), 1000)
    more = table(Example(spread, Rows.AUDIT, seed=1), BLOCK_ROWS + 5)
    assert more.num_rows == BLOCK_ROWS + 5
    assert more.slice(0, 1000).to_pylist() == first.to_pylist()
    assert table(Example(spread, Rows.AUDIT, seed=2), 1000).to_pylist() != first.to_pylist()
    assert len(set(more["id"].to_pylist())) == more.num_rows


def test_all_terms_and_kinds_of_onset_are_in_it(primum: Primum) -> None:
    """Every injury and treatment, grades, exact, vague and unknown onsets, factors."""
    knowledge = primum.release.knowledge
    found = table(Example(Spread.of(knowledge), Rows.AUDIT), 20_000)
    assert set(found["injury"].to_pylist()) == {term.id for term in knowledge.injuries}
    assert set(found["treatment"].to_pylist()) == {term.id for term in knowledge.treatments}
    assert set(found["grade"].to_pylist()) == {None, 1, 2, 3}
    for column in ("onset", "onset_not_before", "onset_not_after", "assessed_at", "factors"):
        assert 0 < found[column].null_count < 20_000
    most = max(len(factors or ()) for factors in found["factors"].to_pylist())
    assert most == 3


@pytest.mark.parametrize("form", list(Rows))
def test_no_row_of_it_is_rejected(make: MakeFile, run: RunFile, form: Rows) -> None:
    """Injury, grade, age and factors go together."""
    counts = run(make("a.parquet", 20_000, form=form)).counts
    assert (counts.answered, counts.rejected) == (20_000, 0)
