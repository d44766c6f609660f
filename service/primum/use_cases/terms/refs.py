"""Terms as pages show them: by label, with the path under which the service describes them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from primum.foundation.names import BASE, DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, kebab, local_name
from primum.model.expressions import Expression
from primum.model.manchester import manchester

_MARK: Final = "\0"
_VOCABULARIES: Final = (OWL, RDFS, RDF, SKOS, DCTERMS, SH, VANN)


@dataclass(frozen=True, slots=True)
class Ref:
    """A term by its label; `path` is where the service describes it, "" where it does not."""

    iri: str
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; with `ref` it stands for a term."""

    text: str
    ref: Ref | None = None


Pieces = tuple[Piece, ...]


class References:
    """The terms that one release speaks of, to be shown by label."""

    def __init__(self, ours: Iterable[str], labels: Mapping[str, str]) -> None:
        """`ours` are the IRIs that the service describes."""
        self._refs = {iri: Ref(iri, labels.get(iri) or local_name(iri), path(iri)) for iri in ours}

    def __contains__(self, iri: str) -> bool:
        """Whether the service describes an IRI."""
        return iri in self._refs

    def __iter__(self) -> Iterator[Ref]:
        """Every term that the service describes."""
        return iter(self._refs.values())

    def of(self, iri: str) -> Ref:
        """A term by its IRI; one that is described elsewhere goes by the words of its name."""
        return self._refs.get(iri) or Ref(iri, _words(iri))

    def every(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """Several terms, by label."""
        return tuple(sorted(map(self.of, iris), key=lambda ref: (ref.label.casefold(), ref.iri)))

    def pieces(self, expression: Expression) -> Pieces:
        """A class expression in Manchester syntax, its names apart from the rest."""
        text = manchester(expression, name=lambda iri: f"{_MARK}{iri}{_MARK}")
        parts = enumerate(text.split(_MARK))
        found = (self.named(part) if place % 2 else Piece(part) for place, part in parts)
        return tuple(piece for piece in found if piece.text)

    def named(self, iri: str) -> Piece:
        """A term by its local name, as Manchester syntax writes it."""
        return Piece(local_name(iri), self.of(iri))


def text_of(pieces: Pieces) -> str:
    """Pieces as the text that they make."""
    return "".join(piece.text for piece in pieces)


def in_order(found: Iterable[Pieces]) -> tuple[Pieces, ...]:
    """Several texts, by what they say: nodes without a name have no order of their own."""
    return tuple(sorted(found, key=lambda pieces: (text_of(pieces).casefold(), text_of(pieces))))


def path(iri: str) -> str:
    """The path of an IRI under the base, as an address writes it."""
    return quote(iri.removeprefix(BASE), safe="/")


def _words(iri: str) -> str:
    """The words in the name of a term of a vocabulary that we use; any other IRI as it is."""
    for base in _VOCABULARIES:
        if iri.startswith(base):
            return kebab(iri.removeprefix(base)).replace("-", " ")
    return iri
