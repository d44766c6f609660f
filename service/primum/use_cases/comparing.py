"""Judge and engine side by side: what each says of the same situations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import pyoxigraph as ox

from primum.foundation.errors import Contradiction
from primum.knowledge import files
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds
from primum.model.rules import Rule
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Scene, Situation
from primum.use_cases.judging import Judge, Judgement, Plea, rule_classes
from primum.use_cases.service import Primum

EngineOf = Callable[[Knowledge], Engine]
_Rules = tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What judge and engine say of a scene; None where one holds that it cannot be."""

    scene: Scene
    judged: Judgement | None
    answered: Judgement | None

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.judged == self.answered


@dataclass(frozen=True, slots=True)
class Court:
    """Where scenes are put to both: the ontology, with the shipped rules and without them."""

    knowledge: Knowledge
    ontology: Sequence[ox.Quad]
    shipped: Sequence[ox.Quad]
    engine_of: EngineOf

    @classmethod
    def of(cls, primum: Primum, engine_of: EngineOf = Engine) -> Self:
        """The court of a release; `engine_of` makes the engine that is on trial."""
        return cls(
            primum.release.knowledge,
            list(files.read(primum.place, rules=False).dataset),
            list(files.read(primum.place).dataset),
            engine_of,
        )

    def compare(self, scenes: Sequence[Scene]) -> list[Comparison]:
        """What judge and engine say of scenes over any number of rule bases."""
        bases = dict.fromkeys(scene.rules for scene in scenes)
        engines = {rules: self.engine_of(self._knowledge(rules)) for rules in bases}
        answers = [answered(engines[scene.rules], scene.situation) for scene in scenes]
        judged = self._judge(scenes, list(bases))
        return [Comparison(*each) for each in zip(scenes, judged, answers, strict=True)]

    def _knowledge(self, rules: _Rules | None) -> Knowledge:
        """The knowledge with the rules of a scene."""
        return self.knowledge if rules is None else replace(self.knowledge, rules=rules)

    def _judge(
        self, scenes: Sequence[Scene], bases: Sequence[_Rules | None]
    ) -> list[Judgement | None]:
        """The judgements, all bases put to HermiT together under names that do not meet."""
        named = {
            rules: self.knowledge.rules if rules is None else _renamed(rules, number)
            for number, rules in enumerate(bases)
        }
        quads = [*(self.shipped if None in bases else self.ontology)]
        quads += rule_classes(r for base, rules in named.items() if base is not None for r in rules)
        pleas = [Plea(scene.situation, named[scene.rules]) for scene in scenes]
        found = Judge(self.knowledge.axioms, quads).judge(pleas)
        return [
            _with_own_names(judgement, scene.rules, named[scene.rules])
            for judgement, scene in zip(found, scenes, strict=True)
        ]


def _renamed(rules: _Rules, number: int) -> _Rules:
    """The rules under names that are those of no other base."""
    return tuple(replace(rule, iri=f"{rule.iri}-{number}") for rule in rules)


def _with_own_names(
    judgement: Judgement | None, rules: _Rules | None, renamed: _Rules
) -> Judgement | None:
    """The judgement with the rules under the names that they have in their base."""
    if judgement is None or rules is None:
        return judgement
    own = {other.iri: rule.iri for rule, other in zip(rules, renamed, strict=True)}
    return replace(judgement, rules=frozenset(own[iri] for iri in judgement.rules))


def answered(engine: Engine, situation: Situation) -> Judgement | None:
    """What an engine says of a situation."""
    try:
        findings = engine.answer(situation.case).findings
    except Contradiction:
        return None
    found = next(f for f in findings if f.treatment.iri == situation.treatment)
    reasons = (*found.reasons, *found.recommended)
    certain = frozenset(r.rule.iri for r in reasons if r.holds is Holds.CERTAIN)
    return Judgement(certain, found.certain, found.possible)
