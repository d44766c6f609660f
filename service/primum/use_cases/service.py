"""Primum as one object: a release, its vocabulary and its engine, ready to be asked.

primum = Primum.load()
answer = primum.ask(Asked("hamstring-strain", grade="2", day="3"))
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from primum.knowledge.locate import Place, locate
from primum.knowledge.release import Release, load_release
from primum.model.answers import Answer
from primum.model.levels import Verdict
from primum.reasoning.engine import Engine
from primum.use_cases.question import Asked, Vocabulary


@dataclass(frozen=True, slots=True)
class Primum:
    """Everything a front end needs; load it once and share it."""

    place: Place
    release: Release
    vocabulary: Vocabulary
    engine: Engine

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Load the release of a folder, or of the default place.

        Raises KnowledgeNotFound where there is no knowledge or no release.
        """
        place = locate(folder)
        release = load_release(place.release)
        return cls(place, release, Vocabulary(release.knowledge), Engine(release.knowledge))

    def ask(
        self,
        asked: Asked,
        *,
        treatment: str | None = None,
        verdicts: Collection[Verdict] | None = None,
    ) -> Answer:
        """The answer to a question, for all treatments or one, and for some verdicts only.

        Raises QuestionError where the question cannot be read or contradicts itself.
        """
        answer = self.engine.answer(self.vocabulary.case(asked))
        findings = answer.findings
        if treatment is not None:
            term = self.vocabulary.treatments.find(treatment, where="treatment")
            findings = tuple(f for f in findings if f.treatment == term)
        if verdicts is not None:
            findings = tuple(f for f in findings if f.verdict in verdicts)
        return replace(answer, findings=findings)
