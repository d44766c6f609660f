"""The named questions as what the editor offers to begin with."""

from collections.abc import Iterable
from dataclasses import dataclass

from primum.use_cases.named.query import NamedQuery


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with: its title, the question in plain words, and its text."""

    name: str
    title: str
    question: str
    text: str


def examples_of(queries: Iterable[NamedQuery]) -> tuple[Example, ...]:
    """The named questions as examples, in order; each runs as it stands."""
    return tuple(Example(q.name, q.title, q.question, q.text) for q in queries)
