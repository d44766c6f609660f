"""An explanation in words that a clinician can read from top to bottom."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from primum.model.answers import Finding, Reason
from primum.model.cases import Case
from primum.model.explanations import Alternative, Explanation, Supposed, WhatIf, WhyNot
from primum.model.levels import Holds, Level
from primum.model.premises import About, Stands
from primum.model.rules import Rule
from primum.use_cases.words import Words


def narrate(words: Words, case: Case, explanation: Explanation) -> list[str]:
    """The sentences that explain one treatment's finding, the verdict first."""
    finding = explanation.finding
    return [
        *_verdict(words, case, finding),
        *(_reason(words, case, reason) for reason in (*finding.reasons, *finding.recommended)),
        *ahead(words, case, finding),
        *_why_not(words, case, explanation.why_not),
        *_what_if(words, case, explanation.what_if),
    ]


def _verdict(words: Words, case: Case, finding: Finding) -> Iterator[str]:
    """The verdict, and the question it answers."""
    yield words.say(f"verdict-{finding.verdict}", treatment=finding.treatment.label)
    if finding.certain != finding.possible:
        certain, possible = (_level(words, level) for level in (finding.certain, finding.possible))
        name = "levels-between" if finding.certain else "levels-up-to"
        yield words.say(name, certain=certain, possible=possible)
    yield words.say("asked", case=words.case(case))
    yield words.say(f"screening-{case.screening}")


def _level(words: Words, level: Level) -> str:
    """A level in words."""
    return words.say(f"level-{level.word}")


def said_by(words: Words, rule: Rule) -> str:
    """What a rule says: its level, or its appraisal."""
    return _level(words, rule.level) if rule.level else words.say(f"appraisal-{rule.word}")


def _reason(words: Words, case: Case, reason: Reason) -> str:
    """Why a rule holds, or what would have to be so, and the sources it rests on."""
    asked = [p for p in reason.premises if p.about is not About.TREATMENT]
    level, rationale = said_by(words, reason.rule), reason.rule.rationale
    unsettled = [words.premise(p, case) for p in asked if p.stands is Stands.OPEN]
    if reason.holds is Holds.CERTAIN and unsettled:
        said = words.say("reason-however", level=level, rationale=rationale)
    elif not unsettled:
        because = words.clauses(words.premise(p, case) for p in asked)
        said = words.say("reason-certain", level=level, rationale=rationale, premises=because)
    else:
        open_facts = words.clauses(unsettled)
        said = words.say("reason-possible", level=level, rationale=rationale, open=open_facts)
    return f"{said} {_sources(words, reason.rule)}"


def _sources(words: Words, rule: Rule) -> str:
    """The sources of a rule, with locators."""
    cited = [
        words.say("source", title=c.source.title, locator=c.locator)
        if c.locator
        else words.say("source-plain", title=c.source.title)
        for c in rule.citations
    ]
    return words.say("sources", sources=words.clauses(cited), confidence=rule.confidence)


def ahead(words: Words, case: Case, finding: Finding) -> Iterator[str]:
    """When the answer changes, what would settle it, and what would make it stricter."""
    if finding.changes_at is not None:
        yield words.change(finding.changes_at, case)
    if finding.definite_at is not None:
        yield words.say("definite", when=words.when(finding.definite_at, case))
    for number, questions in enumerate(finding.needs):
        asked = " ".join(words.question(question, case.hours) for question in questions)
        yield words.say("needs-or" if number else "needs", questions=asked)
    if finding.screen_for:
        factors = words.clauses(screen.factor.label for screen in finding.screen_for)
        yield words.say("screen", factors=factors)
    if finding.stricter_kinds:
        kinds = (
            words.say("kind", treatment=k.treatment.label, level=_level(words, k.possible))
            for k in finding.stricter_kinds
        )
        yield words.say("stricter-kinds", kinds=words.clauses(kinds))


def _why_not(words: Words, case: Case, found: Iterable[WhyNot]) -> Iterator[str]:
    """Why rules that speak of the treatment do not apply; those kept out by screening last."""
    screened = []
    for why_not in found:
        if all(premise.assumed for premise in why_not.premises):
            screened.append(why_not.rule.label)
            continue
        premises = words.clauses(words.premise(premise, case) for premise in why_not.premises)
        name = "why-not-together" if why_not.together else "why-not"
        yield words.say(name, rule=why_not.rule.label, premises=premises)
    if screened:
        yield words.say("why-not-screened", rules=words.clauses(screened))


def _what_if(words: Words, case: Case, what_if: WhatIf) -> Iterator[str]:
    """What would change the verdict."""
    for found in (what_if.milder, what_if.stricter):
        yield from _alternatives(words, found)
    if what_if.clock is not None:
        verdict = words.say(f"name-{what_if.clock.then}")
        yield words.say("what-if-clock", verdict=verdict, when=words.when(what_if.clock, case))


def _alternatives(words: Words, found: Iterable[Alternative]) -> Iterator[str]:
    """The changes of facts in one direction, those that lead to one verdict together."""
    ordered = sorted(found, key=lambda alternative: alternative.verdict)
    for verdict, group in groupby(ordered, key=lambda alternative: alternative.verdict):
        alike, name = list(group), words.say(f"name-{verdict}")
        if all(len(alternative.changes) == 1 for alternative in alike):
            changes = words.clauses(_change(words, a.changes[0]) for a in alike)
            yield words.say("what-if-any", verdict=name, changes=changes)
            continue
        for alternative in alike:
            changes = words.clauses(_change(words, change) for change in alternative.changes)
            yield words.say("what-if-together", verdict=name, changes=changes)


def _change(words: Words, change: Supposed) -> str:
    """One changed fact."""
    if change.factor is None:
        return words.say("change-grade", grade=change.grade)
    return words.say(f"change-{change.turn}", factor=change.factor.label)
