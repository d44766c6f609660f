"""A reason to retire takes a rule or a term out of force and deletes nothing that is said of it."""

from tests.spreadsheet.editing import Grid
from tests.spreadsheet.small import texts_of

from primum.knowledge.locate import Place
from primum.use_cases.spreadsheet.template import Outcome, read_sheet, write_sheet

RETIRE = "retire because"


def _retire(small: Place, sheet: str, id: str) -> Outcome:
    """Read a sheet in which one row has a reason to retire."""
    grid = Grid.of(write_sheet(small, sheet)).edited(id, {RETIRE: "Nobody holds this any more."})
    return read_sheet(small, grid.save())


def test_a_retired_rule_keeps_its_annotations_alone(small: Place) -> None:
    """Level and condition go; rationale, sources and locators stay, and the reason joins them."""
    outcome = _retire(small, "rules", "rubbing-early")
    assert (outcome.faults, outcome.retired) == ((), ("rubbing-early",))
    text = texts_of(small)["rules/contraindications/rubbing.ttl"]
    block = text.partition("/RubbingEarly\n")[2]
    assert "RelativelyContraindicated" not in block
    assert "equivalentClass" not in block
    assert "168" not in text
    for kept in (
        "owl:deprecated",
        '"obsolete Rubbing: early"@en',
        '"Nobody holds this any more."@en',
        '"It bleeds more."@en',
        '"plate 7"',
        '"page 3: top"',
    ):
        assert kept in block


def test_a_retired_rule_has_no_row(small: Place) -> None:
    """It is no longer edited by sheet, and an old sheet that names it changes nothing."""
    old = write_sheet(small, "rules")
    _retire(small, "rules", "rubbing-early")
    assert {"rubbing-bleeding", "warmth-in-pull"} == set(Grid.of(write_sheet(small, "rules")).by_id)
    outcome = read_sheet(small, old.encode())
    assert (outcome.faults, outcome.changes, outcome.stale) == ((), (), True)


def test_an_edit_of_a_rule_that_was_retired_is_refused(small: Place) -> None:
    """It would bring back, half, what another person took out."""
    old = Grid.of(write_sheet(small, "rules"))
    _retire(small, "rules", "rubbing-early")
    [fault] = read_sheet(small, old.edited("rubbing-early", {"confidence": "low"}).save()).faults
    assert "retired" in fault.sentence


def test_a_term_that_is_spoken_of_is_not_retired(small: Place) -> None:
    """The fault names the rules and the terms that still rest on it."""
    [fault] = _retire(small, "factors", "bleeding").faults
    assert (
        fault.column,
        "RubbingBleeding" in fault.sentence,
        "BadBleeding" in fault.sentence,
    ) == (RETIRE, True, True)


def test_a_term_that_nothing_speaks_of_is_retired(small: Place) -> None:
    """It leaves its place in the hierarchy and keeps its definition."""
    outcome = _retire(small, "factors", "bad-bleeding")
    assert (outcome.faults, outcome.retired) == ((), ("bad-bleeding",))
    block = (
        texts_of(small)["ontology/factors.ttl"].partition("/BadBleeding\n")[2].partition("###")[0]
    )
    assert "subClassOf" not in block
    assert '"Much blood is being lost."@en' in block
    assert {"bleeding", "fever"} == set(Grid.of(write_sheet(small, "factors")).by_id)


def test_a_new_row_is_not_retired_at_once(small: Place) -> None:
    """A copied row may bring a reason along; it is refused."""
    cells = {"id": "rubbing-x", "label": "X", RETIRE: "No."}
    grid = Grid.of(write_sheet(small, "rules")).copied("rubbing-bleeding", cells)
    [fault] = read_sheet(small, grid.save()).faults
    assert fault.column == RETIRE
