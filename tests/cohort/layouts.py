"""Drawn rows in the columns of a table: instants as text or as numbers, factors listed or flagged.

A written row maps the columns of the schema to values; None is a null. Factors in columns of their
own stand under `flags`. Only the layouts know how a value is typed in Arrow.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pyarrow as pa
from tests.cohort.drawn import Row, Timing

from primum.model.naming import Names
from primum.model.terms import Term
from primum.use_cases.question import Vocabulary

Written = Mapping[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZONES = (0, 0, 60, -300, 345, 840, -720)
_SIDES = (None, "left", "right", "bilateral")


def instant_text(microseconds: int, offset: int = 0, *, digits: int = 6, more: str = "") -> str:
    """An instant as records spell it, in a zone so many minutes from UTC."""
    clock = _EPOCH + timedelta(microseconds=microseconds, minutes=offset)
    hours, minutes = divmod(abs(offset), 60)
    zone = f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}" if offset else "Z"
    fraction = f"{clock.microsecond:06}"[:digits] + more
    return f"{clock:%Y-%m-%dT%H:%M:%S}{'.' if fraction else ''}{fraction}{zone}"


def _spelled(microseconds: int, chance: Random) -> str:
    """An instant as text, in any zone; now and then with nanoseconds, or without needless zeros."""
    offset = chance.choice(_ZONES)
    if chance.random() < 0.01:
        return instant_text(microseconds, offset, more=f"{chance.randrange(1000):03}")
    if microseconds % 1_000_000 == 0 and chance.random() < 0.9:
        return instant_text(microseconds, offset, digits=0)
    return instant_text(microseconds, offset)


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write rows; `spell` is how an instant is written, `types` how columns are typed."""

    name: str
    vocabulary: Vocabulary
    spell: Callable[[int, Random], Any]
    types: Mapping[str, pa.DataType]
    flagged: bool = False

    def write(self, rows: Iterable[Row], *, audit: bool) -> Iterator[Written]:
        """Each row as its columns have it."""
        for number, row in enumerate(rows):
            yield {"id": f"case-{number}", **self._facts(row), **self._times(row, audit=audit)}

    def _facts(self, row: Row) -> dict[str, Any]:
        """The columns of an injury and a patient."""
        facts, chance = row.facts, row.spelling
        present = [_name(self.vocabulary.factors, term, chance) for term in facts.present]
        absent = [_name(self.vocabulary.factors, term, chance) for term in facts.absent]
        factors: dict[str, Any]
        if self.flagged:
            stated = {term.id: False for term in facts.absent}
            factors = {"flags": stated | {term.id: True for term in facts.present}}
        else:
            factors = {"factors": present or None, "factors_absent": absent or None}
        return {
            "injury": _name(self.vocabulary.injuries, facts.injury, chance),
            "grade": facts.grade,
            "side": chance.choice(_SIDES),
            "age": facts.age,
            **factors,
        }

    def _times(self, row: Row, *, audit: bool) -> dict[str, Any]:
        """The columns of times, and of the treatment in an audit."""
        timing, chance = row.timing, row.spelling
        ask = row.instant if timing.asked else None
        found: dict[str, Any] = {"hours": timing.hours, "day": timing.day}
        found |= {
            column: None if value is None else self.spell(row.instant + value, chance)
            for column, value in _onset(timing).items()
        }
        if not audit:
            dated = timing.hours is None and timing.day is None
            assessed = ask if dated else None
            return found | {"assessed_at": self._when(assessed, chance)}
        treatment = _name(self.vocabulary.treatments, row.treatment, chance)
        assessed = None if timing.assessed is None else row.instant + timing.assessed
        if timing.hours is not None or timing.day is not None:
            ask = assessed = None
        found |= {"treatment": treatment, "at": self._when(ask, chance)}
        return found | {"assessed_at": self._when(assessed, chance)}

    def _when(self, microseconds: int | None, chance: Random) -> Any:
        """An instant, or none."""
        return None if microseconds is None else self.spell(microseconds, chance)

    def batch(self, written: Sequence[Written]) -> pa.RecordBatch:
        """The rows as a table has them."""
        columns = [name for name in self.types if any(name in row for row in written)]
        arrays = [_array(self.types[name], [row.get(name) for row in written]) for name in columns]
        if self.flagged:
            flags = sorted({factor.id for factor in self.vocabulary.factors})
            columns += flags
            arrays += [
                pa.array([row["flags"].get(f) for row in written], pa.bool_()) for f in flags
            ]
        return pa.RecordBatch.from_arrays(arrays, names=columns)


def _onset(timing: Timing) -> dict[str, int | None]:
    """The columns of the onset."""
    return {
        "onset": timing.onset,
        "onset_not_before": timing.first,
        "onset_not_after": timing.last,
    }


def _array(kind: pa.DataType, values: list[Any]) -> pa.Array:
    """A column; lists are joined where they are text."""
    if pa.types.is_string(kind):
        values = ["; ".join(v) if isinstance(v, list) else v for v in values]
    return pa.array(values, kind)


def _name(names: Names, term: Term, chance: Random) -> str:
    """A term by one of its names that is no other term's, mostly its local name."""
    if chance.random() < 0.6:
        return term.id
    name = chance.choice((term.slug, term.iri, term.label, *term.synonyms))
    name = name.upper() if chance.random() < 0.2 else name
    return name if ";" not in name and names.known(name) == term else term.id


_TEXT = pa.string()
_COMMON: Mapping[str, pa.DataType] = {"id": _TEXT, "injury": _TEXT, "grade": pa.int64()}
_COMMON = {**_COMMON, "side": _TEXT, "age": pa.int64(), "treatment": _TEXT}
_TIMES = ("onset", "onset_not_before", "onset_not_after", "assessed_at", "at")


def in_text(vocabulary: Vocabulary) -> Layout:
    """Instants as text in any zone, factors as lists."""
    factors = dict.fromkeys(("factors", "factors_absent"), pa.list_(_TEXT))
    types = {**_COMMON, **factors, **dict.fromkeys(_TIMES, _TEXT)}
    return Layout("text", vocabulary, _spelled, types)


def in_numbers(vocabulary: Vocabulary) -> Layout:
    """Instants as Arrow has them, factors as text with semicolons."""
    factors = dict.fromkeys(("factors", "factors_absent"), _TEXT)
    stamp = pa.timestamp("us", tz="UTC")
    types = {**_COMMON, **factors, **dict.fromkeys(_TIMES, stamp)}
    return Layout("numbers", vocabulary, lambda instant, _: instant, types)


def undated(vocabulary: Vocabulary) -> Layout:
    """Hours and days since the onset in place of dates, factors in columns of their own."""
    types = {**_COMMON, "hours": pa.float64(), "day": pa.int32()}
    return Layout("undated", vocabulary, lambda instant, _: instant, types, flagged=True)
