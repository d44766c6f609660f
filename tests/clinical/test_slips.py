"""A slip in a case is refused with file and sentence, and a wrong expectation is noticed."""

from pathlib import Path

import pytest
from tests.clinical.files import BadCase, read_cases
from tests.clinical.keys import BY_TREATMENT, differences

HEAD = '[[case]]\nsays = "A slip."\nfollows = "SEED-ITBS"\ninjury = "calf strain"\n'
DATED = 'onset = "2026-11-19T10:00:00Z"\nat = "2026-11-21T10:00:00Z"\n'
CHANGE = 'hours = 48, bound = "minimum"'
LAST = '{ verdict = "ruled-out" }'


def written(folder: Path, lines: str) -> Path:
    """A file with one case of a calf strain and some more lines."""
    path = folder / "slip.toml"
    path.write_text(HEAD + lines, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("", "verdict"),
        ('verdicts = { massage = "ruled-out" }', "verdicts"),
        ('verdict = { masage = "ruled-out" }', "masage"),
        ('verdict = { massage = "allowed" }', "allowed"),
        ('verdict = {}\nreasons = { massage = ["massage-48h"] }', "massage-48h"),
        ('verdict = {}\nfor-certain = { massage = ["massage-48h"] }', "massage-48h"),
        ('levels = { massage = { massage-48h = "absolute" } }\nverdict = {}', "massage-48h"),
        ('levels = { massage = { massage-dvt = "total" } }\nverdict = {}', "total"),
        ('appraised = { massage = { massage-dvt = "pro" } }', "pro"),
        ("appraised = { masage = {} }", "masage"),
        ('verdict = {}\npossible = { massage = "high" }', "HIGH"),
        ('verdict = {}\nscreen = { massage = { bleding = "absolute" } }', "bleding"),
        ("verdict = {}\nchanges = { massage = { hours = 48 } }", "bound"),
        ('verdict = {}\nchanges = { massage = { hours = 48, bound = "min" } }', "'min'"),
        (f'verdict = {{}}\nchanges = {{ massage = {{ {CHANGE}, day = "2" }} }}', "day"),
        ('verdict = {}\nneeds = { masage = [["grade"]] }', "masage"),
        ('verdict = {}\nneeds = { massage = [["grad"]] }', "grad"),
        ('verdict = {}\nneeds = { massage = ["grade"] }', "[[...]]"),
        ("verdict = {}\nneeds = { massage = [[]] }", "empty"),
        ('verdict = {}\nneeds = { massage = [["time", "time"]] }', "twice"),
        ('verdict = {}\nneeds = { massage = [["time"], ["grade", "time"]] }', "smallest"),
        ('verdict = {}\nwhy-not = { massage = { massage-48h = "hours" } }', "massage-48h"),
        ('verdict = {}\nwhy-not = { massage = { massage-dvt = "clock" } }', "clock"),
        ('verdict = {}\nmilder = { massage = { "grad 1" = "ruled-out" } }', "grad 1"),
        ('verdict = {}\nmilder = { massage = { "without bleding" = "ruled-out" } }', "bleding"),
        ('verdict = {}\nmilder = { massage = { "grade 1" = "allowed" } }', "allowed"),
    ],
)
def test_misspelt_expectation_is_refused(tmp_path: Path, lines: str, fault: str) -> None:
    """A slip in what is expected is an error that names the file, the sentence and the fault."""
    with pytest.raises(BadCase) as refused:
        read_cases(written(tmp_path, lines))
    assert str(refused.value).startswith("slip.toml: 'A slip.'")
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ('present = ["bleding"]', "bleding"),
        ("grade = 4", "4"),
        ("hours = 47.9", "47.9"),
        ("hours = 1\nbetween = [1, 2]", "between"),
        ("between = [2, 1]", "between"),
        ("age = 131", "131"),
        ("age = 11.5", "11.5"),
        ('age = "eleven"', "eleven"),
        ('age = 30\npresent = ["age-under-12"]', "contradict"),
        (f"day = 2\n{DATED}", "onset"),
        (f"between = [1, 2]\n{DATED}", "onset"),
        ('at = "2026-11-21T10:00:00Z"', "onset"),
        ('onset = "2026-11-19T10:00:00Z"', "at is missing"),
        ('onset = "19 November"\nat = "2026-11-21T10:00:00Z"', "19 November"),
        ('onset = "2026-11-31"\nat = "2026-11-21T10:00:00Z"', "a day that there is not"),
        ('onset = "2026-11-19T10:00:00"\nat = "2026-11-21T10:00:00Z"', "zone"),
        ('onset = "2026-11-19T10:00:00Z"\nat = "2026-11-21"', "zone"),
        ('onset = "../.."\nat = "2026-11-21T10:00:00Z"', "../.."),
        ('onset = "2026-11-20/2026-11-18"\nat = "2026-11-21T10:00:00Z"', "before it begins"),
        ('onset = "2026-11-22T10:00:00Z"\nat = "2026-11-21T10:00:00Z"', "lies after"),
        ('onset = 2026-11-19\nat = "2026-11-21T10:00:00Z"', "quotes"),
        (f"{DATED}changes = {{ massage = {{ {CHANGE} }} }}", "date"),
        (f'{DATED}changes = {{ massage = {{ {CHANGE}, date = "21.11." }} }}', "21.11."),
        (f"{DATED}definite = {{ massage = {{ {CHANGE} }} }}", "date"),
        (f'{DATED}definite = {{ massage = "soon" }}', "soon"),
        ('definite = { massage = "never" }', "dated"),
        (f'changes = {{ massage = {{ {CHANGE}, date = "2026-11-21T10:00:00Z" }} }}', "date"),
    ],
)
def test_impossible_record_or_time_is_refused(tmp_path: Path, lines: str, fault: str) -> None:
    """A record that cannot be, or a time that does not go with it, is an error of that kind."""
    with pytest.raises(BadCase) as refused:
        read_cases(written(tmp_path, f'verdict = {{ massage = "ruled-out" }}\n{lines}'))
    assert str(refused.value).startswith("slip.toml: 'A slip.'")
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("segments", "fault"),
    [
        ("[]", "ends with"),
        ('[{ until = 48, bound = "minimum", verdict = "contraindicated" }]', "without until"),
        (f"[{LAST}, {LAST}]", "until"),
        (f'[{{ until = 48, verdict = "contraindicated" }}, {LAST}]', "bound"),
        (f'[{{ bound = "minimum", verdict = "contraindicated" }}, {LAST}]', "bound"),
        (f'[{{ until = 48, bound = "min", verdict = "contraindicated" }}, {LAST}]', "'min'"),
        (f'[{{ until = 48.5, bound = "minimum", verdict = "contraindicated" }}, {LAST}]', "48.5"),
        (f'[{{ until = 0, bound = "minimum", verdict = "contraindicated" }}, {LAST}]', "later"),
        (f'[{{ until = 48, bound = "minimum", verdict = "ruled-out" }}, {LAST}]', "make them one"),
        ('[{ verdict = "barred" }]', "barred"),
        ('[{ verdikt = "ruled-out" }]', "verdikt"),
        ('[{ verdict = "undetermined" }]', "undetermined"),
        ('[{ verdict = "undetermined", possible = "none" }]', "none"),
        ('[{ verdict = "ruled-out", possible = "relative" }]', "relative"),
        ('[{ verdict = "contraindicated", possible = "relative" }]', "relative"),
        ('["ruled-out"]', "ruled-out"),
    ],
)
def test_impossible_timeline_is_refused(tmp_path: Path, segments: str, fault: str) -> None:
    """Segments follow each other, end with a bound, and have levels that go with their verdict."""
    with pytest.raises(BadCase) as refused:
        read_cases(written(tmp_path, f"timeline = {{ massage = {segments} }}"))
    assert str(refused.value).startswith("slip.toml: 'A slip.'")
    assert fault in str(refused.value)


def test_file_with_anything_but_cases_is_refused(tmp_path: Path) -> None:
    """A misspelt table name does not make its cases vanish."""
    path = tmp_path / "slip.toml"
    path.write_text('[[cases]]\nsays = "A slip."\n', encoding="utf-8")
    with pytest.raises(BadCase, match=r"slip\.toml.*cases"):
        read_cases(path)


WRONG = {
    "verdict": 'hours = 10\nverdict = { massage = "ruled-out" }',
    "possible": 'hours = 10\npossible = { massage = "relative" }',
    "reasons": 'hours = 10\nreasons = { massage = ["massage-acute-injury-48h"] }',
    "levels": 'hours = 100\nlevels = { massage = { massage-strain-grade2-3-week = "absolute" } }',
    "appraised": "day = 10\nappraised = { massage = {} }",
    "for-certain": 'hours = 100\nfor-certain = { massage = ["massage-strain-grade2-3-week"] }',
    "changes": 'hours = 10\nchanges = { massage = { hours = 48, bound = "stated" } }',
    "definite": f'{DATED}definite = {{ massage = {{ {CHANGE}, date = "2026-11-26T10:00:00Z" }} }}',
    "needs": 'hours = 100\nneeds = { massage = [["grade", "time"]] }',
    "screen": 'hours = 10\nscreen = { massage = { deep-vein-thrombosis = "absolute" } }',
    "recommended": 'hours = 10\nrecommended = { massage = ["recommend-massage-in-muscle-strain"] }',
    "not-recommended": (
        'day = 10\nnot-recommended = { massage = ["recommend-massage-in-muscle-strain"] }'
    ),
    "why-not": 'day = 10\nwhy-not = { massage = { massage-acute-injury-48h = "grade" } }',
    "milder": 'hours = 100\nmilder = { massage = { "grade 2" = "ruled-out" } }',
    "timeline": f"timeline = {{ massage = [{LAST}] }}",
}


@pytest.mark.parametrize("key", BY_TREATMENT)
def test_wrong_expectation_is_noticed(tmp_path: Path, key: str) -> None:
    """For every key, an expectation that is well written but wrong is told from what is found."""
    more = "" if key == "verdict" else "verdict = {}\n"
    case = read_cases(written(tmp_path, more + WRONG[key]))[0]
    assert [key] == [found for found, _ in differences(case)]


def test_date_of_a_change_is_compared(tmp_path: Path) -> None:
    """A change at the right hour on a wrong date is noticed; the zone it is written in is free."""
    for date, right in (("2026-11-26T11:00:00+01:00", True), ("2026-11-26T10:00:00+01:00", False)):
        at = f'{{ hours = 168, bound = "minimum", date = "{date}" }}'
        lines = f"grade = 2\n{DATED}verdict = {{}}\nchanges = {{ massage = {at} }}"
        assert right is not bool(differences(read_cases(written(tmp_path, lines))[0]))
