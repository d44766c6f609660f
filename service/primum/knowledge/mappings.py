"""Mappings to public vocabularies: from an SSSOM table to SKOS triples."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import SKOS

_COLUMNS = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_LOCAL = re.compile(r"[A-Za-z0-9._-]+")
_PREDICATES = frozenset(
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table as it stands, with its line and the prefixes of the file."""

    path: Path
    line: int
    values: Mapping[str, str]
    prefixes: Mapping[str, str]

    def triple(self) -> tuple[str, str, str]:
        """The mapping as a triple of IRIs; raises UnreadableFile where it says none."""
        where, row = f"{self.path}:{self.line}", self.values
        missing = [column for column in _COLUMNS if not row.get(column)]
        if missing:
            raise UnreadableFile(f"{where}: {', '.join(missing)} is empty.")
        if row["predicate_id"] not in _PREDICATES:
            allowed = ", ".join(sorted(_PREDICATES))
            raise UnreadableFile(f"{where}: {row['predicate_id']} is none of {allowed}.")
        return (
            _expand(row["subject_id"], self.prefixes, where),
            SKOS + row["predicate_id"].removeprefix("skos:"),
            _expand(row["object_id"], self.prefixes, where),
        )


def read_mappings(path: Path) -> Iterator[tuple[str, str, str]]:
    """The mappings as triples of IRIs.

    Raises UnreadableFile with the line where a column is missing, a prefix is not in the file's
    `curie_map`, or the predicate is no SKOS mapping relation.
    """
    for row in read_rows(path):
        yield row.triple()


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of the table, none of them judged; raises UnreadableFile without table or prefixes.

    The columns that a mapping needs and the header lacks are empty in every row.
    """
    if not path.is_file():
        raise UnreadableFile(f"{path} is missing.")
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line.removeprefix("#") for line in lines if line.startswith("#")]
    prefixes = _curie_map(path, "\n".join(header))
    table = csv.DictReader(lines[len(header) :], delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        yield Row(path, len(header) + table.line_num, row, prefixes)


def _curie_map(path: Path, header: str) -> Mapping[str, str]:
    """The prefixes of the file, from the YAML in its comments."""
    import yaml  # noqa: PLC0415 - only the build has it

    try:
        stated = yaml.safe_load(header)
    except yaml.YAMLError as error:
        raise UnreadableFile(f"{path}: the header is no YAML: {error}") from error
    prefixes = stated.get("curie_map") if isinstance(stated, dict) else None
    if not isinstance(prefixes, dict):
        raise UnreadableFile(f"{path}: the header has no curie_map.")
    return {str(prefix): str(base) for prefix, base in prefixes.items()}


def _expand(curie: str, prefixes: Mapping[str, str], where: str) -> str:
    """The IRI of a CURIE."""
    prefix, _, name = curie.partition(":")
    if prefix not in prefixes:
        known = ", ".join(sorted(prefixes))
        raise UnreadableFile(f"{where}: the prefix {prefix!r} is not in the curie_map ({known}).")
    if not _LOCAL.fullmatch(name):
        raise UnreadableFile(f"{where}: {curie!r} is no identifier.")
    return prefixes[prefix] + name
