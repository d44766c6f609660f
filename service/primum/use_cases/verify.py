"""Verify: the reasoner as judge over what the engine answers.

Of all situations, 30 % are fully known and put to the shipped rules, 20 % leave facts open and
are put to the shipped rules, and the rest leave facts open and are put to random small rule bases,
20 to a base. In each, the rules that HermiT derives must be exactly those that the engine says
hold for certain, and the certain and the possible level must be the same; where the facts
contradict each other, both must say so.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from primum.model.knowledge import Knowledge
from primum.reasoning.engine import Engine
from primum.use_cases.comparing import Comparison, Court, EngineOf
from primum.use_cases.drawing import Draw, Scene
from primum.use_cases.inventing import Inventor
from primum.use_cases.service import Primum
from primum.use_cases.shrinking import shrink

_BATCH = 50
_PER_BASE = 20
_BASES_PER_BATCH = 2
_MOST_SHRUNK = 20
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Mix:
    """How many situations of each kind a run draws; the rule bases are those of `random`."""

    known: int
    open: int
    random: int

    @classmethod
    def of(cls, cases: int) -> Self:
        """The mix of so many situations in all."""
        known, opened = cases * 30 // 100, cases * 20 // 100
        return cls(known, opened, cases - known - opened)

    @property
    def rule_bases(self) -> int:
        """How many random rule bases are drawn."""
        return -(-self.random // _PER_BASE)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where judge and engine differ: the comparison as it was drawn, and as it was shrunk."""

    drawn: Comparison
    shrunk: Comparison


@dataclass(frozen=True, slots=True)
class Report:
    """What a run compared, and where it disagreed; `impossible` of the situations cannot be."""

    mix: Mix
    impossible: int
    seed: int
    disagreements: tuple[Disagreement, ...]


def verify(
    primum: Primum,
    *,
    cases: int,
    seed: int,
    engine_of: EngineOf = Engine,
    progress: Progress = lambda _, __: None,
) -> Report:
    """Compare the engine with HermiT over random situations; needs the `build` extra.

    The first 20 disagreements are shrunk; as a rule, many have one cause. `progress` is told what
    has been done, and for how many situations.
    """
    court, mix = Court.of(primum, engine_of), Mix.of(cases)
    found: list[Comparison] = []
    for kind, scenes in drawn(primum.release.knowledge, mix, seed):
        found += court.compare(scenes)
        progress(kind, len(scenes))
    differing = [each for each in found if not each.agrees]
    shrunk = []
    for number, each in enumerate(differing, start=1):
        progress(f"shrinking disagreement {number} of {len(differing)}", 0)
        smaller = shrink(court, each) if number <= _MOST_SHRUNK else each
        shrunk.append(Disagreement(each, smaller))
    impossible = sum(each.judged is None for each in found)
    return Report(mix, impossible, seed, tuple(shrunk))


def drawn(knowledge: Knowledge, mix: Mix, seed: int) -> Iterator[tuple[str, list[Scene]]]:
    """The scenes of a run in batches, with the kind of each; they depend on the seed alone."""
    known, opened = (_draw(knowledge, seed, kind) for kind in ("known", "open"))
    for number in _batches(mix.known, _BATCH):
        yield "known, shipped rules", [Scene(known.known()) for _ in range(number)]
    for number in _batches(mix.open, _BATCH):
        yield "open, shipped rules", [Scene(opened.open()) for _ in range(number)]
    invented = _draw(knowledge, seed, "random")
    for number in _batches(mix.random, _PER_BASE * _BASES_PER_BATCH):
        bases = _batches(number, _PER_BASE)
        yield "open, random rules", [s for size in bases for s in _over_new_rules(invented, size)]


def _draw(knowledge: Knowledge, seed: int, kind: str) -> Draw:
    """A source of chance of its own for each kind of situation."""
    return Draw(knowledge, random.Random(f"{seed} {kind}"))  # noqa: S311 - samples, not secrets


def _batches(total: int, size: int) -> Iterator[int]:
    """The sizes of batches that make up a total."""
    return (min(size, total - start) for start in range(0, total, size))


def _over_new_rules(draw: Draw, number: int) -> list[Scene]:
    """Situations with open facts over one random rule base."""
    rules = Inventor.over(draw).rules()
    return [Scene(draw.over(rules).open(), rules) for _ in range(number)]
