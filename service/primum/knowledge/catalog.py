"""The XML catalog by which Protégé and the OWL API find imported ontologies offline."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from primum.foundation.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Entry:
    """An ontology IRI and the file that the catalog gives for it; `line` counts from 1."""

    iri: str
    file: Path
    line: int


def read_catalog(path: Path) -> tuple[Entry, ...]:
    """The entries of a catalog, in its order, those of groups too.

    Raises UnreadableFile where it is missing, is no XML, or an entry lacks a name or a file.
    """
    if not path.is_file():
        raise UnreadableFile(f"{path} is missing.")
    text = path.read_text(encoding="utf-8")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - our own file
    except ElementTree.ParseError as error:
        raise UnreadableFile(f"{path}:{error.position[0]}: {error}") from error
    found = [element for element in root.iter() if element.tag.rpartition("}")[2] == "uri"]
    return tuple(_entry(path, text, element.attrib) for element in found)


def _entry(path: Path, text: str, stated: dict[str, str]) -> Entry:
    """One entry; its line is the first that states its name."""
    if not (stated.get("name") and stated.get("uri")):
        raise UnreadableFile(f"{path}: an entry of the catalog lacks its name or its uri.")
    before, _, _ = text.partition(f'"{stated["name"]}"')
    return Entry(stated["name"], (path.parent / stated["uri"]).resolve(), before.count("\n") + 1)
