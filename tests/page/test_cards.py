"""The cards of an answer: every finding once, in the order of the contracts, in its own words."""

import pytest

from primum.model.levels import Screening, Verdict
from primum.use_cases.page.cards import Card, Group, Reader
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

DESIGN = Asked("hamstring-strain", grade="2", day="3")
OPEN = Asked("hamstring-strain", screening=Screening.UNKNOWN)


@pytest.fixture(scope="module")
def reader(primum: Primum) -> Reader:
    """What puts findings onto cards."""
    return Reader.of(primum.release.knowledge)


def cards(groups: tuple[Group, ...]) -> list[Card]:
    """All cards of an answer."""
    return [card for group in groups for card in group.cards]


@pytest.mark.parametrize("asked", [DESIGN, OPEN, Asked("itbs")], ids=["design", "open", "itbs"])
def test_each_treatment_stands_on_the_card_of_its_finding(
    primum: Primum, reader: Reader, asked: Asked
) -> None:
    """Those that share a card differ in nothing but their names and what narrower kinds say."""
    answer = primum.ask(asked)
    shown = {
        term: card.finding for card in cards(reader.groups(answer)) for term in card.treatments
    }
    assert len(shown) == len(answer.findings)
    for finding in answer.findings:
        card = shown[finding.treatment]
        same = ("verdict", "certain", "possible", "reasons", "recommended", "needs", "changes_at")
        assert [getattr(finding, n) for n in same] == [getattr(card, n) for n in same]


def test_groups_come_strictest_first(primum: Primum, reader: Reader) -> None:
    """In the order in which the contracts list verdicts, and only those that occur."""
    groups = reader.groups(primum.ask(DESIGN))
    verdicts = [group.verdict for group in groups]
    assert verdicts == [verdict for verdict in Verdict if verdict in verdicts]
    assert sum(group.size for group in groups) == len(primum.release.knowledge.treatments)


def test_a_reason_is_told_with_all_that_it_rests_on(primum: Primum, reader: Reader) -> None:
    """Rule, rationale, premises with how they stand, window and sources."""
    found = cards(reader.groups(primum.ask(DESIGN)))
    massage = next(card for card in found if "Massage" in {term.id for term in card.treatments})
    (reason,) = massage.reasons
    rule = massage.finding.reasons[0].rule
    assert (reason.id, reason.label, reason.rationale) == (rule.id, rule.label, rule.rationale)
    assert reason.citations == rule.citations
    assert len(reason.premises) == 3
    assert {told.stands for told in reason.premises} == {"met"}
    assert (reason.word, reason.holds, reason.bound) == ("relative", "certain", "minimum")


def test_answers_to_open_questions_settle_them(primum: Primum, reader: Reader) -> None:
    """Each choice of the first set of questions is a parameter that the question takes."""
    answer = primum.ask(Asked("hamstring-strain"))
    asking = [card for card in cards(reader.groups(answer)) if card.needs]
    assert asking
    names = {c.name for card in asking for need in card.needs for a in need for c in a.choices}
    assert names <= {"injury", "grade", "hours", "age", "factor", "without"}
    assert {"grade", "hours"} <= names


@pytest.mark.parametrize("asked", [Asked("hamstring-strain"), Asked("itbs"), OPEN])
def test_choosing_one_answer_of_each_question_settles_the_verdict(
    primum: Primum, reader: Reader, asked: Asked
) -> None:
    """What would settle a verdict does, whichever answers are chosen: here the last."""
    for card in cards(reader.groups(primum.ask(asked)))[:6]:
        for need in card.needs[:2]:
            given: dict[str, object] = {"injury": asked.injury, "screening": asked.screening}
            for asking in need:
                choice = asking.choices[-1]
                many = {"factor": "present", "without": "absent"}
                if choice.name in many:
                    known = given.setdefault(many[choice.name], [])
                    assert isinstance(known, list)
                    known.append(choice.value)
                else:
                    given[choice.name] = choice.value
            settled = primum.ask(Asked(**given), treatment=card.id).findings[0]  # type: ignore[arg-type]
            assert settled.certain == settled.possible, (card.id, given)
