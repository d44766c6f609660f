"""Rules that cannot hold, say the same or contradict each other, with claims for HermiT."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from primum.knowledge.express import express
from primum.model.manchester import manchester
from primum.model.remarks import Remark, Severity
from primum.model.rules import Rule
from primum.reasoning.analysis.conflicts import Conflict, conflicts
from primum.reasoning.analysis.dead import Cause, Dead, dead
from primum.reasoning.analysis.duplicates import Duplicate, duplicates
from primum.reasoning.analysis.shadows import Shadow, shadows
from primum.reasoning.analysis.survey import Survey
from primum.use_cases.checks.accepted import About
from primum.use_cases.checks.confirming import (
    both_hold,
    for_no_treatment,
    holds_only_with,
    never_holds,
)
from primum.use_cases.checks.rule_wording import Finding, ids, intervals, pasted, some_labels, when
from primum.use_cases.compiling import Compiled
from primum.use_cases.words import Words

_WHY_DEAD = {
    Cause.CONDITION: "what it asks for excludes itself",
    Cause.SITUATION: "the ontology leaves no situation in which all it asks for is so",
    Cause.TREATMENT: "it covers no treatment of the ontology",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings on the rules of a compiled rule base, in words."""

    compiled: Compiled
    survey: Survey
    words: Words

    def all(self) -> Iterator[Finding]:
        """Every finding, by kind."""
        yield from map(self._dead, dead(self.survey))
        yield from map(self._duplicate, duplicates(self.survey))
        yield from map(self._shadow, shadows(self.survey))
        yield from self._conflicts(list(conflicts(self.survey)))

    def _dead(self, found: Dead) -> Finding:
        """A rule, or one of its regions, that can never hold."""
        rule, why = found.rule, _WHY_DEAD[found.cause]
        about = (About("rule-dead", rule.id),)
        if found.region is None:
            sentence = f"The rule '{rule.label}' can never hold: {why}."
            remark = Remark("rule-dead", Severity.ERROR, sentence, term=rule.iri)
            claims = [never_holds(express((region,))) for region in rule.regions]
            if found.cause is Cause.TREATMENT:
                claims = [for_no_treatment(express((r,)), self.compiled) for r in rule.regions]
            return Finding(remark, about, tuple(claims))
        part = express((found.region,))
        sentence = f"A part of the rule '{rule.label}' can never hold: {why}."
        remark = Remark(
            "rule-part-dead", Severity.WARNING, sentence, term=rule.iri, axiom=manchester(part)
        )
        claim = (
            for_no_treatment(part, self.compiled)
            if found.cause is Cause.TREATMENT
            else never_holds(part)
        )
        return Finding(remark, (About("rule-part-dead", rule.id),), (claim,))

    def _duplicate(self, found: Duplicate) -> Finding:
        """Two rules that say the same of the same situations."""
        one, other = found.one, found.other
        said = f"The rules '{one.label}' and '{other.label}' say the same ({one.word}) of the same"
        if found.sources:
            code, severity = "rule-duplicate", Severity.ERROR
            sentence = f"{said} situations, by the same source ({ids(found.sources)})."
        else:
            code, severity = "rule-corroborated", Severity.INFO
            sentence = f"{said} situations, each by sources of its own."
        every = found.treatments
        return Finding(
            self._remark(code, severity, sentence, one, found, every[0]),
            (About(code, one.id, other.id),),
            (
                holds_only_with(one, [other], every, self.compiled),
                holds_only_with(other, [one], every, self.compiled),
            ),
        )

    def _shadow(self, found: Shadow) -> Finding:
        """A rule that others always hold with."""
        others = " or ".join(f"'{other.label}' ({other.word})" for other in found.by)
        level = "of a stricter level" if found.stricter else "that says as much or more"
        shared = f" on the same source ({ids(found.sources)})" if found.sources else ""
        sentence = (
            f"Wherever the rule '{found.rule.label}' ({found.rule.word}) holds, one {level} holds "
            f"too{shared}: {others}."
        )
        severity = Severity.WARNING if found.sources else Severity.INFO
        return Finding(
            self._remark(
                "rule-shadowed", severity, sentence, found.rule, found, found.treatments[0]
            ),
            tuple(About("rule-shadowed", found.rule.id, other.id) for other in found.by),
            (holds_only_with(found.rule, found.by, found.treatments, self.compiled),),
        )

    def _conflicts(self, found: Sequence[Conflict]) -> Iterator[Finding]:
        """Conflicts for any patient one by one, those by a patient factor by topic."""
        by_topic: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in found:
            if conflict.factors:
                by_topic[conflict.against.topic].append(conflict)
            else:
                yield self._conflict(conflict)
        for topic, alike in sorted(by_topic.items()):
            yield self._by_factor(topic, alike)

    def _conflict(self, found: Conflict) -> Finding:
        """Two rules that contradict each other for any patient."""
        one, other = found.recommended, found.against
        treatments = some_labels(self.words, found.treatments)
        sentence = (
            f"{treatments}: the rule '{one.label}' recommends it and '{other.label}' speaks "
            f"against it ({other.word}), {when(found.hours)}, without any patient factor."
        )
        return Finding(
            self._remark(
                "rule-conflict", Severity.WARNING, sentence, other, found, found.treatment
            ),
            (About("rule-conflict", other.id, one.id),),
            (both_hold(one, other, found.treatment),),
        )

    def _by_factor(self, topic: str, alike: Sequence[Conflict]) -> Finding:
        """The rules of a topic that speak against recommended treatments for a patient factor."""
        strictest = max(alike, key=lambda each: each.against.level)
        against = {each.against.iri for each in alike}
        recommended = {each.recommended.iri for each in alike}
        sentence = (
            f"Rules on {topic} that ask for a patient factor or an age speak against what "
            f"is recommended, as is their purpose (rules: {len(against)}, recommendations: "
            f"{len(recommended)}, pairs: {len(alike)}); '{strictest.against.label}' "
            f"({strictest.against.word}) meets '{strictest.recommended.label}', for one."
        )
        return Finding(
            self._remark(
                "rule-conflict-by-factor",
                Severity.INFO,
                sentence,
                strictest.against,
                strictest,
                strictest.treatment,
            ),
            claims=(both_hold(strictest.recommended, strictest.against, strictest.treatment),),
        )

    def _remark(
        self,
        code: str,
        severity: Severity,
        sentence: str,
        rule: Rule,
        found: Duplicate | Shadow | Conflict,
        treatment: str,
    ) -> Remark:
        """A remark on a rule with the witness and the hours of what was found."""
        return Remark(
            code,
            severity,
            sentence,
            term=rule.iri,
            witness="" if found.witness is None else pasted(found.witness, treatment),
            span=intervals(found.hours),
        )
