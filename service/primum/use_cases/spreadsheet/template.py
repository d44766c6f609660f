"""`primum template`: a sheet of the knowledge, and an edited one read back into the files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from primum.foundation.errors import KnowledgeError
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.use_cases.spreadsheet.applying import apply
from primum.use_cases.spreadsheet.comparing import Edited
from primum.use_cases.spreadsheet.faults import Fault
from primum.use_cases.spreadsheet.known import read_known
from primum.use_cases.spreadsheet.marks import heading, mark_of
from primum.use_cases.spreadsheet.planning import Plan, plan
from primum.use_cases.spreadsheet.saving import save_all
from primum.use_cases.spreadsheet.sheets import ID, RETIRE, SHEETS, find_topics, topic_of
from primum.use_cases.spreadsheet.tsv import read_table, write_table


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that an edited sheet changes, or one of a class that it adds."""

    row: int
    id: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a sheet came to.

    `files` are those that were written, or would be, relative to the folder of the knowledge; none
    while there are faults. `absent` counts classes without a row, which are left alone. `stale`
    tells that the knowledge has changed since the sheet was written.
    """

    sheet: str
    changes: tuple[Change, ...]
    added: tuple[str, ...]
    retired: tuple[str, ...]
    files: tuple[str, ...]
    faults: tuple[Fault, ...]
    absent: int
    stale: bool


def write_sheet(place: Place, name: str, *, topic: str = "") -> str:
    """The sheet of all rules, treatments or factors, as tab-separated text.

    `topic` keeps the rules of one file or folder alone; an unknown one raises UnknownName.
    """
    known, sheet = read_known(place), SHEETS[name]
    topics = sheet.topics(known)
    chosen = find_topics(topics, topic) if topic else frozenset(topics)
    rows = []
    for slug, iri in sheet.members(known).items():
        if topic_of(known.files[iri]) in chosen or not sheet.is_of_rules:
            cells = list(sheet.cells(known, iri).values())
            rows.append([*cells, mark_of(slug, cells)])
    return write_table((*sheet.headings, heading(name, known.digest)), rows)


def read_sheet(place: Place, content: bytes, *, dry_run: bool = False) -> Outcome:
    """Compare an edited sheet with the knowledge, and write what it changes into the files.

    Where anything is wrong, all that is wrong is in the outcome and nothing is written. Raises
    UnreadableBody for a file that is no sheet of Primum.
    """
    table = read_table(content, first=ID)
    known = read_known(place)
    planned = plan(known, table)
    texts = {} if planned.faults else apply(planned)
    changed = {path: text for path, text in texts.items() if text != _text(path)}
    if changed and not dry_run:
        _demand_same(place, known.digest)
        save_all(changed)
    return Outcome(
        sheet=planned.sheet.name,
        changes=tuple(_changes(planned)),
        added=tuple(row.cells[ID] for row in planned.rows if row.is_new),
        retired=tuple(row.cells[ID] for row in planned.rows if RETIRE in row.changed),
        files=tuple(path.relative_to(place.root).as_posix() for path in changed),
        faults=planned.faults,
        absent=planned.absent,
        stale=not planned.written.is_of(known.digest),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _demand_same(place: Place, digest: str) -> None:
    """Refuse to write over files that changed while the sheet was read."""
    if files.digest(place) != digest:
        raise KnowledgeError(
            "The files of the knowledge changed while the sheet was read; nothing was written. "
            "Read the sheet again."
        )


def _changes(planned: Plan) -> Iterator[Change]:
    """The cells that a plan changes, in the order of rows and columns."""
    for row in planned.rows:
        yield from _cells(planned, row)


def _cells(planned: Plan, row: Edited) -> Iterator[Change]:
    for name in planned.sheet.headings:
        if name in row.changed:
            yield Change(row.row, row.cells[ID], name, row.before[name], row.cells[name])
