"""Searching everything that has a name: terms, rules and sources, by label, synonym or meaning."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

import pyoxigraph as ox
from rapidfuzz import fuzz

from primum.foundation.names import SKOS
from primum.model.naming import normal
from primum.use_cases.terms.kinds import TermKind, kind_of
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.refs import Ref

_KINDS: Final = (TermKind.CLASS, TermKind.RULE, TermKind.SOURCE)
_NEAR: Final = 82
_MOST: Final = 60
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Indexed:
    """A term with all the text that it is found by."""

    ref: Ref
    kind: TermKind
    names: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Index:
    """Everything in one release that has a name and that a person may look for."""

    entries: tuple[Indexed, ...]

    @classmethod
    def of(cls, known: Known) -> Self:
        """Index a release."""
        return cls(tuple(_indexed(known)))

    def find(self, words: str) -> tuple[Indexed, ...]:
        """What fits some words, the closest first: by name, by part of a name, by meaning."""
        wanted = normal(words[:_LONGEST])
        ranked = [(_rank(entry, wanted), entry) for entry in self.entries] if wanted else []
        found = [pair for pair in ranked if pair[0]]
        found.sort(key=lambda pair: (-pair[0], len(pair[1].ref.label), pair[1].ref.label))
        return tuple(entry for _, entry in found[:_MOST])


def _indexed(known: Known) -> Iterator[Indexed]:
    """The terms of the kinds that people look for."""
    for ref in known.refs:
        kind = kind_of(known, ref.iri)
        if kind in _KINDS:
            node = ox.NamedNode(ref.iri)
            synonyms = known.stated.texts(node, SKOS + "altLabel")
            definition = known.stated.text(node, SKOS + "definition")
            yield Indexed(ref, kind, tuple(map(normal, (ref.label, *synonyms))), definition)


def _rank(entry: Indexed, wanted: str) -> int:
    """How well an entry fits; 0 where it does not."""
    by_name = max((_closeness(name, wanted) for name in entry.names), default=0)
    return by_name or int(all(word in normal(entry.definition) for word in wanted.split()))


def _closeness(name: str, wanted: str) -> int:
    """How well a name fits: 6 as it is, 5 at its start, 4 at that of a word, 3 within, 2 nearly."""
    if name == wanted:
        return 6
    if name.startswith(wanted):
        return 5
    if f" {wanted}" in name:
        return 4
    if wanted in name or all(word in name for word in wanted.split()):
        return 3
    return 2 if fuzz.ratio(name, wanted) >= _NEAR else 0
