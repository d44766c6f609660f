"""Mappings to public vocabularies: from an SSSOM table to SKOS triples."""

import csv
from collections.abc import Iterator
from pathlib import Path

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import SKOS

_COLUMNS = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_PREDICATES = frozenset(
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)


def read_mappings(path: Path) -> Iterator[tuple[str, str, str]]:
    """The mappings as triples of IRIs.

    Raises UnreadableFile with the line where a column is missing, a prefix is not in the file's
    `curie_map`, or the predicate is no SKOS mapping relation.
    """
    import yaml  # noqa: PLC0415 - only the build has it

    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line.removeprefix("#") for line in lines if line.startswith("#")]
    prefixes = (yaml.safe_load("\n".join(header)) or {}).get("curie_map", {})
    table = csv.DictReader(lines[len(header) :], delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(table, start=len(header) + 2):
        where = f"{path}:{number}"
        missing = [column for column in _COLUMNS if not row.get(column)]
        if missing:
            raise UnreadableFile(f"{where}: {', '.join(missing)} is empty.")
        if row["predicate_id"] not in _PREDICATES:
            allowed = ", ".join(sorted(_PREDICATES))
            raise UnreadableFile(f"{where}: {row['predicate_id']} is none of {allowed}.")
        relation = SKOS + row["predicate_id"].removeprefix("skos:")
        yield (
            _expand(row["subject_id"], prefixes, where),
            relation,
            _expand(row["object_id"], prefixes, where),
        )


def _expand(curie: str, prefixes: dict[str, str], where: str) -> str:
    """The IRI of a CURIE."""
    prefix, _, name = curie.partition(":")
    if prefix not in prefixes:
        known = ", ".join(sorted(prefixes))
        raise UnreadableFile(f"{where}: the prefix {prefix!r} is not in the curie_map ({known}).")
    return prefixes[prefix] + name
