"""Every fault of a sheet is told with its row and column; then nothing is written."""

import pytest
from tests.spreadsheet.editing import Grid
from tests.spreadsheet.small import texts_of
from tests.spreadsheet.test_new_rows import FACTOR, RULE, TREATMENT

from primum.knowledge.locate import Place
from primum.use_cases.spreadsheet.template import read_sheet, write_sheet

EARLY, BLEEDING, PULL = "rubbing-early", "rubbing-bleeding", "warmth-in-pull"
RULES, TREATMENTS, FACTORS = "rules", "treatments", "factors"


@pytest.mark.parametrize(
    ("sheet", "id", "cells", "column", "says"),
    [
        (RULES, EARLY, {"label": ""}, "label", "empty"),
        (RULES, EARLY, {"label": "Rubbing: BLEEDING"}, "label", "rubbing-bleeding"),
        (RULES, EARLY, {"level": "severe"}, "level", "no level"),
        (RULES, EARLY, {"level": ""}, "level", "empty"),
        (RULES, EARLY, {"level": "for"}, "level", "do not stand in rules/contraindications"),
        (RULES, EARLY, {"treatment": ""}, "treatment", "empty"),
        (RULES, EARLY, {"treatment": "rubing"}, "treatment", "nearest"),
        (RULES, EARLY, {"treatment": "fever"}, "treatment", "No treatment"),
        (RULES, EARLY, {"treatment": "rubbing and warmth"}, "treatment", "No treatment"),
        (RULES, EARLY, {"injury": "pul"}, "injury", "Pull"),
        (RULES, EARLY, {"grade": "4"}, "grade", "from 1 to 3"),
        (RULES, EARLY, {"grade": "0 or more"}, "grade", "from 1 to 3"),
        (RULES, EARLY, {"grade": "3 to 1"}, "grade", "from 1 to 3"),
        (RULES, EARLY, {"grade": "severe"}, "grade", "from 1 to 3"),
        (RULES, EARLY, {"until hour": "1,5"}, "until hour", "decimal comma"),
        (RULES, EARLY, {"until hour": "-3"}, "until hour", "no number"),
        (RULES, EARLY, {"until hour": "1e3"}, "until hour", "no number"),
        (RULES, EARLY, {"until hour": "a week"}, "until hour", "no number"),
        (RULES, EARLY, {"until hour": "#NAME?"}, "until hour", "formula"),
        (RULES, EARLY, {"until hour": "0"}, "until hour", "more than"),
        (RULES, EARLY, {"from hour": "200"}, "until hour", "more than"),
        (RULES, EARLY, {"from hour": ""}, "from hour", "given too"),
        (RULES, EARLY, {"bound": ""}, "bound", "how the source prints it"),
        (RULES, EARLY, {"bound": "at least"}, "bound", "windowBound"),
        (RULES, EARLY, {"window": "late-situation"}, "window", "No window"),
        (RULES, EARLY, {"age from": "17.5"}, "age from", "whole"),
        (RULES, EARLY, {"age from": "1,5"}, "age from", "comma"),
        (RULES, EARLY, {"age until": "65"}, "age from", "given too"),
        (RULES, EARLY, {"factors present": "feverish"}, "factors present", "Fever"),
        (
            RULES,
            EARLY,
            {"factors present": "fever or bleeding and bad-bleeding"},
            "factors present",
            "two ways",
        ),
        (RULES, EARLY, {"factors absent": "fever or bleeding"}, "factors absent", "No factor"),
        (RULES, BLEEDING, {"factors absent": "bleeding"}, "treatment", "never hold"),
        (RULES, EARLY, {"scope": ""}, "scope", "has a scope"),
        (RULES, EARLY, {"scope": "everywhere"}, "scope", "local and general"),
        (RULES, EARLY, {"confidence": "certain"}, "confidence", "high, medium and low"),
        (RULES, EARLY, {"confidence": ""}, "confidence", "empty"),
        (RULES, EARLY, {"rationale": ""}, "rationale", "empty"),
        (RULES, EARLY, {"sources": ""}, "sources", "empty"),
        (RULES, EARLY, {"sources": "ATLAS"}, "sources", "no locator"),
        (RULES, EARLY, {"sources": "ATLASS: plate 7"}, "sources", "ATLAS"),
        (RULES, EARLY, {"sources": "ATLAS: 1 | ATLAS: 2"}, "sources", "twice"),
        (RULES, EARLY, {"reviewed on": "26.11.2026"}, "reviewed on", "YYYY-MM-DD"),
        (RULES, EARLY, {"reviewed on": "2026-13-01"}, "reviewed on", "YYYY-MM-DD"),
        (RULES, EARLY, {"file": "recommendations/pulls"}, "file", "moves no rule"),
        (RULES, EARLY, {"condition": "TreatmentSituation"}, "condition", "Clear one"),
        (RULES, PULL, {"condition": ""}, "treatment", "empty"),
        (RULES, PULL, {"treatment": "warmth"}, "condition", "Clear one"),
        (RULES, PULL, {"condition": "proposes some Warmth"}, "condition", "TreatmentSituation"),
        (RULES, PULL, {"condition": "TreatmentSituation and"}, "condition", "After"),
        (RULES, PULL, {"condition": "TreatmentSituation and (proposes"}, "condition", "some"),
        (RULES, PULL, {"condition": "TreatmentSituation ?"}, "condition", "is due"),
        (
            RULES,
            PULL,
            {"condition": "TreatmentSituation and (proposes some Wamth)"},
            "condition",
            "Warmth",
        ),
        (
            RULES,
            PULL,
            {"condition": "TreatmentSituation and (forInjury some Pull)"},
            "condition",
            "some treatment is proposed",
        ),
        (
            RULES,
            PULL,
            {
                "condition": "TreatmentSituation and (proposes some Warmth) and "
                "(hoursSinceOnset some xsd:decimal[> 3, <= 4])"
            },
            "condition",
            "from, < until",
        ),
        (
            RULES,
            PULL,
            {
                "condition": "TreatmentSituation and (proposes some Warmth) and "
                "(hasFactor some (Fever and Bleeding))"
            },
            "condition",
            "cannot be compiled",
        ),
        (
            RULES,
            PULL,
            {
                "condition": "TreatmentSituation and (proposes some Warmth) and "
                "(hoursSinceOnset some xsd:decimal[>= 3, < 4])"
            },
            "bound",
            "how the source prints it",
        ),
        (TREATMENTS, "rubbing", {"definition": "Short."}, "definition", "10 characters"),
        (TREATMENTS, "rubbing", {"definition": ""}, "definition", "empty"),
        (TREATMENTS, "rubbing", {"label": "WARMTH"}, "label", "warmth"),
        (TREATMENTS, "rubbing", {"synonyms": "friction | rubbing"}, "synonyms", "repeats"),
        (TREATMENTS, "rubbing", {"parents": ""}, "parents", "empty"),
        (TREATMENTS, "rubbing", {"parents": "Hard rubbing"}, "parents", "below it"),
        (TREATMENTS, "rubbing", {"parents": "rubbing"}, "parents", "itself"),
        (TREATMENTS, "rubbing", {"parents": "fever"}, "parents", "No treatment"),
        (TREATMENTS, "rubbing", {"sources": "NOBODY"}, "sources", "No source"),
        (FACTORS, "fever", {"subject": "illness"}, "subject", "none of the words"),
        (FACTORS, "fever", {"scope": ""}, "scope", "empty"),
    ],
)
def test_a_bad_cell_is_refused(
    small: Place, sheet: str, id: str, cells: dict[str, str], column: str, says: str
) -> None:
    """One fault, in the row and column at fault, in a sentence; and no file is touched."""
    before = texts_of(small)
    grid = Grid.of(write_sheet(small, sheet))
    outcome = read_sheet(small, grid.edited(id, cells).save())
    [fault] = outcome.faults
    number = [row[0] for row in grid.rows].index(id) + 2
    assert (number, column) == (fault.row, fault.column)
    assert says in fault.sentence
    assert ((), before) == (outcome.files, texts_of(small))


@pytest.mark.parametrize(
    ("sheet", "row", "column", "says"),
    [
        (RULES, RULE | {"id": ""}, "id", "no id"),
        (RULES, RULE | {"id": "Warmth Fever"}, "id", "kebab-case"),
        (RULES, RULE | {"id": "2-fevers"}, "id", "begins with a letter"),
        (RULES, RULE | {"id": "rubbing-early"}, "id", "more than one row"),
        (RULES, RULE | {"file": ""}, "file", "empty"),
        (RULES, RULE | {"label": ""}, "label", "empty"),
        (RULES, RULE | {"label": "#REF!"}, "label", "formula"),
        (RULES, RULE | {"file": "massage"}, "file", "No file"),
        (RULES, RULE | {"file": "recommendations/pulls"}, "level", "do not stand in"),
        (RULES, RULE | {"scope": ""}, "scope", "has a scope"),
        (RULES, RULE | {"treatment": ""}, "treatment", "empty"),
        (TREATMENTS, TREATMENT | {"id": "oil"}, "id", "something else"),
        (TREATMENTS, TREATMENT | {"parents": ""}, "parents", "empty"),
        (TREATMENTS, TREATMENT | {"parents": "soft-rubbing"}, "parents", "itself"),
        (FACTORS, FACTOR | {"subject": ""}, "subject", "empty"),
        (FACTORS, FACTOR | {"label": "fever"}, "label", "fever"),
    ],
)
def test_a_bad_new_row_is_refused(
    small: Place, sheet: str, row: dict[str, str], column: str, says: str
) -> None:
    """A new row must say all that a rule or a term says, under a name that is free."""
    outcome = read_sheet(small, Grid.of(write_sheet(small, sheet)).added(row).save())
    assert column in {fault.column for fault in outcome.faults}
    assert any(says in fault.sentence for fault in outcome.faults)
    assert outcome.files == ()


def test_an_id_is_not_edited(small: Place) -> None:
    """It would be a new rule beside a lost one."""
    grid = Grid.of(write_sheet(small, RULES)).edited(EARLY, {"id": "rubbing-soon"})
    [fault] = read_sheet(small, grid.save()).faults
    assert (fault.column, fault.found, fault.allowed) == ("id", "rubbing-soon", (EARLY,))


def test_a_row_of_an_id_that_is_taken_is_refused(small: Place) -> None:
    """A new row must not overwrite a rule that the sheet does not show."""
    grid = Grid.of(write_sheet(small, RULES, topic="pulls")).added(RULE | {"id": EARLY})
    [fault] = read_sheet(small, grid.save()).faults
    assert "already" in fault.sentence


def test_all_faults_are_told_together_and_good_rows_wait(small: Place) -> None:
    """A good edit beside two bad ones is not written either."""
    before = texts_of(small)
    grid = (
        Grid.of(write_sheet(small, RULES))
        .edited(EARLY, {"until hour": "soon", "confidence": "sure"})
        .edited(BLEEDING, {"rationale": "It bleeds on and on."})
        .edited(PULL, {"level": "yes"})
    )
    outcome = read_sheet(small, grid.save())
    assert [(fault.column, fault.found) for fault in outcome.faults] == [
        ("confidence", "sure"),
        ("until hour", "soon"),
        ("level", "yes"),
    ]
    assert before == texts_of(small)


def test_an_unknown_heading_is_refused_with_the_nearest(small: Place) -> None:
    """A heading that was retyped would otherwise hide its column."""
    grid = Grid.of(write_sheet(small, RULES)).renamed("until hour", "untill hours")
    [fault] = read_sheet(small, grid.save()).faults
    assert (fault.row, fault.column, fault.allowed[0]) == (1, "untill hours", "until hour")


def test_a_cell_without_a_heading_is_refused(small: Place) -> None:
    """A remark beside the table would be lost in silence."""
    lines = write_sheet(small, RULES).splitlines()
    content = "\n".join([lines[0], f"{lines[1]}\tremember", *lines[2:]])
    [fault] = read_sheet(small, content.encode()).faults
    assert (fault.row, fault.found) == (2, "remember")
