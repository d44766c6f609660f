"""Which words of Biolink stand for ours: the table `ontology/biolink.tsv`, read and checked.

A row of the role `category` gives the category of a kind, `edge` the predicate of a link, written
from its subject to its object, `reversed` one that Biolink writes the other way about, `rule` the
predicate of the rules under an effect. `of` narrows a row to the links of one kind of subject.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE
from primum.knowledge.locate import Place

_OURS: Final = "primum:"
_COLUMNS: Final = ["role", "primum_id", "of", "biolink_id", "negated"]


class Role(StrEnum):
    """What a row of the table is about."""

    CATEGORY = "category"
    EDGE = "edge"
    REVERSED = "reversed"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of Biolink for a word of ours; `of` is the kind of subject it is for, "" any."""

    role: Role
    iri: str
    of: str
    biolink: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Biolink:
    """The table."""

    words: tuple[Word, ...]

    def categories(self) -> Mapping[str, str]:
        """The category of each kind."""
        return {word.iri: word.biolink for word in self.words if word.role is Role.CATEGORY}

    def link(self, iri: str, above: frozenset[str]) -> Word | None:
        """The word for a link by a property, from a subject under some classes."""
        rows = [w for w in self.words if w.role in (Role.EDGE, Role.REVERSED) and w.iri == iri]
        return next((word for word in rows if not word.of or word.of in above), None)

    def rule(self, iri: str) -> Word | None:
        """The word for a rule under an effect."""
        return next((w for w in self.words if w.role is Role.RULE and w.iri == iri), None)


def biolink_file(place: Place) -> Path:
    """Where the table stands."""
    return place.ontology / "biolink.tsv"


def read_biolink(place: Place) -> Biolink:
    """The table; raises UnreadableFile with the line of a row that is not understood."""
    path = biolink_file(place)
    if not path.is_file():
        raise UnreadableFile(f"{path} is missing.")
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if table.fieldnames != _COLUMNS:
            raise UnreadableFile(f"{path}:1: the columns are not {', '.join(_COLUMNS)}.")
        return Biolink(tuple(_word(row, f"{path}:{table.line_num}") for row in table))


def _word(row: Mapping[str, str], where: str) -> Word:
    """A row, checked."""
    if row["role"] not in set(Role):
        raise UnreadableFile(f"{where}: {row['role']!r} is none of {', '.join(Role)}.")
    for column in ("primum_id", "of"):
        if row[column] and not row[column].startswith(_OURS):
            raise UnreadableFile(f"{where}: {row[column]!r} does not begin with {_OURS}")
    iri, of = (BASE + row[c].removeprefix(_OURS) if row[c] else "" for c in ("primum_id", "of"))
    return Word(Role(row["role"]), iri, of, row["biolink_id"], row["negated"] == "true")
