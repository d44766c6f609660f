"""Every sentence comes from a phrase of the ontology, and every phrase is in some sentence.

What the code can say is walked through here: all ways in which a premise stands, all ends of
windows, all questions, and the explanations of a sample of cases. A phrase that is spoiled must
then show, as an error that names it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from string import Formatter

import pytest
from tests.use_cases.test_explanations import Told, explained

from primum.foundation.errors import KnowledgeError
from primum.foundation.names import PHRASE_BASE
from primum.model.answers import Change, Fact, Finding, Question, Reason, Screen, StricterKind
from primum.model.cases import Case, Dating
from primum.model.dates import read_moment, read_onset
from primum.model.explanations import Alternative, Explanation, Supposed, Turn, WhatIf, WhyNot
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds, Level, Screening, Verdict
from primum.model.moments import Onset
from primum.model.premises import About, Premise, Stands
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.model.terms import Citation, Source
from primum.use_cases.narrative import narrate
from primum.use_cases.service import Primum
from primum.use_cases.words import Words

BOUNDS = ("minimum", "stated", "approximate", "upper_of_printed_range", "inferred", "")
AT = read_moment("2026-11-22T10:00:00Z")
ONSETS = ("2026-11-19T10:00:00Z", "2026-11-19Z", "2026-11-19Z/..", "../2026-11-19Z")
HOURS = (Span(), Span.at(30), Span.half_open(24, 48), Span.half_open(24))
OPEN_OR_CLOSED = (Span.half_open(0, 12), Span.half_open(12), Span(Cut(1, after=True), Cut(6, True)))
RARE = {  # gaps that a phrase may leave out
    "levels-up-to": {"certain"},
    **{f"ends-{bound}-lifted": {"verdict"} for bound in BOUNDS if bound},
}
WRONG = re.compile(
    r"[{}]|\bNone\b|\s\s|^\s|\s$|\b(?i:safe|safely)\b|\s[,.;:?!]|[,.;:?!][,.;:?!]|\(\)|\(\s"
)


@pytest.fixture(scope="module")
def told(primum: Primum) -> list[Told]:
    """Explanations of random cases over the shipped knowledge."""
    return explained(primum, 50)


@pytest.fixture(scope="module")
def words(primum: Primum) -> Words:
    """The words of the shipped knowledge."""
    return Words(primum.release.knowledge)


def dated_cases(case: Case) -> Iterator[Case]:
    """The case on the calendar, with each kind of onset."""
    for onset, offset in map(read_onset, ONSETS):
        hours = onset.hours_at(AT.hours)
        yield replace(case, hours=hours, dating=Dating(onset, offset, AT))


def cases(knowledge: Knowledge) -> Iterator[Case]:
    """A case that says all there is to say, at every kind of time, and one that says nothing."""
    injury, factor, other = knowledge.injuries[0].iri, *[f.iri for f in knowledge.factors[:2]]
    full = Case(injury, 2, Span(), frozenset({factor}), frozenset({other}), 70)
    yield Case(injury)
    yield from (replace(full, hours=hours) for hours in HOURS)
    yield from dated_cases(full)


def premises(knowledge: Knowledge) -> Iterator[Premise]:
    """Every premise that can be, by what it is about and how it stands."""
    injury, factor = knowledge.injuries[0].iri, knowledge.factors[0].iri
    kind, other = knowledge.injuries[1].iri, knowledge.factors[1].iri
    for stands in Stands:
        yield Premise(About.GRADE, stands, grades=frozenset({2, 3}))
        yield from (Premise(About.AGE, stands, span=span) for span in OPEN_OR_CLOSED)
        yield from (Premise(About.HOURS, stands, span=span) for span in OPEN_OR_CLOSED)
        for wanted in (True, False):
            yield Premise(About.INJURY, stands, injury, wanted, found=injury)
            yield Premise(About.FACTOR, stands, factor, wanted, found=factor)
        yield Premise(About.INJURY, stands, injury, found=kind)
        yield Premise(About.FACTOR, stands, factor, found=other)
    yield Premise(About.FACTOR, Stands.FAILED, factor, assumed=True)
    yield Premise(About.FACTOR, Stands.MET, factor, wanted=False, assumed=True)


def changes() -> Iterator[Change]:
    """Every end of a window, before every verdict that can follow."""
    for bound, then in product(BOUNDS, Verdict):
        if then is not Verdict.NO_RULE:
            yield Change(48, bound, then)


def questions(knowledge: Knowledge) -> Iterator[Question]:
    """Every kind of question."""
    yield Question(Fact.INJURY, terms=knowledge.injuries[:2])
    yield Question(Fact.GRADE, grades=(1, 2, 3))
    yield Question(Fact.TIME, spans=OPEN_OR_CLOSED)
    yield Question(Fact.AGE, spans=OPEN_OR_CLOSED)
    yield Question(Fact.FACTOR, terms=knowledge.factors[:1])


def rules(knowledge: Knowledge) -> Iterator[Rule]:
    """One rule of each level and each appraisal; the first with and without a locator."""
    by_effect = {rule.effect: rule for rule in knowledge.rules}
    cited = (Citation(Source("source", "Title"), "page 1"), Citation(Source("source", "Title")))
    for rule in by_effect.values():
        yield replace(rule, citations=cited)


def explanations(knowledge: Knowledge) -> Iterator[Explanation]:
    """Explanations that have everything, with every verdict and every pair of levels."""
    treatment, factor = knowledge.treatments[0], knowledge.factors[0]
    premise = Premise(About.GRADE, Stands.OPEN, grades=frozenset({1}))
    assumed = Premise(About.FACTOR, Stands.FAILED, factor.iri, assumed=True)
    every = list(rules(knowledge))
    met = replace(premise, stands=Stands.MET)
    reasons = [
        Reason(rule, rule.regions[0], "", holds, (asked,))
        for rule, holds, asked in product(every, Holds, (premise, met))
    ]
    why_not = [WhyNot(every[0], (premise,), together) for together in (True, False)]
    why_not.append(WhyNot(every[0], (assumed,)))
    turns = [Supposed(Turn.PRESENT, factor), Supposed(Turn.ABSENT, factor)]
    turns.append(Supposed(Turn.GRADE, grade=1))
    one = [Alternative((turn,), Verdict.PRECAUTION) for turn in turns]
    both = [Alternative(tuple(turns[:2]), Verdict.CONTRAINDICATED)]
    kinds = (StricterKind(knowledge.treatments[1], Level.RELATIVE, Level.ABSOLUTE),)
    change = Change(48, "", Verdict.UNDETERMINED)
    needs = tuple((question,) for question in questions(knowledge))
    for verdict, (certain, possible) in zip(Verdict, levels(), strict=True):
        screens = (Screen(factor, Level.ABSOLUTE, every[0]),)
        finding = Finding(
            treatment, verdict, certain, possible, tuple(reasons), (), screens, change, kinds
        )
        what_if = WhatIf(tuple(one), tuple(both), (1, 2), change)
        yield Explanation(
            replace(finding, needs=needs, definite_at=change), tuple(why_not), what_if
        )


def levels() -> list[tuple[Level, Level]]:
    """As many pairs of levels as there are verdicts: alike, and apart with and without a floor."""
    none, relative, absolute = Level.NONE, Level.RELATIVE, Level.ABSOLUTE
    alike = [(level, level) for level in Level]
    return [*alike, (none, absolute), (relative, absolute)]


def walked(words: Words, knowledge: Knowledge) -> Iterator[str]:
    """All that can be said, family by family."""
    asked = list(cases(knowledge))
    yield from (words.case(case) for case in asked)
    yield from (words.case(replace(case, dating=None)) for case in asked)
    for premise, case in product(premises(knowledge), asked):
        yield words.premise(premise, case)
    yield from (words.change(change, case) for change, case in product(changes(), asked))
    yield from (words.question(question, Span()) for question in questions(knowledge))
    for explanation, case, screening in product(explanations(knowledge), asked, Screening):
        yield from narrate(words, replace(case, screening=screening), explanation)
    # The terminal shows the verdict of every segment by its name.
    yield from (words.say(f"name-{verdict}") for verdict in Verdict)


def gaps(pattern: str) -> set[str]:
    """The gaps of a pattern."""
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def spoiled(knowledge: Knowledge, name: str) -> Knowledge:
    """The knowledge with one phrase whose gap nothing fills."""
    return replace(knowledge, phrases={**knowledge.phrases, name: "{nobody}"})


def complaint(knowledge: Knowledge, name: str) -> str:
    """What is said where a phrase is spoiled; nothing where no sentence needs it."""
    broken = spoiled(knowledge, name)
    try:
        list(walked(Words(broken), broken))
    except KnowledgeError as error:
        return str(error)
    return ""


def test_every_phrase_is_used_and_has_just_the_gaps_that_are_filled(primum: Primum) -> None:
    """Spoil any phrase, and a sentence misses it and tells which gaps it would fill."""
    knowledge = primum.release.knowledge
    for name, pattern in knowledge.phrases.items():
        said = complaint(knowledge, name)
        assert f"<{PHRASE_BASE}{name}>" in said, f"{name} is idle"
        given = said.rpartition("It takes ")[2].rstrip(".")
        filled = set() if given == "no gaps" else set(given.split(", "))
        assert filled - RARE.get(name, set()) == gaps(pattern), name


def test_all_that_can_be_said_has_its_phrase(primum: Primum, words: Words) -> None:
    """No family of sentences meets a phrase that is missing."""
    assert all(walked(words, primum.release.knowledge))


def test_no_sentence_is_ill_formed(words: Words, told: list[Told]) -> None:
    """No gap left open, nothing missing, no doubled sign; and nothing is ever called safe."""
    for case, explanation in told:
        for sentence in narrate(words, case, explanation):
            said, _, _ = sentence.partition(" Sources: ")  # titles are as their authors wrote them
            assert not WRONG.search(said), sentence
            assert sentence[0].isupper()
            assert sentence[-1] in ".?"


@pytest.mark.parametrize("onset", ONSETS)
def test_a_dated_change_is_well_formed(primum: Primum, words: Words, onset: str) -> None:
    """Hours and date together leave no comma before another sign."""
    injury = primum.release.knowledge.injuries[0].iri
    case = Case(injury, dating=Dating(*read_onset(onset), AT))
    clock = WhatIf((), (), (1, 1), Change(48, "minimum", Verdict.RULED_OUT))
    explanation = next(explanations(primum.release.knowledge))
    changed = replace(explanation, what_if=clock, why_not=())
    for sentence in narrate(words, case, changed):
        assert not WRONG.search(sentence), sentence


def test_an_age_that_brings_a_factor_is_told_as_an_age(primum: Primum, words: Words) -> None:
    """No stated factor brings along what the age defines, so none is named."""
    ages = primum.release.knowledge.axioms.by_age
    injury = primum.release.knowledge.injuries[0].iri
    for age in (5, 70):
        case = Case(injury, age=age)
        reasons = [r for f in primum.engine.answer(case).findings for r in f.reasons]
        for premise in [p for reason in reasons for p in reason.premises if p.iri in ages]:
            assert not WRONG.search(words.premise(premise, case)), premise


def test_a_certain_rule_is_not_said_to_apply_because_something_is_unknown(
    primum: Primum, words: Words
) -> None:
    """One region per grade covers all grades, so the rule holds whatever the grade is."""
    injury = primum.vocabulary.injuries.find("HamstringStrain", where="injury").iri
    case = Case(injury, hours=Span.at(200))
    findings = primum.engine.answer(case).findings
    massage = next(found for found in findings if found.treatment.id == "Massage")
    told = Explanation(massage, (), WhatIf((), (), (1, 1), None))
    because = [line for line in narrate(words, case, told) if "because" in line]
    assert because
    assert not [line for line in because if "not known" in line.partition("because")[2]]


def test_a_missing_phrase_is_named(primum: Primum) -> None:
    """The error tells which phrase is wanted, and which gaps it may have."""
    knowledge = replace(primum.release.knowledge, phrases={})
    with pytest.raises(KnowledgeError, match=rf"<{PHRASE_BASE}when> is missing.*takes hours"):
        Words(knowledge).when(Change(48, "", Verdict.PRECAUTION), Case("injury"))


@pytest.mark.parametrize(
    "pattern",
    [
        "{nobody}",
        "{}",
        "{0}",
        "{hours",
        "hours}",
        "{hours!x}",
        "{hours:d}",
        "{hours.real}",
        "{hours[from]}",
        "{hours:{nobody}}",
    ],
)
def test_a_phrase_with_a_gap_that_nothing_fills_is_named(primum: Primum, pattern: str) -> None:
    """Whatever a curator writes between braces, the error says which phrase it is."""
    knowledge = replace(primum.release.knowledge, phrases={"when": pattern})
    with pytest.raises(KnowledgeError, match=f"<{PHRASE_BASE}when>"):
        Words(knowledge).when(Change(48, "", Verdict.PRECAUTION), Case("injury"))


@pytest.mark.parametrize(
    ("expected", "span"),
    [
        ("at least 12", Span.half_open(12)),
        ("less than 48", Span.half_open(0, 48)),
        ("at least 12 and less than 48", Span.half_open(12, 48)),
        ("more than 12 and at most 48", Span(Cut(12, after=True), Cut(48, after=True))),
        ("more than 0 and less than 2.5", Span(Cut(0, after=True), Cut(Fraction(5, 2)))),
        ("at most 2.5", Span(Cut(0), Cut(Fraction(5, 2), after=True))),
    ],
)
def test_numbers_in_words(words: Words, expected: str, span: Span) -> None:
    """Each end says whether it belongs to the span."""
    assert expected == words.numbers(span)


@pytest.mark.parametrize(
    ("expected", "hours"),
    [
        ("47.5 hours after onset", Span.at(Fraction(95, 2))),
        ("24 to 48 hours after onset", Span.half_open(24, 48)),
        ("10 to 34 hours after onset", Span(Cut(10, after=True), Cut(34, after=True))),
        ("0 hours after onset", Span(Cut(0), Cut(0, after=True))),
    ],
)
def test_time_in_words(words: Words, expected: str, hours: Span) -> None:
    """An instant is one number, a span two."""
    assert expected == words.time(hours)


@pytest.mark.parametrize(
    ("expected", "hours"),
    [
        ("48 hours after onset", None),
        ("2026-11-21T10:00:00Z", Onset(Cut(AT.hours - 72), None)),
        ("2026-11-21T10:00:00Z", Onset.at(AT.hours - 72)),
    ],
)
def test_when_in_words(words: Words, expected: str, hours: Onset | None) -> None:
    """On the calendar where there is one, else in hours."""
    case = Case("injury", dating=None if hours is None else Dating(hours, 0, AT))
    assert expected in words.when(Change(48, "", Verdict.PRECAUTION), case)
