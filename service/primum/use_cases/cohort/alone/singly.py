"""The answers of the engine to single cases, in the numbers that the kernel gives for many."""

from collections.abc import Sequence
from math import nan

import numpy as np

from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.levels import Level, Verdict
from primum.reasoning.cohort.columns import Small
from primum.reasoning.engine import Engine
from primum.use_cases.cohort.alone.deciding import deciding_rule
from primum.use_cases.cohort.answers.found import Audits, Sets

_VERDICTS = tuple(Verdict)
_BITS = 64
_BARRING = tuple(level for level in Level if level)


class Singly:
    """Answers cases one at a time; `rules` and `bounds` are those that numbers count in."""

    def __init__(self, engine: Engine, rules: Sequence[str], bounds: Sequence[str]) -> None:
        """Number what findings name."""
        self._engine = engine
        self._rules = {iri: number for number, iri in enumerate(rules)}
        self._bounds = {bound: number for number, bound in enumerate(bounds)}
        self._number = {t.iri: n for n, t in enumerate(engine.knowledge.treatments)}
        self.treatments = tuple(self._number)
        self.words = -(-len(self._number) // _BITS)

    def audit(self, case: Case, treatments: Sequence[str]) -> Audits:
        """What is found of some treatments for a case, in the order of the treatments."""
        by_treatment = {f.treatment.iri: f for f in self._engine.answer(case).findings}
        findings = [by_treatment[iri] for iri in treatments]
        since, until = hours_of_case(case)
        many = len(findings)
        return Audits(
            treatment=np.asarray([self._number[f.treatment.iri] for f in findings], np.int16),
            certain=_small([f.certain for f in findings]),
            possible=_small([f.possible for f in findings]),
            verdict=_small([_VERDICTS.index(f.verdict) for f in findings]),
            rule=np.asarray([self._rule(f) for f in findings], np.int16),
            hours_from=np.full(many, since),
            hours_until=np.full(many, until),
            changes_at=np.asarray([_changes_at(f) for f in findings], np.float64),
            bound=_small([self._bound(f) for f in findings]),
        )

    def sets(self, case: Case) -> Sets:
        """What is found of all treatments for a case."""
        findings = self._engine.answer(case).findings
        found = Sets.empty(1, levels=len(_BARRING), words=self.words)
        for finding in findings:
            word, bit = divmod(self._number[finding.treatment.iri], _BITS)
            for level, certain, possible in zip(
                _BARRING, found.certain, found.possible, strict=True
            ):
                certain[0, word] |= np.uint64((finding.certain >= level) << bit)
                possible[0, word] |= np.uint64((finding.possible >= level) << bit)
        since, until = hours_of_case(case)
        found.hours_from[0], found.hours_until[0] = since, until
        return found

    def _rule(self, finding: Finding) -> int:
        """The number of the rule that decides a finding."""
        rule = deciding_rule(finding)
        return -1 if rule is None else self._rules[rule.iri]

    def _bound(self, finding: Finding) -> int:
        """The number of the bound of the next change."""
        return -1 if finding.changes_at is None else self._bounds[finding.changes_at.bound]


def hours_of_case(case: Case) -> tuple[float, float]:
    """From when to when the hours since onset lie; NaN where that is not known."""
    if case.dating is not None and case.dating.at is None:
        return nan, nan
    if case.dating is None and case.hours.end is None:
        return nan, nan
    end = case.hours.end
    return float(case.hours.start.at), nan if end is None else float(end.at)


def _changes_at(finding: Finding) -> float:
    """The hours since onset at which the levels change next."""
    return nan if finding.changes_at is None else float(finding.changes_at.hours)


def _small(values: Sequence[int]) -> Small:
    """Small numbers."""
    return np.asarray(values, np.int8)
