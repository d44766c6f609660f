"""Marks: what a row was written from, so that an edit of the sheet is told from one of the files.

The last column of a sheet holds, for each row, the id and a short digest of each cell. A cell whose
digest is another than its mark was edited in the sheet; where the knowledge has another digest than
the mark, it was edited there since. The heading of the column names the sheet and the knowledge.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from primum.use_cases.spreadsheet.cells import tidy

_HEADING: Final = re.compile(r"leave alone \((?P<sheet>[a-z]+), knowledge (?P<digest>[0-9a-f]+)\)")
_MARK: Final = re.compile(r"(?P<id>\S+) (?P<marks>[0-9a-f]{8}(\.[0-9a-f]{8})*)")
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Written:
    """What a heading says: which sheet this is, and of which knowledge."""

    heading: str
    sheet: str
    digest: str

    def is_of(self, digest: str) -> bool:
        """Whether the knowledge of a digest is the one that the sheet was written from."""
        return digest.removeprefix("sha256:").startswith(self.digest)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row was written from: its id, and the digest of each cell by heading."""

    id: str
    digests: Mapping[str, str]

    def is_of(self, heading: str, text: str) -> bool:
        """Whether the cell under a heading was written with this text."""
        return self.digests.get(heading) == digest_of(text)


def heading(sheet: str, digest: str) -> str:
    """The heading of the column of marks."""
    return f"leave alone ({sheet}, knowledge {digest.removeprefix('sha256:')[:_SHOWN]})"


def read_headings(headings: Sequence[str]) -> Written | None:
    """What the heading of the column of marks says; None where no heading is one."""
    for text in headings:
        found = _HEADING.fullmatch(text)
        if found:
            return Written(text, found["sheet"], found["digest"])
    return None


def digest_of(text: str) -> str:
    """The short digest of a cell."""
    return hashlib.sha256(tidy(text).encode()).hexdigest()[:8]


def mark_of(id: str, cells: Sequence[str]) -> str:
    """The mark of a row, its cells in the order of the sheet's columns."""
    return f"{id} {'.'.join(digest_of(cell) for cell in cells)}"


def read_mark(text: str, columns: Sequence[str]) -> Mark | None:
    """The mark of a row of these columns; None where the text is none."""
    found = _MARK.fullmatch(text)
    digests = found["marks"].split(".") if found else []
    if found is None or len(digests) != len(columns):
        return None
    return Mark(found["id"], dict(zip(columns, digests, strict=True)))
