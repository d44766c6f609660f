"""A sheet that nobody edited changes nothing, however a spreadsheet program saved it."""

from collections.abc import Callable
from io import BytesIO

import pandas as pd
import pytest
from tests.spreadsheet.editing import Grid
from tests.spreadsheet.small import texts_of

from primum.foundation.errors import UnreadableBody
from primum.knowledge.locate import Place
from primum.use_cases.spreadsheet.sheets import SHEETS
from primum.use_cases.spreadsheet.template import read_sheet, write_sheet


def _pandas(text: str) -> bytes:
    """The sheet read and saved by pandas, all cells as text."""
    frame = pd.read_csv(BytesIO(text.encode()), sep="\t", dtype=str, keep_default_na=False)
    saved: str = frame.to_csv(sep="\t", index=False, lineterminator="\r\n")
    return saved.encode()


def _respelled(text: str) -> bytes:
    """The sheet with numbers and dates as a program of another language saves them."""
    grid = Grid.of(text)
    for id, cells in grid.by_id.items():
        day = ".".join(reversed(cells.get("reviewed on", "").split("-")))
        hours = {h: f"{cells[h]},0" for h in ("from hour", "until hour") if cells.get(h)}
        dated = {"reviewed on": day} if "reviewed on" in cells else {}
        grid = grid.edited(id, {**hours, **dated})
    return grid.save(delimiter=";")


SAVED: dict[str, Callable[[str], bytes]] = {
    "as written": str.encode,
    "with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "in UTF-16": lambda text: text.encode("utf-16"),
    "with CRLF": lambda text: Grid.of(text).save(ending="\r\n"),
    "with all cells quoted": lambda text: Grid.of(text).save(quoted=True),
    "with commas": lambda text: Grid.of(text).save(delimiter=","),
    "with semicolons": lambda text: Grid.of(text).save(delimiter=";", ending="\r\n"),
    "with columns in another order": lambda text: (
        Grid.of(text).columns(sorted(Grid.of(text).headings)).save()
    ),
    "with columns taken out": lambda text: (
        Grid.of(text).columns(("id", "label", Grid.of(text).headings[-1])).save()
    ),
    "with curly quotes": lambda text: text.replace("'", "\u2019").encode(),
    "with rows in another order": lambda text: Grid(
        Grid.of(text).headings, tuple(reversed(Grid.of(text).rows))
    ).save(),
    "with empty rows": lambda text: text.encode() + b"\t\t\t\n\n",
    "by pandas": _pandas,
    "by a program of another language": _respelled,
}


@pytest.mark.parametrize("name", SHEETS)
def test_an_unedited_sheet_of_the_shipped_knowledge_changes_no_byte(
    copied: Place, name: str
) -> None:
    """Writing a sheet of all there is and reading it back leaves every file as it was."""
    before = texts_of(copied)
    outcome = read_sheet(copied, write_sheet(copied, name).encode())
    assert (outcome.changes, outcome.faults, outcome.absent, outcome.stale) == ((), (), 0, False)
    assert before == texts_of(copied)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("saved", SAVED)
def test_how_a_program_saves_a_sheet_changes_nothing(small: Place, name: str, saved: str) -> None:
    """Quotes, line ends, delimiters, encodings and the order of rows and columns are no edits."""
    before = texts_of(small)
    outcome = read_sheet(small, SAVED[saved](write_sheet(small, name)))
    assert (outcome.faults, outcome.changes) == ((), ())
    assert before == texts_of(small)


def test_every_rule_treatment_and_factor_has_a_row(small: Place) -> None:
    """One row for each, with the columns that read as words."""
    ids = {name: set(Grid.of(write_sheet(small, name)).by_id) for name in SHEETS}
    assert {
        "rules": {"rubbing-early", "rubbing-bleeding", "warmth-in-pull"},
        "treatments": {"rubbing", "hard-rubbing", "warmth"},
        "factors": {"bleeding", "bad-bleeding", "fever"},
    } == ids


def test_a_plain_rule_reads_as_words(small: Place) -> None:
    """Treatment, injury, grade and hours have a cell each, and the condition's is empty."""
    cells = Grid.of(write_sheet(small, "rules")).by_id["rubbing-early"]
    assert {heading: text for heading, text in cells.items() if text} == {
        "id": "rubbing-early",
        "label": "Rubbing: early",
        "level": "relative",
        "treatment": "rubbing",
        "injury": "pull",
        "grade": "2 or more",
        "from hour": "0",
        "until hour": "168",
        "bound": "minimum",
        "scope": "local",
        "confidence": "high",
        "rationale": "It bleeds more.",
        "sources": "ATLAS: plate 7 | BOOK-2: page 3: top",
        "reviewed on": "2026-11-22",
        "file": "contraindications/rubbing",
    }


def test_a_rule_that_plain_cells_cannot_say_stands_in_one_cell(small: Place) -> None:
    """An `or` and a `not` go into the condition, in Manchester syntax, and nowhere else."""
    cells = Grid.of(write_sheet(small, "rules")).by_id["warmth-in-pull"]
    expected = (
        "TreatmentSituation and ((not EarlySituation) or (forInjury some Wrench)) "
        "and (proposes some Warmth)"
    )
    assert expected == cells["condition"]
    assert (cells["treatment"], cells["injury"], cells["window"]) == ("", "", "")


def test_a_cell_that_looks_like_a_formula_is_none(small: Place) -> None:
    """A text that begins with an equals sign is written so that no program computes it."""
    note = Grid.of(write_sheet(small, "treatments")).by_id["warmth"]["note"]
    assert note == " =not a formula"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no heading 'id'"),
        (b"name\tlabel\na\tb\n", "no heading 'id'"),
        (b"id\tlabel\na\tb\n", "which sheet"),
        (b"id\tlabel\ncaf\xe9\tb\n", "not in UTF-8"),
        (b"PK\x03\x04....", "workbook"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(small: Place, content: bytes, says: str) -> None:
    """The error says what is missing."""
    with pytest.raises(UnreadableBody, match=says):
        read_sheet(small, content)
