"""Which edits a moved answer is due to: the fewest that bring the old answer back when undone.

An edit is blamed after it was tried. Undoing all edits gives the old version, so that some set of
them always restores the answer; what is left when none can be spared is blamed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from primum.foundation.errors import Contradiction
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.regions import Region
from primum.reasoning.moves.edits import (
    AxiomEdit,
    Edit,
    Edits,
    RuleEdit,
    edits_between,
    taken_back,
)
from primum.reasoning.moves.merging import Move
from primum.reasoning.moves.states import State
from primum.reasoning.moves.witness import state_at
from primum.reasoning.tables import Tables, tables_of


class Blame:
    """Tries edits between two versions; keeps the tables of each combination tried."""

    def __init__(self, old: Knowledge, new: Knowledge) -> None:
        """The edits between the versions."""
        self._old, self._new = old, new
        self.edits = edits_between(old, new)
        self._tables: dict[tuple[str, Edits], Tables | None] = {}

    def of(self, move: Move) -> Edits:
        """The fewest edits that, undone, give the old answer on the record that shows a move.

        None of them can be spared. The rules that may hold there are tried first, each by itself,
        then together, then with all that speak of the treatment, and with all edits at last.
        """

        def restores(edits: Sequence[Edit]) -> bool:
            found = self._state(move.witness, move.witnessed, tuple(edits))
            return found == _shown(move.old)

        rules = [edit for edit in self.edits if isinstance(edit, RuleEdit)]
        holding: list[Edit] = [edit for edit in rules if edit.iri in move.rules]
        speaking = [edit for edit in self.edits if self._concerns(edit, move.witnessed)]
        axioms: list[Edit] = [edit for edit in self.edits if isinstance(edit, AxiomEdit)]
        for edits in (holding, speaking, axioms, list(self.edits)):
            for edit in edits if edits is holding else ():
                if restores([edit]):
                    return (edit,)
            if edits and restores(edits):
                return tuple(_spared(edits, restores))
        return self.edits

    def _concerns(self, edit: Edit, treatment: str) -> bool:
        """Whether an edit is one of a rule that speaks of a treatment."""
        if not isinstance(edit, RuleEdit):
            return False
        versions = ((edit.old, self._old), (edit.new, self._new))
        return any(
            _allows(region, knowledge.axioms.above[treatment])
            for rule, knowledge in versions
            if rule is not None and rule.level
            for region in rule.regions
        )

    def _state(self, case: Case, treatment: str, edits: Edits) -> tuple[object, ...] | None:
        """What the new version says with some edits undone; None where it refuses the record."""
        key = (treatment, edits)
        if key not in self._tables:
            self._tables[key] = self._without(treatment, edits)
        tables = self._tables[key]
        try:
            return None if tables is None else _shown(state_at(tables, case, treatment))
        except Contradiction:
            return None

    def _without(self, treatment: str, edits: Edits) -> Tables | None:
        """The tables of the rules on a treatment, with some edits undone.

        None where what is left names classes that it has not.
        """
        mixed = taken_back(self._new, edits)
        supers = mixed.axioms.above.get(treatment, frozenset())
        rules = tuple(
            rule
            for rule in mixed.rules
            if rule.level and any(_allows(region, supers) for region in rule.regions)
        )
        try:
            return tables_of(replace(mixed, rules=rules))
        except KeyError:
            return None


def _allows(region: Region, supers: frozenset[str]) -> bool:
    """Whether a region speaks of a treatment that belongs to just these classes."""
    return region.treatments.required <= supers and region.treatments.excluded.isdisjoint(supers)


def _shown(state: State) -> tuple[object, ...]:
    """What of a state an answer shows."""
    return state.certain, state.possible, state.verdict


def _spared(edits: list[Edit], restores: Callable[[Sequence[Edit]], bool]) -> list[Edit]:
    """As few of some edits as still restore the answer: ever smaller parts of them are left out.

    An edit that could not be spared at first may be once another one is left out, so that single
    edits are tried until none can be.
    """
    size = max(len(edits) // 2, 1)
    while True:
        fewer = _without_parts(edits, size, restores)
        if size == 1 and len(fewer) == len(edits):
            return fewer
        edits, size = fewer, max(size // 2, 1)


def _without_parts(
    edits: list[Edit], size: int, restores: Callable[[Sequence[Edit]], bool]
) -> list[Edit]:
    """Some edits without those parts of a size that can be spared, one part after the other."""
    start = 0
    while start < len(edits):
        rest = [*edits[:start], *edits[start + size :]]
        if rest and restores(rest):
            edits = rest
        else:
            start += size
    return edits
