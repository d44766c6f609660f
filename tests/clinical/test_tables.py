"""A table stands for a case in each of its rows; a slip in one is refused."""

from pathlib import Path

import pytest
from tests.clinical.case import Clinical
from tests.clinical.files import BadCase, read_cases
from tests.clinical.keys import differences

HEAD = (
    '[[table]]\nsays = "Massage of a calf strain"\nfollows = "SEED-ITBS"\ninjury = "calf strain"\n'
)
ROW = 'verdict = "ruled-out"'


def read(folder: Path, lines: str) -> list[Clinical]:
    """The cases of a table of a calf strain with some more lines."""
    path = folder / "table.toml"
    path.write_text(HEAD + lines, encoding="utf-8")
    return read_cases(path)


def test_each_row_is_a_case_that_says_what_differs(tmp_path: Path) -> None:
    """A row has a sentence of its own, and what it does not say stands above the rows."""
    lines = f"""day = 20
treatment = "massage"
rows = [
    {{ {ROW} }},
    {{ grade = 2, hours = 10, present = ["fever", "burn"], verdict = "contraindicated" }},
    {{ treatment = "effleurage", {ROW}, follows = "NHS-BRADFORD, HARM list" }},
]"""
    plain, differing, other = read(tmp_path, lines)
    assert [plain.says, differing.says, other.says] == [
        "Massage of a calf strain, as it stands",
        "Massage of a calf strain, of grade 2 at 10 hours with fever and burn",
        "Massage of a calf strain, for effleurage",
    ]
    assert (plain.asked.day, plain.asked.hours, plain.source) == ("20", None, "SEED-ITBS")
    assert (differing.asked.day, differing.asked.hours) == (None, "10")
    assert other.source == "NHS-BRADFORD"
    assert plain.expected["verdict"].keys() != other.expected["verdict"].keys()


def test_wrong_row_is_noticed(tmp_path: Path) -> None:
    """What a row expects is compared with what is answered, row by row."""
    rows = f'[ {{ {ROW} }}, {{ verdict = "contraindicated" }} ]'
    right, wrong = read(tmp_path, f'day = 20\ntreatment = "massage"\nrows = {rows}')
    assert not differences(right)
    assert differences(wrong)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ('treatment = "massage"', "rows"),
        ('treatment = "massage"\nrows = []', "rows"),
        (f"rows = [ {{ {ROW} }} ]", "treatment"),
        (f'treatment = "masage"\nrows = [ {{ {ROW} }} ]', "masage"),
        (f'treatment = "massage"\n{ROW}\nrows = [ {{ {ROW} }} ]', "verdict"),
        (f'treatment = "massage"\nrows = [ {{ {ROW}, says = "x" }} ]', "says"),
        (f'treatment = "massage"\nrows = [ {{ {ROW}, presents = ["burn"] }} ]', "presents"),
        (f'treatment = "massage"\nrows = [ {{ {ROW}, present = ["bleding"] }} ]', "bleding"),
        (f'treatment = "massage"\nrows = [ {{ {ROW}, hours = 1, day = 0 }} ]', "day"),
        ('treatment = "massage"\nrows = [ { grade = 1 } ]', "nothing is expected"),
        ('treatment = "massage"\nrows = [ "ruled-out" ]', "ruled-out"),
    ],
)
def test_slip_in_a_table_is_refused(tmp_path: Path, lines: str, fault: str) -> None:
    """A misspelt or misplaced key, or a row without treatment or expectation, is an error."""
    with pytest.raises(BadCase) as refused:
        read(tmp_path, lines)
    assert str(refused.value).startswith("table.toml: 'Massage of a calf strain")
    assert fault in str(refused.value)


def test_table_without_injury_needs_one_in_each_row(tmp_path: Path) -> None:
    """What every case must have may stand in the rows, but must stand somewhere."""
    path = tmp_path / "table.toml"
    head = HEAD.replace('injury = "calf strain"\n', "")
    rows = f'[ {{ injury = "calf strain", day = 20, {ROW} }}, {{ day = 20, {ROW} }} ]'
    path.write_text(f'{head}treatment = "massage"\nrows = {rows}', encoding="utf-8")
    with pytest.raises(BadCase, match=r"on day 20.*injury"):
        read_cases(path)
