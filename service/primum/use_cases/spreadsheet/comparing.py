"""Comparing a sheet with the knowledge as it stands, cell by cell.

A cell is compared with what the knowledge says now and with what the sheet was written from. What
was edited in the sheet alone is a change; what was edited in the files alone is left as it is; what
was edited on both sides, to different ends, is a fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from primum.use_cases.spreadsheet.cells import tidy
from primum.use_cases.spreadsheet.faults import Fault, Refused
from primum.use_cases.spreadsheet.known import Known
from primum.use_cases.spreadsheet.marks import Mark
from primum.use_cases.spreadsheet.respelling import readings
from primum.use_cases.spreadsheet.sheets import FILE, ID, RETIRE, Sheet
from primum.use_cases.spreadsheet.tsv import Row

_ERRORS: Final = ("#NAME", "#REF", "#VALUE", "#N/A", "#DIV", "#NUM", "#NULL", "Err:")


@dataclass(frozen=True, slots=True)
class Edited:
    """A row that is to change a class, or to add one.

    `before` are the cells as the knowledge has them (empty for a new class), `cells` as they are to
    be; `changed` lists the headings under which they differ.
    """

    row: int
    iri: str
    file: str
    before: Mapping[str, str]
    cells: Mapping[str, str]
    changed: frozenset[str]

    @property
    def is_new(self) -> bool:
        """Whether the row adds a class."""
        return not self.before[ID]


def compare(
    known: Known, sheet: Sheet, row: Row, iri: str, mark: Mark
) -> tuple[Edited, list[Fault]]:
    """What a row changes of a class that is there, and what is wrong with its cells."""
    before = sheet.cells(known, iri)
    cells, faults = dict(before), []
    for heading in row.cells.keys() & before.keys():
        now, text = tidy(before[heading]), row.cells[heading]
        try:
            if _is_edited(known, sheet, heading, (text, now), mark):
                cells[heading] = read_cell(known, sheet, heading, text)
        except Refused as refused:
            faults.append(fault(row.number, heading, text, refused))
    changed = frozenset(h for h in cells if tidy(cells[h]) != tidy(before[h]))
    return Edited(row.number, iri, known.files[iri], before, cells, changed), faults


def compose(known: Known, sheet: Sheet, row: Row, iri: str) -> tuple[Edited, list[Fault]]:
    """The class that a new row adds, and what is wrong with its cells."""
    before, cells, faults = dict.fromkeys(sheet.headings, ""), {ID: row.cells[ID]}, []
    for heading in sheet.headings:
        text = row.cells.get(heading, "")
        try:
            cells[heading] = read_cell(known, sheet, heading, text)
        except Refused as refused:
            faults.append(fault(row.number, heading, text, refused))
    topics = sheet.topics(known)
    file = topics.get(cells.get(FILE, ""), next(iter(topics.values()), ""))
    changed = frozenset(heading for heading, text in cells.items() if text)
    return Edited(row.number, iri, file, before, cells, changed), faults


def read_cell(known: Known, sheet: Sheet, heading: str, text: str) -> str:
    """What a cell says, as Primum writes it; raises Refused."""
    column = next((column for column in sheet.columns if column.name == heading), None)
    required = heading in (ID, FILE) if column is None else column.required
    if not text:
        if required and heading in sheet.headings:
            raise Refused(f"The cell is empty; every {sheet.kind} has something here.")
        return ""
    if text.startswith(_ERRORS):
        raise Refused(
            "This is the error of a formula. Type the text itself, in a cell set to Text."
        )
    if column is not None:
        return column.read(known, text)
    if heading == FILE and text not in sheet.topics(known):
        raise Refused(f"No file is called {text!r}.", tuple(sheet.topics(known)))
    return text


def fault(row: int, heading: str, text: str, refused: Refused) -> Fault:
    """The fault of a cell."""
    return Fault(row, refused.column or heading, refused.sentence, text, refused.allowed)


def _is_edited(
    known: Known, sheet: Sheet, heading: str, texts: tuple[str, str], mark: Mark
) -> bool:
    """Whether the sheet alone has another text for a cell; raises Refused for a conflict.

    `texts` are those of the sheet and of the knowledge.
    """
    text, now = texts
    if text == now:
        return False
    said = (*readings(text), _as_written(known, sheet, heading, text))
    if now in said:
        return False
    if not mark.is_of(heading, now):
        if any(mark.is_of(heading, reading) for reading in said):
            return False
        raise Refused(
            f"The knowledge has changed here since the sheet was written, and says {now!r}. "
            "Write a new sheet, and edit that.",
            (now,) if now else (),
        )
    if heading == FILE:
        raise Refused("A sheet moves no rule to another file.", (now,))
    return heading != RETIRE or bool(text)


def _as_written(known: Known, sheet: Sheet, heading: str, text: str) -> str:
    """A cell in the spelling of Primum, or as it stands where it cannot be read."""
    try:
        return tidy(read_cell(known, sheet, heading, text)) if text else text
    except Refused:
        return text
