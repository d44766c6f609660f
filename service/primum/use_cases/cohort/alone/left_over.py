"""Answers to the rows that were read one by one: many at once all the same, where that can be."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primum.reasoning.engine import Engine
from primum.use_cases.cohort.alone.collecting import Collector, Times
from primum.use_cases.cohort.alone.one_by_one import Good, OneByOne
from primum.use_cases.cohort.alone.singly import hours_of_case
from primum.use_cases.cohort.answers.forms import Form
from primum.use_cases.cohort.answers.found import Faults

Numbers = NDArray[np.intp]


class Left:
    """Answers in one form what is left; safe to share between threads."""

    def __init__(self, engine: Engine, form: Form[Any], one_by_one: OneByOne) -> None:
        """Know the form."""
        self._form, self._one_by_one = form, one_by_one
        self._collector = Collector(engine.knowledge, engine.tables.hours)
        self._treatments = {term.iri: n for n, term in enumerate(engine.knowledge.treatments)}

    def answer(self, good: Mapping[int, Good], found: Any, faults: Faults) -> None:
        """Put the answers to rows in their places, and the faults of those whose facts clash."""
        placed = {row: self._collector.times(one.case) for row, one in good.items()}
        together = {row: times for row, times in placed.items() if times is not None}
        clashing = self._together(good, together, found) if together else []
        alone = [row for row, times in placed.items() if times is None]
        for row in (*clashing, *alone):
            clash = self._one_by_one.clash(good[row].case)
            if clash is None:
                self._put(np.asarray([row]), found, self._form.one(good[row]))
            else:
                self._put(np.asarray([row]), found, self._form.empty(1))
                faults.add(row, clash.faults)

    def _together(
        self, good: Mapping[int, Good], times: Mapping[int, Times], found: Any
    ) -> list[int]:
        """Answer rows by the kernel; gives those whose facts exclude each other."""
        columns = self._collector.columns([(good[row].case, one) for row, one in times.items()])
        named = [self._treatments.get(good[row].treatment or "", 0) for row in times]
        part, contradicts = self._form.many(columns, np.asarray(named, np.int16))
        hours = np.asarray([hours_of_case(good[row].case) for row in times])
        part.hours_from, part.hours_until = (
            np.repeat(hours[:, n], self._form.width) for n in range(2)
        )
        rows = np.fromiter(times, np.intp)
        self._put(rows, found, part)
        return [int(row) for row in rows[contradicts]]

    def _put(self, rows: Numbers, found: Any, part: Any) -> None:
        """Put the answers to some rows in their places."""
        found.put(places_of(rows, self._form.width), part)


def places_of(rows: Numbers, width: int) -> Numbers:
    """Where the answers to some rows stand, so many for each."""
    if width == 1:
        return rows
    return (rows[:, None] * width + np.arange(width)).ravel()
