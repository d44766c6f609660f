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
from primum.model.answers import Answer, Timeline
from primum.model.cases import Case
from primum.model.explanations import Explanation
from primum.model.levels import Verdict
from primum.reasoning.engine import Engine
from primum.reasoning.explaining import explain
from primum.use_cases.dates import now
from primum.use_cases.question import Asked, Vocabulary, at_instant


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

        A dated question that names no instant is about the present one. Raises QuestionError where
        the question cannot be read or contradicts itself.
        """
        answer = self.engine.answer(self.case(asked))
        findings = answer.findings
        if treatment is not None:
            term = self.vocabulary.treatments.find(treatment, where="treatment")
            findings = tuple(f for f in findings if f.treatment == term)
        if verdicts is not None:
            findings = tuple(f for f in findings if f.verdict in verdicts)
        return replace(answer, findings=findings)

    def case(self, asked: Asked) -> Case:
        """The case of a question, about the present instant where it is dated and names none."""
        case = self.vocabulary.case(asked)
        undecided = case.dating is not None and case.dating.at is None
        return at_instant(case, now()) if undecided else case

    def timeline(self, asked: Asked, *, treatment: str | None = None) -> Timeline:
        """The same question over all time, for all treatments or one.

        Raises QuestionError where the question cannot be read or contradicts itself.
        """
        timeline = self.engine.timeline(self.vocabulary.case(asked))
        if treatment is None:
            return timeline
        term = self.vocabulary.treatments.find(treatment, where="treatment")
        courses = tuple(c for c in timeline.courses if c.treatment == term)
        return replace(timeline, courses=courses)

    def explain(self, asked: Asked, *, treatment: str) -> tuple[Case, Explanation]:
        """The case of a question, and why one treatment is answered as it is.

        Raises QuestionError where the question cannot be read or contradicts itself.
        """
        case = self.case(asked)
        term = self.vocabulary.treatments.find(treatment, where="treatment")
        return case, explain(self.engine, case, term)
