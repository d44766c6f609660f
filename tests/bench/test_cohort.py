"""The benchmark of cohorts compares before it times, and says what it timed."""

import json
from pathlib import Path

import duckdb
import pytest
from tests.bench import run
from tests.bench.cohort_agreement import Single, as_joined, as_queried, as_singly
from tests.bench.cohort_contenders import ARRAYS, FIRST, VALUES, WRITTEN, Answering
from tests.bench.cohort_files import example, known
from tests.bench.cohort_profile import STEPS
from tests.bench.cohort_results import JOIN, SINGLE, SPARQL, Size
from tests.bench.engines import Mismatch, oxigraph
from tests.bench.measure import Measured
from tests.bench.parts import contraindications

from primum.use_cases.cohort.options import Rows
from primum.use_cases.service import Primum


def answering(primum: Primum, folder: Path, rows: Rows) -> Answering:
    """What answers a small example."""
    return Answering.of(primum, example(primum.release.knowledge, folder, rows, 60))


@pytest.mark.parametrize("rows", Rows)
def test_a_cohort_is_compared_with_single_records(
    rows: Rows, primum: Primum, tmp_path: Path
) -> None:
    """The levels agree; with one record in another's place they do not, and that is told."""
    crowd = answering(primum, tmp_path, rows)
    single = Single(crowd, 60)
    as_singly(crowd, single)
    single._bodies.reverse()
    with pytest.raises(Mismatch, match="Different levels for row"):
        as_singly(crowd, single)


def test_known_records_are_compared_with_sql_and_sparql(primum: Primum, tmp_path: Path) -> None:
    """Both agree on what is known; SPARQL asked about other records does not."""
    file, cases = known(primum.release.knowledge, tmp_path, 40)
    crowd = Answering.of(primum, file)
    sparql = oxigraph(primum.release.store, contraindications(primum))
    with duckdb.connect() as con:
        as_joined(crowd, con)
    as_queried(crowd, sparql, cases[:5])
    with pytest.raises(Mismatch, match="in SPARQL"):
        as_queried(crowd, sparql, cases[5:10])


def test_the_ratio_is_to_the_quicker_scan_of_the_round() -> None:
    """Each round is compared with the quicker scan in it; the median of these counts."""
    scans = {
        "scan, pyarrow": Measured("scan, pyarrow", (10.0, 30.0, 10.0)),
        "scan, DuckDB": Measured("scan, DuckDB", (20.0, 10.0, 20.0)),
    }
    one = {**scans, ARRAYS: Measured(ARRAYS, (20.0, 30.0, 40.0))}
    size = Size(Rows.PERSON, 10, one, scans, Measured("peak", (1.0,), "bytes"))
    assert size.ratio(ARRAYS) == 3


@pytest.mark.slow
def test_a_quick_run_measures_cohorts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All answers agree, and what was measured is in the table and in the document."""
    file = tmp_path / "bench.json"
    assert run.main(["--quick", "--cohorts", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    printed = capsys.readouterr().out
    assert [(size["rows"], size["count"]) for size in found["sizes"]] == [
        ("audit", 10_000),
        ("person", 10_000),
    ]
    for size in found["sizes"]:
        assert size["ratios"].keys() == {FIRST, ARRAYS, VALUES, WRITTEN}
        assert size["peak"] > 0
    assert {JOIN, SPARQL, f"{SINGLE}, audit"} <= {each["what"] for each in found["others"]}
    assert all(each["what"] in printed for each in found["others"])
    assert {
        form: [step["what"] for step in steps] for form, steps in found["profiles"].items()
    } == {
        "audit": [*STEPS],
        "person": [*STEPS],
    }
