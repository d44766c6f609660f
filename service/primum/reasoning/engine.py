"""The engine: a case in, an answer out.

The findings depend on a case only through its facts and the bands that its span of time touches,
so they are computed once for each such combination and kept.
"""

from dataclasses import replace
from functools import lru_cache

from primum.model.answers import Answer, Finding, StricterKind
from primum.model.cases import Case
from primum.model.knowledge import Closure, Knowledge
from primum.model.levels import Verdict
from primum.model.spans import Span
from primum.reasoning.decision import Decision
from primum.reasoning.tables import tables_of
from primum.reasoning.worlds import cells_of, facts_of

_KEPT = 4096
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
        decision = Decision(self.tables, facts, tuple(cells), bands, dated, self._factors)
        findings = [decision.finding(treatment) for treatment in self.knowledge.treatments]
        above = self.knowledge.axioms.above
        compared = [
            replace(f, stricter_kinds=_stricter_kinds(f, findings, above)) for f in findings
        ]
        return tuple(sorted(compared, key=_strictest_first))


def _stricter_kinds(
    finding: Finding, findings: list[Finding], above: Closure
) -> tuple[StricterKind, ...]:
    """The widest kinds of a treatment that are barred more strictly than it is."""
    own, levels = finding.treatment.iri, (finding.certain, finding.possible)
    stricter = {
        kind.treatment.iri: kind
        for kind in findings
        if own in above[kind.treatment.iri] and (kind.certain, kind.possible) > levels
    }
    return tuple(
        StricterKind(kind.treatment, kind.certain, kind.possible)
        for iri, kind in stricter.items()
        if not any(
            (wider.certain, wider.possible) >= (kind.certain, kind.possible)
            for other, wider in stricter.items()
            if other != iri and other in above[iri]
        )
    )


def _strictest_first(finding: Finding) -> tuple[int, int, bool, str]:
    """Sort key: certain level, possible level, whether any rule speaks of it, label."""
    silent = finding.verdict is Verdict.NO_RULE
    return (-finding.certain, -finding.possible, silent, finding.treatment.label.casefold())
