"""What one release needs to be served, loaded once and shared read-only by all requests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flask import g

from primum.use_cases.documents import Writer
from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum


@dataclass(frozen=True, slots=True)
class Served:
    """A loaded release with all that writes its answers; nothing in it changes."""

    primum: Primum
    writer: Writer
    prover: Prover

    @classmethod
    def over(cls, primum: Primum) -> Self:
        """What serves a loaded knowledge base."""
        return cls(primum, Writer(primum.release.knowledge), Prover.over(primum))

    @classmethod
    def load(cls, folder: Path | None) -> Self:
        """Load the release of a folder, or of the default place; raises KnowledgeNotFound."""
        return cls.over(Primum.load(folder))


def served() -> Served:
    """The release that the present request is answered from, the same from start to end."""
    found: Served = g.served
    return found
