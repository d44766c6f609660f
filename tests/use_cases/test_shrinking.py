"""A disagreement is made as simple as possible, and stays one."""

from itertools import islice

import pytest
from tests.use_cases.faults import ENOUGH, FAULTS, telling

from primum.use_cases.comparing import Court
from primum.use_cases.describing import covers
from primum.use_cases.drawing import Scene
from primum.use_cases.service import Primum
from primum.use_cases.shrinking import shrink, size
from primum.use_cases.verify import Mix

SEED = 20261122
SHIPPED, RANDOM = Mix(ENOUGH, 0, 0), Mix(0, 0, ENOUGH)
SMALL = 8


def a_telling_scene(primum: Primum, fault: str, mix: Mix) -> Scene:
    """Of the first scenes in which a fault shows, one with few rules on its treatment."""
    knowledge = primum.release.knowledge

    def speaking(scene: Scene) -> int:
        treatment, axioms = scene.situation.treatment, knowledge.axioms
        return sum(covers(rule, treatment, axioms) for rule in scene.rules or ())

    return min(islice(telling(knowledge, FAULTS[fault], mix, SEED), 9), key=speaking)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "mix"),
    [("factor dropped", SHIPPED), ("window moved", SHIPPED), ("grade ignored", RANDOM)],
    ids=["factor, shipped rules", "window, shipped rules", "grade, random rules"],
)
def test_a_planted_fault_is_found_and_shrunk(primum: Primum, fault: str, mix: Mix) -> None:
    """HermiT notices it; what is left to read is short and still tells engine and judge apart."""
    court = Court.of(primum, FAULTS[fault])
    scene = a_telling_scene(primum, fault, mix)
    (found,) = court.compare([scene])
    assert not found.agrees
    shrunk = shrink(court, found)
    assert not shrunk.agrees
    assert size(shrunk.scene) <= min(SMALL, size(scene))
