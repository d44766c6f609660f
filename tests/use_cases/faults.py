"""Engines with a planted fault, and where one shows."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from primum.model.answers import Answer
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.regions import Classes, Region
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.use_cases.comparing import EngineOf, answered
from primum.use_cases.drawing import Scene
from primum.use_cases.verify import Mix, drawn

NEVER_YET = Span.half_open(10**9)
ENOUGH = 400


class Gradeless(Engine):
    """It takes no notice of the grade."""

    def answer(self, case: Case) -> Answer:
        """The answer to the case of unknown grade."""
        return super().answer(replace(case, grade=None))


def with_regions(change: Callable[[Region], Region]) -> EngineOf:
    """An engine over rules of which each region is changed."""

    def engine_of(knowledge: Knowledge) -> Engine:
        rules = tuple(
            replace(rule, regions=tuple(map(change, rule.regions))) for rule in knowledge.rules
        )
        return Engine(replace(knowledge, rules=rules))

    return engine_of


def moved(region: Region) -> Region:
    """The region with its window, if it has one, where nobody asks."""
    return region if region.hours == Span() else replace(region, hours=NEVER_YET)


def without_factors(region: Region) -> Region:
    """The region without the factors that it asks for."""
    return replace(region, factors=Classes(excluded=region.factors.excluded))


FAULTS: dict[str, EngineOf] = {
    "window moved": with_regions(moved),
    "factor dropped": with_regions(without_factors),
    "grade ignored": Gradeless,
}


def own_knowledge(scene: Scene, knowledge: Knowledge) -> Knowledge:
    """The knowledge with the rules of a scene."""
    return knowledge if scene.rules is None else replace(knowledge, rules=scene.rules)


def tells(scene: Scene, knowledge: Knowledge, fault: EngineOf) -> bool:
    """Whether a faulty engine says something else of a scene than the right one."""
    own = own_knowledge(scene, knowledge)
    right, wrong = (answered(engine_of(own), scene.situation) for engine_of in (Engine, fault))
    return right != wrong


def telling(knowledge: Knowledge, fault: EngineOf, mix: Mix, seed: int) -> Iterator[Scene]:
    """The scenes of a run in which a fault shows."""
    for _, scenes in drawn(knowledge, mix, seed):
        yield from (scene for scene in scenes if tells(scene, knowledge, fault))
