"""A named question, and how terms take the place of the examples in it.

A file is a complete query that runs as it stands (decision 5): each parameter is a
`VALUES ?name { ... }` block with an example in it. To ask about something else, the block's
contents are replaced by terms as the RDF library writes them; text is never put into a query.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import InvalidValue, UnknownParameter
from primum.foundation.names import RDF

Value = ox.NamedNode | ox.Literal
NOTHING: Final = ox.NamedNode(RDF + "nil")
BLOCK: Final = re.compile(r"VALUES \?(?P<name>\w+) \{(?P<terms>[^{}]*)\}")


class Form(StrEnum):
    """What a question gives: a table, a graph, or yes or no."""

    SELECT = "select"
    CONSTRUCT = "construct"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be chosen in a question; `type` is one of those in `types.py`.

    `examples` is what a person might type: one, or several where the parameter is `repeatable`.
    """

    name: str
    type: str
    optional: bool
    repeatable: bool
    examples: tuple[str, ...]
    meaning: str

    @property
    def example(self) -> str:
        """What a person might type."""
        return self.examples[0]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that can be asked by name; `text` is its file, which runs as it stands.

    `question` is in plain words, `about` says what a row means and what to mind, `users` who asks
    it. `columns` are those of its table; a graph has subject, predicate and object.
    """

    name: str
    title: str
    question: str
    about: str
    users: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    form: Form
    columns: tuple[str, ...]

    def parameter(self, name: str) -> Parameter:
        """The parameter of a name; raises UnknownParameter with those there are."""
        names = [parameter.name for parameter in self.parameters]
        if name not in names:
            raise UnknownParameter(
                f"The query {self.name} has no parameter {name!r}; "
                f"it has {', '.join(names) or 'none'}.",
                where=name,
                found=name,
                allowed=tuple(names),
            )
        return self.parameters[names.index(name)]

    def bind(self, terms: Mapping[str, Sequence[Value]]) -> str:
        """The query about these terms; an empty list, or none at all, stands for nothing.

        Raises UnknownParameter for a name that the query does not have, and InvalidValue for a
        parameter that is left out and may not be.
        """
        for name in terms:
            self.parameter(name)
        self._demand(terms)
        values = {p.name: terms.get(p.name) or (NOTHING,) for p in self.parameters}

        def block(found: re.Match[str]) -> str:
            """Write a block of the file with the terms given for it, all blocks in one pass."""
            written = " ".join(str(term) for term in values[found["name"]])
            return f"VALUES ?{found['name']} {{ {written} }}"

        return BLOCK.sub(block, self.text)

    def _demand(self, terms: Mapping[str, Sequence[Value]]) -> None:
        """Refuse terms among which a parameter is missing."""
        missing = [p for p in self.parameters if not p.optional and not terms.get(p.name)]
        if missing:
            needed = ", ".join(p.name for p in missing)
            raise InvalidValue(
                f"The query {self.name} needs {needed}, such as {missing[0].example}.",
                where=missing[0].name,
                allowed=missing[0].examples,
            )
