"""What the shapes of rules and terms demand of one value, to tell it of a cell before writing.

Only the constraints that stand on a property and its values alone are read: lists of options,
patterns and lengths. The rest is left to `primum check`, which validates the whole.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.names import SH
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.use_cases.spreadsheet.faults import Refused


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint on a value, and the sentence that says what is wrong."""

    message: str
    options: tuple[str, ...] = ()
    pattern: str = ""
    shortest: int = 0
    longest: int | None = None

    def allows(self, text: str) -> bool:
        """Whether a value keeps to the constraint."""
        return (
            (not self.options or text in self.options)
            and re.search(self.pattern, text) is not None
            and self.shortest <= len(text)
            and (self.longest is None or len(text) <= self.longest)
        )


Constraints = Mapping[str, tuple[Constraint, ...]]
"""The constraints on the values of each property, by IRI."""


def read_constraints(place: Place, *files: str) -> Constraints:
    """The constraints of some files of shapes; none where a file is not there."""
    found: dict[str, tuple[Constraint, ...]] = {}
    for path in (place.rules / "shapes" / f"{name}.ttl" for name in files):
        if path.is_file():
            triples = Triples(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
            for on, constraint in _constraints(triples):
                found[on] = (*found.get(on, ()), constraint)
    return found


def demand(constraints: Constraints, predicate: str, text: str) -> None:
    """Raise Refused, in the words of the shapes, for a value that a constraint forbids."""
    for constraint in constraints.get(predicate, ()):
        if not constraint.allows(text):
            raise Refused(constraint.message, constraint.options)


def _constraints(triples: Triples) -> Iterator[tuple[str, Constraint]]:
    """The constraints that stand on one property, with that property."""
    for node in triples.subjects_of(SH + "path"):
        for path in triples.iris(node, SH + "path"):
            longest = triples.text(node, SH + "maxLength")
            options = triples.value(node, SH + "in")
            yield (
                path,
                Constraint(
                    triples.text(node, SH + "message"),
                    tuple(v.value for v in triples.list_of(options) if isinstance(v, ox.Literal))
                    if options is not None
                    else (),
                    triples.text(node, SH + "pattern"),
                    int(triples.text(node, SH + "minLength") or 0),
                    int(longest) if longest else None,
                ),
            )
