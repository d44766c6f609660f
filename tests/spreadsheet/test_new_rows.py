"""A row that a person adds becomes a rule or a term, in the file and under the name it should."""

import pytest
from tests.spreadsheet.editing import Grid
from tests.spreadsheet.small import texts_of

from primum.knowledge.locate import Place
from primum.use_cases.spreadsheet.template import read_sheet, write_sheet

RULE = {
    "id": "warmth-fever",
    "label": "Warmth: fever",
    "level": "Absolute",
    "treatment": "Warmth",
    "factors present": "Fever",
    "scope": "general",
    "confidence": "high",
    "rationale": "It warms more.",
    "sources": "A chart: row 4",
    "reviewed on": "2026-11-26",
    "file": "contraindications/rubbing",
}
TREATMENT = {
    "id": "soft-rubbing",
    "label": "Soft rubbing",
    "definition": "Rubbing that does not hurt.",
    "synonyms": "stroking | petting",
    "parents": "Rubbing",
    "sources": "ATLAS",
}
FACTOR = {
    "id": "mild-fever",
    "label": "Mild fever",
    "definition": "The body is a little too warm.",
    "parents": "fever",
    "subject": "disease",
    "scope": "general",
    "sources": "CHART: row 2",
}


@pytest.mark.parametrize(
    ("sheet", "row", "file", "name"),
    [
        ("rules", RULE, "rules/contraindications/rubbing.ttl", "WarmthFever"),
        ("treatments", TREATMENT, "ontology/treatments.ttl", "SoftRubbing"),
        ("factors", FACTOR, "ontology/factors.ttl", "MildFever"),
    ],
)
def test_a_new_row_adds_a_class(
    small: Place, sheet: str, row: dict[str, str], file: str, name: str
) -> None:
    """Its name is the id in CamelCase, its file the one that is named or that of its kind."""
    before = texts_of(small)
    outcome = read_sheet(small, Grid.of(write_sheet(small, sheet)).added(row).save())
    assert ((), (row["id"],), (file,)) == (outcome.faults, outcome.added, outcome.files)
    after = texts_of(small)
    assert f"###  https://w3id.org/primum/{name}\n" in after[file]
    assert {file} == {f for f in before if before[f] != after[f]}


@pytest.mark.parametrize(
    ("sheet", "row", "as_written"),
    [
        (
            "rules",
            RULE,
            {
                "level": "absolute",
                "treatment": "warmth",
                "factors present": "fever",
                "sources": "CHART: row 4",
            },
        ),
        ("treatments", TREATMENT, {"synonyms": "petting | stroking", "parents": "rubbing"}),
        ("factors", FACTOR, {}),
    ],
)
def test_a_new_row_comes_back(
    small: Place, sheet: str, row: dict[str, str], as_written: dict[str, str]
) -> None:
    """The next sheet has the row, its names as Primum writes them, and changes nothing."""
    read_sheet(small, Grid.of(write_sheet(small, sheet)).added(row).save())
    text = write_sheet(small, sheet)
    found = Grid.of(text).by_id[row["id"]]
    assert row | as_written == {heading: cell for heading, cell in found.items() if cell}
    assert read_sheet(small, text.encode()).changes == ()


def test_a_copied_row_with_an_id_of_its_own_is_new(small: Place) -> None:
    """A rule is written from a copy of another, the column of marks copied along."""
    cells = {"id": "rubbing-late", "label": "Rubbing: late", "from hour": "168", "until hour": ""}
    grid = Grid.of(write_sheet(small, "rules")).copied("rubbing-early", {**cells, "bound": ""})
    outcome = read_sheet(small, grid.save())
    assert (outcome.faults, outcome.added) == ((), ("rubbing-late",))
    written = Grid.of(write_sheet(small, "rules")).by_id
    assert tuple(written["rubbing-late"][h] for h in ("from hour", "until hour", "grade")) == (
        "168",
        "",
        "2 or more",
    )
    assert written["rubbing-early"]["until hour"] == "168"


def test_new_rows_may_name_each_other(small: Place) -> None:
    """A new treatment can stand below another new one."""
    below = TREATMENT | {
        "id": "petting",
        "label": "Petting",
        "synonyms": "",
        "parents": "soft rubbing",
    }
    grid = Grid.of(write_sheet(small, "treatments")).added(below).added(TREATMENT)
    assert read_sheet(small, grid.save()).faults == ()
    assert Grid.of(write_sheet(small, "treatments")).by_id["petting"]["parents"] == "soft-rubbing"


def test_a_rule_may_have_the_id_of_a_factor(small: Place) -> None:
    """Its class is then told apart by its kind, as the shipped rules do it."""
    grid = Grid.of(write_sheet(small, "rules")).added(RULE | {"id": "fever"})
    assert read_sheet(small, grid.save()).faults == ()
    assert "FeverRule" in texts_of(small)["rules/contraindications/rubbing.ttl"]
    assert read_sheet(small, write_sheet(small, "rules").encode()).changes == ()


def test_a_row_that_is_taken_out_deletes_nothing(small: Place) -> None:
    """Rows without which a sheet comes back are counted and left alone."""
    before = texts_of(small)
    outcome = read_sheet(
        small, Grid.of(write_sheet(small, "rules")).without("rubbing-early").save()
    )
    assert (outcome.faults, outcome.changes, outcome.absent) == ((), (), 1)
    assert before == texts_of(small)


def test_the_sheet_of_one_topic_knows_of_no_absent_rows(small: Place) -> None:
    """Rules of other files are not missed in a sheet that never had them."""
    text = write_sheet(small, "rules", topic="pulls")
    assert {"warmth-in-pull"} == set(Grid.of(text).by_id)
    assert read_sheet(small, text.encode()).absent == 0
