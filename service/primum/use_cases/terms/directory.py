"""Finding the term that a path names: by its IRI, or by any of its names in any case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.errors import AmbiguousName, UnknownName
from primum.foundation.names import BASE, DCTERMS, FOLDERS, SKOS, kebab
from primum.model.naming import Names
from primum.model.terms import Term
from primum.use_cases.terms.known import Known

_SLUG: Final = DCTERMS + "identifier"
_SYNONYM: Final = SKOS + "altLabel"
_ROOT: Final = ""
_FAULTS: Final = (UnknownName, AmbiguousName)


@dataclass(frozen=True, slots=True)
class Directory:
    """The terms of a release by folder: the first word of paths that have more than one."""

    known: Known
    folders: Mapping[str, Names]

    @classmethod
    def over(cls, known: Known) -> Self:
        """The terms of a release."""
        listed: dict[str, list[Term]] = {}
        for ref in known.refs:
            listed.setdefault(_parted(_path(ref.iri))[0], []).append(_term(known, ref.iri))
        return cls(known, {f: Names("term", listed.get(f, ())) for f in (_ROOT, *FOLDERS)})

    def known_as(self, path: str) -> str | None:
        """The IRI of the term that a path names, or None where it names none or several."""
        iri = self._exact(path)
        if iri is not None:
            return iri
        folder, name = _parted(path)
        found = self.folders[folder].known(path) or self.folders[folder].known(name)
        return None if found is None else self._ontology(found.iri)

    def find(self, path: str, *, where: str) -> str:
        """The IRI of the term that a path names.

        The version of an ontology names the ontology. Raises UnknownName with the nearest paths,
        and AmbiguousName with the candidates.
        """
        iri = self.known_as(path)
        if iri is not None:
            return iri
        folder, name = _parted(path)
        try:
            return self.folders[folder].find(name, where=where).iri
        except _FAULTS as error:
            paths = self._paths(folder, error.allowed)
            raise type(error)(error.detail, where=where, found=path, allowed=paths) from error

    def _exact(self, path: str) -> str | None:
        """The IRI that a path is the rest of, if there is such a term."""
        iri = BASE + path
        return self._ontology(iri) if iri in self.known.refs else None

    def _ontology(self, iri: str) -> str:
        """The ontology that an IRI is a version of, or the IRI as it is."""
        return self.known.versions.get(iri, iri)

    def _paths(self, folder: str, ids: Iterable[str]) -> tuple[str, ...]:
        """The paths of terms of a folder, by the ids that names give them."""
        paths = {term.id: _path(term.iri) for term in self.folders[folder]}
        return tuple(paths[id] for id in ids)


def _path(iri: str) -> str:
    """What stands after the base in an IRI."""
    return iri.removeprefix(BASE)


def _parted(path: str) -> tuple[str, str]:
    """The folder of a path, and the name in it."""
    folder, slash, name = path.partition("/")
    return (folder, name) if slash and folder in FOLDERS else (_ROOT, path)


def _term(known: Known, iri: str) -> Term:
    """A term with the names that it goes by."""
    node, name = ox.NamedNode(iri), _parted(_path(iri))[1]
    return Term(
        iri=iri,
        slug=known.stated.text(node, _SLUG) or kebab(name),
        label=known.refs.of(iri).label,
        synonyms=(*known.stated.texts(node, _SYNONYM), name, kebab(name)),
    )
