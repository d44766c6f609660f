"""The demand that all ways to answer a cohort agree, before anything is timed."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from tests.bench.cohort_contenders import Answering, by_join, ranks
from tests.bench.cohort_sql import prepare
from tests.bench.engines import Contender, Mismatch, Ranks

from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.levels import Screening
from primum.use_cases.cohort.options import Rows
from primum.use_cases.records.cases import record_of
from primum.use_cases.records.records import Records

Row = dict[str, Any]
_MANY = 3


class Single:
    """The single-record engine, in a loop over the case records of a cohort in JSON."""

    def __init__(self, answering: Answering, count: int) -> None:
        """Write the records of the first rows."""
        self._records = Records.of(answering.primum.release, answering.primum.vocabulary)
        self._engine = answering.primum.engine
        self._audit = answering.file.rows is Rows.AUDIT
        batch = next(answering.pieces()).batch.slice(0, count)
        self._bodies = [json.dumps(one) for one in answering.cohort.documents(batch)]

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._bodies)

    def answer(self) -> list[Ranks]:
        """The levels for each record: of the treatment that it lists, or of all."""
        return [self._one(body) for body in self._bodies]

    def _one(self, body: str) -> Ranks:
        """The levels for one record."""
        record = record_of(self._records.read(json.loads(body)), Screening.ASSUME_CLEAR)
        given = record.treatments[0] if self._audit else None
        findings = self._engine.answer(record.case if given is None else given.case).findings
        return {
            found.treatment.id: (int(found.certain), int(found.possible))
            for found in findings
            if given is None or found.treatment.iri == given.treatment
        }


def as_singly(answering: Answering, single: Single) -> None:
    """Raise Mismatch where the cohort's levels are not those of single records."""
    expected = single.answer()
    batch = next(answering.pieces()).batch.slice(0, len(single))
    found = answering.cohort.answer(batch).to_pylist()
    names = [term.id for term in answering.primum.release.knowledge.treatments]
    for number, (one, row) in enumerate(zip(expected, found, strict=True)):
        levels = ranks(row, names) if answering.file.rows is Rows.PERSON else _audited(row)
        _demand(one, levels, f"row {number} of {answering.file.path.name}, one by one")


def _audited(row: Row) -> Ranks:
    """The levels of an audit."""
    words = ("none", "precaution", "relative", "absolute")
    certain, possible = (words.index(row[f"level_{how}"]) for how in ("certain", "possible"))
    return {row["treatment"]: (certain, possible)}


def as_joined(answering: Answering, con: duckdb.DuckDBPyConnection) -> None:
    """Raise Mismatch where the SQL join finds other levels for some row."""
    prepare(con, answering.primum.engine)
    names = [term.id for term in answering.primum.release.knowledge.treatments]
    joined = by_join(con, answering.file)
    for number, row in enumerate(answering.answers().to_pylist()):
        certain = [sum(one >> place & 1 for one in joined[number]) for place in range(len(names))]
        other = {name: (rank, rank) for name, rank in zip(names, certain, strict=True)}
        _demand(ranks(row, names), other, f"row {number} of the known records, by the SQL join")


def as_queried(answering: Answering, sparql: Contender, cases: Sequence[Case]) -> None:
    """Raise Mismatch where SPARQL finds other levels for some of the first known records."""
    names = [term.id for term in answering.primum.release.knowledge.treatments]
    rows = answering.answers().slice(0, len(cases)).to_pylist()
    for number, (case, row) in enumerate(zip(cases, rows, strict=True)):
        found = {local_name(iri): levels for iri, levels in sparql.finds(case).items()}
        _demand(ranks(row, names), found, f"row {number} of the known records, in SPARQL")


def as_written(one: Path, other: Path, columns: Sequence[str]) -> None:
    """Raise Mismatch where two runs have written other answers, in whatever order."""
    tables = [
        pq.read_table(path, columns=["id", *columns]).sort_by("id").to_pylist()
        for path in (one, other)
    ]
    for row, another in zip(*tables, strict=True):
        if row != another:
            raise Mismatch(f"Different answers to {row['id']}:\n  {row}\n  {another}")


def _demand(expected: Ranks, found: Ranks, what: str) -> None:
    """Raise Mismatch where levels differ."""
    if expected == found:
        return
    differing = sorted(n for n in {*expected, *found} if expected.get(n) != found.get(n))
    told = "\n".join(_lines(expected, found, differing[:_MANY]))
    raise Mismatch(f"Different levels for {what}, at {len(differing)} treatments:\n{told}")


def _lines(expected: Ranks, found: Ranks, names: Iterable[str]) -> Iterable[str]:
    """What is found of some treatments."""
    return (f"  {name}: {expected.get(name)}, {found.get(name)}" for name in names)
