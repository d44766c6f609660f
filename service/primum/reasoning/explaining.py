"""Explanations: what speaks of a treatment in vain, and what would change the verdict on it."""

from primum.model.answers import Change, Finding
from primum.model.cases import Case
from primum.model.explanations import Explanation, WhatIf
from primum.model.levels import Verdict, verdict
from primum.model.terms import Term
from primum.reasoning.course import next_verdict
from primum.reasoning.engine import Engine
from primum.reasoning.what_if import Supposable, milder, stricter
from primum.reasoning.worlds import cells_of, facts_of, levels_over


def explain(engine: Engine, case: Case, treatment: Term) -> Explanation:
    """The explanation of a case for one treatment.

    Raises Contradiction where the facts of the case exclude each other.
    """
    finding = next(f for f in engine.answer(case).findings if f.treatment == treatment)
    decision, bands = engine.decision(case), engine.tables.hours.of(case.hours)
    why_not = decision.why_not(decision.barring(treatment), bands)
    return Explanation(finding, why_not, _what_if(engine, case, finding))


def _what_if(engine: Engine, case: Case, finding: Finding) -> WhatIf:
    """The smallest changes of facts, and the next instant, that alter the verdict."""
    tables, bands = engine.tables, engine.tables.hours.of(case.hours)
    barring = engine.decision(case).barring(finding.treatment)

    asked = tables.mentioned(barring)

    def judge(supposed: Case) -> Verdict:
        cells = cells_of(tables, supposed, facts_of(tables, supposed), asked)
        certain, possible = levels_over(tables, cells, barring, bands)
        return verdict(certain, possible, spoken_of=bool(barring))

    single = Supposable.of(tables, engine.names, case, barring)
    less, more = milder(case, single.milder, judge), stricter(case, single.stricter, judge)
    clock = _next_verdict(engine, case, finding)
    return WhatIf(less.found, more.found, (less.size, more.size), clock)


def _next_verdict(engine: Engine, case: Case, finding: Finding) -> Change | None:
    """When the clock alone next changes the verdict of a finding."""
    if case.dating is not None and case.dating.at is not None:
        instant = case.dating.at.hours - case.dating.onset.zero
    elif case.hours.end is not None:
        instant = case.hours.start.at
    else:
        return None
    courses = engine.timeline(case).courses
    course = next(course for course in courses if course.treatment == finding.treatment)
    return next_verdict(course, instant)
