"""Two versions of the knowledge compared: every answer that moved, with the edits to blame."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.rules import Rule
from primum.reasoning.moves.blame import Blame
from primum.reasoning.moves.edits import Edits, RuleEdit
from primum.reasoning.moves.finding import Pair, moves
from primum.reasoning.moves.merging import ACROSS_INJURIES, WITHIN_AN_INJURY, Move, merged, single
from primum.reasoning.moves.refusals import Refusal, refusals
from primum.reasoning.moves.sides import Shared
from primum.reasoning.moves.witness import Witnesses


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a rule came to hold or ceased to, whatever other rules say.

    The states of `moves` say ABSOLUTE where the rule holds, whatever its own level.
    """

    edit: RuleEdit
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions answer differently.

    `reaches` are those of the changed rules, recommendations among them; `refusals` the facts
    that one version refuses and the other does not.
    """

    shared: Shared
    edits: Edits
    moves: tuple[Move, ...]
    reaches: tuple[Reach, ...]
    refusals: tuple[Refusal, ...]


def compare(old: Knowledge, new: Knowledge) -> Comparison:
    """Everything that two versions answer differently, exactly."""
    pair, blame = Pair.of(old, new), Blame(old, new)
    found = merged(_blamed(pair, blame), ACROSS_INJURIES)
    return Comparison(
        shared=pair.shared,
        edits=blame.edits,
        moves=tuple(sorted(found, key=_strictest_first)),
        reaches=tuple(_reaches(old, new, blame.edits)),
        refusals=() if pair.same_axioms else tuple(refusals(pair)),
    )


def _blamed(pair: Pair, blame: Blame) -> Iterator[Move]:
    """What moved, each with a record that shows it and the edits it is due to."""
    for move in merged(_witnessed(pair), WITHIN_AN_INJURY):
        yield replace(move, edits=blame.of(move))


def _witnessed(pair: Pair) -> Iterator[Move]:
    """What moved, each with a record that shows it; what no record can show did not move."""
    witnesses = Witnesses(pair)
    for moved in moves(pair):
        case = witnesses.of(moved)
        if case is not None:
            yield single(moved, case)


def _strictest_first(move: Move) -> tuple[int, ...]:
    """Sort key: what got milder first, by how much, then what got stricter."""
    change = (move.new.certain - move.old.certain, move.new.possible - move.old.possible)
    return (*change, -move.old.possible, len(move.stated.some))


def _reaches(old: Knowledge, new: Knowledge, edits: Edits) -> Iterator[Reach]:
    """For each rule that holds elsewhere than before, where."""
    for edit in edits:
        if isinstance(edit, RuleEdit):
            pair = Pair.of(_alone(old, edit.old), _alone(new, edit.new))
            found = [m for m in _witnessed(pair) if m.old.possible != m.new.possible]
            if found:
                parts = merged(found, (*WITHIN_AN_INJURY, *ACROSS_INJURIES))
                yield Reach(edit, tuple(parts))


def _alone(knowledge: Knowledge, rule: Rule | None) -> Knowledge:
    """The knowledge with one rule alone, which bars absolutely whatever it says."""
    barring = () if rule is None else (replace(rule, effect=Level.ABSOLUTE),)
    return replace(knowledge, rules=barring)
