"""A side of a boundary is touched by a case that stands on it alone, next to it, for certain."""

from pathlib import Path

import pytest
from tests.clinical.files import read_cases
from tests.clinical.reach import Reaches
from tests.clinical.shipped import knowledge
from tests.clinical.touching import touched

ENGINE = knowledge().engine
RULES = {rule.slug: rule for rule in ENGINE.knowledge.rules}
HEAD = '[[case]]\nsays = "A case."\nfollows = "SEED-ITBS"\n'
WEEK = "massage-strain-grade2-3-week"
INSIDE = 'injury = "calf strain"\ngrade = 2\n'
BARRED = 'verdict = { massage = "relatively-contraindicated" }'
RULED_OUT = 'verdict = { massage = "ruled-out" }'


def sides(folder: Path, lines: str, slug: str) -> set[str]:
    """The sides of the boundaries of a rule that one case touches."""
    path = folder / "one.toml"
    path.write_text(HEAD + lines, encoding="utf-8")
    found = touched(RULES[slug], Reaches(ENGINE, read_cases(path)))
    assert {side.by for side in found} <= {"", "A case."}
    return {f"{s.boundary.about} {s.boundary.says} {s.side}" for s in found if s.by}


def test_case_in_a_rule_touches_the_inside_of_what_it_is_next_to(tmp_path: Path) -> None:
    """In the last hour of a window at its lowest grade, all that the rule asks is met."""
    lines = f'{INSIDE}hours = "167.5"\n{BARRED}'
    assert sides(tmp_path, lines, WEEK) == {
        "level relative inside",
        "treatment Massage inside",
        "injury MuscleStrain inside",
        "grade 2, not 1 inside",
        "hours until 168 inside",
    }


def test_case_far_from_a_boundary_does_not_touch_it(tmp_path: Path) -> None:
    """Days before the end of a window at its highest grade, neither boundary is touched."""
    lines = f'injury = "calf strain"\ngrade = 3\nday = 4\n{BARRED}'
    assert {"hours until 168 inside", "grade 2, not 1 inside"}.isdisjoint(
        sides(tmp_path, lines, WEEK)
    )


@pytest.mark.parametrize(
    ("lines", "side"),
    [
        (f"{INSIDE}hours = 168\n{RULED_OUT}", "hours until 168 outside"),
        (f"{INSIDE}day = 7\n{RULED_OUT}", "hours until 168 outside"),
        (f'injury = "calf strain"\ngrade = 1\nday = 4\n{RULED_OUT}', "grade 2, not 1 outside"),
        (
            f'injury = "lateral ankle sprain"\ngrade = 2\nday = 4\n{RULED_OUT}',
            "injury MuscleStrain outside",
        ),
        (
            f'{INSIDE}day = 4\nverdict = {{ manual-therapy = "ruled-out" }}',
            "treatment Massage outside",
        ),
    ],
)
def test_case_kept_out_by_one_thing_touches_its_outside(
    tmp_path: Path, lines: str, side: str
) -> None:
    """A case that meets all but one thing a rule asks stands just outside of that alone."""
    assert sides(tmp_path, lines, WEEK) == {side}


@pytest.mark.parametrize(
    "lines",
    [
        f"{INSIDE}hours = 169\n{RULED_OUT}",
        f'injury = "calf strain"\ngrade = 1\nhours = 168\n{RULED_OUT}',
        'injury = "calf strain"\nday = 4\nverdict = { massage = "undetermined" }',
        f'{INSIDE}verdict = {{ massage = "undetermined" }}',
        f"{INSIDE}day = 4\nappraised = {{ massage = {{}} }}",
    ],
)
def test_case_that_is_far_open_or_silent_touches_nothing(tmp_path: Path, lines: str) -> None:
    """Beyond the next hour, by two things out, undecided, or about another kind of rule: none."""
    assert sides(tmp_path, lines, WEEK) == set()


def test_factor_is_touched_present_and_absent(tmp_path: Path) -> None:
    """Who has a factor is inside; who has not, because it is not mentioned, is outside."""
    chronic = 'injury = "calf strain"\ngrade = 1\nday = 20\n'
    barred = f'{chronic}present = ["fever"]\nverdict = {{ massage = "contraindicated" }}'
    assert "factor Fever inside" in sides(tmp_path, barred, "massage-fever")
    assert sides(tmp_path, chronic + RULED_OUT, "massage-fever") == {"factor Fever outside"}


def test_timeline_touches_both_sides_of_the_ends_of_windows(tmp_path: Path) -> None:
    """A timeline says what follows at every hour."""
    lines = """[case.timeline]
massage = [
    { until = 48, bound = "minimum", verdict = "contraindicated" },
    { until = 168, bound = "minimum", verdict = "relatively-contraindicated" },
    { verdict = "ruled-out" },
]"""
    found = sides(tmp_path, INSIDE + lines, WEEK)
    assert {"hours until 168 inside", "hours until 168 outside"} <= found


def test_level_is_touched_where_a_case_tells_it(tmp_path: Path) -> None:
    """Behind a stricter rule, the verdict tells no level of a milder one; levels do."""
    lines = f'{INSIDE}hours = 10\nverdict = {{ massage = "contraindicated" }}'
    assert "level relative inside" not in sides(tmp_path, lines, WEEK)
    levels = f'\nlevels = {{ massage = {{ {WEEK} = "relative" }} }}'
    assert "level relative inside" in sides(tmp_path, lines + levels, WEEK)


def test_recommendation_is_touched_where_it_is_named_or_all_are(tmp_path: Path) -> None:
    """A verdict says nothing of recommendations; what is said for and against does."""
    slug, lines = "recommend-massage-in-muscle-strain", f"{INSIDE}hours = 168\n"
    assert sides(tmp_path, lines + RULED_OUT, slug) == set()
    named = f'{lines}appraised = {{ massage = {{ {slug} = "for" }} }}'
    assert "hours from 168 inside" in sides(tmp_path, named, slug)
