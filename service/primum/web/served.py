"""What one release needs to be served, loaded once and shared read-only by all requests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flask import g

from primum.foundation.settings import Settings
from primum.use_cases.documents import Writer
from primum.use_cases.proving import Prover
from primum.use_cases.records.assessing import Assessor
from primum.use_cases.records.records import Records
from primum.use_cases.rendering import Renderer
from primum.use_cases.service import Primum
from primum.web.caged import CagedValidation

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Served:
    """A loaded release with all that writes its answers; nothing in it changes."""

    primum: Primum
    writer: Writer
    prover: Prover
    renderer: Renderer
    records: Records
    validation: CagedValidation
    assessor: Assessor

    @classmethod
    def over(cls, primum: Primum, settings: Settings) -> Self:
        """What serves a loaded knowledge base; no process is started before one is needed."""
        writer = Writer(primum.release.knowledge)
        kept = settings.kept_megabytes * _MEGABYTE
        renderer = Renderer(primum.engine, writer, kept_bytes=kept)
        records = Records.of(primum.release, primum.vocabulary)
        validation = CagedValidation(primum, settings)
        return cls(
            primum=primum,
            writer=writer,
            prover=Prover.over(primum),
            renderer=renderer,
            records=records,
            validation=validation,
            assessor=Assessor(records, renderer, writer, validation.of),
        )

    @classmethod
    def load(cls, folder: Path | None, settings: Settings) -> Self:
        """Load the release of a folder, or of the default place; raises KnowledgeNotFound."""
        return cls.over(Primum.load(folder), settings)


def served() -> Served:
    """The release that the present request is answered from, the same from start to end."""
    found: Served = g.served
    return found
