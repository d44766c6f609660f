"""The clinicians' cases cover the rules; what they do not cover is listed."""

import json
from pathlib import Path

import pytest
from tests.clinical.coverage import CASES, lines, listed, main, uncovered
from tests.clinical.files import read_cases
from tests.clinical.measuring import ENOUGH, Coverage, coverage, together
from tests.clinical.shipped import knowledge

SMALL = "deep-friction-massage"


@pytest.fixture(scope="module")
def parts() -> list[Coverage]:
    """What the cases cover, by file of rules."""
    cases = [case for path in sorted(CASES.glob("*.toml")) for case in read_cases(path)]
    return coverage(knowledge().engine, cases)


@pytest.mark.slow
def test_cases_kill_nine_mutants_of_ten(parts: list[Coverage]) -> None:
    """Over the whole rule base, at most a tenth of the slips of a hand go unnoticed."""
    whole = together(parts)
    assert whole.score >= ENOUGH, "\n".join(lines(parts, whole))


@pytest.mark.slow
def test_all_that_is_not_covered_is_listed(parts: list[Coverage]) -> None:
    """A side that no case touches, or a change that none notices, is in the list, and only such.

    Where this fails: add a case, or list what is left out in tests/cases/uncovered.txt.
    """
    assert listed() == set(uncovered(together(parts)))


@pytest.mark.slow
def test_every_rule_is_measured(parts: list[Coverage]) -> None:
    """No rule is passed over: each has a level and a treatment that a case can touch."""
    rules = {rule.slug for rule in knowledge().release.knowledge.rules}
    assert rules == {side.boundary.rule.slug for part in parts for side in part.sides}
    assert rules == {outcome.mutant.rule.slug for part in parts for outcome in part.outcomes}


def test_without_cases_nothing_is_covered() -> None:
    """The measure can fail: with no case, no side is touched and the score is nought."""
    (part,) = coverage(knowledge().engine, [], SMALL)
    assert (0.0, len(part.sides)) == (part.score, len(part.untouched))
    assert not part.is_enough
    found = list(uncovered(part))
    assert len(found) == len(part.sides) + len(part.outcomes)
    assert all(line.startswith(("untouched  dfm-", "survived   dfm-")) for line in found)


def test_a_topic_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A curator sees a line for the file and one for all that was measured."""
    assert main(["--topic", SMALL]) == 0
    head, own, whole = capsys.readouterr().out.splitlines()[:3]
    assert head.split()[0] == "topic"
    assert own.split()[0] == SMALL
    assert own.split()[1:] == whole.split()[1:]


def test_a_topic_is_printed_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, the figures add up."""
    assert main(["--topic", SMALL, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    figures = found["all"]
    assert figures["mutants"] == figures["killed"] + figures["survived"] + figures["equivalent"]
    assert [topic["topic"] for topic in found["topics"]] == [SMALL]
    assert figures["sides"] - figures["touched"] == len(found["untouched"])


def test_an_unknown_topic_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """A file of rules that there is not is refused."""
    with pytest.raises(SystemExit) as stopped:
        main(["--topic", "masage"])
    assert stopped.value.code == 2
    assert "masage" in capsys.readouterr().err


def test_list_of_what_is_not_covered_can_be_read(tmp_path: Path) -> None:
    """The list holds one line each, as the command prints it; remarks begin with #."""
    path = tmp_path / "uncovered.txt"
    path.write_text(
        "# Why: no record tells it.\n\nuntouched  a: hours until 48, outside\n", "utf-8"
    )
    assert {"untouched  a: hours until 48, outside"} == listed(path)
