"""Columns of records with each record several times, or only some of the records."""

import numpy as np

from primum.reasoning.cohort.columns import Columns, Flags, Lists


def repeated(columns: Columns, times: int) -> Columns:
    """Each record so many times in a row."""
    return _at(columns, np.repeat(np.arange(len(columns)), times))


def chosen(columns: Columns, which: Flags) -> Columns:
    """Some of the records."""
    return _at(columns, np.flatnonzero(which))


def _at(columns: Columns, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Columns:
    """The records at these places."""
    return Columns(
        injury=columns.injury[rows],
        grade=columns.grade[rows],
        age=columns.age[rows],
        present=lists_at(columns.present, rows),
        absent=lists_at(columns.absent, rows),
        earliest=columns.earliest[rows],
        latest=columns.latest[rows],
        at=columns.at[rows],
        whole_day=columns.whole_day[rows],
    )


def lists_at(lists: Lists, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> Lists:
    """The lists at these places."""
    starts, lengths = lists.offsets[rows], np.diff(lists.offsets)[rows]
    offsets = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    if not len(lists.codes):
        return Lists(offsets, lists.codes)
    places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
    return Lists(offsets, lists.codes[places])
