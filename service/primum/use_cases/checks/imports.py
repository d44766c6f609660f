"""The modules hang together offline: root, imports, catalog and files agree."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import ONTOLOGY, OWL
from primum.knowledge import files
from primum.knowledge.catalog import Entry, read_catalog
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "catalog-unreadable": "The catalog by which imports are found offline is missing or broken. "
    "It is ontology/catalog-v001.xml, an OASIS XML catalog.",
    "file-without-ontology": "A file states no owl:Ontology, so nothing can import it. Give it an "
    "IRI under https://w3id.org/primum/.",
    "file-not-in-catalog": "A file is not in the catalog, so Protégé would look for it on the "
    "network. Add a uri element with its IRI and its path.",
    "catalog-file-missing": "The catalog gives a file that there is not. Correct the entry, or "
    "remove it.",
    "catalog-iri-differs": "The catalog gives a file under another IRI than the file states. Make "
    "them the same.",
    "catalog-entry-twice": "The catalog lists one IRI or one file twice. Remove one entry.",
    "file-not-imported": "The root does not import a file, so who opens the root does not see it. "
    "Add owl:imports to ontology/primum.ttl.",
    "import-not-in-catalog": "An ontology imports something that the catalog does not find "
    "offline. Add it to the catalog, or remove the import.",
}

_Found = tuple[str, str, Entry | Path]


def imports(subject: Subject) -> Iterator[Remark]:
    """Where root, imports, catalog and files disagree."""
    catalog = subject.place.ontology / "catalog-v001.xml"
    named = {path.resolve(): iri for path, iri in subject.sources.ontologies.items()}
    yield from _headless(subject, named)
    yield from _not_imported(subject, named)
    try:
        entries = read_catalog(catalog)
    except UnreadableFile as error:
        where = subject.relative(catalog)
        sentence = f"The catalog cannot be read: {error}"
        yield Remark("catalog-unreadable", Severity.ERROR, sentence, file=where)
        return
    for remark in _of_catalog(entries, named):
        yield _in_catalog(subject, catalog, remark)
    yield from _unresolved(subject, {*(entry.iri for entry in entries), *named.values()})


def _headless(subject: Subject, named: dict[Path, str]) -> Iterator[Remark]:
    """Files that state no ontology."""
    for path in files.knowledge_files(subject.place):
        if path.resolve() not in named:
            yield Remark(
                "file-without-ontology",
                Severity.ERROR,
                "The file states no owl:Ontology, so nothing can import it.",
                file=subject.relative(path),
            )


def _not_imported(subject: Subject, named: dict[Path, str]) -> Iterator[Remark]:
    """Files that the root does not import."""
    imported = set(subject.triples.iris(ox.NamedNode(ONTOLOGY), OWL + "imports"))
    for path, iri in sorted(named.items()):
        if iri not in imported and iri != ONTOLOGY:
            yield Remark(
                "file-not-imported",
                Severity.ERROR,
                f"The root does not import <{iri}>, so who opens it does not see the file.",
                file=subject.relative(path),
                line=subject.positions(path).line(iri),
                term=iri,
            )


def _of_catalog(entries: tuple[Entry, ...], named: dict[Path, str]) -> Iterator[_Found]:
    """Code and sentence of each disagreement, with the entry or file that it is about."""
    listed = {entry.file for entry in entries}
    for path, iri in sorted(named.items()):
        if path not in listed:
            yield "file-not-in-catalog", f"The catalog does not list the file, <{iri}>.", path
    seen: set[str | Path] = set()
    for entry in entries:
        says = f"The catalog gives {entry.file.name} for <{entry.iri}>"
        if not entry.file.is_file():
            yield "catalog-file-missing", f"{says}, and there is no such file.", entry
        elif named.get(entry.file, entry.iri) != entry.iri:
            stated = named[entry.file]
            yield "catalog-iri-differs", f"{says}; the file states <{stated}>.", entry
        if seen & {entry.iri, entry.file}:
            yield "catalog-entry-twice", f"{says}; it lists one of both twice.", entry
        seen |= {entry.iri, entry.file}


def _in_catalog(subject: Subject, catalog: Path, found: _Found) -> Remark:
    """The remark on a disagreement, at the entry or at the file that has none."""
    code, sentence, about = found
    if isinstance(about, Path):
        return Remark(code, Severity.ERROR, sentence, file=subject.relative(about))
    where = subject.relative(catalog)
    return Remark(code, Severity.ERROR, sentence, file=where, line=about.line, term=about.iri)


def _unresolved(subject: Subject, known: set[str]) -> Iterator[Remark]:
    """Imports that neither catalog nor files know; a file that is not in the catalog was told."""
    for path, iri in sorted(subject.sources.ontologies.items()):
        for imported in subject.triples.iris(ox.NamedNode(iri), OWL + "imports"):
            if imported not in known:
                yield Remark(
                    "import-not-in-catalog",
                    Severity.ERROR,
                    f"<{iri}> imports <{imported}>, which the catalog does not find offline.",
                    file=subject.relative(path),
                    line=subject.positions(path).line(iri, mentioning=imported),
                    term=imported,
                )
