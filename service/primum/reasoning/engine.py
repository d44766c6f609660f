"""The engine: a case in, an answer out.

The findings depend on a case only through its facts and the bands that its span of time touches,
so they are computed once for each such combination and kept; so are the courses over time.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from primum.model.answers import Answer, Course, Finding, StricterKind, Timeline
from primum.model.cases import Case
from primum.model.knowledge import Closure, Knowledge
from primum.model.levels import Level, Verdict
from primum.model.moments import Onset
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.course import course_of, dated
from primum.reasoning.decision import Decision
from primum.reasoning.tables import tables_of

_Levels = tuple[Level, Level]
_KEPT = 512  # 64 kB each when all is known, 310 kB when all is open: at most 160 MB
_KEPT_COURSES = _KEPT_DECISIONS = 128
_ANY_TIME = Span()
_FROM_NOW = Onset.at(0)


class Engine:
    """Answers cases over one knowledge base; safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Build the decision tables of the knowledge; `names` are the terms of their atoms."""
        self.knowledge = knowledge
        self.tables = tables_of(knowledge)
        terms = (*knowledge.injuries, *knowledge.factors)
        self.names = {self.tables.atoms.bit[term.iri]: term for term in terms}
        # Treatments that the same regions speak of have the same findings.
        by_treatment = self.tables.treatments
        self._regions = [(term, by_treatment[term.iri]) for term in knowledge.treatments]
        self._decisions = lru_cache(maxsize=_KEPT_DECISIONS)(self._settle)
        self._findings = lru_cache(maxsize=_KEPT)(self._decide)
        self._courses = lru_cache(maxsize=_KEPT_COURSES)(self._follow)

    def answer(self, case: Case) -> Answer:
        """The answer to a case; raises Contradiction where its facts exclude each other."""
        bands = self.tables.hours.of(case.hours)
        findings = self._findings(timeless(case), bands, case.hours.end is not None)
        if case.dating is not None and case.dating.at is not None:
            zero = case.dating.onset.zero
            courses = self._courses(timeless(case), case.dating.onset.since_zero())
            findings = dated(findings, courses, case.dating.at.hours - zero)
        return Answer(case, self.knowledge.edition, findings)

    def timeline(self, case: Case) -> Timeline:
        """The case over all time from its onset on, whatever instant it asks about.

        Raises Contradiction where its facts exclude each other.
        """
        onset = _FROM_NOW if case.dating is None else case.dating.onset.since_zero()
        courses = sorted(self._courses(timeless(case), onset), key=_strictest_at_first)
        return Timeline(case, self.knowledge.edition, tuple(courses))

    def decision(self, case: Case) -> Decision:
        """What the facts of a case decide, whatever the instant; kept for the next question."""
        return self._decisions(timeless(case))

    def _settle(self, case: Case) -> Decision:
        """The decision of a case without its time."""
        return Decision.of(self.tables, case, self.names)

    def _follow(self, case: Case, onset: Onset) -> tuple[Course, ...]:
        """The courses of all treatments, in the order of the treatments."""
        decision = self.decision(case)
        found: dict[int, Course] = {}
        for term, regions in self._regions:
            if regions not in found:
                found[regions] = course_of(decision, term, onset)
        return tuple(replace(found[regions], treatment=term) for term, regions in self._regions)

    def _decide(self, case: Case, bands: range, dated: bool) -> tuple[Finding, ...]:
        """The findings for a case whose instant lies in one of the bands, strictest first."""
        decision = self.decision(case)
        found: dict[int, Finding] = {}
        for term, regions in self._regions:
            if regions not in found:
                found[regions] = decision.finding(term, bands, dated=dated)
        findings = [replace(found[regions], treatment=term) for term, regions in self._regions]
        above = self.knowledge.axioms.above
        levels = {f.treatment.iri: (f.certain, f.possible) for f in findings}
        compared = []
        for finding in findings:
            kinds = _stricter_kinds(finding.treatment, findings, levels, above)
            compared.append(replace(finding, stricter_kinds=kinds) if kinds else finding)
        return tuple(sorted(compared, key=_strictest_first))


def timeless(case: Case) -> Case:
    """The facts of a case without its time, by which findings are kept."""
    return replace(case, hours=_ANY_TIME, dating=None)


def _stricter_kinds(
    treatment: Term, findings: list[Finding], levels: Mapping[str, _Levels], above: Closure
) -> tuple[StricterKind, ...]:
    """The widest kinds of a treatment that are barred more strictly than it is."""
    own = levels[treatment.iri]
    stricter = {
        kind.treatment.iri: kind.treatment
        for kind in findings
        if treatment.iri in above[kind.treatment.iri] and levels[kind.treatment.iri] > own
    }
    return tuple(
        StricterKind(term, *levels[kind])
        for kind, term in stricter.items()
        if not any(w != kind and w in above[kind] and levels[w] >= levels[kind] for w in stricter)
    )


def _strictest_first(finding: Finding) -> tuple[int, int, bool, str]:
    """Sort key: certain level, possible level, whether any rule speaks of it, label."""
    silent = finding.verdict is Verdict.NO_RULE
    return (-finding.certain, -finding.possible, silent, finding.treatment.label.casefold())


def _strictest_at_first(course: Course) -> tuple[tuple[int, int], ...]:
    """Sort key: the levels from onset on, so that what is barred at first and longest leads."""
    return tuple((-segment.certain, -segment.possible) for segment in course.segments)
