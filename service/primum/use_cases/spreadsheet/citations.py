"""The column of sources: the documents that a fact rests on, and where in each it stands."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import QuestionError
from primum.foundation.names import DCTERMS, OWL, Link
from primum.use_cases.spreadsheet.cells import joined, parted, tidy
from primum.use_cases.spreadsheet.document import Document
from primum.use_cases.spreadsheet.faults import Refused
from primum.use_cases.spreadsheet.known import Known

_SOURCE: Final = DCTERMS + "source"


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents, each with the place in it: `KEY: locator | KEY: locator`."""

    name: str
    located: bool
    required: bool = True

    def show(self, known: Known, iri: str) -> str:
        """The keys of the documents, and where in each the fact stands."""
        parts = []
        for source in known.triples.iris(ox.NamedNode(iri), _SOURCE):
            places = _locators(known, iri, source)
            parts.append(f"{_key(source)}: {'; '.join(places)}" if places else _key(source))
        return joined(parts)

    def read(self, known: Known, text: str) -> str:
        """The same, by the keys of the documents."""
        found: dict[str, str] = {}
        for part in parted(text):
            key, locator = self._citation(known, part)
            if found.setdefault(key, locator) != locator:
                raise Refused(f"{key} stands here twice. Join what stands after it with a `;`.")
        by_iri = sorted(found.items(), key=lambda item: str(_document(known, item[0])))
        return joined(f"{key}: {locator}" if locator else key for key, locator in by_iri)

    def put(self, known: Known, document: Document, iri: str, text: str) -> None:
        """The new documents for those not among them, and new locators where they differ."""
        node, old = ox.NamedNode(iri), dict(map(_cited, parted(self.show(known, iri))))
        new = dict(map(_cited, parted(text)))
        document.replace(
            node,
            _SOURCE,
            [_document(known, key) for key in old],
            [_document(known, key) for key in new],
        )
        for key, locator in new.items():
            if old.get(key, "") != locator:
                statement = (node, _SOURCE, _document(known, key))
                document.annotate(statement, Link.LOCATOR, [locator] if locator else [])

    def _citation(self, known: Known, part: str) -> tuple[str, str]:
        """The key of a document and the locator behind it."""
        key, locator = _cited(part)
        try:
            source = known.names["source"].find(key, where=self.name)
        except QuestionError as error:
            raise Refused.by(error) from error
        if self.located and not locator:
            raise Refused(
                f"{source.id} has no locator. Write where in it the fact stands, as in "
                f"`{source.id}: page 3`; where nobody has noted it, `locator not recorded`."
            )
        return source.id, locator


def _key(source: str) -> str:
    """The key of a document: the end of its IRI."""
    return source.rpartition("/")[2]


def _document(known: Known, key: str) -> ox.NamedNode:
    """The document of a key."""
    return ox.NamedNode(known.names["source"].find(key, where="sources").iri)


def _cited(part: str) -> tuple[str, str]:
    """The key and the locator of a citation."""
    key, _, locator = part.partition(":")
    return key.strip(), locator.strip()


def _locators(known: Known, iri: str, source: str) -> list[str]:
    """Where in a document something stands that is said of a class."""
    node, target = ox.NamedNode(iri), ox.NamedNode(source)
    return [
        tidy(place)
        for axiom in known.triples.annotating(node, _SOURCE)
        if target in known.triples.values(axiom, OWL + "annotatedTarget")
        for place in known.triples.texts(axiom, Link.LOCATOR)
    ]
