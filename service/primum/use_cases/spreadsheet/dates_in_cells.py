"""Dates as spreadsheet programs save them: which order of day and month a sheet is in.

`11/12/2026` is one of two days. Which, is told by the cells that nobody edited: their marks know
the day that was written. Once the order is known, every date of the sheet is read in it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from primum.use_cases.spreadsheet.marks import Mark
from primum.use_cases.spreadsheet.tsv import Row

_DATE: Final = re.compile(
    r"(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,4})\.?( [0:. ]+)?", re.ASCII
)
_ORDERS: Final = {"year first": (1, 2, 3), "day first": (3, 2, 1), "month first": (3, 1, 2)}
_CENTURY: Final = "20"
_YEAR: Final = 4


def days(text: str) -> Mapping[str, str]:
    """The days that a cell may say, in ISO form, by the order in which it is read."""
    found = _DATE.fullmatch(text)
    if found is None:
        return {}
    said: dict[str, str] = {}
    for order, (year, month, day) in _ORDERS.items():
        if max(len(found[month]), len(found[day])) < _YEAR:
            full = found[year] if len(found[year]) == _YEAR else f"{_CENTURY}{found[year]:0>2}"
            said[order] = f"{full}-{found[month]:0>2}-{found[day]:0>2}"
    return said


def settle(rows: Sequence[Row], heading: str, marks: Sequence[Mark | None]) -> list[Row]:
    """The rows with their dates in ISO form, where the marks of the rows tell their order."""
    agreeing = Counter(
        order
        for row, mark in zip(rows, marks, strict=True)
        for order, day in days(row.cells.get(heading, "")).items()
        if mark is not None and mark.is_of(heading, day)
    )
    best = [order for order, count in agreeing.items() if count == max(agreeing.values())]
    return [_dated(row, heading, best[0]) for row in rows] if len(best) == 1 else list(rows)


def _dated(row: Row, heading: str, order: str) -> Row:
    """A row with its date read in an order."""
    day = days(row.cells.get(heading, "")).get(order)
    return row if day is None else replace(row, cells={**row.cells, heading: day})
