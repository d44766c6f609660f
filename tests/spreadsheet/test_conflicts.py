"""A sheet and the files may both be edited: only what was edited on both sides is refused."""

from tests.spreadsheet.editing import Grid
from tests.spreadsheet.small import texts_of

from primum.knowledge.locate import Place
from primum.use_cases.spreadsheet.template import read_sheet, write_sheet


def _twice(small: Place, mine: dict[str, str], theirs: dict[str, str]) -> tuple[Grid, str]:
    """A sheet with one edit, after another sheet of the same knowledge was read with its own."""
    sheet = Grid.of(write_sheet(small, "rules"))
    assert read_sheet(small, sheet.edited("rubbing-early", theirs).save()).faults == ()
    return sheet.edited("rubbing-early", mine), texts_of(small)[
        "rules/contraindications/rubbing.ttl"
    ]


def test_edits_of_different_cells_both_go_through(small: Place) -> None:
    """The newer knowledge is kept where the sheet says what it was written with."""
    sheet, _ = _twice(small, {"until hour": "96"}, {"confidence": "low"})
    outcome = read_sheet(small, sheet.save())
    assert (
        outcome.faults,
        outcome.stale,
        [change.column for change in outcome.changes],
    ) == ((), True, ["until hour"])
    cells = Grid.of(write_sheet(small, "rules")).by_id["rubbing-early"]
    assert (cells["until hour"], cells["confidence"]) == ("96", "low")


def test_edits_of_one_condition_in_different_cells_meet(small: Place) -> None:
    """Hours edited here and a grade edited there are both in the condition."""
    sheet, _ = _twice(small, {"until hour": "96"}, {"grade": "3"})
    assert read_sheet(small, sheet.save()).faults == ()
    cells = Grid.of(write_sheet(small, "rules")).by_id["rubbing-early"]
    assert (cells["until hour"], cells["grade"]) == ("96", "3")


def test_a_cell_that_was_edited_on_both_sides_is_refused_by_name(small: Place) -> None:
    """The fault says what the knowledge says now, and nothing is written."""
    sheet, before = _twice(small, {"confidence": "medium", "stage": "early"}, {"confidence": "low"})
    [fault] = read_sheet(small, sheet.save()).faults
    assert (fault.column, fault.found, fault.allowed) == ("confidence", "medium", ("low",))
    assert before == texts_of(small)["rules/contraindications/rubbing.ttl"]


def test_the_same_edit_on_both_sides_is_none(small: Place) -> None:
    """Who comes second has nothing to change."""
    sheet, _ = _twice(small, {"confidence": "low"}, {"confidence": "low"})
    outcome = read_sheet(small, sheet.save())
    assert (outcome.faults, outcome.changes) == ((), ())


def test_an_old_sheet_that_nobody_edited_takes_nothing_back(small: Place) -> None:
    """Reading it leaves the newer knowledge as it is."""
    sheet, before = _twice(small, {}, {"confidence": "low"})
    outcome = read_sheet(small, sheet.save())
    assert (outcome.faults, outcome.changes, outcome.stale) == ((), (), True)
    assert before == texts_of(small)["rules/contraindications/rubbing.ttl"]
