"""Clinicians' cases: a sentence, a record, and the verdicts that follow from a source.

Anyone can add one to a file in `cases`; the file is named after the topic in `rules`. A case has
`says`, `follows` (source key, comma, place), `injury` and at least one `verdict`. It may have
`grade`; one of `day`, `hours` and `between` (two numbers: an onset known to lie so many hours
back); `present`, `absent` and `screening`; and per treatment:

- `possible`: the strictest level that may hold;
- `reasons`: exactly the contraindication rules that hold or may hold;
- `changes`: the next hour at which the levels change and how the source prints it, or "never";
- `screen`: factors that must be listed as to be asked for, with their level;
- `recommended`, `not-recommended`: recommendation rules that must, or must not, be listed.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import pytest

from primum.foundation.errors import PrimumError
from primum.model.answers import Change, Finding
from primum.model.levels import Level, Verdict
from primum.model.spans import Number, Span, exact
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "cases"
TOPICS = sorted(path.stem for path in (ROOT / "rules" / "contraindications").glob("*.ttl"))
FEWEST = 60
FEWEST_PER_TOPIC = 3
RECORD = {"injury", "grade", "day", "hours", "between", "present", "absent", "screening"}
BY_TREATMENT = {
    "verdict",
    "possible",
    "reasons",
    "changes",
    "screen",
    "recommended",
    "not-recommended",
}
KEYS = {"says", "follows"} | RECORD | BY_TREATMENT
Expected = TypeVar("Expected")


class BadCase(Exception):
    """A case that cannot be read; the message names the file and the sentence."""


@dataclass(frozen=True, slots=True)
class Clinical:
    """One case as it stands in a file; the mappings are keyed by the IRI of a treatment.

    `between` is a half-open range of hours since onset. In `changes`, None stands for "never".
    """

    topic: str
    says: str
    follows: str
    asked: Asked
    between: Span | None
    verdict: Mapping[str, Verdict]
    possible: Mapping[str, str]
    reasons: Mapping[str, frozenset[str]]
    changes: Mapping[str, tuple[Number, str] | None]
    screen: Mapping[str, frozenset[tuple[str, str]]]
    recommended: Mapping[str, frozenset[str]]
    not_recommended: Mapping[str, frozenset[str]]

    @property
    def source(self) -> str:
        """The key of the source that the case follows from."""
        return self.follows.partition(",")[0]


@cache
def knowledge() -> Primum:
    """Load the release once for all cases."""
    return Primum.load()


@cache
def rule_slugs() -> frozenset[str]:
    """The slugs of all rules."""
    return frozenset(rule.slug for rule in knowledge().release.knowledge.rules)


def read_cases(path: Path) -> list[Clinical]:
    """Read the cases of one file; raises BadCase where one cannot be read."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := tables.keys() - {"case"}:
        raise BadCase(f"{path.name}: unknown keys {sorted(unknown)}; a file holds only [[case]].")
    return [read_case(path, table) for table in tables.get("case", [])]


def read_case(path: Path, table: Mapping[str, Any]) -> Clinical:
    """Read one case; raises BadCase with the file and the sentence where it is not well formed."""
    where = f"{path.name}: {table.get('says', '(no sentence)')!r}"
    if unknown := table.keys() - KEYS:
        raise BadCase(f"{where}: unknown keys {sorted(unknown)}; use {', '.join(sorted(KEYS))}.")
    if missing := {"says", "follows", "injury", "verdict"} - table.keys():
        raise BadCase(f"{where}: missing keys {sorted(missing)}.")
    try:
        return clinical(path.stem, table)
    except (PrimumError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadCase(f"{where}: {error}") from error


def clinical(topic: str, table: Mapping[str, Any]) -> Clinical:
    """Turn a table into a case, resolving every name in it."""
    case = Clinical(
        topic=topic,
        says=table["says"],
        follows=table["follows"],
        asked=asked(table),
        between=between(table),
        verdict=by_treatment(table, "verdict", Verdict),
        possible=by_treatment(table, "possible", level),
        reasons=by_treatment(table, "reasons", rules),
        changes=by_treatment(table, "changes", change),
        screen=by_treatment(table, "screen", factors),
        recommended=by_treatment(table, "recommended", rules),
        not_recommended=by_treatment(table, "not-recommended", rules),
    )
    knowledge().vocabulary.case(case.asked)
    return case


def asked(table: Mapping[str, Any]) -> Asked:
    """The record of a case as a question."""
    return Asked(
        injury=table["injury"],
        grade=number(table.get("grade")),
        day=number(table.get("day")),
        hours=number(table.get("hours")),
        present=tuple(table.get("present", ())),
        absent=tuple(table.get("absent", ())),
        screening=table.get("screening", "assume-clear"),
    )


def number(value: object) -> str | None:
    """A number as text; a TOML float is refused, for it may be rounded."""
    if value is None or isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    raise ValueError(f"{value!r} is neither a whole number nor a text such as '47.999999'")


def between(table: Mapping[str, Any]) -> Span | None:
    """The range of hours in which the instant lies, if the case gives one."""
    if "between" not in table:
        return None
    if {"day", "hours"} & table.keys():
        raise ValueError("give one of day, hours and between")
    start, until = (exact(str(number(end))) for end in table["between"])
    if not 0 <= start < until:
        raise ValueError(f"between {start} and {until} is no range of hours")
    return Span.half_open(start, until)


def by_treatment(
    table: Mapping[str, Any], key: str, read: Callable[[Any], Expected]
) -> dict[str, Expected]:
    """What a case expects per treatment, keyed by IRI; an unknown treatment is an error."""
    find = knowledge().vocabulary.treatments.find
    return {find(name, where=key).iri: read(value) for name, value in table.get(key, {}).items()}


def level(word: str) -> str:
    """A level, checked to be one."""
    return Level[word.upper()].word


def rules(slugs: list[str]) -> frozenset[str]:
    """Rule slugs, checked to be slugs of rules."""
    if unknown := set(slugs) - rule_slugs():
        raise ValueError(f"no rules are called {sorted(unknown)}")
    return frozenset(slugs)


def change(value: Any) -> tuple[Number, str] | None:
    """The instant and bound of a change, or None for never."""
    if value == "never":
        return None
    if value.keys() != {"hours", "bound"}:
        raise ValueError(f"a change is 'never' or has hours and bound, not {value!r}")
    return exact(str(number(value["hours"]))), value["bound"]


def factors(levels: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Pairs of factor and level."""
    find = knowledge().vocabulary.factors.find
    return frozenset(
        (find(name, where="screen").slug, level(word)) for name, word in levels.items()
    )


def findings_of(case: Clinical) -> dict[str, Finding]:
    """What Primum answers to a case, by the IRI of the treatment."""
    primum = knowledge()
    if case.between is None:
        answer = primum.ask(case.asked)
    else:
        record = replace(primum.vocabulary.case(case.asked), hours=case.between)
        answer = primum.engine.answer(record)
    return {finding.treatment.iri: finding for finding in answer.findings}


def changing(at: Change | None) -> tuple[Number, str] | None:
    """A change as the cases spell it."""
    return None if at is None else (at.hours, at.bound)


def sources_of(topic: str) -> set[str]:
    """The keys of the sources that the rules of a contraindication topic rest on."""
    return {
        citation.source.id
        for rule in knowledge().release.knowledge.rules
        if rule.topic == topic and rule.level
        for citation in rule.citations
    }


CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in read_cases(path)]
each_case = pytest.mark.parametrize("case", CASES, ids=attrgetter("says"))
each_topic = pytest.mark.parametrize("topic", TOPICS)


@each_case
def test_case_is_answered_as_its_source_says(case: Clinical) -> None:
    """Every verdict, level, reason and change that a case expects is what Primum answers."""
    found = findings_of(case)
    assert case.verdict == {iri: found[iri].verdict for iri in case.verdict}
    assert case.possible == {iri: found[iri].possible.word for iri in case.possible}
    assert case.reasons == {iri: {r.rule.slug for r in found[iri].reasons} for iri in case.reasons}
    assert case.changes == {iri: changing(found[iri].changes_at) for iri in case.changes}


@pytest.mark.parametrize("case", [case for case in CASES if case.screen], ids=attrgetter("says"))
def test_case_lists_what_to_screen_for(case: Clinical) -> None:
    """Every factor that a case expects to be asked for is listed with its level."""
    found = findings_of(case)
    for iri, expected in case.screen.items():
        listed = {(screen.factor.slug, screen.level.word) for screen in found[iri].screen_for}
        assert expected == expected & listed


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.recommended or case.not_recommended],
    ids=attrgetter("says"),
)
def test_case_lists_what_is_recommended(case: Clinical) -> None:
    """Recommendations stand beside contraindications when they hold, and only then."""
    found = findings_of(case)
    listed = {iri: {r.rule.slug for r in finding.recommended} for iri, finding in found.items()}
    for iri, expected in case.recommended.items():
        assert expected == expected & listed[iri]
    for iri, unexpected in case.not_recommended.items():
        assert frozenset() == unexpected & listed[iri]


def test_there_are_enough_cases() -> None:
    """The cases cover the knowledge and not only samples of it."""
    assert len(CASES) >= FEWEST


def test_no_sentence_stands_twice() -> None:
    """Each sentence names one case, so that a failing test names the case."""
    times = Counter(case.says for case in CASES)
    assert not [says for says, count in times.items() if count > 1]


def test_every_case_expects_a_verdict() -> None:
    """No case is without a verdict."""
    assert not [case.says for case in CASES if not case.verdict]


@each_case
def test_case_follows_from_a_known_source(case: Clinical) -> None:
    """What a case follows from begins with the key of a source in the ontology."""
    graph = (ROOT / "ontology" / "sources.ttl").read_text(encoding="utf-8")
    assert f"\nsource:{case.source} rdf:type " in graph


@each_topic
def test_topic_has_cases_that_cite_its_sources(topic: str) -> None:
    """Every topic of contraindications has cases of its own, citing what its rules rest on."""
    own = [case for case in CASES if case.topic == topic]
    assert len(own) >= FEWEST_PER_TOPIC
    assert {case.source for case in own} & sources_of(topic)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ('verdicts = { massage = "ruled-out" }', "verdicts"),
        ('verdict = { masage = "ruled-out" }', "masage"),
        ('verdict = { massage = "allowed" }', "allowed"),
        ('verdict = {}\nreasons = { massage = ["massage-48h"] }', "massage-48h"),
        ('verdict = {}\npossible = { massage = "high" }', "HIGH"),
        ('verdict = {}\nscreen = { massage = { bleding = "absolute" } }', "bleding"),
        ("verdict = {}\nchanges = { massage = { hours = 48 } }", "bound"),
        ('verdict = {}\npresent = ["bleding"]', "bleding"),
        ("verdict = {}\nhours = 47.9", "47.9"),
        ("verdict = {}\nhours = 1\nbetween = [1, 2]", "between"),
        ("verdict = {}\nbetween = [2, 1]", "between"),
        ("verdict = {}\ngrade = 4", "4"),
        ("", "verdict"),
    ],
)
def test_bad_case_is_refused_with_file_and_sentence(tmp_path: Path, lines: str, fault: str) -> None:
    """A slip in a case is an error that names the file, the sentence and what is wrong."""
    path = tmp_path / "slip.toml"
    head = '[[case]]\nsays = "A slip."\nfollows = "SEED-ITBS"\ninjury = "calf strain"\n'
    path.write_text(head + lines, encoding="utf-8")
    with pytest.raises(BadCase) as refused:
        read_cases(path)
    assert str(refused.value).startswith("slip.toml: 'A slip.'")
    assert fault in str(refused.value)


def test_file_with_anything_but_cases_is_refused(tmp_path: Path) -> None:
    """A misspelt table name does not make its cases vanish."""
    path = tmp_path / "slip.toml"
    path.write_text('[[cases]]\nsays = "A slip."\n', encoding="utf-8")
    with pytest.raises(BadCase, match=r"slip\.toml.*cases"):
        read_cases(path)
