"""A release: the version that consequences demand, where it is stated, and the changelog."""

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import CopyKnowledge
from tests.diffing.conftest import Edited
from tests.diffing.edits import BOUND, LABEL, NEW_CLASS

from primum.foundation.errors import InvalidValue, KnowledgeError, UnreadableFile
from primum.knowledge.files import read
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity
from primum.use_cases.changelog import with_entry
from primum.use_cases.checks import Report
from primum.use_cases.diffing import Step
from primum.use_cases.releasing import plan, read_number, stepped, with_version, write

DAY = date(2026, 11, 27)
FINE = Report((), (), 0, 0.0, {})
CHANGELOG = """# Changelog

## [Unreleased]

### Knowledge

- A note of the curators.

### Software

- A command.

## [0.1.0] - 2026-11-01

### Knowledge

- The first.
"""


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.MAJOR, (2, 0, 0)),
        (Step.MINOR, (1, 3, 0)),
        (Step.PATCH, (1, 2, 4)),
        (Step.NONE, (1, 2, 3)),
    ],
)
def test_the_next_version_follows_from_the_step(step: Step, expected: object) -> None:
    """A larger step sets the smaller numbers to zero."""
    assert expected == stepped((1, 2, 3), step)


@pytest.mark.parametrize("wrong", ["1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "", "1.0.0\n"])
def test_a_version_is_three_numbers(wrong: str) -> None:
    """Anything else is refused, with an example."""
    with pytest.raises(InvalidValue, match="three numbers"):
        read_number(wrong)


def test_the_root_states_the_version_and_nothing_else_changes(untouched: Place) -> None:
    """Two lines of the root ontology, in the layout that it has."""
    text = (untouched.ontology / "primum.ttl").read_text(encoding="utf-8")
    found = with_version(text, "7.8.9")
    changed = [
        new for old, new in zip(text.splitlines(), found.splitlines(), strict=True) if old != new
    ]
    assert len(changed) == 2
    assert all("7.8.9" in line for line in changed)
    assert found == normalised(found, name="primum.ttl")


def test_what_was_unreleased_goes_into_the_section_of_the_release() -> None:
    """The part on software stays unreleased; older releases stay below."""
    found = with_entry(CHANGELOG, "1.0.0", DAY, None)
    unreleased, released, older = found.split("\n## [")[1:]
    assert "A note" not in unreleased
    assert "- A command." in unreleased
    assert released.startswith("Knowledge 1.0.0] - 2026-11-27\n\n### Knowledge\n\n- A note")
    assert older.endswith("- The first.\n")


def test_a_first_release_goes_below_what_is_unreleased() -> None:
    """Where no release stands in the changelog yet."""
    found = with_entry(CHANGELOG.split("\n## [0.1.0]", maxsplit=1)[0] + "\n", "1.0.0", DAY, None)
    assert found.index("- A command.") < found.index("## [Knowledge 1.0.0]")
    assert found.endswith("- A note of the curators.\n")


def test_a_changelog_without_its_parts_is_refused() -> None:
    """Nothing is written into a file of another form."""
    with pytest.raises(UnreadableFile, match="Unreleased"):
        with_entry("# Changes\n", "1.0.0", DAY, None)


def test_the_section_tells_what_moved_and_the_sources(edited: Edited) -> None:
    """Verdicts, rules with their sources, and terms."""
    found = with_entry(CHANGELOG, "1.0.0", DAY, edited(BOUND, NEW_CLASS, LABEL))
    assert "#### Verdicts that moved\n\n- Massage and its" in found
    assert "(source: SEED-ITBS" in found
    assert "- Added: RecentVaccination." in found
    assert "HamstringStrain" in found


def test_knowledge_with_errors_is_not_released(untouched: Place) -> None:
    """What `primum check` finds is in the message."""
    error = Remark("a-code", Severity.ERROR, "Something is wrong.")
    with pytest.raises(KnowledgeError, match=r"Something is wrong\."):
        plan(untouched, replace(FINE, remarks=(error,)), day=DAY)


def test_a_release_steps_as_far_as_it_must(untouched: Place, copy_knowledge: CopyKnowledge) -> None:
    """A moved answer is a major version, whatever a curator would rather call it."""
    place, since = copy_knowledge(), str(untouched.root)
    BOUND.make(place)
    with pytest.raises(InvalidValue, match=r"too small.* at least 1\.0\.0"):
        plan(place, FINE, since=since, stated="0.2.0", day=DAY)
    made = plan(place, FINE, since=since, day=DAY)
    assert (made.version, made.step) == ("1.0.0", Step.MAJOR)
    written = write(made)
    assert {place.ontology / "primum.ttl", place.root / "CHANGELOG.md"} == set(written)
    assert read(place).version == "1.0.0"
    assert "## [Knowledge 1.0.0] - 2026-11-27" in written[1].read_text(encoding="utf-8")


def test_nothing_new_is_not_released(untouched: Place) -> None:
    """Compared with itself, there is nothing to release."""
    with pytest.raises(KnowledgeError, match="nothing to release"):
        plan(untouched, FINE, since=str(untouched.root), day=DAY)
