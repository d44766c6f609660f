"""The rules of a knowledge base laid out as boxes, once, for all that is asked of them together.

Situations are complete: each has one injury, one exact treatment, one instant. Two rules are
compared treatment by treatment, and treatments that the same regions speak of are compared once.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Self

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.boxes import Box, Boxes
from primum.reasoning.tables import Placed, Tables, tables_of


@dataclass(frozen=True, slots=True)
class Survey:
    """The regions of all rules as boxes; a set of regions is a bit set, as in the tables.

    `parts[n]` are the boxes of region n. `kinds` maps each set of living regions to the treatments
    that just these speak of, by IRI; `living` are the regions in which some situation lies that
    proposes a treatment of the ontology.
    """

    knowledge: Knowledge
    tables: Tables
    boxes: Boxes
    parts: tuple[tuple[Box, ...], ...]
    kinds: Mapping[int, tuple[str, ...]]
    living: int

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """Lay out the rules of a knowledge base."""
        tables = tables_of(knowledge)
        boxes = Boxes(tables)
        parts = tuple(tuple(boxes.of_region(entry.region)) for entry in tables.placed)
        inhabited = sum(1 << number for number, own in enumerate(parts) if own)
        kinds: dict[int, tuple[str, ...]] = {}
        for term in knowledge.treatments:
            regions = tables.treatments[term.iri] & inhabited
            kinds[regions] = (*kinds.get(regions, ()), term.iri)
        return cls(knowledge, tables, boxes, parts, kinds, reduce(or_, kinds, 0))

    @property
    def rules(self) -> list[Rule]:
        """The rules that can hold, in the order of the knowledge base."""
        return [rule for rule in self.knowledge.rules if self.regions(rule)]

    def regions(self, rule: Rule) -> int:
        """The living regions of a rule."""
        return self.tables.of_rule.get(rule.iri, 0) & self.living

    def regions_of(self, rules: Iterable[Rule]) -> int:
        """The living regions of some rules."""
        return reduce(or_, (self.regions(rule) for rule in rules), 0)

    def placed(self, regions: int) -> Iterator[Placed]:
        """The regions of a set, each with its rule."""
        return (self.tables.placed[number] for number in members_of(regions))

    def treatments(self, regions: int) -> tuple[str, ...]:
        """The treatments that some of the regions speak of."""
        speaking = (iris for kind, iris in self.kinds.items() if kind & regions)
        return tuple(iri for iris in speaking for iri in iris)

    def boxes_of(self, regions: int) -> list[Box]:
        """The boxes of a set of regions; they may meet."""
        return [box for number in members_of(regions) for box in self.parts[number]]

    def is_within(self, regions: int, others: int) -> bool:
        """Whether, for each treatment, others cover every situation that some of the regions do."""
        return all(
            self.is_covered(box, self.boxes_of(kind & others))
            for kind in self._apart(regions, others)
            for box in self.boxes_of(kind & regions)
        )

    def _apart(self, regions: int, others: int) -> set[int]:
        """The regions and others that speak of each treatment, those alike once."""
        return {kind & (regions | others) for kind in self.kinds if kind & regions}

    def is_covered(self, box: Box, others: Collection[Box]) -> bool:
        """Whether every situation of a box lies in some other box.

        The situation with all open atoms false decides against it in most cases: what covers it
        asks for no atom that the box leaves open.
        """
        alike = [other for other in others if other.grade == box.grade]
        barest = replace(box, false=self.tables.every_atom & ~box.true)
        if self.boxes.minus(barest, [one for one in alike if not one.true & ~box.true]):
            return False
        return not self.boxes.minus(box, alike)

    def witness(self, boxes: Iterable[Box]) -> tuple[Box, Case] | None:
        """The box that a record tells with the fewest facts, and the record; None if none does.

        Boxes at an age of which the ontology says nothing come first.
        """
        for box in sorted(boxes, key=lambda box: (box.true.bit_count(), -box.ages.start.at)):
            case = self.boxes.witness(box)
            if case is not None:
                return box, case if self._asks_age(box) else replace(case, age=None)
        return None

    def _asks_age(self, box: Box) -> bool:
        """Whether a box is told only by a record that gives an age.

        A record without one has none of the factors that an age brings.
        """
        by_age = self.tables.atoms.of(self.knowledge.axioms.by_age)
        whole = any(box.ages == other.ages for other in self.boxes.everywhere())
        return bool(box.true & by_age) or not whole


def hours_of(boxes: Iterable[Box]) -> tuple[Span, ...]:
    """The hours since onset at which some box has a situation."""
    return joined({box.hours for box in boxes})


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The numbers that lie in some span, as few spans as can be, ascending."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < span.start):
            found.append(span)
        elif last.end is not None and (span.end is None or span.end > last.end):
            found[-1] = Span(last.start, span.end)
    return tuple(found)
