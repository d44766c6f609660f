"""From a sheet to a plan: which rows change what, which add, and all that is wrong, at once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import process

from primum.foundation.errors import UnreadableBody
from primum.foundation.names import BASE, DCTERMS
from primum.model.terms import Term
from primum.use_cases.spreadsheet.cells import tidy
from primum.use_cases.spreadsheet.comparing import Edited, compare, compose
from primum.use_cases.spreadsheet.constraints import demand
from primum.use_cases.spreadsheet.dates_in_cells import settle
from primum.use_cases.spreadsheet.faults import Fault, Refused
from primum.use_cases.spreadsheet.judging_rows import all_faults, judge, judge_together
from primum.use_cases.spreadsheet.known import Known, camel
from primum.use_cases.spreadsheet.marks import Mark, Written, read_headings, read_mark
from primum.use_cases.spreadsheet.sheets import ID, LABEL, REVIEWED, SHEETS, SYNONYMS, Sheet
from primum.use_cases.spreadsheet.tsv import Row, Table

_NEAREST: Final = 3
_IDENTIFIER: Final = DCTERMS + "identifier"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sheet asks for. Nothing of it may be written while there is a fault.

    `absent` counts the classes without a row that had one when the sheet was written, as far as can
    be told: all of the files that the sheet has rows of. They are left alone.
    """

    sheet: Sheet
    known: Known
    written: Written
    rows: tuple[Edited, ...] = ()
    faults: tuple[Fault, ...] = ()
    absent: int = 0


@dataclass(slots=True)
class _Planner:
    """Reads the rows of one sheet."""

    known: Known
    sheet: Sheet
    written: Written
    ids: Counter[str]
    members: dict[str, str]
    edited: list[Edited] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """Note what a row changes or adds, or what is wrong with it."""
        id = row.cells.get(ID, "")
        mark = read_mark(row.cells.get(self.written.heading, ""), self.sheet.headings)
        try:
            iri = self._meant(id, mark)
        except Refused as refused:
            self.faults.append(
                Fault(row.number, refused.column or ID, refused.sentence, id, refused.allowed)
            )
            return
        if mark is not None and id in self.members:
            edited, faults = compare(self.known, self.sheet, row, iri, mark)
        elif mark is not None and mark.id == id:
            self.faults += _gone(self.sheet, row, mark)
            return
        else:
            edited, faults = compose(self.known, self.sheet, row, iri)
        if edited.changed and not faults:
            faults = judge(self.known, self.sheet, edited)
        self.faults += faults
        if edited.changed:
            self.edited.append(edited)

    def _meant(self, id: str, mark: Mark | None) -> str:
        """The class that a row is about; raises Refused where that cannot be told."""
        if not id:
            raise Refused(
                "The row has no id. Give a new row one, such as the label in small letters "
                "with hyphens; clear a row that is not meant."
            )
        if self.ids[id] > 1:
            raise Refused(
                "The id stands in more than one row. A copied row is given an id of its own."
            )
        if id in self.members:
            if mark is None or mark.id != id:
                raise Refused(
                    f"There is a {self.sheet.kind} of this id already, and this row is not the one "
                    "written for it. Give a new row another id, or edit the row that was written."
                )
            return self.members[id]
        if mark is not None and mark.id != id and mark.id in self.members and not self.ids[mark.id]:
            raise Refused(
                f"The id was {mark.id}. An id stands for good and is not edited.", (mark.id,)
            )
        return new_iri(self.known, self.sheet, id)


def plan(known: Known, table: Table) -> Plan:
    """What a table asks for, compared with the knowledge.

    Raises UnreadableBody where the table is no sheet that Primum wrote.
    """
    written = read_headings(table.headings)
    if written is None or written.sheet not in SHEETS:
        raise UnreadableBody(
            "No heading tells which sheet this is. Keep the last column, `leave alone (...)`, as "
            "`primum template write` made it: it tells an edit from what was there."
        )
    sheet = SHEETS[written.sheet]
    faults = list(_headings(sheet, written, table))
    ids = Counter(row.cells.get(ID, "") for row in table.rows)
    members = sheet.members(known)
    wider = known if sheet.is_of_rules else known.adding(sheet.kind, _new(known, sheet, table))
    planner = _Planner(wider, sheet, written, ids, members)
    for row in _dated(sheet, written, table) if not faults else ():
        planner.take(row)
    faults += planner.faults
    faults += judge_together(known, sheet, planner.edited)
    shown = {known.files[members[id]] for id in ids if id in members}
    absent = sum(1 for id, iri in members.items() if not ids[id] and known.files[iri] in shown)
    return Plan(sheet, wider, written, tuple(planner.edited), all_faults(faults), absent)


def new_iri(known: Known, sheet: Sheet, id: str) -> str:
    """The IRI of a new class; raises Refused where the id is none, or its name is another's."""
    demand(known.constraints["rule"], _IDENTIFIER, id)
    name = camel(id)
    if not name[:1].isalpha():
        raise Refused("An id begins with a letter.")
    taken = {iri.casefold() for iri in known.files}
    # A rule may have the slug of a factor; its class is then told apart by its kind.
    for candidate in (name, *([f"{name}Rule"] if sheet.is_of_rules else [])):
        if (BASE + candidate).casefold() not in taken:
            return BASE + candidate
    raise Refused(f"The name {name} is that of something else already. Choose another id.")


def _dated(sheet: Sheet, written: Written, table: Table) -> list[Row]:
    """The rows with their dates in ISO form, as far as their order can be told."""
    marks = [read_mark(row.cells.get(written.heading, ""), sheet.headings) for row in table.rows]
    return settle(table.rows, REVIEWED, marks)


def _new(known: Known, sheet: Sheet, table: Table) -> Iterator[Term]:
    """The classes that new rows add, so that other rows may name them."""
    members = sheet.members(known)
    for row in table.rows:
        id = row.cells.get(ID, "")
        if id and id not in members:
            try:
                iri = new_iri(known, sheet, id)
            except Refused:
                continue
            synonyms = tuple(filter(None, [row.cells.get(SYNONYMS, "")]))
            yield Term(iri, id, row.cells.get(LABEL, "") or id, synonyms=synonyms)


def _headings(sheet: Sheet, written: Written, table: Table) -> Iterator[Fault]:
    """Headings that no column has, and columns that cannot be done without."""
    known = (*sheet.headings, written.heading)
    for heading in table.headings:
        if heading and heading not in known:
            near = tuple(name for name, _, _ in process.extract(heading, known, limit=_NEAREST))
            yield Fault(1, heading, "The sheet has no column of this name.", heading, near)
    for heading in known:
        if table.headings.count(heading) > 1:
            yield Fault(1, heading, "Two columns have this heading.", heading)
    for row in table.rows:
        if row.cells.get(""):
            found = row.cells[""]
            yield Fault(row.number, "", "Something stands in a column without a heading.", found)


def _gone(sheet: Sheet, row: Row, mark: Mark) -> Iterator[Fault]:
    """A row of a class that is there no more: a fault where the row was edited."""
    cells = {h: text for h, text in row.cells.items() if h in sheet.headings}
    if any(not mark.is_of(heading, tidy(text)) for heading, text in cells.items()):
        sentence = f"The {sheet.kind} was retired or renamed since the sheet was written."
        yield Fault(row.number, ID, sentence, row.cells[ID])
