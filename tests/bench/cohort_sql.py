"""The levels of all treatments by a plain SQL join, for records of which everything is known.

What one writes who has a table of records and a table of rules, and a fast engine for joins: each
record holds its injury and its factors, with all that these entail; a region is met where all that
it needs is held and nothing that it bans; the strictest level of the regions met is the answer.
SQL says nothing of what is open, of an onset that is an interval, or of cases: records must tell
their injury, as narrow as the ontology has it, their grade, an instant and all factors.

    con = duckdb.connect()
    prepare(con, engine)
    con.execute(levels("read_parquet('known.parquet')"))

The records have `row` (BIGINT), `injury` (IRI), `grade` (0 for none), `hours` (DOUBLE, since
onset) and `factors` (list of IRIs, those that the age defines among them).
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from primum.model.levels import Level
from primum.reasoning.atoms import members_of
from primum.reasoning.engine import Engine

_WORD: Final = 64
_LEVELS: Final = tuple(level for level in Level if level)


def prepare(con: duckdb.DuckDBPyConnection, engine: Engine) -> None:
    """Make the tables that the query joins: what holds with what, and the regions."""
    for name, table in _tables(engine):
        con.register("made", table)
        con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM made")
        con.unregister("made")


def levels(records: str) -> str:
    """The query over records; for each row and level, the treatments of it or a stricter one.

    The columns are `row` and, for level k, `at_least_k`: a 64-bit word in which treatment t, as
    the knowledge counts them, is bit t.
    """
    sets = ", ".join(
        f"coalesce(bit_or(mask) FILTER (level >= {level}), 0) AS at_least_{level:d}"
        for level in _LEVELS
    )
    return f"""
WITH record AS (SELECT row, injury, grade, hours, factors FROM {records}),
told AS (SELECT row, grade, hours, unnest(list_append(factors, injury)) AS name FROM record),
held AS (SELECT DISTINCT row, grade, hours, atom FROM told JOIN entails USING (name)),
met AS (
  SELECT row, region, any_value(level) AS level, any_value(mask) AS mask
  FROM held JOIN needs USING (atom) JOIN regions USING (region)
  WHERE list_contains(grades, grade) AND hours >= starts AND hours < ends
  GROUP BY row, region HAVING count(*) = any_value(needed)
),
barred AS (SELECT DISTINCT row, region FROM held JOIN bans USING (atom))
SELECT record.row, {sets}
FROM record LEFT JOIN (SELECT * FROM met ANTI JOIN barred USING (row, region)) USING (row)
GROUP BY record.row"""


def _tables(engine: Engine) -> Iterator[tuple[str, pa.Table]]:
    """The tables of one knowledge base, by name."""
    atoms, placed = engine.tables.atoms, engine.tables.placed
    numbers = list(members_of(engine.tables.at_least[Level.PRECAUTION]))
    entails = ((iri, up) for iri, bit in atoms.bit.items() for up in members_of(atoms.up[bit]))
    yield "entails", _table({"name": pa.string(), "atom": pa.int32()}, entails)
    pairs = {"region": pa.int32(), "atom": pa.int32()}
    needs = ((n, atom) for n in numbers for atom in members_of(placed[n].needs))
    yield "needs", _table(pairs, needs)
    bans = ((n, atom) for n in numbers for atom in members_of(placed[n].bans))
    yield "bans", _table(pairs, bans)
    columns = {
        "region": pa.int32(),
        "level": pa.int32(),
        "needed": pa.int32(),
        "grades": pa.list_(pa.int32()),
        "starts": pa.float64(),
        "ends": pa.float64(),
        "mask": pa.uint64(),
    }
    yield "regions", _table(columns, (_region(engine, number) for number in numbers))


def _region(engine: Engine, number: int) -> Sequence[Any]:
    """A region as a row; raises ValueError for one that the query cannot say."""
    placed, by_treatment = engine.tables.placed[number], engine.tables.treatments
    hours, needed = placed.region.hours, placed.needs.bit_count()
    covered = [by_treatment[t.iri] >> number & 1 for t in engine.knowledge.treatments]
    if (
        not needed
        or len(covered) > _WORD
        or any(cut and cut.after for cut in (hours.start, hours.end))
    ):
        raise ValueError(f"The query has no words for {placed.rule.iri}.")
    ends = float("inf") if hours.end is None else float(hours.end.at)
    mask = sum(bit << place for place, bit in enumerate(covered))
    level, grades = int(placed.rule.level), sorted(placed.region.grades)
    return number, level, needed, grades, float(hours.start.at), ends, mask


def _table(columns: dict[str, pa.DataType], rows: Iterator[Sequence[Any]]) -> pa.Table:
    """Rows as a table."""
    schema = pa.schema(list(columns.items()))
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema)
