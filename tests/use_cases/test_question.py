"""What callers say, in words and numbers, means one case or is refused with what is allowed."""

from fractions import Fraction

import pytest

from primum.foundation.errors import (
    AmbiguousName,
    Contradiction,
    InvalidValue,
    QuestionError,
    UnknownName,
)
from primum.foundation.numbers import read_whole
from primum.model.cases import Case
from primum.model.levels import Screening, Verdict
from primum.model.spans import Number, Span
from primum.use_cases.question import Asked, read_choice, read_hours, read_verdicts
from primum.use_cases.service import Primum

NOT_NUMBERS = [
    "",
    " ",
    " 2",
    "2 ",
    "-1",
    "+1",
    "NaN",
    "inf",
    "1e3",
    "0x10",
    "1_000",
    "1,5",
    ".5",
    "3.",
    "1.2.3",
    "true",
    "\u0663",  # 3 in Arabic-Indic digits
    "\uff13",  # 3 in full width
    "3\n",
    "9" * 13,
    "0." + "1" * 13,
    "1000000.000001",
]


def case(primum: Primum, asked: Asked) -> Case:
    """The case that a question means."""
    return primum.vocabulary.case(asked)


@pytest.mark.parametrize(
    "name",
    [
        "HamstringStrain",
        "hamstringstrain",
        "hamstring-strain",
        "HAMSTRING-STRAIN",
        "Hamstring strain",
        "  hamstring   STRAIN ",
        "https://w3id.org/primum/HamstringStrain",
        "primum:HamstringStrain",
    ],
)
def test_an_injury_has_many_names(primum: Primum, name: str) -> None:
    """Local name, slug, IRI, prefixed name and label are one injury, in any case."""
    assert case(primum, Asked(name)).injury == "https://w3id.org/primum/HamstringStrain"


def test_every_name_of_every_term_is_understood(primum: Primum) -> None:
    """Each term is found by each of its own names."""
    knowledge, names = primum.release.knowledge, primum.vocabulary
    kinds = (
        (names.injuries, knowledge.injuries),
        (names.treatments, knowledge.treatments),
        (names.factors, knowledge.factors),
    )
    for index, terms in kinds:
        for term in terms:
            for name in (term.id, term.slug, term.iri, term.label, term.id.upper()):
                assert term == index.find(name, where="name")


def test_an_unknown_injury_is_refused_with_the_nearest_names(primum: Primum) -> None:
    """The error says where, what was found, and what may have been meant."""
    with pytest.raises(UnknownName, match="No injury is called 'hamstring strian'") as refused:
        case(primum, Asked("hamstring strian"))
    assert (refused.value.where, refused.value.found) == ("injury", "hamstring strian")
    assert "HamstringStrain" in refused.value.allowed


def test_an_ambiguous_synonym_is_refused_with_its_candidates(primum: Primum) -> None:
    """Runner's knee names two injuries, whatever apostrophe it is written with."""
    for name in ("runner's knee", "Runner\u2019s Knee"):
        with pytest.raises(AmbiguousName) as refused:
            case(primum, Asked(name))
        candidates = ("IliotibialBandSyndrome", "PatellofemoralPainSyndrome")
        assert refused.value.allowed == candidates


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (Asked("HamstringStrain", present=["gout of luck"]), "factor"),
        (Asked("HamstringStrain", absent=["gout of luck"]), "without"),
        (Asked("Massage"), "injury"),
        (Asked("HamstringStrain", present=["HamstringStrain"]), "factor"),
        (Asked(""), "injury"),
    ],
)
def test_a_name_of_another_kind_is_unknown(primum: Primum, asked: Asked, where: str) -> None:
    """A treatment is no injury, an injury no factor; the error names the parameter."""
    with pytest.raises(UnknownName) as refused:
        case(primum, asked)
    assert refused.value.where == where


@pytest.mark.parametrize("grade", ["1", "2", "3"])
def test_a_strain_has_a_grade(primum: Primum, grade: str) -> None:
    """The grade is a number of the scheme."""
    assert case(primum, Asked("HamstringStrain", grade=grade)).grade == int(grade)


@pytest.mark.parametrize(
    "grade", ["0", "4", "04", "02", "2.0", " 2", "2 ", "-1", "true", "", "two", "II", "\u0662"]
)
def test_a_grade_is_spelled_in_one_way(primum: Primum, grade: str) -> None:
    """Anything but 1, 2 or 3 is refused."""
    with pytest.raises(InvalidValue) as refused:
        case(primum, Asked("HamstringStrain", grade=grade))
    assert (refused.value.where, refused.value.found) == ("grade", grade)
    assert refused.value.allowed == ("1", "2", "3")


@pytest.mark.parametrize("grade", ["0", "1", "2"])
def test_an_injury_without_grades_takes_none(primum: Primum, grade: str) -> None:
    """Iliotibial band syndrome has pain levels, and they are no tear grades."""
    with pytest.raises(InvalidValue, match="has no grades, so leave the grade out"):
        case(primum, Asked("IliotibialBandSyndrome", grade=grade))


def test_a_general_injury_can_be_graded(primum: Primum) -> None:
    """An acute soft tissue injury may be a strain, so a grade can be known of it."""
    assert case(primum, Asked("AcuteSoftTissueInjury", grade="2")).grade == 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("0", Span.half_open(0, 24)),
        ("3", Span.half_open(72, 96)),
        ("3.0", Span.half_open(72, 96)),
        ("003", Span.half_open(72, 96)),
        ("1.875", Span.at(45)),
        ("0.001", Span.at(Fraction(24, 1000))),
        ("41666", Span.half_open(41666 * 24, 41667 * 24)),
    ],
)
def test_a_day_is_a_span_and_a_fraction_of_one_an_instant(
    primum: Primum, day: str, expected: Span
) -> None:
    """Day N is [24 N, 24 N + 24); 1.875 days are exactly 45 hours."""
    assert case(primum, Asked("HamstringStrain", day=day)).hours == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("0", 0),
        ("47.5", Fraction(95, 2)),
        ("0.1", Fraction(1, 10)),
        ("47.999999999999", Fraction(47_999_999_999_999, 10**12)),
        ("1000000", 1_000_000),
    ],
)
def test_hours_are_an_exact_instant(primum: Primum, hours: str, expected: Number) -> None:
    """No digit is rounded."""
    assert case(primum, Asked("HamstringStrain", hours=hours)).hours == Span.at(expected)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_no_plain_decimal_is_no_time(primum: Primum, text: str) -> None:
    """Signs, exponents, spaces, foreign digits and what is too large are refused in both units."""
    for asked in (Asked("HamstringStrain", hours=text), Asked("HamstringStrain", day=text)):
        with pytest.raises(InvalidValue) as refused:
            case(primum, asked)
        assert refused.value.where == ("hours" if asked.hours is not None else "day")


@pytest.mark.parametrize("day", ["41667", "1000000"])
def test_a_day_is_bounded_like_the_hours_it_stands_for(primum: Primum, day: str) -> None:
    """A million hours are 41666 days and some."""
    with pytest.raises(InvalidValue, match="from 0 to 41666"):
        case(primum, Asked("HamstringStrain", day=day))


def test_day_and_hours_exclude_each_other(primum: Primum) -> None:
    """Both at once are refused, even where they agree."""
    with pytest.raises(InvalidValue, match="Both day and hours"):
        case(primum, Asked("HamstringStrain", day="3", hours="72"))


def test_without_a_time_any_time_is_meant(primum: Primum) -> None:
    """Nothing known of the time is the whole of it."""
    assert case(primum, Asked("HamstringStrain")).hours == Span()


def test_screening_is_one_of_two_words(primum: Primum) -> None:
    """Assume-clear unless said otherwise; another word is refused with both."""
    assert case(primum, Asked("HamstringStrain")).screening is Screening.ASSUME_CLEAR
    asked = Asked("HamstringStrain", screening="unknown")
    assert case(primum, asked).screening is Screening.UNKNOWN
    for word in ("", "Unknown", "clear"):
        with pytest.raises(InvalidValue) as refused:
            case(primum, Asked("HamstringStrain", screening=word))
        assert refused.value.allowed == ("assume-clear", "unknown")


def test_factors_keep_their_sides(primum: Primum) -> None:
    """Present and absent factors are sets of IRIs; a repeated one counts once."""
    asked = Asked("HamstringStrain", present=["fever", "Fever"], absent=["pregnancy"])
    found = case(primum, asked)
    assert found.present == {"https://w3id.org/primum/Fever"}
    assert found.absent == {"https://w3id.org/primum/Pregnancy"}


@pytest.mark.parametrize(
    ("injury", "present", "absent"),
    [
        ("HamstringStrain", ["Fever"], ["Fever"]),
        ("HamstringStrain", ["PregnancyThirdTrimester"], ["Pregnancy"]),
        ("HamstringStrain", ["PregnancyFirstTrimester", "Pregnancy20WeeksOrLater"], []),
        ("HamstringStrain", ["AgeUnder12", "Age65OrOver"], []),
        ("TendonRupture", [], ["TendonRuptureSuspected"]),
    ],
)
def test_facts_that_exclude_each_other_are_refused(
    primum: Primum, injury: str, present: list[str], absent: list[str]
) -> None:
    """A question about nobody has no answer."""
    with pytest.raises(Contradiction, match=r"contradict each other: \w+"):
        primum.ask(Asked(injury, present=present, absent=absent))


def test_a_list_of_verdicts_is_read() -> None:
    """Separated by commas, spaces allowed, twice the same is once."""
    expected = {Verdict.CONTRAINDICATED, Verdict.NO_RULE}
    assert read_verdicts("contraindicated, no-rule,contraindicated") == expected


@pytest.mark.parametrize("text", ["", "contraindicated,", "safe", "Contraindicated", "a;b"])
def test_a_verdict_that_does_not_exist_is_refused(text: str) -> None:
    """The error lists all verdicts, and none of them is `safe`."""
    with pytest.raises(InvalidValue) as refused:
        read_verdicts(text)
    assert refused.value.allowed == tuple(verdict.value for verdict in Verdict)


def test_an_answer_is_filtered_by_treatment_and_verdict(primum: Primum) -> None:
    """What is left are whole findings of the full answer, in its order."""
    asked = Asked("HamstringStrain", grade="2", day="1")
    every = primum.ask(asked).findings
    barred = primum.ask(asked, verdicts={Verdict.CONTRAINDICATED}).findings
    assert barred == tuple(f for f in every if f.verdict is Verdict.CONTRAINDICATED)
    massage = primum.ask(asked, treatment="massage").findings
    assert massage == tuple(f for f in every if f.treatment.id == "Massage")
    assert not primum.ask(asked, treatment="massage", verdicts={Verdict.NO_RULE}).findings


def test_an_unknown_treatment_is_refused(primum: Primum) -> None:
    """A treatment nobody knows has no empty answer."""
    with pytest.raises(UnknownName) as refused:
        primum.ask(Asked("HamstringStrain"), treatment="masage")
    assert refused.value.where == "treatment"
    assert "Massage" in refused.value.allowed


@pytest.mark.parametrize("text", ["", "-1", "4", "1.0", "\u0663", " 1", "9" * 5000])
def test_a_whole_number_is_ascii_digits_in_its_range(text: str) -> None:
    """Anything else is refused as the caller's mistake, however long it is."""
    with pytest.raises(QuestionError):
        read_whole(text, where="grade", most=3)


def test_numbers_in_range_are_read() -> None:
    """The ends of the range belong to it."""
    assert [read_whole(text, where="grade", most=3) for text in ("0", "3")] == [0, 3]
    assert read_hours("1.5", where="day", unit=24) == 36
    assert read_choice(Verdict, "no-rule", where="verdict") is Verdict.NO_RULE
