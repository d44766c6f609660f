"""Arrow, DuckDB and Spark give the same answers, the same rejects and the same counts."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.cohort.engines.conftest import Rows as Table
from tests.cohort.engines.conftest import Write

from primum.use_cases.cohort.engines.registry import job
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.running.folder import REJECTS
from primum.use_cases.cohort.running.plan import Order
from primum.use_cases.cohort.running.run import Outcome
from primum.use_cases.service import Primum

FORMS = ("parquet", "csv", "ndjson")
KINDS = (Options(), Options(rows=Rows.PERSON), Options(rows=Rows.PERSON, long=True))


def _rows(primum: Primum) -> Table:
    """Rows of all sorts: known, open, vague, and of each kind of bad ones."""
    knowledge = primum.release.knowledge
    good: Table = [
        {
            "id": f"r{number}",
            "injury": knowledge.injuries[number % len(knowledge.injuries)].id,
            "grade": number % 3 + 1 if number % 4 == 0 else None,
            "onset": "2026-03-01T10:00:00Z" if number % 5 else None,
            "assessed_at": f"2026-03-{number % 20 + 2:02}T09:30:00Z",
            "factors": [knowledge.factors[number % len(knowledge.factors)].id],
            "treatment": knowledge.treatments[number % len(knowledge.treatments)].label,
            "at": f"2026-03-{number % 20 + 1:02}T20:00:00+01:00",
            "note": 'said "ow"\nand left',
        }
        for number in range(120)
    ]
    changes: tuple[dict[str, Any], ...] = (
        {"injury": "no such injury"},
        {"injury": None},
        {"grade": 7},
        {"onset": "2026-03-01"},
        {"factors": ["no such factor", "Fever"]},
        {"at": "2026-02-01T10:00:00Z", "assessed_at": "2026-02-01T10:00:00Z"},
    )
    return good + [good[1] | {"id": f"bad{n}"} | one for n, one in enumerate(changes)]


def _run(
    engine: str, primum: Primum, path: Path, output: Path, options: Options, **order: Any
) -> Outcome:
    """A run, as the command makes it."""
    return job(engine, primum, str(path), options, Order(output, **order))(
        lambda _: None, lambda *_: None
    )


def _answers(outcome: Outcome) -> Counter[str]:
    """The answers without the numbers of rows, which one engine does not know, in any order."""
    table = pq.read_table(outcome.output).drop_columns(["row"])
    return Counter(json.dumps(row, sort_keys=True) for row in table.to_pylist())


def _rejects(outcome: Outcome) -> Counter[str]:
    """The rejects without their places, in any order."""
    if outcome.rejects is None:
        return Counter()
    found = [json.loads(line) for line in outcome.rejects.read_text().splitlines()]
    return Counter(json.dumps([one["row"], one["faults"]], sort_keys=True) for one in found)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("options", KINDS, ids=("audit", "person", "long"))
def test_duckdb_as_arrow(
    primum: Primum, write: Write, tmp_path: Path, form: str, options: Options
) -> None:
    """DuckDB reads what Arrow reads, row for row, with the number and the line of each."""
    path = write(_rows(primum), form)
    arrow, duckdb = (
        _run(name, primum, path, tmp_path / name, options) for name in ("arrow", "duckdb")
    )
    assert arrow.counts.rejected > 0
    assert duckdb.counts == arrow.counts
    assert pq.read_table(duckdb.output).equals(pq.read_table(arrow.output))
    assert duckdb.rejects is not None
    assert arrow.rejects is not None
    assert duckdb.rejects.read_text() == arrow.rejects.read_text()


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("options", KINDS[:2], ids=("audit", "person"))
def test_spark_as_arrow(
    primum: Primum, write: Write, tmp_path: Path, form: str, options: Options
) -> None:
    """Spark answers what Arrow answers, and refuses the same rows for the same faults."""
    path = write(_rows(primum), form)
    arrow, spark = (
        _run(name, primum, path, tmp_path / name, options) for name in ("arrow", "spark")
    )
    assert arrow.counts.rejected > 0
    assert spark.counts == arrow.counts
    assert _answers(spark) == _answers(arrow)
    assert _rejects(spark) == _rejects(arrow)


@pytest.mark.usefixtures("spark")
def test_spark_writes_reasons_in_the_same_layout(
    primum: Primum, write: Write, tmp_path: Path
) -> None:
    """The second table has the same rows too, and nothing of Spark's own lies about."""
    path = write(_rows(primum)[:20], "parquet")
    found = []
    for name in ("arrow", "spark"):
        outcome = _run(name, primum, path, tmp_path / name, Options(), reasons=True)
        table = pq.read_table(outcome.output / "_reasons").drop_columns(["row"])
        found.append(Counter(json.dumps(row, sort_keys=True) for row in table.to_pylist()))
        names = {each.name.split("-")[0] for each in outcome.output.iterdir()}
        assert names == {"part", "_reasons", "_rejects.ndjson"}
    assert found[0]
    assert found[1] == found[0]


@pytest.mark.usefixtures("spark")
def test_bad_csv_is_the_same_on_spark(primum: Primum, tmp_path: Path) -> None:
    """Rows too short, too long, torn or no text are told with their files and lines."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_bytes(
        b"id,injury,grade\na,HamstringStrain,2\nb,HamstringStrain\nc,x,1,2,3\n"
        b'\n"d,HamstringStrain,2\ne,HamstringStrain,\xff\n"f\n",HamstringStrain,1\n'
    )
    (folder / "b.csv").write_bytes(b"injury,id\r\nHamstringStrain,g\r\nNoSuchInjury,h\r\n")
    arrow, spark = (
        _run(name, primum, folder, tmp_path / name, Options(rows=Rows.PERSON))
        for name in ("arrow", "spark")
    )
    assert arrow.counts.faults == Counter({"row-unreadable": 4, "injury-unknown": 1})
    assert (arrow.counts.rows, arrow.counts.answered) == (8, 3)
    assert spark.counts == arrow.counts
    assert _answers(spark) == _answers(arrow)
    told = [sorted((each.output / REJECTS).read_text().splitlines()) for each in (arrow, spark)]
    assert told[1] == told[0]


@pytest.mark.usefixtures("spark")
def test_bad_ndjson_is_the_same_on_spark(primum: Primum, tmp_path: Path) -> None:
    """Lines that are no JSON, no object, no text, blank ones, and one without an end."""
    path = tmp_path / "in.ndjson"
    good = b'{"injury": "HamstringStrain", "id": "%s"}\n'
    lines = (
        good % b"a",
        good % b"\xff",
        b"\n",
        b"[1]\r\n",
        b"{\n",
        good % b"b",
        b'{"injury": "x"}',
    )
    path.write_bytes(b"".join(lines))
    options = Options(rows=Rows.PERSON)
    arrow, spark = (
        _run(name, primum, path, tmp_path / name, options) for name in ("arrow", "spark")
    )
    assert arrow.counts.faults == Counter({"row-unreadable": 3, "injury-unknown": 1})
    assert arrow.counts.answered == 2
    assert spark.counts == arrow.counts
    assert _answers(spark) == _answers(arrow)
    assert _rejects(spark) == _rejects(arrow)


@pytest.mark.usefixtures("spark")
def test_a_strict_run_on_spark_writes_nothing(primum: Primum, write: Write, tmp_path: Path) -> None:
    """The first reject is told, and no output is left."""
    path = write(_rows(primum), "parquet")
    outcome = _run("spark", primum, path, tmp_path / "out", Options(), strict=True)
    assert outcome.stopped is not None
    assert outcome.stopped["faults"]
    assert {each.name for each in tmp_path.iterdir()} == {"in.parquet"}
