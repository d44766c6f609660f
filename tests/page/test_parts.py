"""Searching, comparing, drawing, listing: what the other pages are made of."""

import csv
import io

import pytest

from primum.model.levels import Verdict
from primum.use_cases.choosing import Wanted
from primum.use_cases.page.browsing import Browser
from primum.use_cases.page.cards import Reader
from primum.use_cases.page.comparing import compared
from primum.use_cases.page.finding import Index
from primum.use_cases.page.screening import screened
from primum.use_cases.page.snippets import asked as as_parameters
from primum.use_cases.page.surroundings import Surroundings
from primum.use_cases.page.table import COLUMNS, table
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum
from primum.use_cases.terms.gathering import gather
from primum.use_cases.terms.known import Known
from primum.web.page.filters import duration, per_cent, short, stretch

DESIGN = Asked("hamstring-strain", grade="2", day="3")


@pytest.fixture(scope="module")
def known(primum: Primum) -> Known:
    """The release, indexed."""
    return Known.of(primum.release)


@pytest.fixture(scope="module")
def index(known: Known) -> Index:
    """Everything that can be found."""
    return Index.of(known)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Massage", "Massage"),
        ("massage  ", "Massage"),
        ("ITBS", "Iliotibial band syndrome"),
        ("deep friction", "Deep friction massage"),
        ("hamstrng strain", "Hamstring strain"),
    ],
)
def test_what_is_looked_for_comes_first(index: Index, words: str, first: str) -> None:
    """By label, synonym, beginning, and with a slip of the pen."""
    assert index.find(words)[0].ref.label == first


def test_a_synonym_of_two_finds_both(index: Index) -> None:
    """An ambiguous name is no error in a search."""
    found = {entry.ref.label for entry in index.find("runner's knee")}
    assert {"Iliotibial band syndrome", "Patellofemoral pain syndrome"} <= found


@pytest.mark.parametrize("words", ["", "   ", "zzzzqqqq", "\0", "x" * 10_000])
def test_nothing_is_found_for_nothing(index: Index, words: str) -> None:
    """Nor for what stands nowhere."""
    assert index.find(words) == ()


def test_two_answers_differ_in_just_the_verdicts_that_differ(primum: Primum) -> None:
    """Each treatment that moves is told once, with both verdicts."""
    reader = Reader.of(primum.release.knowledge)
    other = Asked("hamstring-strain", grade="1", day="8")
    one, two = (reader.groups(primum.ask(asked)) for asked in (DESIGN, other))
    found = compared(one, two)
    verdicts = [
        {f.treatment: f.verdict for f in primum.ask(asked).findings} for asked in (DESIGN, other)
    ]
    moved = {t: (v, verdicts[1][t]) for t, v in verdicts[0].items() if v is not verdicts[1][t]}
    assert moved == {t: (d.before, d.after) for d in found.differing for t in d.treatments}
    assert found.alike == len(verdicts[0]) - len(moved)
    assert moved
    assert compared(one, one).differing == ()


def test_factors_to_ask_about_are_those_of_the_findings(primum: Primum) -> None:
    """Each with all treatments that it would bar, and the strictest level it would bring."""
    answer = primum.ask(DESIGN)
    found = {each.factor: each for each in screened(answer, primum.release.knowledge.axioms.above)}
    for finding in answer.findings:
        for screen in finding.screen_for:
            assert finding.treatment in found[screen.factor].treatments
            assert found[screen.factor].level >= screen.level
    levels = [each.level for each in found.values()]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize("term", ["IliotibialBandSyndrome", "Massage", "RiskFactor", "Fever"])
def test_the_drawing_shows_neighbours_and_no_others(known: Known, term: str) -> None:
    """Each name stands within the drawing, none above another, and the rest is counted."""
    (ref,) = [ref for ref in known.refs if ref.iri.endswith(f"/{term}")]
    around = Surroundings.of(gather(known, ref.iri), narrower="below", wider="above")
    assert around
    for side in (around.left, around.right):
        heights = [each.at for bundle in side for each in bundle.neighbours]
        assert heights == sorted(set(heights))
        assert all(0 < at < around.height for at in heights)
        assert len(heights) <= 16


def test_the_table_has_a_row_for_each_treatment(primum: Primum) -> None:
    """In the order of the answer, with the words of the contracts."""
    answer = primum.ask(DESIGN)
    rows = list(csv.DictReader(io.StringIO(table(answer), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["treatment"] for row in rows] == [f.treatment.id for f in answer.findings]
    massage = next(row for row in rows if row["treatment"] == "Massage")
    assert massage["verdict"] == Verdict.RELATIVELY_CONTRAINDICATED
    assert (massage["changesAtHours"], massage["bound"]) == ("168", "minimum")
    assert massage["rules"] == "MassageStrainGrade2To3Week"


def test_lists_tell_how_many_rules_speak(primum: Primum, known: Known) -> None:
    """As many as choosing by the same term finds; every term stands in its list once."""
    browser = Browser.of(known)
    knowledge = primum.release.knowledge
    treatments = browser.treatments()
    assert {entry.term for entry in treatments} == set(knowledge.treatments)
    assert len(treatments) == len(knowledge.treatments)
    massage = next(entry for entry in treatments if entry.term.id == "Massage")
    rules = browser.rules(Wanted(treatment="massage"))
    assert massage.barring + massage.appraising == len(rules)
    assert {entry.term for entry in browser.injuries()} == set(knowledge.injuries)
    assert {entry.term for entry in browser.factors()} == set(knowledge.factors)
    counts = [cited.rules for cited in browser.sources()]
    assert counts == sorted(counts, reverse=True)


def test_the_query_behind_an_answer_asks_the_same(primum: Primum) -> None:
    """Where time and grade are known; otherwise there is none to show."""
    axioms = primum.release.knowledge.axioms
    assert as_parameters(primum.case(DESIGN), axioms) == [
        ("injury", "HamstringStrain"),
        ("grade", "2"),
        ("fromHours", "72"),
        ("untilHours", "96"),
    ]
    assert as_parameters(primum.case(Asked("itbs")), axioms) is None
    assert as_parameters(primum.case(Asked("hamstring-strain", day="3")), axioms) is None


@pytest.mark.parametrize(
    ("hours", "long", "on_axis"),
    [
        (0, "0 h", "0 h"),
        (48, "48 h", "2 d"),
        (72, "72 h", "3 d"),
        (168, "7 days", "7 d"),
        (336, "2 weeks", "2 wk"),
        (340, "340 h", "340 h"),
        (1008, "6 weeks", "6 wk"),
    ],
)
def test_hours_are_spelled_as_people_say_them(hours: int, long: str, on_axis: str) -> None:
    """Hours up to three days, then days, then weeks where they are whole."""
    assert (long, on_axis) == (duration(hours), short(hours))


def test_spans_are_spelled_with_their_ends(primum: Primum) -> None:
    """A beginning at onset is not told."""
    case = primum.case(DESIGN)
    assert stretch(case.hours) == "72 h to 4 days"
    assert per_cent(12.3456) == "12.35%"
