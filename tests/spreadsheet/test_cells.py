"""Cells: what programs put in by themselves, lists, marks and numbers of other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spreadsheet.editing import Grid

from primum.use_cases.spreadsheet.cells import guarded, joined, parted, tidy
from primum.use_cases.spreadsheet.dates_in_cells import settle
from primum.use_cases.spreadsheet.marks import heading, mark_of, read_headings, read_mark
from primum.use_cases.spreadsheet.respelling import readings
from primum.use_cases.spreadsheet.tsv import Row, read_table, write_table

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("it's", "it\u2019s"),
        ('"so"', "\u201cso\u201d"),
        ("a b", "a\u00a0b"),
        ("a\nb", " a\r\nb "),
        ("a", "\ufeffa"),
    ],
)
def test_a_cell_is_tidied(expected: str, text: str) -> None:
    """Curly quotes, hard spaces and line ends of other systems are no edits."""
    assert expected == tidy(text)


@given(st.lists(TEXTS.map(lambda text: text.replace("\\", "").strip()).filter(bool), unique=True))
def test_a_list_in_a_cell_reads_back(parts: list[str]) -> None:
    """Bars inside a part are told from bars between parts."""
    assert parts == parted(joined(parts))


@given(TEXTS)
def test_no_cell_is_a_formula(text: str) -> None:
    """No cell begins as formulas do, and tidying gives back what was meant."""
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))
    assert tidy(text) == tidy(guarded(text))


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_a_table_reads_back(rows: list[tuple[str, str]]) -> None:
    """Whatever stands in cells, quotes, tabs and line ends among it, comes back tidied."""
    content = write_table(("id", "text"), rows).encode()
    expected = [(tidy(one), tidy(two)) for one, two in rows if tidy(one) or tidy(two)]
    found = [(row.cells["id"], row.cells["text"]) for row in read_table(content, first="id").rows]
    assert expected == found


def test_rows_are_numbered_as_the_program_numbers_them() -> None:
    """A cell of two lines is one row, and an empty row counts."""
    grid = Grid(("id", "text"), (("a", "two\nlines"), ("", ""), ("b", "x")))
    numbers = [row.number for row in read_table(grid.save(), first="id").rows]
    assert numbers == [2, 4]


def test_a_mark_tells_the_id_and_each_cell() -> None:
    """It knows a cell by its text, tidied, and no other."""
    mark = read_mark(mark_of("an-id", ["one", "it's"]), ["first", "second"])
    assert mark is not None
    assert mark.id == "an-id"
    assert mark.is_of("second", "it\u2019s")
    assert not mark.is_of("second", "one")
    assert not mark.is_of("third", "one")


@pytest.mark.parametrize("text", ["", "an-id", "an-id 00", "an-id 00000000", "00000000.00000000"])
def test_a_text_that_is_no_mark_of_the_columns_is_none(text: str) -> None:
    """A mark of other columns would tell edits where there are none."""
    assert read_mark(text, ["first", "second"]) is None


def test_the_heading_names_the_sheet_and_the_knowledge() -> None:
    """A digest is known by its beginning."""
    written = read_headings(["id", heading("rules", "sha256:0123456789abcdef")])
    assert written is not None
    assert written.sheet == "rules"
    assert written.is_of("sha256:0123456789abcdef")
    assert not written.is_of("sha256:1123456789abcdef")


@pytest.mark.parametrize(
    ("meant", "saved"),
    [
        ("48", "48.0"),
        ("48", "48,00"),
        ("1.5", "1,5"),
        ("2026-11-22", "22.11.2026"),
        ("2026-11-22", "22/11/2026"),
        ("2026-11-22", "11/22/2026"),
        ("2026-11-22", "11/22/26"),
        ("2026-11-02", "2.11.2026"),
        ("2026-11-02", "2026/11/2"),
        ("2026-11-22", "2026-11-22 00:00:00"),
    ],
)
def test_what_a_program_made_of_a_cell_is_known(meant: str, saved: str) -> None:
    """A number or a date in the spelling of another language is still what was written."""
    assert meant in readings(saved)


@pytest.mark.parametrize(("meant", "saved"), [("48", "480"), ("1.5", "15"), ("2026-11-22", "2026")])
def test_another_number_is_another_cell(meant: str, saved: str) -> None:
    """An edit is not taken for a spelling."""
    assert meant not in readings(saved)


def _row(number: int, day: str) -> Row:
    """A row with a date alone."""
    return Row(number, {"day": day})


@pytest.mark.parametrize(
    ("expected", "saved"),
    [
        (["2026-11-22", "2026-12-11"], ["22/11/2026", "11/12/2026"]),
        (["2026-11-22", "2026-11-12"], ["11/22/2026", "11/12/2026"]),
        (["2026-11-22", "2026-12-11"], ["22.11.26", "11.12.26"]),
        (["2026-11-22", "11/12/2026"], ["2026-11-22", "11/12/2026"]),
    ],
)
def test_unedited_dates_tell_how_edited_ones_are_read(
    expected: list[str], saved: list[str]
) -> None:
    """The first row was written with a day that is known, so the second can be read like it."""
    rows = [_row(number, day) for number, day in enumerate(saved, start=2)]
    marks = [read_mark(mark_of("an-id", ["2026-11-22"]), ["day"]), None]
    assert expected == [row.cells["day"] for row in settle(rows, "day", marks)]


def test_dates_stay_as_they_are_where_nothing_tells_their_order() -> None:
    """The eleventh of November reads the same either way."""
    rows = [_row(2, "11/11/2026"), _row(3, "11/12/2026")]
    marks = [read_mark(mark_of("an-id", ["2026-11-11"]), ["day"]), None]
    assert rows == settle(rows, "day", marks)
