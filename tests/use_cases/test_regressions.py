"""What HermiT once judged otherwise stays mended, and the files that say so are read as written."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies as ours
from tests.use_cases.faults import ENOUGH, FAULTS, own_knowledge, telling

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE
from primum.model.cases import Case
from primum.model.levels import Level, Screening
from primum.model.regions import Classes, Region
from primum.model.spans import Cut, Span
from primum.reasoning.engine import Engine
from primum.use_cases.comparing import Comparison, answered
from primum.use_cases.drawing import Scene, Situation
from primum.use_cases.inventing import drawn_rule
from primum.use_cases.judging import Judgement
from primum.use_cases.regressions import Regression, passes, read, save
from primum.use_cases.service import Primum
from primum.use_cases.verify import Mix

FOLDER = Path(__file__).resolve().parents[1] / "regressions"
NONE_SAVED = pytest.mark.skip(reason="No regression case is saved: HermiT and the engine agreed.")
SAVED = [pytest.param(path, id=path.stem) for path in sorted(FOLDER.glob("*.toml"))]
DRAWN = drawn_rule(
    "Drawn0",
    Level.RELATIVE,
    (
        Region(
            treatments=Classes(frozenset({BASE + "Massage"}), frozenset({BASE + "Kneading"})),
            factors=Classes(excluded=frozenset({BASE + "Fever"})),
            grades=frozenset({0, 3}),
            hours=Span(Cut(Fraction(1, 3), True), Cut(72, True)),
        ),
        Region(hours=Span.at(Fraction(48_000_001, 10**6)), ages=Span.half_open(12, 65)),
        Region(),
    ),
)
SAID = Judgement(frozenset({DRAWN.iri}), Level.RELATIVE, Level.ABSOLUTE)


def regression(case: Case, *, drawn: bool = True, judged: Judgement | None = SAID) -> Regression:
    """A disagreement on massage in a case: the engine said that it contradicts itself."""
    scene = Scene(Situation(case, BASE + "Massage"), (DRAWN,) if drawn else None)
    return Regression(5, "sha256:0", Comparison(scene, judged, None))


cases = st.builds(
    Case,
    injury=st.sampled_from(ours.INJURIES),
    grade=st.sampled_from((None, 1, 2, 3)),
    hours=ours.spans(ours.hours()),
    present=st.frozensets(st.sampled_from(ours.FACTORS)),
    absent=st.frozensets(st.sampled_from(ours.FACTORS)),
    age=st.none() | ours.ages(),
    screening=st.sampled_from(Screening),
)


@given(case=cases, drawn=st.booleans(), judged=st.sampled_from([SAID, None]))
def test_what_is_saved_is_read_back_exactly(
    case: Case, drawn: bool, judged: Judgement | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Record, rules with odd window ends, fractions and what both said survive the file."""
    saved = regression(case, drawn=drawn, judged=judged)
    assert saved == read(save(saved, tmp_path_factory.mktemp("saved")))


def test_a_file_can_be_read_by_a_person(tmp_path: Path) -> None:
    """It is named by its content, says who disagreed, and writes spans as they are spoken."""
    path = save(regression(Case(BASE + "CalfStrain", hours=Span.half_open(24, 72))), tmp_path)
    assert path == save(
        regression(Case(BASE + "CalfStrain", hours=Span.half_open(24, 72))), tmp_path
    )
    text = path.read_text(encoding="utf-8")
    for line in (
        "# HermiT and the engine disagreed here: see tests/regressions/README.md.",
        "seed = 5",
        'injury = "CalfStrain"',
        'hours = ">= 24, < 72"',
        'except-factors = ["Fever"]',
        'hours = "> 1/3, <= 72"',
        'hours = "48.000001"',
        "contradiction = true",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("written", "damaged"),
    [
        ('screening = "assume-clear"', 'screening = "clear"'),
        ('hours = "48"', 'hours = "two days"'),
        ('level = "relative"', 'level = "high"'),
        ('rules = "drawn"', 'rules = "some"'),
        ("[judge]", "[judges]"),
        ("[judge]", "[judge"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, written: str, damaged: str) -> None:
    """A slip of the hand is an error with the path in it, never a case that says nothing."""
    path = save(regression(Case(BASE + "CalfStrain", hours=Span.at(48))), tmp_path)
    content = path.read_text(encoding="utf-8")
    assert written in content
    path.write_text(content.replace(written, damaged, 1), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=path.name):
        read(path)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("mix", [Mix(ENOUGH, 0, 0), Mix(0, 0, ENOUGH)], ids=["shipped", "random"])
def test_a_regression_case_catches_the_fault_it_was_made_of(
    primum: Primum, tmp_path: Path, fault: str, mix: Mix
) -> None:
    """Read back from its file, it passes with the right engine and fails with the faulty one."""
    knowledge, faulty = primum.release.knowledge, FAULTS[fault]
    scene = next(telling(knowledge, faulty, mix, seed=1))
    own = own_knowledge(scene, knowledge)
    right, wrong = (answered(engine_of(own), scene.situation) for engine_of in (Engine, faulty))
    found = Regression(1, knowledge.edition.digest, Comparison(scene, right, wrong))
    again = read(save(found, tmp_path))
    assert passes(again, knowledge)
    assert not passes(again, knowledge, faulty)


@pytest.mark.parametrize("path", SAVED or [pytest.param(FOLDER, id="none", marks=NONE_SAVED)])
def test_the_engine_says_what_the_judge_said(primum: Primum, path: Path) -> None:
    """Each saved disagreement is mended, as far as the knowledge is still the same."""
    saved, knowledge = read(path), primum.release.knowledge
    if not passes(saved, knowledge) and saved.digest != knowledge.edition.digest:
        pytest.skip(f"{path.name} was judged over other knowledge; let HermiT judge it anew.")
    assert passes(saved, knowledge)
