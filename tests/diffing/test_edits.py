"""Edits of the shipped knowledge: what moves is what the edit says, and nothing else."""

import re

import pytest
from tests.diffing.conftest import Edited
from tests.diffing.edits import BOUND, FACTOR_AXIOM, LABEL, LEVEL, NEW_CLASS, STAGE

from primum.foundation.names import BASE
from primum.knowledge.locate import Place
from primum.model.levels import Level, Verdict
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.reasoning.moves.edits import AxiomEdit, RuleEdit, taken_back
from primum.reasoning.moves.merging import Move
from primum.use_cases.diffing import Difference, Step, Version, difference
from primum.use_cases.diffing.outline import outline
from primum.use_cases.diffing.outputs import markdown, text

RULE = BASE + "MassageStrainGrade2To3Week"


def plain(found: Difference) -> list[Move]:
    """The moves of records that state no factor and leave nothing open."""
    return [
        move
        for move in found.comparison.moves
        if not move.stated.some
        and move.old.certain == move.old.possible
        and move.new.certain == move.new.possible
    ]


def blamed(found: Difference) -> set[str]:
    """The rules that moves are due to."""
    return {
        edit.iri
        for move in found.comparison.moves
        for edit in move.edits
        if isinstance(edit, RuleEdit)
    }


def reproduces(found: Difference) -> None:
    """Witnesses are answered as moves say, and as before once the blamed edits are undone."""
    old, new = Engine(found.old.knowledge), Engine(found.new.knowledge)
    restored: dict[object, Engine] = {}
    for move in found.comparison.moves:
        if move.edits not in restored:
            restored[move.edits] = Engine(taken_back(found.new.knowledge, move.edits))
        for engine, state in (
            (old, move.old),
            (new, move.new),
            (restored[move.edits], move.old),
        ):
            findings = engine.answer(move.witness).findings
            said = next(f for f in findings if f.treatment.iri == move.witnessed)
            assert (state.verdict, state.certain, state.possible) == (
                said.verdict,
                said.certain,
                said.possible,
            )


def test_identical_versions_differ_in_nothing(before: Version, edited: Edited) -> None:
    """The same files, read twice, give an empty diff."""
    found = edited()
    assert found.is_empty
    assert outline(found) == []
    assert difference(before, before).is_empty


def test_a_moved_bound_moves_the_answers_between_the_bounds(edited: Edited) -> None:
    """A window that ends earlier lets go of the hours between, in strains of grade 2 and 3."""
    found = edited(BOUND)
    moves = plain(found)
    assert moves
    assert {(Span.half_open(120, 168),)} == {move.hours for move in moves}
    assert {frozenset({2, 3})} == {move.grades for move in moves}
    assert {(Level.RELATIVE, Verdict.RULED_OUT)} == {
        (move.old.certain, move.new.verdict) for move in moves
    }
    assert {RULE} == blamed(found)
    assert Step.MAJOR is found.step
    reproduces(found)


def test_a_moved_bound_is_told_in_words(edited: Edited) -> None:
    """The sentence names treatments, injuries, grades, hours, both verdicts and the rule."""
    found = edited(BOUND)
    lines = text(found).splitlines()
    first = lines[lines.index("Answers that moved") + 1]
    assert re.fullmatch(
        r"  Massage and its \d+ kinds in Muscle strain and its \d kinds, grade 2 or 3, "
        r"120 to 168 h after onset: relatively contraindicated → ruled out, because the rule "
        r"MassageStrainGrade2To3Week now holds 0 to 120 h after onset instead of 0 to 168 h after "
        r"onset",
        first,
    )
    assert "### Answers that moved" in markdown(found)


def test_a_changed_level_moves_verdicts_and_no_instants(edited: Edited) -> None:
    """From relative to absolute, throughout the window of the rule and nowhere else."""
    found = edited(LEVEL)
    moves = plain(found)
    assert {(Level.RELATIVE, Level.ABSOLUTE)} == {(m.old.certain, m.new.certain) for m in moves}
    assert all(Span.half_open(0, 168).covers(span) for move in moves for span in move.hours)
    assert {RULE} == blamed(found)
    assert Step.MAJOR is found.step
    reproduces(found)


def test_a_repointed_stage_moves_every_rule_that_refers_to_it(
    edited: Edited, untouched: Place
) -> None:
    """One axiom, many rules: each is blamed, through the class that it refers to."""
    found = edited(STAGE)
    texts = [path.read_text(encoding="utf-8") for path in untouched.rules.glob("*/*.ttl")]
    referring = {
        name
        for text in texts
        for name, described in re.findall(
            r"\nprimum:(\w+) rdf:type owl:Class(.*?)\n###", text, re.S
        )
        if re.search(r"primum:(After)?AcuteStageSituation", described)
    }
    assert len(referring) > 5
    assert referring <= {change.iri.removeprefix(BASE) for change in found.rules}
    assert {("AcuteStageSituation",)} == {
        tuple(iri.removeprefix(BASE) for iri in change.through) for change in found.rules
    }
    hours = {span for move in found.comparison.moves for span in move.hours}
    assert all(Span.half_open(48, 72).covers(span) for span in hours)
    assert blamed(found) <= {change.iri for change in found.rules}
    assert Step.MAJOR is found.step
    assert "(by AcuteStageSituation)" in text(found)
    reproduces(found)


def test_a_factor_below_another_one_moves_what_the_other_bars(edited: Edited) -> None:
    """Records that state the narrower factor are barred as the wider one has it."""
    found = edited(FACTOR_AXIOM)
    moves = found.comparison.moves
    assert moves
    assert all(move.new.possible >= move.old.possible for move in moves)
    assert all(move.new.certain >= move.old.certain for move in moves)
    assert all(isinstance(edit, AxiomEdit) for move in moves for edit in move.edits)
    assert {BASE + "Pregnancy"} <= {e.key for move in moves for e in move.edits}  # type: ignore[union-attr]
    assert Step.MAJOR is found.step
    reproduces(found)


def test_a_new_term_moves_nothing_and_is_a_minor_step(edited: Edited) -> None:
    """No rule speaks of it yet."""
    found = edited(NEW_CLASS)
    assert found.comparison.moves == ()
    assert Step.MINOR is found.step
    assert "RecentVaccination added" in text(found)


def test_a_new_label_is_a_patch(edited: Edited) -> None:
    """The old label and the new one stand side by side, and no axiom seems to change."""
    found = edited(LABEL)
    assert found.comparison.moves == ()
    assert Step.PATCH is found.step
    assert [said.subject.removeprefix(BASE) for said in found.said] == ["HamstringStrain"]
    assert "rdfs:label: Hamstring strain → Torn hamstring" in text(found)


@pytest.mark.parametrize("edit", [BOUND, STAGE], ids=["bound", "stage"])
def test_a_removed_edit_leaves_nothing(edited: Edited, edit: object, before: Version) -> None:
    """Compared the other way round, the same records move back."""
    assert isinstance(edit, type(BOUND))
    there = edited(edit)
    back = difference(there.new, before)
    assert {(m.old, m.new, m.hours, m.injuries, m.treatments) for m in there.comparison.moves} == {
        (m.new, m.old, m.hours, m.injuries, m.treatments) for m in back.comparison.moves
    }
