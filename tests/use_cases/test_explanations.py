"""Timelines and explanations as documents: JSON that any reader takes, and that tells one story."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from primum.foundation.errors import Contradiction
from primum.model.cases import Case
from primum.model.explanations import Explanation
from primum.model.levels import Screening, Verdict
from primum.model.regions import UNGRADED
from primum.reasoning.explaining import explain
from primum.use_cases.documents import Writer, bounds, plain
from primum.use_cases.explanations import explanation_document, timeline_document
from primum.use_cases.narrative import narrate
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

Json = dict[str, Any]
Told = tuple[Case, Explanation]
AT = "2026-11-22T10:00:00Z"
TIMES = (
    Asked(""),
    Asked("", hours="30"),
    Asked("", hours="47.5"),
    Asked("", hours="2000"),
    Asked("", day="0"),
    Asked("", day="2"),
    Asked("", day="6"),
    Asked("", onset="2026-11-19T10:00:00+01:00", at=AT),
    Asked("", onset="2026-11-19T23:15:00Z", at=AT),
    Asked("", onset="2026-11-20", at=AT),
    Asked("", onset="2026-11-22", at=AT),
    Asked("", onset="2026-11-17/2026-11-21T10:00:00Z", at=AT),
    Asked("", onset="2026-11-20T08:00Z/..", at=AT),
    Asked("", onset="../2026-11-21T10:00:00Z", at=AT),
    Asked("", onset="../2026-11-30", at=AT),
)
DATED = [asked for asked in TIMES if asked.onset]


@pytest.fixture(scope="module")
def sample(primum: Primum) -> list[Told]:
    """Explanations of random cases."""
    return explained(primum, 80)


def explained(primum: Primum, count: int) -> list[Told]:
    """Explanations of random cases, known and open, dated and not."""
    chance = random.Random(11)  # noqa: S311 - a sample, no secret
    return [told for told in (drawn(primum, chance) for _ in range(count)) if told]


def drawn(primum: Primum, chance: random.Random) -> Told | None:
    """One random case with one treatment's explanation, unless its facts exclude each other."""
    knowledge = primum.release.knowledge
    injury = chance.choice(knowledge.injuries)
    grades = sorted(knowledge.axioms.grades[injury.iri] - {UNGRADED})
    grade = chance.choice([None, *grades])
    asked = replace(
        chance.choice(TIMES),
        injury=injury.id,
        grade=None if grade is None else str(grade),
        age=chance.choice([None, None, "9", "12", "70"]),
        screening=chance.choice(list(Screening)),
        present=[term.id for term in chance.sample(knowledge.factors, chance.choice([0, 0, 1, 3]))],
        absent=[term.id for term in chance.sample(knowledge.factors, chance.choice([0, 0, 2]))],
    )
    treatment = chance.choice(knowledge.treatments)
    try:
        case = primum.case(asked)
        return case, explain(primum.engine, case, treatment)
    except Contradiction:
        return None


def strictly(document: Json) -> Json:
    """The document after a round trip through JSON that takes no infinity and no NaN."""
    found: Json = json.loads(json.dumps(document, allow_nan=False))
    return found


def leaves(part: Any) -> Iterator[Any]:
    """Every value within a document."""
    if isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from leaves(each)
    else:
        yield part


def timeline(primum: Primum, asked: Asked) -> Json:
    """The document of a timeline."""
    writer = Writer(primum.release.knowledge)
    return strictly(timeline_document(writer, primum.timeline(asked)))


def test_every_explanation_is_json(primum: Primum, sample: list[Told]) -> None:
    """Nothing is lost on the way through JSON, so no set, tuple or number of our own is left."""
    writer = Writer(primum.release.knowledge)
    for case, explanation in sample:
        document = explanation_document(writer, case, explanation)
        assert document == strictly(document)
        assert {type(leaf) for leaf in leaves(document)} <= {str, int, float, bool, type(None)}


def test_an_explanation_tells_its_words_and_its_finding(primum: Primum, sample: list[Told]) -> None:
    """The same finding as in an answer, the sentences in their order, and what is not so."""
    writer = Writer(primum.release.knowledge)
    for case, explanation in sample:
        document = strictly(explanation_document(writer, case, explanation))
        assert document.keys() == {"finding", "words", "whyNot", "whatIf"}
        assert document["words"] == narrate(writer.words, case, explanation)
        assert document["finding"] == strictly(writer.finding(explanation.finding, case))


def test_why_not_gives_each_premise_that_fails(primum: Primum, sample: list[Told]) -> None:
    """What was found and what is required, for every rule that does not apply."""
    writer = Writer(primum.release.knowledge)
    for case, explanation in sample:
        for found in strictly(explanation_document(writer, case, explanation))["whyNot"]:
            assert found.keys() == {"rule", "level", "together", "failed"}
            expected = {"open"} if found["together"] else {"failed"}
            assert expected == {premise["stands"] for premise in found["failed"]}
            for premise in found["failed"]:
                assert {"premise", "found", "required", "stands"} <= premise.keys()
                assert premise["required"]


def test_what_if_names_each_change(primum: Primum, sample: list[Told]) -> None:
    """A factor and what becomes of it, or a grade; and how far was searched."""
    verdicts = {verdict.value for verdict in Verdict}
    writer = Writer(primum.release.knowledge)
    for case, explanation in sample:
        what_if = strictly(explanation_document(writer, case, explanation))["whatIf"]
        assert what_if.keys() == {"milder", "stricter", "searchedUpTo", "clock"}
        for found in (*what_if["milder"], *what_if["stricter"]):
            assert found["verdict"] in verdicts - {explanation.finding.verdict}
            for change in found["changes"]:
                assert change.keys() in ({"grade"}, {"factor", "becomes"})
        for direction in ("milder", "stricter"):
            sizes = {len(found["changes"]) for found in what_if[direction]}
            assert sizes <= {what_if["searchedUpTo"][direction]}


def test_needs_are_questions_with_answers_to_choose_from(
    primum: Primum, sample: list[Told]
) -> None:
    """At least one set where the levels differ, each of questions with answers."""
    writer = Writer(primum.release.knowledge)
    for case, explanation in sample:
        finding = explanation.finding
        needs = strictly(writer.finding(finding, case))["needs"]
        assert bool(needs) == (finding.certain != finding.possible)
        for questions in needs:
            about = [question["about"] for question in questions]
            assert about
            assert len(set(about) - {"factor"}) == len([each for each in about if each != "factor"])
            for question in questions:
                check_question(question)
                if question["about"] == "time":
                    answers, open_time = question["answers"], bounds(case.hours)
                    assert open_time["fromHours"] == answers[0]["fromHours"]
                    assert open_time["untilHours"] == answers[-1]["untilHours"]


def check_question(question: Json) -> None:
    """A question reads as one, and its answers are of the kind it asks for."""
    answers = question["answers"]
    assert question["question"].endswith("?")
    least = {"factor": 1, "injury": 1, "grade": 1, "time": 2, "age": 2}[question["about"]]
    assert least <= len(answers) == len({json.dumps(answer) for answer in answers})
    if question["about"] in ("time", "age"):
        start, end = ("fromHours", "untilHours")
        start, end = (start, end) if question["about"] == "time" else ("fromYears", "untilYears")
        for one, other in pairwise(answers):
            assert one[start] <= one[end] <= other[start]
        assert all(answer[end] is None or answer[start] <= answer[end] for answer in answers)


@pytest.mark.parametrize("asked", TIMES)
def test_a_timeline_is_json_with_segments_that_touch(primum: Primum, asked: Asked) -> None:
    """From zero on, each segment ends where the next one begins; the last one does not end."""
    document = timeline(primum, replace(asked, injury="HamstringStrain", grade="2"))
    assert document.keys() == {"notice", "question", "knowledge", "clock", "treatments", "rules"}
    assert len(document["treatments"]) == len(primum.release.knowledge.treatments)
    for course in document["treatments"]:
        segments = course["segments"]
        assert segments[0]["fromHours"] == 0
        assert (segments[-1]["untilHours"], segments[-1]["ends"]) == (None, None)
        for one, other in pairwise(segments):
            assert one["untilHours"] == other["fromHours"] == one["ends"]["hours"]
            assert one["ends"]["verdict"] == other["verdict"]
            assert ("untilIncluded" in one) == ("fromExcluded" in other)
            assert (asked.onset is not None) == ("dateTime" in one["ends"])


def test_the_grounds_of_a_timeline_s_rules_stand_once(primum: Primum) -> None:
    """Each rule that a segment gives is told under `rules`, and no other one is."""
    document = timeline(primum, Asked("HamstringStrain"))
    segments = [s for course in document["treatments"] for s in course["segments"]]
    given = {reason["rule"]["id"] for s in segments for reason in s["reasons"]}
    assert given == document["rules"].keys()
    assert all(rule["sources"] and rule["rationale"] for rule in document["rules"].values())


@pytest.mark.parametrize(
    ("expected", "onset", "at"),
    [
        (("onset", None), None, None),
        (("onset", "2026-11-19T10:00:00Z"), "2026-11-19T10:00Z", None),
        (("onset", "2026-11-19T10:00:00+02:00"), "2026-11-19T10:00+02:00", AT),
        (("earliest onset", "2026-11-19T00:00:00Z"), "2026-11-19", AT),
        (("earliest onset", "2026-11-19T00:00:00+01:00"), "2026-11-19+01:00", None),
        (("earliest onset", "2026-11-19T00:00:00Z"), "2026-11-19Z/..", None),
        (("latest onset", "2026-11-19T10:00:00Z"), "../2026-11-19T10:00Z", None),
        (("latest onset", AT), "../2027-11-19T10:00Z", AT),
    ],
)
def test_the_clock_says_what_its_hours_count_from(
    primum: Primum, expected: tuple[str, str | None], onset: str | None, at: str | None
) -> None:
    """The onset, or the earliest or the latest there can be, with its date."""
    clock = timeline(primum, Asked("HamstringStrain", onset=onset, at=at))["clock"]
    assert {"from": expected[0], "dateTime": expected[1]} == clock


@pytest.mark.parametrize("asked", DATED)
def test_a_dated_question_repeats_its_dates(primum: Primum, asked: Asked) -> None:
    """What is repeated can be asked again and has the same answer."""
    answer = primum.ask(replace(asked, injury="HamstringStrain"))
    time = strictly(Writer(primum.release.knowledge).answer(answer))["question"]["time"]
    onset = time["onset"]
    if isinstance(onset, dict):
        onset = "/".join(onset[end] or ".." for end in ("notBefore", "notAfter"))
    again = primum.ask(Asked("HamstringStrain", onset=onset, at=time["at"]))
    assert answer.findings == again.findings


def test_a_change_has_its_hours_its_date_and_its_words(primum: Primum) -> None:
    """The week rule of the worked example, dated."""
    asked = Asked("HamstringStrain", grade="2", onset="2026-11-19T10:00:00+01:00", at=AT)
    courses = timeline(primum, asked)["treatments"]
    massage = next(c for c in courses if c["treatment"]["id"] == "Massage")["segments"]
    ends = massage[-2]["ends"]
    assert {name: ends[name] for name in ends if name != "words"} == {
        "hours": 168,
        "dateTime": "2026-11-26T10:00:00+01:00",
        "bound": "minimum",
        "verdict": "ruled-out",
    }
    assert "2026-11-26T10:00:00+01:00" in ends["words"]


def test_numbers_in_documents_are_plain(primum: Primum) -> None:
    """Halves and thirds of hours are decimals, whole numbers stay whole."""
    document = timeline(
        primum, Asked("HamstringStrain", onset="2026-11-19T10:00Z/2026-11-19T10:30Z")
    )
    ends = [s["untilHours"] for c in document["treatments"] for s in c["segments"]]
    assert {48.5, 48} <= set(ends)
    assert {int, float, type(None)} == {type(end) for end in ends}
    assert plain(48) == 48
