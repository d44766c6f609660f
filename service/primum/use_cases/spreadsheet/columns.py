"""Columns: how what is said of a class is shown in a cell, read from one, and put into a file.

A cell shows what it can say, and an edit changes that alone: statements that no column shows, such
as texts in another language or restrictions among the superclasses, stay as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import pyoxigraph as ox

from primum.foundation.errors import QuestionError
from primum.foundation.names import OWL, RDFS
from primum.knowledge.assembly import EFFECTS
from primum.knowledge.rdf import Value
from primum.model.levels import Level
from primum.use_cases.spreadsheet.cells import joined, parted, tidy
from primum.use_cases.spreadsheet.conditions import READERS
from primum.use_cases.spreadsheet.constraints import demand
from primum.use_cases.spreadsheet.document import Document
from primum.use_cases.spreadsheet.faults import Refused
from primum.use_cases.spreadsheet.known import Known

_SUBCLASS: Final = RDFS + "subClassOf"
LEVELS: Final = {
    effect.word if isinstance(effect, Level) else effect.value: iri
    for iri, effect in EFFECTS.items()
}
"""The class of each level, by its word."""


class Column(Protocol):
    """One column of a sheet; a required one is empty in no row."""

    @property
    def name(self) -> str:
        """The heading."""

    @property
    def required(self) -> bool:
        """Whether every row has something here."""

    def show(self, known: Known, iri: str, /) -> str:
        """The cell of a class."""

    def read(self, known: Known, text: str, /) -> str:
        """What a cell that is not empty says, as `show` would write it; raises Refused."""

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """Make a file say what a cell says."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text. `closed` takes what the shapes list, or else what some class of the kind has."""

    name: str
    predicate: str
    shapes: str
    language: str = "en"
    required: bool = False
    closed: bool = False

    def show(self, known: Known, iri: str) -> str:
        """The text, the first where there are several."""
        return next(iter(_texts(known, iri, self.predicate, self.language)), "")

    def read(self, known: Known, text: str) -> str:
        """The text, once it keeps to what the shapes demand of it."""
        demand(known.constraints[self.shapes], self.predicate, text)
        if self.closed:
            allowed = sorted(
                {
                    value.value
                    for node in known.triples.subjects_of(self.predicate)
                    for value in known.triples.values(node, self.predicate)
                    if isinstance(value, ox.Literal)
                }
            )
            if text not in allowed:
                raise Refused(f"{text!r} is none of the words that stand here.", allowed)
        return text

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """The new text for the one that is shown."""
        old, new = self.show(known, iri), [_literal(text, self.language)] if text else []
        document.replace(
            ox.NamedNode(iri), self.predicate, [_literal(old, self.language)] if old else [], new
        )


@dataclass(frozen=True, slots=True)
class Texts:
    """Several texts with ` | ` between them."""

    name: str
    predicate: str
    language: str = "en"
    required: bool = False

    def show(self, known: Known, iri: str) -> str:
        """All texts."""
        return joined(_texts(known, iri, self.predicate, self.language))

    def read(self, _: Known, text: str) -> str:
        """The texts in the order in which they are kept."""
        return joined(sorted(parted(text), key=lambda one: str(_literal(one, self.language))))

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """The new texts for those that are not among them; a text that stays is left untouched."""
        stated = {tidy(one): one for one in _texts(known, iri, self.predicate, self.language)}
        document.replace(
            ox.NamedNode(iri),
            self.predicate,
            [_literal(one, self.language) for one in stated.values()],
            [_literal(stated.get(one, one), self.language) for one in parted(text)],
        )


@dataclass(frozen=True, slots=True)
class Parents:
    """The classes of the same kind that a class is put under, with ` | ` between them."""

    name: str
    kind: str
    required: bool = True

    def show(self, known: Known, iri: str) -> str:
        """The ids of the superclasses."""
        return joined(map(known.slug, self._iris(known, iri)))

    def read(self, known: Known, text: str) -> str:
        """The ids of what is named."""
        try:
            found = [known.names[self.kind].find(part, where="").iri for part in parted(text)]
        except QuestionError as error:
            raise Refused.by(error) from error
        return joined(map(known.slug, sorted(set(found))))

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """The new superclasses for those that are not among them."""
        new = [known.names[self.kind].find(part, where="").iri for part in parted(text)]
        old = map(ox.NamedNode, self._iris(known, iri))
        document.replace(ox.NamedNode(iri), _SUBCLASS, list(old), list(map(ox.NamedNode, new)))

    def _iris(self, known: Known, iri: str) -> list[str]:
        """The superclasses of the kind."""
        above = known.triples.iris(ox.NamedNode(iri), _SUBCLASS)
        return [one for one in above if one in known.of_kind(self.kind)]


@dataclass(frozen=True, slots=True)
class LevelOf:
    """What a rule says when it holds, in a word."""

    name: str
    required: bool = True

    def show(self, known: Known, iri: str) -> str:
        """The word of the level that the rule is put under."""
        above = known.triples.iris(ox.NamedNode(iri), _SUBCLASS)
        return next((word for word, level in LEVELS.items() if level in above), "")

    def read(self, _: Known, text: str) -> str:
        """One of the words for levels."""
        if text.casefold() not in LEVELS:
            raise Refused(f"{text!r} is no level.", tuple(LEVELS))
        return text.casefold()

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """The new level for the old one."""
        old = self.show(known, iri)
        document.replace(
            ox.NamedNode(iri),
            _SUBCLASS,
            [ox.NamedNode(LEVELS[old])] if old else [],
            [ox.NamedNode(LEVELS[text])],
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the columns that say together when a rule holds; a row shows and puts them at once."""

    name: str
    required: bool = False

    def show(self, _: Known, __: str) -> str:
        """Nothing: a condition is more than one cell."""
        return ""

    def read(self, known: Known, text: str) -> str:
        """What the cell says, as Primum writes it."""
        reader: Callable[[Known, str], str] = READERS[self.name]
        return reader(known, text)

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """Nothing: a condition is more than one cell."""


def put_condition(document: Document, iri: str, condition: Value) -> None:
    """Make a rule hold under a condition that is written already, and under no other."""
    node, predicate = ox.NamedNode(iri), OWL + "equivalentClass"
    document.replace(node, predicate, document.values(node, predicate), [condition])


def _literal(text: str, language: str) -> ox.Literal:
    """A text in a language, or a plain string."""
    return ox.Literal(text, language=language) if language else ox.Literal(text)


def _texts(known: Known, iri: str, predicate: str, language: str) -> list[str]:
    """The texts of a class in a language, or its plain strings."""
    return [
        value.value
        for value in known.triples.values(ox.NamedNode(iri), predicate)
        if isinstance(value, ox.Literal) and value == _literal(value.value, language)
    ]
