"""Checks on the nodes of a record, made from SHACL constraints once and run on each record.

A demand becomes a function of a focus node and the values at hand (for a node itself, the node
alone). Paths go through the record up and down, and from a class on into the ontology. Only what a
plainly good record can hold is met here; the full report is pySHACL's.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from primum.model.moments import Moment
from primum.model.shapes import (
    Any,
    Apart,
    Between,
    Count,
    Demand,
    Facts,
    HasValue,
    IsInstant,
    IsNode,
    Never,
    NotAfter,
    Property,
    Qualified,
    Shape,
)
from primum.use_cases.records.tree import Iri, Node, Value
from primum.use_cases.records.walking import Walks

Values = Sequence[Value]
Test = Callable[[Value, Values], bool]
Conforms = Callable[[Value], bool]
_NODES: Final = (Node, Iri)


class Checks:
    """Makes checks over one ontology; `facts` are the values of properties by class."""

    def __init__(self, facts: Facts) -> None:
        """Follow these properties from classes."""
        self._walks = Walks(facts)

    def conforms(self, shape: Shape) -> Conforms:
        """Whether a focus node satisfies a shape."""
        ways = [self._on_focus(demand) for demand in shape]
        return ways[0] if len(ways) == 1 else lambda focus: all(way(focus) for way in ways)

    def _on_focus(self, demand: Demand) -> Conforms:
        """Whether a focus node satisfies a demand, itself being the only value."""
        match demand:
            case Property(path, inner):
                return _along(self._walks.along(path), [self._test(one) for one in inner])
            case Any(shapes):
                return _any([self.conforms(shape) for shape in shapes])
            case _:
                test = self._test(demand)
                return lambda focus: test(focus, (focus,))

    def _test(self, demand: Demand) -> Test:
        """Whether values satisfy a demand."""
        match demand:
            case Property() | Any():
                each = self._on_focus(demand)
                return lambda _, values: all(map(each, values))
            case Never(shape):
                inner = self.conforms(shape)
                return lambda _, values: not any(map(inner, values))
            case Qualified(shape, count):
                counted, enough = self.conforms(shape), _counts(count)
                return lambda _, values: enough(sum(map(counted, values)))
            case Count():
                enough = _counts(demand)
                return lambda _, values: enough(len(values))
            case _:
                return self._simple(demand)

    def _simple(self, demand: Demand) -> Test:
        """Demands that hold no others."""
        match demand:
            case HasValue(value):
                return lambda _, values: value in values
            case IsNode(wanted):
                return lambda _, values: all(isinstance(v, _NODES) is wanted for v in values)
            case IsInstant():
                return lambda _, values: all(isinstance(v, Moment) for v in values)
            case Between(least, most):
                return lambda _, values: all(_between(v, least, most) for v in values)
            case NotAfter(iri):
                bounds = self._walks.forward(iri)
                return lambda focus, values: _not_after(values, bounds(focus))
            case Apart(iri):
                others = self._walks.forward(iri)
                return lambda focus, values: not any(other in values for other in others(focus))
            case _:
                raise TypeError(demand)


def _along(walk: Callable[[Value], Values], tests: Sequence[Test]) -> Conforms:
    """Whether the values that a path leads to satisfy all tests."""
    if len(tests) == 1:
        only = tests[0]
        return lambda focus: only(focus, walk(focus))

    def conforms(focus: Value) -> bool:
        values = walk(focus)
        return all(test(focus, values) for test in tests)

    return conforms


def _any(ways: Iterable[Conforms]) -> Conforms:
    """Whether a focus node satisfies one of several shapes."""
    every = tuple(ways)

    def conforms(focus: Value) -> bool:
        for way in every:  # noqa: SIM110 - a generator would cost as much as the checks
            if way(focus):
                return True
        return False

    return conforms


def _counts(count: Count) -> Callable[[int], bool]:
    """Whether a number of values is one that is asked for."""
    least, most = count.least, count.most
    if most is None:
        return lambda number: number >= least
    return lambda number: least <= number <= most


def _between(value: Value, least: int | None, most: int | None) -> bool:
    """Whether a value is a whole number within bounds."""
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return (least is None or value >= least) and (most is None or value <= most)


def _not_after(values: Values, bounds: Values) -> bool:
    """Whether no value exceeds a bound; values that cannot be compared exceed it."""
    for value in values:
        for bound in bounds:
            if not (isinstance(value, Moment) and isinstance(bound, Moment)):
                return False
            if value.hours > bound.hours:
                return False
    return True
