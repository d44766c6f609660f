"""What rules say of treatments, numbered so that the stricter number wins.

A claim is one rule about one group of treatments that the same regions speak of. Its mark is its
level and, within a level, the place of the rule in an answer's order: of several claims that hold,
the one with the largest mark decides. A mark whose rule is 0 stands for a level that several rules
give together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from primum.model.levels import Level
from primum.model.rules import Rule
from primum.reasoning.cohort.columns import Codes, Flags, Numbers, Small
from primum.reasoning.tables import Tables

Marks = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks of the rules of one knowledge base.

    `rules` are the contraindications, the one that an answer shows last first, so that rule i has
    place i + 1. `marks` are theirs by IRI; `levels` and `numbers` tell the level of a mark, and
    the rule, -1 for none.
    """

    rules: tuple[Rule, ...]
    marks: Mapping[str, int]
    levels: Small
    numbers: Codes

    @classmethod
    def of(cls, tables: Tables) -> Self:
        """The scale of some tables."""
        found = {entry.rule.iri: entry.rule for entry in tables.placed if entry.rule.level}
        shown = sorted(found.values(), key=lambda rule: rule.label.casefold())
        rules, width = tuple(reversed(shown)), len(shown) + 1
        return cls(
            rules,
            {rule.iri: rule.level * width + n for n, rule in enumerate(rules, start=1)},
            np.repeat(np.asarray([int(level) for level in Level], np.int8), width),
            np.tile(np.arange(-1, width - 1, dtype=np.int16), len(Level)),
        )

    @property
    def width(self) -> int:
        """How far the marks of one level are from those of the next."""
        return len(self.rules) + 1


@dataclass(frozen=True, slots=True)
class Claims:
    """What some regions claim, by group of treatments.

    `group` tells the group of each treatment. The claims are sorted by group, those of group g
    begin at `starts[g]`; each group has one at least, which may never hold. `regions` are the
    numbers of the regions; `holds[r, c]` tells whether claim c holds where the region at place r
    does, `speaks[r, g]` whether that region speaks of group g, and `members` are the places of the
    regions of each claim.
    """

    regions: tuple[int, ...]
    group: Codes
    starts: Numbers
    marks: Marks
    levels: Small
    holds: Flags
    speaks: Flags
    members: tuple[tuple[int, ...], ...]

    @classmethod
    def of(
        cls, tables: Tables, treatments: Sequence[str], regions: tuple[int, ...], scale: Scale
    ) -> Self:
        """The claims of the regions with these numbers about the treatments (IRIs)."""
        wanted = sum(1 << number for number in regions)
        sets = [tables.treatments[iri] & wanted for iri in treatments]
        groups = {one: number for number, one in enumerate(dict.fromkeys(sets))}
        starts: list[int] = []
        marks: list[int] = []
        members: list[tuple[int, ...]] = []
        for one in groups:
            starts.append(len(marks))
            by_rule: dict[str, list[int]] = {}
            for place, number in enumerate(regions):
                if one >> number & 1:
                    by_rule.setdefault(tables.placed[number].rule.iri, []).append(place)
            marks += [scale.marks[iri] for iri in by_rule] or [0]
            members += [tuple(places) for places in by_rule.values()] or [()]
        holds = np.zeros((len(regions), len(members)), np.bool_)
        for claim, places in enumerate(members):
            holds[list(places), claim] = True
        every = np.asarray(marks, np.int32)
        starts_at = np.asarray(starts, np.intp)
        return cls(
            regions=regions,
            group=np.asarray([groups[one] for one in sets], np.int16),
            starts=starts_at,
            marks=every,
            levels=scale.levels[every],
            holds=holds,
            speaks=np.logical_or.reduceat(holds, starts_at, axis=1),
            members=tuple(members),
        )

    def best(self, holding: Flags) -> Marks:
        """The largest mark that holds for each group; the last axis is that of claims."""
        found: Marks = np.maximum.reduceat(np.where(holding, self.marks, 0), self.starts, axis=-1)
        return found

    def strictest(self, holding: Flags) -> Small:
        """The strictest level that holds for each group; the last axis is that of claims."""
        levels = np.where(holding, self.levels, np.int8(0))
        found: Small = np.maximum.reduceat(levels, self.starts, axis=-1)
        return found
