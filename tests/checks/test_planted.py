"""Each check catches the fault it is for, tells it where it stands, and tells nothing else."""

from collections import Counter

import pytest
from tests.checks.conftest import MakePlace
from tests.checks.planted import PLANTED, Planted

from primum.use_cases.checks import check
from primum.use_cases.checks.registry import CHECKS
from primum.use_cases.checks.runner import NOT_RUN


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_planted_fault_is_told_and_nothing_else(planted: Planted, small: MakePlace) -> None:
    """A place with one fault is told that fault, in the file in which it stands."""
    place = small()
    planted.plant(place)
    found = check(place, only=[planted.check]).remarks
    assert {planted.code} == {remark.code for remark in found} - {NOT_RUN}, found
    remark = next(remark for remark in found if remark.code == planted.code)
    assert planted.told in remark.sentence
    assert (planted.file if planted.at is None else planted.at) == remark.file


def test_a_fault_is_planted_for_each_code_that_does_not_depend_on_the_knowledge() -> None:
    """A check that nobody has seen fail is no check; `tests/analysis` plants in the rule base."""
    codes = {code for each in CHECKS if each.name != "rule-base" for code in each.codes}
    assert codes <= {planted.code for planted in PLANTED}


def test_no_two_checks_have_one_code_of_their_own() -> None:
    """A code says which check to look at; the two by shapes share one."""
    counts = Counter(code for each in CHECKS for code in each.codes)
    assert {"shapes-unreadable"} == {code for code, number in counts.items() if number > 1}


def test_the_small_place_has_no_fault(small: MakePlace) -> None:
    """What is planted is found for being planted."""
    report = check(small())
    assert {remark.code for remark in report.remarks} <= {"rule-gap", "rule-gaps"}
    assert {each.name for each in CHECKS} == {outcome.name for outcome in report.outcomes}
