"""What is served: a release with all that writes its answers, or an RDF file to be queried."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from flask import g

from primum.foundation.settings import Settings
from primum.model.knowledge import Edition
from primum.use_cases.documents import Writer
from primum.use_cases.named.questions import Questions
from primum.use_cases.proving import Prover
from primum.use_cases.records.assessing import Assessor
from primum.use_cases.records.records import Records
from primum.use_cases.rendering import Renderer
from primum.use_cases.service import Primum
from primum.web.caged import CagedValidation
from primum.web.lazy_cage import Pinned
from primum.web.sparql.endpoint import Endpoint
from primum.web.watching.pending import Pending

_MEGABYTE = 2**20


class Serving(Protocol):
    """What every request is answered from, whatever is served: it does not change."""

    @property
    def endpoint(self) -> Endpoint:
        """What SPARQL is asked of."""

    @property
    def edition(self) -> Edition:
        """Version and digest of what is served."""

    @property
    def content(self) -> str:
        """What tells it from everything else that could be served."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def notice(self) -> str:
        """What every page says of it, "" for nothing."""

    def start(self) -> None:
        """Start the processes that requests will need."""


@dataclass(frozen=True, slots=True)
class Served:
    """A loaded release with all that writes its answers; nothing in it changes.

    `pending` is the edit that waits, where files are watched.
    """

    primum: Primum
    writer: Writer
    prover: Prover
    renderer: Renderer
    records: Records
    validation: CagedValidation
    assessor: Assessor
    questions: Questions
    endpoint: Endpoint
    pending: Pending | None = None

    @classmethod
    def over(cls, primum: Primum, settings: Settings) -> Self:
        """What serves a loaded knowledge base; no process is started before one is needed."""
        writer = Writer(primum.release.knowledge)
        kept = settings.kept_megabytes * _MEGABYTE
        renderer = Renderer(primum.engine, writer, kept_bytes=kept)
        records = Records.of(primum.release, primum.vocabulary)
        pinned = Pinned(primum)
        validation = CagedValidation(pinned, settings)
        return cls(
            primum=primum,
            writer=writer,
            prover=Prover.over(primum),
            renderer=renderer,
            records=records,
            validation=validation,
            assessor=Assessor(records, renderer, writer, validation.of),
            questions=Questions.of(primum),
            endpoint=Endpoint.over_release(pinned, settings).elsewhere(primum.release, settings),
        )

    @classmethod
    def load(cls, folder: Path | None, settings: Settings) -> Self:
        """Load the release of a folder, or of the default place; raises KnowledgeNotFound."""
        return cls.over(Primum.load(folder), settings)

    @property
    def edition(self) -> Edition:
        """Version and digest of the knowledge."""
        return self.primum.release.knowledge.edition

    @property
    def content(self) -> str:
        """The digests of dataset, inputs and named questions, and what marks an edit."""
        dataset = self.primum.release.manifest.content
        edit = f" {self.pending.mark}" if self.pending else ""
        return f"{dataset} {self.edition.digest} {self.questions.digest}{edit}"

    @property
    def title(self) -> str:
        """What the knowledge is called."""
        return "Primum"

    @property
    def notice(self) -> str:
        """What every page says of the knowledge."""
        return self.primum.release.knowledge.notice

    def start(self) -> None:
        """Start the processes that work on what callers write, and on named questions."""
        self.validation.start()
        self.endpoint.start()


def serving() -> Serving:
    """What the present request is answered from, the same from start to end."""
    found: Serving = g.served
    return found


def served() -> Served:
    """The release that the present request is answered from, where a release is served."""
    found: Served = g.served
    return found
