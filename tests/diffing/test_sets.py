"""Sets of records in as few words as name them exactly."""

import pytest
from tests.reasoning.bases import named

from primum.foundation.names import Kind
from primum.model.knowledge import Axioms, Edition, Knowledge
from primum.model.spans import Cut, Span
from primum.use_cases.diffing.sets import Names, ages, grades, hours, listed

ABOVE = {
    "Strain": frozenset({"Strain", Kind.INJURY}),
    "Calf": frozenset({"Calf", "Strain", Kind.INJURY}),
    "Thigh": frozenset({"Thigh", "Strain", Kind.INJURY}),
    "Sprain": frozenset({"Sprain", Kind.INJURY}),
}
KNOWLEDGE = Knowledge(
    Edition("1", ""),
    "",
    "",
    named(ABOVE),
    (),
    (),
    (),
    Axioms(ABOVE, frozenset(), {}, frozenset(), {}, {}, {}),
)
NAMES = Names(KNOWLEDGE, KNOWLEDGE)


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ({"Calf"}, "Calf"),
        ({"Strain", "Calf", "Thigh"}, "Strain and its 2 kinds"),
        ({"Strain", "Calf", "Thigh", "Sprain"}, "any injury"),
        ({"Strain", "Calf"}, "Strain and Calf"),
        ({"Calf", "Thigh"}, "Calf and Thigh"),
        ({"Calf", "Sprain"}, "Calf and Sprain"),
    ],
)
def test_a_class_with_all_its_kinds_goes_by_one_name(classes: set[str], expected: str) -> None:
    """A class without some of its kinds does not stand for the others."""
    assert expected == NAMES.classes(frozenset(classes), ABOVE, everything="any injury")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({1, 2, 3, None}, ""),
        ({1, 2, 3}, "grade 1, 2 or 3"),
        ({2}, "grade 2"),
        ({2, None}, "grade 2 or not given"),
        ({None}, "grade not given"),
    ],
)
def test_grades_are_named_where_they_make_a_difference(
    found: set[int | None], expected: str
) -> None:
    """Any grade, given or not, is no condition at all."""
    assert expected == grades(frozenset(found))


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([Span()], ""),
        ([Span.half_open(0, 48)], "0 to 48 h after onset"),
        ([Span.half_open(48)], "from 48 h on after onset"),
        ([Span.at(2)], "at 2 h after onset"),
        (
            [Span(Cut(2, after=True), Cut(4, after=True))],
            "after 2 h up to and including 4 h after onset",
        ),
        ([Span.half_open(0, 2), Span.half_open(4, 6)], "0 to 2 h and 4 to 6 h after onset"),
    ],
)
def test_hours_say_which_end_belongs_to_them(spans: list[Span], expected: str) -> None:
    """The usual half-open window reads plainly, another one says what it does at its ends."""
    assert expected == hours(spans)


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (set(), ""),
        ({None}, "age not given"),
        ({Span.half_open(12, 14)}, "age 12 to 13"),
        ({Span.half_open(13, 14), None}, "age 13 or not given"),
        ({Span(Cut(64, after=True))}, "age 65 or over"),
    ],
)
def test_ages_are_completed_years(bands: set[Span | None], expected: str) -> None:
    """The end of a band is the last whole year in it."""
    assert expected == ages(frozenset(bands))


def test_long_lists_say_how_many_more_there_are() -> None:
    """The names beyond the limit are counted."""
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed(["a", "b", "c", "d"], most=3) == "a, b and 2 more"
