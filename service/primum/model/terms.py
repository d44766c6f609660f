"""Terms of the ontology and the documents they rest on."""

from dataclasses import dataclass

from primum.foundation.names import local_name


@dataclass(frozen=True, slots=True)
class Term:
    """A class that people name: an injury, a treatment, a patient factor, and so on."""

    iri: str
    slug: str
    label: str
    definition: str = ""
    synonyms: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The local name: `HamstringStrain`."""
        return local_name(self.iri)


@dataclass(frozen=True, slots=True)
class Source:
    """A document: `reference` is its DOI, identifier or address; `trust` is low or ordinary."""

    iri: str
    title: str
    creator: str = ""
    date: str = ""
    reference: str = ""
    trust: str = ""

    @property
    def id(self) -> str:
        """The key of the source: `SEED-ITBS`."""
        return local_name(self.iri)


@dataclass(frozen=True, slots=True)
class Citation:
    """A source, and where in it the fact stands."""

    source: Source
    locator: str = ""
