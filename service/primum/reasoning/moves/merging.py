"""Moves put together: what moved alike, for the same edits, is one set of records."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from primum.model.cases import Case
from primum.model.spans import Span
from primum.reasoning.moves.edits import Edits
from primum.reasoning.moves.finding import Moved
from primum.reasoning.moves.presence import Presence
from primum.reasoning.moves.states import State


@dataclass(frozen=True, slots=True)
class Move:
    """Records for which the answer on some treatments moved in one way, because of some edits.

    The records are all that combine one of the injuries, of the grades (None: not given), of the
    `ages` (None: not given; no ages at all where age does not matter), an instant in one of the
    spans of hours, and stated factors as `stated` has them, numbered as the versions share them.
    `rules` are the changed rules that may hold on some of them.
    """

    treatments: frozenset[str]
    injuries: frozenset[str]
    grades: frozenset[int | None]
    ages: frozenset[Span | None]
    hours: tuple[Span, ...]
    stated: Presence
    old: State
    new: State
    rules: frozenset[str]
    witness: Case
    edits: Edits = ()

    @property
    def witnessed(self) -> str:
        """The treatment that the witness shows the move for."""
        return min(self.treatments)


def single(moved: Moved, case: Case) -> Move:
    """A move as it was found, with a record that shows it."""
    return Move(
        treatments=frozenset(moved.treatments),
        injuries=frozenset({moved.kept.injury}),
        grades=frozenset({moved.kept.grade}),
        ages=frozenset({moved.ages}) if moved.kept.aged else frozenset(),
        hours=(moved.hours,),
        stated=moved.stated,
        old=moved.old,
        new=moved.new,
        rules=moved.rules,
        witness=case,
    )


WITHIN_AN_INJURY = ("hours", "grades", "ages")
ACROSS_INJURIES = ("injuries", "treatments")


def merged(moves: Iterable[Move], dimensions: Iterable[str]) -> list[Move]:
    """The same records in fewer moves, in the order in which they came."""
    found = list(moves)
    for dimension in dimensions:
        found = _along(found, dimension)
    return found


def _along(moves: list[Move], dimension: str) -> list[Move]:
    """The moves, those put together that differ in one dimension alone."""
    groups: dict[Any, list[Move]] = {}
    for move in moves:
        groups.setdefault(_but_for(move, dimension), []).append(move)
    return [_joined(group, dimension) for group in groups.values()]


def _joined(group: list[Move], dimension: str) -> Move:
    """Moves that differ in one dimension alone, as one."""
    if len(group) == 1:
        return group[0]
    join = _spans if dimension == "hours" else _sets
    whole: dict[str, Any] = {dimension: join(getattr(move, dimension) for move in group)}
    return replace(group[0], **whole)


def _but_for(move: Move, dimension: str) -> tuple[Any, ...]:
    """All of a move but one dimension and its witness."""
    skipped = {dimension, "witness"}
    return tuple(getattr(move, name) for name in Move.__slots__ if name not in skipped)


def _sets(parts: Iterable[frozenset[Any]]) -> frozenset[Any]:
    """All members of some sets."""
    return frozenset[Any]().union(*parts)


def _spans(parts: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    """All instants of some spans, neighbours put together."""
    found: list[Span] = []
    for span in sorted({one for part in parts for one in part}, key=lambda one: one.start):
        if found and found[-1].end == span.start:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
