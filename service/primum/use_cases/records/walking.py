"""Walks along property paths: through a record, and from its classes into the ontology."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from primum.model.shapes import Back, Either, Facts, Forward, Optional, Path, Step
from primum.use_cases.records.tree import Iri, Node, Value

Values = Sequence[Value]
Walk = Callable[[Value], Values]
_NOTHING: Final[Values] = ()


class Walks:
    """Makes walks over one ontology; `facts` are the values of properties by class."""

    def __init__(self, facts: Facts) -> None:
        """Follow these properties from classes."""
        self._facts = {
            iri: {name: tuple(sorted(values, key=str)) for name, values in by_class.items()}
            for iri, by_class in facts.items()
        }

    def along(self, path: Path) -> Walk:
        """The values that a path leads to, each once.

        From a class on, a walk is the same for every record, so it is taken once and kept.
        """
        if len(path) == 1:
            return self._step(path[0])
        first, rest = self._step(path[0]), self.along(path[1:])
        onward = cache(rest)

        def walk(start: Value) -> Values:
            reached = first(start)
            if not reached:
                return _NOTHING
            if len(reached) == 1:
                only = reached[0]
                return onward(only) if isinstance(only, Iri) else rest(only)
            found: dict[Value, None] = {}
            for one in reached:
                found.update(dict.fromkeys(onward(one) if isinstance(one, Iri) else rest(one)))
            return tuple(found)

        return walk

    def forward(self, iri: str) -> Walk:
        """The values of a property of a node of the record, or of a class of the ontology."""
        known = self._facts.get(iri, {})

        def walk(value: Value) -> Values:
            if type(value) is Node:
                return value.values.get(iri, _NOTHING)
            return known.get(value, _NOTHING) if isinstance(value, Iri) else _NOTHING

        return walk

    def _step(self, step: Step) -> Walk:
        """One step of a path."""
        match step:
            case Forward(iri):
                return self.forward(iri)
            case Back(iri):
                return lambda value: _back(value, iri)
            case Optional(path):
                onward = self.along(path)
                return lambda value: (value, *onward(value))
            case Either(paths):
                ways = [self.along(path) for path in paths]
                return lambda value: tuple(found for way in ways for found in way(value))


def _back(value: Value, iri: str) -> Values:
    """The node of which this one is a value of a property."""
    if type(value) is Node and value.via == iri and value.parent is not None:
        return (value.parent,)
    return _NOTHING
