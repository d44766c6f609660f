"""The engine: a case in, an answer out.

The findings depend on a case only through its facts and the bands that its span of time touches,
so they are computed once for each such combination and kept.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from primum.model.answers import Answer, Finding, StricterKind
from primum.model.cases import Case
from primum.model.knowledge import Closure, Knowledge
from primum.model.levels import Level, Verdict
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.decision import Decision
from primum.reasoning.tables import tables_of
from primum.reasoning.worlds import cells_of, facts_of

_Levels = tuple[Level, Level]
_KEPT = 2048  # about 42 kB each, so some 85 MB when full
_ANY_TIME = Span()


class Engine:
    """Answers cases over one knowledge base; safe to share between threads."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Build the decision tables of the knowledge."""
        self.knowledge = knowledge
        self.tables = tables_of(knowledge)
        self._factors = {self.tables.atoms.bit[term.iri]: term for term in knowledge.factors}
        self._findings = lru_cache(maxsize=_KEPT)(self._decide)

    def answer(self, case: Case) -> Answer:
        """The answer to a case; raises Contradiction where its facts exclude each other."""
        bands = self.tables.hours.of(case.hours)
        timeless, dated = replace(case, hours=_ANY_TIME), case.hours.end is not None
        findings = self._findings(timeless, bands, dated)
        return Answer(case, self.knowledge.edition, findings)

    def _decide(self, case: Case, bands: range, dated: bool) -> tuple[Finding, ...]:
        """The findings for a case whose instant lies in one of the bands, strictest first."""
        facts = facts_of(self.tables, case)
        cells = cells_of(self.tables, case, facts)
        decision = Decision.of(
            self.tables, facts, tuple(cells), bands, dated=dated, factors=self._factors
        )
        findings = [decision.finding(treatment) for treatment in self.knowledge.treatments]
        above = self.knowledge.axioms.above
        levels = {f.treatment.iri: (f.certain, f.possible) for f in findings}
        compared = []
        for finding in findings:
            kinds = _stricter_kinds(finding.treatment, findings, levels, above)
            compared.append(replace(finding, stricter_kinds=kinds) if kinds else finding)
        return tuple(sorted(compared, key=_strictest_first))


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
