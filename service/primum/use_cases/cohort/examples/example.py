"""A made-up cohort in the documented schema, to try things with: the same seed, the same rows.

Its rows are of no patients. Injuries, treatments and factors are drawn alike; hours since onset
and ages are spread over the windows and ages that rules can tell apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.use_cases.cohort.examples.spread import Spread
from primum.use_cases.cohort.options import Rows
from primum.use_cases.cohort.table import schema as table

BLOCK_ROWS: Final = 131_072
_SIDES: Final = pa.array(["left", "right"])
_FIRST_SECOND: Final = int(np.datetime64("2026-01-01T00:00:00", "s").astype(np.int64))
_YEAR: Final = 365 * 86400
_HOUR: Final = 3600
_MOST_FACTORS: Final = 3
_SHARES: Final = {
    "graded": 0.8,
    "sided": 0.7,
    "aged": 0.95,
    "exact": 0.8,
    "interval": 0.12,
    "assessed": 0.6,
    "any factor": 0.3,
    "more factors": 0.3,
    "absent": 0.15,
}
"""How many rows have what; not of any real cohort."""

_INSTANT: Final = pa.timestamp("s", tz="UTC")
_NAMES: Final = pa.list_(pa.string())
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """Draws rows; `faults` is the share of rows that are made bad."""

    spread: Spread
    rows: Rows
    seed: int = 0
    faults: float = 0.0

    @property
    def schema(self) -> pa.Schema:
        """The columns of the rows."""
        return _schema(self.rows)

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows, block by block; a block depends on the seed and its number alone."""
        for number, first in enumerate(range(0, rows, BLOCK_ROWS)):
            chance = np.random.default_rng([self.seed, number])
            block = _Block(self, chance, first)
            whole = pa.RecordBatch.from_pydict(block.columns(), schema=self.schema)
            yield whole.slice(0, min(BLOCK_ROWS, rows - first))


def _schema(rows: Rows) -> pa.Schema:
    """The columns of an example."""
    audit = [(table.TREATMENT, pa.dictionary(pa.int32(), pa.string())), (table.AT, _INSTANT)]
    return pa.schema(
        [
            (table.ID, pa.string()),
            (table.INJURY, pa.dictionary(pa.int32(), pa.string())),
            (table.GRADE, pa.int8()),
            (table.SIDE, pa.dictionary(pa.int32(), pa.string())),
            (table.ONSET, _INSTANT),
            (table.NOT_BEFORE, _INSTANT),
            (table.NOT_AFTER, _INSTANT),
            (table.ASSESSED_AT, _INSTANT),
            (table.AGE, pa.int16()),
            (table.PRESENT, _NAMES),
            (table.ABSENT, _NAMES),
            *(audit if rows is Rows.AUDIT else []),
        ]
    )


@dataclass(slots=True)
class _Block:
    """The rows of one block as they are drawn, column by column."""

    example: Example
    chance: np.random.Generator
    first: int
    injury: Whole = field(init=False)
    grade: Whole = field(init=False)
    age: Whole = field(init=False)

    def columns(self) -> Mapping[str, Any]:
        """All columns."""
        spread = self.example.spread
        self.injury = self._of(len(spread.injuries))
        self.grade = self._grades()
        self.age = self._ages()
        present = self._present()
        found = {
            table.ID: pa.array(_ids(self.first)),
            table.INJURY: _coded(self.injury, spread.injuries),
            table.GRADE: _known(self.grade, self.grade > 0, pa.int8()),
            table.SIDE: self._sides(),
            table.AGE: _known(self.age, self.age >= 0, pa.int16()),
            table.PRESENT: _lists(present, spread.factors),
            table.ABSENT: _lists(self._absent(present), spread.factors),
            **self._times(),
        }
        if self.example.rows is Rows.AUDIT:
            treatments = self._of(len(spread.treatments))
            found[table.TREATMENT] = _coded(treatments, spread.treatments)
        return self._spoiled(found)

    def _of(self, many: int) -> Whole:
        """A number below another, for each row."""
        return self.chance.integers(0, many, BLOCK_ROWS)

    def _happens(self, share: float) -> Flags:
        """In which rows something happens that does in this share of them."""
        return self.chance.random(BLOCK_ROWS) < share

    def _grades(self) -> Whole:
        """A grade that the injury may have; 0 where it is not known, or there is none."""
        spread = self.example.spread
        many = spread.grades_of[self.injury]
        place = (self.chance.random(BLOCK_ROWS) * many).astype(np.int64)
        known = (many > 0) & self._happens(_SHARES["graded"])
        return np.where(known, spread.grades[self.injury, place], 0)

    def _ages(self) -> Whole:
        """An age that goes with the injury; -1 where it is not known."""
        spread = self.example.spread
        age = self._of(spread.top_age)
        known = self._happens(_SHARES["aged"]) & ~spread.injury_bars_age[self.injury, age]
        return np.where(known, age, -1)

    def _sides(self) -> pa.Array:
        """The side of the body, where it is known."""
        known = self._happens(_SHARES["sided"])
        codes = pa.array(self._of(len(_SIDES)).astype(np.int32), mask=~known)
        return pa.DictionaryArray.from_arrays(codes, _SIDES)

    def _present(self) -> list[Whole]:
        """Up to three factors that go together; -1 where there is none."""
        spread = self.example.spread
        drawn: list[Whole] = []
        happens = self._happens(_SHARES["any factor"])
        for _ in range(_MOST_FACTORS):
            factor = spread.drawn[self._of(len(spread.drawn))]
            bad = spread.injury_bars_factor[self.injury, factor]
            bad |= spread.factor_bars_grade[factor, self.grade]
            bad |= (self.age >= 0) & spread.factor_bars_age[factor, self.age]
            for other in drawn:
                bad |= (other >= 0) & (spread.factor_bars_factor[factor, other] | (factor == other))
            drawn.append(np.where(happens & ~bad, factor, -1))
            happens &= self._happens(_SHARES["more factors"])
        return drawn

    def _absent(self, present: list[Whole]) -> list[Whole]:
        """A factor that is known to be absent; -1 where there is none."""
        spread = self.example.spread
        factor = spread.drawn[self._of(len(spread.drawn))]
        bad = spread.injury_brings_factor[self.injury, factor]
        for other in present:
            bad |= (other >= 0) & spread.factor_brings_factor[other, factor]
        return [np.where(self._happens(_SHARES["absent"]) & ~bad, factor, -1)]

    def _times(self) -> Mapping[str, pa.Array]:
        """Onset, as an instant, an interval or not at all, and the instants after it."""
        asked = _FIRST_SECOND + self._of(_YEAR)
        onset = asked - self._since()
        kind = self.chance.random(BLOCK_ROWS)
        exact = kind < _SHARES["exact"]
        between = ~exact & (kind < _SHARES["exact"] + _SHARES["interval"])
        before, after = onset - self._of(2 * 24 * _HOUR), onset + self._of(2 * 24 * _HOUR)
        open_end = self._of(4)
        found = {
            table.ONSET: _instants(onset, exact),
            table.NOT_BEFORE: _instants(before, between & (open_end != 0)),
            table.NOT_AFTER: _instants(np.minimum(after, asked), between & (open_end != 1)),
        }
        if self.example.rows is Rows.PERSON:
            return found | {table.ASSESSED_AT: _instants(asked, exact | ~exact)}
        assessed = asked + self._of(7 * 24 * _HOUR)
        known = self._happens(_SHARES["assessed"])
        return found | {
            table.ASSESSED_AT: _instants(assessed, known),
            table.AT: _instants(asked, exact | ~exact),
        }

    def _since(self) -> Whole:
        """Seconds since onset, spread over the windows of rules alike, and some beyond the last."""
        cuts = self.example.spread.cuts * _HOUR
        ends = np.append(cuts, cuts[-1] * 1.5)
        window = self._of(len(cuts))
        wide = ends[window + 1] - ends[window]
        found: Whole = (ends[window] + self.chance.random(BLOCK_ROWS) * wide).astype(np.int64)
        return found

    def _spoiled(self, columns: dict[str, Any]) -> Mapping[str, Any]:
        """The columns, with some rows made bad: a name, a grade or an age that there is not."""
        if not self.example.faults:
            return columns
        bad, kind = self._happens(self.example.faults), self._of(3)
        spread = self.example.spread
        names = (*spread.injuries, f"{spread.injuries[0]}?")
        injury = np.where(bad & (kind == 0), len(spread.injuries), self.injury)
        grade = np.where(bad & (kind == 1), 9, self.grade)
        age = np.where(bad & (kind == 2), 999, self.age)  # noqa: PLR2004 - the third kind
        return columns | {
            table.INJURY: _coded(injury, names),
            table.GRADE: _known(grade, grade > 0, pa.int8()),
            table.AGE: _known(age, age >= 0, pa.int16()),
        }


def _ids(first: int) -> NDArray[np.str_]:
    """What rows are called."""
    return np.char.mod("c%d", np.arange(first + 1, first + BLOCK_ROWS + 1))


def _coded(codes: Whole, words: tuple[str, ...]) -> pa.Array:
    """Codes as words."""
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), pa.array(words))


def _known(values: Whole, known: Flags, kind: pa.DataType) -> pa.Array:
    """Numbers where they are known."""
    return pa.array(values, mask=~known).cast(kind)


def _instants(seconds: Whole, known: Flags) -> pa.Array:
    """Instants where they are known."""
    return pa.array(seconds, mask=~known).cast(_INSTANT)


def _lists(drawn: list[Whole], words: tuple[str, ...]) -> pa.Array:
    """Lists of those words that are drawn; none where none is."""
    codes = np.stack(drawn, axis=1)
    there = codes >= 0
    offsets = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int32)
    names = pa.array(words).take(pa.array(codes[there]))
    return pa.ListArray.from_arrays(pa.array(offsets), names, mask=pa.array(~there.any(axis=1)))
