"""The box algebra against worlds that are listed one by one."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.analysis.brute_force import BruteForce, as_listed, is_told, lies_in
from tests.reasoning.bases import knowledge_bases
from tests.reasoning.oracle import World, completions, holds, within

from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.regions import Region
from primum.model.spans import Number
from primum.reasoning.boxes import Box, Boxes
from primum.reasoning.tables import tables_of

Instant = tuple[World, Number]
several = settings(max_examples=15)


class Listed:
    """The boxes of a knowledge base, and what each holds as a list."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Lay out boxes and worlds."""
        self.force = BruteForce(knowledge)
        self.boxes = Boxes(tables_of(knowledge))
        self.regions = [region for rule in knowledge.rules for region in rule.regions]

    def within(self, box: Box) -> set[Instant]:
        """The worlds and instants that lie in a box."""
        return {
            (world, instant)
            for world in self.force.worlds
            if lies_in(self.boxes.tables, box, world)
            for instant in self.force.times
            if within(instant, box.hours)
        }

    def all_within(self, boxes: Iterable[Box]) -> set[Instant]:
        """The worlds and instants that lie in boxes; no two of the boxes may meet."""
        found: set[Instant] = set()
        for box in boxes:
            inside = self.within(box)
            assert inside, "a box with nothing in it"
            assert found.isdisjoint(inside), "two boxes meet"
            found |= inside
        return found

    def of(self, region: Region) -> set[Instant]:
        """The worlds and instants that lie in a region, whatever it proposes."""
        return {
            (world, instant)
            for world in self.force.worlds
            if holds(region, world)
            for instant in self.force.times
            if within(instant, region.hours)
        }


@several
@given(knowledge=knowledge_bases)
def test_the_boxes_of_a_region_hold_what_lies_in_it(knowledge: Knowledge) -> None:
    """Each region falls into disjoint boxes, none of them empty, that hold just its situations."""
    listed = Listed(knowledge)
    assert listed.all_within(listed.boxes.everywhere()) == listed.of(Region())
    for region in listed.regions:
        if not region.is_empty:
            assert listed.all_within(listed.boxes.of_region(region)) == listed.of(region)


@several
@given(knowledge=knowledge_bases, data=st.data())
def test_meeting_and_parting_boxes_is_meeting_and_parting_sets(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    """What two boxes share, and what a box has without others, is what the lists say."""
    listed = Listed(knowledge)
    every = [box for region in listed.regions for box in listed.boxes.of_region(region)]
    assume(every)
    box = data.draw(st.sampled_from(every))
    others = data.draw(st.lists(st.sampled_from(every), max_size=4))
    for other in others:
        met = listed.boxes.meet(box, other)
        assert (set() if met is None else listed.within(met)) == (
            listed.within(box) & listed.within(other)
        )
    left = listed.within(box).difference(*map(listed.within, others))
    assert listed.all_within(listed.boxes.minus(box, others)) == left


@several
@given(knowledge=knowledge_bases)
def test_a_box_is_shown_by_a_record_where_one_can_tell_it(knowledge: Knowledge) -> None:
    """A witness leaves a world of its box possible; a box without one has none that can be told."""
    listed = Listed(knowledge)
    for region in listed.regions:
        for box in listed.boxes.of_region(region):
            inside = {world for world, _ in listed.within(box)}
            witness = listed.boxes.witness(box)
            assert listed.boxes.is_told(box) == (witness is not None)
            if witness is None:
                assert not any(is_told(knowledge.axioms, world) for world in inside)
                continue
            assert witness.hours.is_instant
            assert box.hours.covers(witness.hours)
            assert inside & set(completions(listed.force.worlds, as_listed(witness)))


@several
@given(knowledge=knowledge_bases)
def test_a_witness_names_no_factor_that_goes_without_saying(knowledge: Knowledge) -> None:
    """Of the factors of a witness, none follows from the rest of it."""
    listed = Listed(knowledge)
    for region in listed.regions:
        for box in listed.boxes.of_region(region):
            witness = listed.boxes.witness(box)
            if witness is not None:
                told = as_listed(replace(witness, screening=Screening.UNKNOWN))
                for factor in told.present:
                    less = replace(told, present=told.present - {factor})
                    possible = completions(listed.force.worlds, less)
                    assert any(factor not in world.true for world in possible)
