"""What must hold of a row as a whole, and of all rows together, before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from primum.foundation.names import Link
from primum.knowledge.assembly import EFFECTS
from primum.model.levels import Level
from primum.use_cases.spreadsheet.cells import parted
from primum.use_cases.spreadsheet.columns import LEVELS
from primum.use_cases.spreadsheet.comparing import Edited, fault
from primum.use_cases.spreadsheet.conditions import CONDITION, READERS, condition_of, has_end
from primum.use_cases.spreadsheet.faults import Fault, Refused
from primum.use_cases.spreadsheet.known import Known
from primum.use_cases.spreadsheet.retiring import references
from primum.use_cases.spreadsheet.sheets import (
    BOUND,
    ID,
    LABEL,
    LEVEL,
    RETIRE,
    SCOPE,
    SYNONYMS,
    Sheet,
)

_PARENTS: Final = "parents"
_HOLDS_WHEN: Final = frozenset(READERS)


def judge(known: Known, sheet: Sheet, edited: Edited) -> list[Fault]:
    """What is wrong with a row whose cells are right one by one."""
    if RETIRE in edited.changed:
        return list(_retired(known, edited))
    checks = (_rule,) if sheet.is_of_rules else (_synonyms, _parents)
    return [found for check in checks for found in check(known, sheet, edited)]


def judge_together(known: Known, sheet: Sheet, rows: Sequence[Edited]) -> Iterator[Fault]:
    """Labels that two classes of the sheet would share, capitals aside."""
    members = sheet.members(known)
    edited = {row.iri for row in rows}
    bearing = {
        column.show(known, iri).casefold(): slug
        for column in sheet.columns[:1]
        for slug, iri in members.items()
        if iri not in edited
    }
    for row in (row for row in rows if row.cells.get(LABEL)):
        label = row.cells[LABEL]
        other = bearing.setdefault(label.casefold(), row.cells[ID])
        if other != row.cells[ID]:
            yield Fault(
                row.row, LABEL, f"The label is that of {other} too; each has its own.", label
            )


def changes_condition(edited: Edited) -> bool:
    """Whether a row changes when its rule holds."""
    return not _HOLDS_WHEN.isdisjoint(edited.changed)


def _retired(known: Known, edited: Edited) -> Iterator[Fault]:
    """A class that others still speak of cannot be retired."""
    users = references(known, edited.iri)
    reason = edited.cells[RETIRE]
    if edited.is_new:
        yield Fault(edited.row, RETIRE, "A new row is not retired at once.", reason)
    if users:
        yield Fault(
            edited.row,
            RETIRE,
            f"{edited.cells[ID]} is still spoken of by {', '.join(users)}. Change or retire these "
            "first.",
            reason,
        )


def _rule(known: Known, sheet: Sheet, edited: Edited) -> Iterator[Fault]:
    """A rule whose condition, bound, level, scope and file go together."""
    cells, changed = edited.cells, edited.changed
    if changes_condition(edited) or BOUND in changed:
        try:
            ends = has_end(condition_of(known, cells))
        except Refused as refused:
            column = refused.column or CONDITION
            yield fault(edited.row, column, cells.get(column, ""), refused)
            return
        if ends and not cells[BOUND]:
            options = [c.options for c in known.constraints["rule"].get(Link.WINDOW_BOUND, ())]
            yield Fault(
                edited.row,
                BOUND,
                "The window has an end; say how the source prints it.",
                allowed=next(filter(None, options), ()),
            )
    if not {LEVEL, SCOPE}.isdisjoint(changed):
        yield from _level(known, sheet, edited)


def _level(known: Known, sheet: Sheet, edited: Edited) -> Iterator[Fault]:
    """A contraindication has a scope; contraindications and recommendations stand apart."""
    cells = edited.cells
    bars = _bars(cells[LEVEL])
    if bars and not cells[SCOPE]:
        options = [c.options for c in known.constraints["rule"].get(Link.SCOPE, ())]
        allowed = next(filter(None, options), ())
        yield Fault(edited.row, SCOPE, "A contraindication has a scope.", allowed=allowed)
    folder = edited.file.rpartition("/")[0]
    words = [
        sheet.columns[1].show(known, iri)
        for iri in known.conditions
        if known.files[iri].rpartition("/")[0] == folder
    ]
    if words and all(_bars(word) != bars for word in words):
        allowed = tuple(word for word in LEVELS if _bars(word) != bars)
        sentence = f"Rules of this level do not stand in {folder}."
        yield Fault(edited.row, LEVEL, sentence, cells[LEVEL], allowed)


def _bars(word: str) -> bool:
    """Whether a level is one of contraindication."""
    return isinstance(EFFECTS[LEVELS[word]], Level)


def _synonyms(_: Known, __: Sheet, edited: Edited) -> Iterator[Fault]:
    """A synonym that is the label itself says nothing."""
    label = edited.cells[LABEL].casefold()
    touched = not {LABEL, SYNONYMS}.isdisjoint(edited.changed)
    for synonym in parted(edited.cells[SYNONYMS]) if touched else ():
        if synonym.casefold() == label:
            yield Fault(edited.row, SYNONYMS, "A synonym repeats the label.", synonym)


def _parents(known: Known, sheet: Sheet, edited: Edited) -> Iterator[Fault]:
    """A class that is put under itself, or under one that is below it."""
    if _PARENTS not in edited.changed:
        return
    for name in parted(edited.cells[_PARENTS]):
        parent = known.names[sheet.kind].find(name, where="").iri
        if edited.iri in known.above.get(parent, frozenset({parent})):
            sentence = f"{name} is {edited.cells[ID]} itself, or stands below it."
            yield Fault(edited.row, _PARENTS, sentence, name)


def all_faults(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of the rows, each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.row, one.column)))
