"""What may be typed for each type of parameter, and the term that it becomes."""

import pyoxigraph as ox
import pytest

from primum.foundation.errors import AmbiguousName, InvalidValue, QuestionError, UnknownName
from primum.foundation.names import BASE, Datatype
from primum.use_cases.named.questions import Questions
from primum.use_cases.named.types import MOST_CHARACTERS, TYPES


def iri(name: str) -> ox.NamedNode:
    """A term of Primum."""
    return ox.NamedNode(BASE + name)


def decimal(text: str) -> ox.Literal:
    """A decimal number."""
    return ox.Literal(text, datatype=ox.NamedNode(Datatype.DECIMAL))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("injury", "hamstring-strain", iri("HamstringStrain")),
        ("injury", "Pulled  HAMSTRING", iri("HamstringStrain")),
        ("injury", BASE + "HamstringStrain", iri("HamstringStrain")),
        ("injury", "primum:HamstringStrain", iri("HamstringStrain")),
        ("treatment", "DTFM", iri("DeepFrictionMassage")),
        ("factor", "DeepVeinThrombosis", iri("DeepVeinThrombosis")),
        ("finding", "leg length difference", iri("LegLengthDifference")),
        ("finding", "sprinting", iri("Sprinting")),
        ("site", "knee", iri("Knee")),
        ("term", "Condition", iri("Condition")),
        ("term", "Intervention", iri("Intervention")),
        ("term", "ITBS", iri("IliotibialBandSyndrome")),
        ("term", "Situation in the acute stage", iri("AcuteStageSituation")),
        ("rule", "massage-active-bleeding", iri("MassageActiveBleeding")),
        ("source", "SEED-ITBS", iri("source/SEED-ITBS")),
        ("source", "source/seed-itbs", None),
        ("grade", "0", ox.Literal(0)),
        ("grade", "3", ox.Literal(3)),
        ("hours", "47.50", decimal("47.5")),
        ("hours", "0", decimal("0")),
        ("day", "3", decimal("3")),
        ("day", "1.875", decimal("1.875")),
        ("day", "3.0", decimal("3")),
        ("level", "absolute", ox.Literal("absolute")),
        ("confidence", "low", ox.Literal("low")),
        ("date", "2026-11-22", ox.Literal("2026-11-22")),
        ("text", "'s knee", ox.Literal("'s knee")),
        ("text", 'a "quoted" } name', ox.Literal('a "quoted" } name')),
        ("iri", "http://snomed.info/id/111245009", ox.NamedNode("http://snomed.info/id/111245009")),
    ],
)
def test_what_is_typed_becomes_a_term(
    questions: Questions, kind: str, text: str, expected: ox.NamedNode | ox.Literal | None
) -> None:
    """A name becomes the IRI of its term, a number a literal; None: it is refused."""
    if expected is None:
        with pytest.raises(UnknownName):
            questions.reader.read(kind, text, where="p")
    else:
        assert expected == questions.reader.read(kind, text, where="p")


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("injury", "primum:HamstringStrain } #", UnknownName),
        ("injury", "massage", UnknownName),
        ("injury", "runner's knee", AmbiguousName),
        ("injury", "Condition", UnknownName),
        ("treatment", "HamstringStrain", UnknownName),
        ("factor", '"x"', UnknownName),
        ("finding", "pacemaker", UnknownName),
        ("site", "hamstring-strain", UnknownName),
        ("term", "MassageActiveBleeding", UnknownName),
        ("rule", "Massage", UnknownName),
        ("source", "", UnknownName),
        ("grade", "4", InvalidValue),
        ("grade", "2 3", InvalidValue),
        ("grade", "\u0662", InvalidValue),
        ("hours", "1e3", InvalidValue),
        ("hours", "72 } #", InvalidValue),
        ("hours", "-1", InvalidValue),
        ("hours", "1000001", InvalidValue),
        ("day", "-1", InvalidValue),
        ("day", "three", InvalidValue),
        ("level", "none", InvalidValue),
        ("level", "Absolute", InvalidValue),
        ("confidence", "", InvalidValue),
        ("date", "22.11.2026", InvalidValue),
        ("date", "2026-11-31", InvalidValue),
        ("date", "20261122", InvalidValue),
        ("date", "2026-W47-7", InvalidValue),
        ("text", "", InvalidValue),
        ("text", "\\u0022", InvalidValue),
        ("text", "a\nb", InvalidValue),
        ("text", "\ud800", InvalidValue),
        ("text", "x" * (MOST_CHARACTERS + 1), InvalidValue),
        ("iri", "", InvalidValue),
        ("iri", "knee", InvalidValue),
        ("iri", "http://a.example/> } #", InvalidValue),
        ("iri", "http://a.example/\\u003E", InvalidValue),
        ("iri", "http://a.example/\ud800", InvalidValue),
        ("iri", "http://a.example/" + "x" * MOST_CHARACTERS, InvalidValue),
    ],
)
def test_what_is_no_value_of_its_type_is_refused(
    questions: Questions, kind: str, text: str, wrong: type[QuestionError]
) -> None:
    """The error names the parameter and says what may stand there."""
    with pytest.raises(wrong) as refused:
        questions.reader.read(kind, text, where="p")
    assert type(refused.value) is wrong
    assert refused.value.where == "p"
    assert refused.value.allowed


def test_the_longest_text_is_taken(questions: Questions) -> None:
    """The limit itself is allowed."""
    longest = "x" * MOST_CHARACTERS
    assert ox.Literal(longest) == questions.reader.read("text", longest, where="p")


def test_a_refused_text_is_shown_in_part(questions: Questions) -> None:
    """A megabyte is not sent back."""
    with pytest.raises(InvalidValue) as refused:
        questions.reader.read("text", "x" * 1_000_000, where="p")
    assert len(refused.value.detail) < 2 * MOST_CHARACTERS
    assert len(refused.value.found) <= MOST_CHARACTERS + 1


def test_every_type_is_used_by_some_question_and_can_be_read(questions: Questions) -> None:
    """No type is there for its own sake, and each reads the examples of its questions."""
    used = {p.type for query in questions.all.values() for p in query.parameters}
    assert set(TYPES) == used


def test_the_words_of_a_type_are_those_of_the_release(questions: Questions) -> None:
    """Levels strictest first; confidences as the rules have them."""
    assert list(questions.reader.words["level"]) == ["absolute", "relative", "precaution"]
    assert set(questions.reader.words["confidence"]) == {"high", "medium", "low"}
