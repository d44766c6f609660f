"""Where rules fall silent or all but meet: near-misses of windows, unused factors, gaps."""

from collections.abc import Iterator
from dataclasses import dataclass

from primum.foundation.names import Kind, local_name
from primum.model.cases import Case
from primum.model.manchester import spell
from primum.model.remarks import Remark, Severity
from primum.model.spans import Span
from primum.reasoning.analysis.gaps import Gap, Gaps, Silence, gaps
from primum.reasoning.analysis.near_misses import Miss, NearMiss, near_misses
from primum.reasoning.analysis.survey import Survey
from primum.reasoning.analysis.unused import Unused, unused
from primum.use_cases.checks.accepted import About
from primum.use_cases.checks.rule_wording import (
    Finding,
    every_label,
    intervals,
    listed,
    pasted,
    some_labels,
    when,
)
from primum.use_cases.words import Words

_BOUNDARIES = {
    Miss.GAP: ("ends", "begins"),
    Miss.OVERLAP: ("begins", "ends"),
    Miss.STARTS: ("begins", "begins"),
    Miss.ENDS: ("ends", "ends"),
}
_SILENT = {
    Silence.TREATMENT: "No rule speaks of {treatments} at all.",
    Silence.INJURY: "Rules speak of {treatments}, but none can hold for {injuries} {when}, "
    "whatever the patient factors.",
    Silence.FACTOR: "No rule speaks of {treatments} for {injuries} {when} unless a patient factor "
    "is present.",
}


@dataclass(frozen=True, slots=True)
class Silences:
    """The findings on boundaries, unused factors and gaps of a rule base, in words."""

    survey: Survey
    words: Words

    def all(self) -> Iterator[Finding]:
        """Every finding, by kind."""
        yield from map(self._near_miss, near_misses(self.survey))
        yield from map(self._unused, unused(self.survey))
        every = gaps(self.survey)
        yield from (Finding(self._gap(gap)) for gap in every.found)
        yield Finding(Remark("rule-gaps", Severity.INFO, _counted(every)))

    def _near_miss(self, found: NearMiss) -> Finding:
        """Two windows whose boundaries all but meet."""
        first, then = _BOUNDARIES[found.miss]
        one, other = f"The window of '{found.one.label}' {first}", f"that of '{found.other.label}'"
        end = found.hours.end or found.hours.start
        treatments, at = some_labels(self.words, found.treatments), spell(end.at)
        if apart := end.at - found.hours.start.at:
            said = f"{one} {spell(apart)} h before {other} {then}, at {at} h, for {treatments}."
        else:
            said = f"{one} and {other} {then} at {at} h, but at that instant they part, for "
            said += f"{treatments}."
        remark = Remark(
            "window-near-miss",
            Severity.WARNING,
            said,
            term=found.one.iri,
            witness=pasted(found.witness, found.treatments[0]),
            span=intervals([found.hours]),
        )
        return Finding(remark, (About("window-near-miss", found.one.id, found.other.id),))

    def _unused(self, found: Unused) -> Finding:
        """A factor that changes no answer."""
        label = self.words.label(found.factor)
        code, severity = "factor-unused", Severity.WARNING
        said = f"No rule asks for the factor '{label}': its presence changes no answer."
        if found.kinds:
            code, severity = "factor-used-by-kind", Severity.INFO
            kinds = every_label(self.words, found.kinds)
            said = f"No rule asks for the factor '{label}' itself, only for kinds of it: {kinds}."
        injury = self.survey.knowledge.injuries[0].iri
        witness = pasted(Case(injury, present=frozenset({found.factor})))
        every = intervals([Span()])
        remark = Remark(code, severity, said, term=found.factor, witness=witness, span=every)
        return Finding(remark, (About(code, local_name(found.factor)),))

    def _gap(self, gap: Gap) -> Remark:
        """Treatments and injuries for which no rule speaks."""
        sentence = _SILENT[gap.silence].format(
            treatments=every_label(self.words, gap.treatments),
            injuries=self._injuries(gap),
            when=when(gap.hours),
        )
        return Remark(
            "rule-gap",
            Severity.INFO,
            sentence,
            term=gap.treatments[0],
            witness=pasted(gap.witness, gap.treatments[0]),
            span=intervals(gap.hours),
        )

    def _injuries(self, gap: Gap) -> str:
        """The injuries of a gap; of some, not all kinds are as silent."""
        if Kind.INJURY in gap.injuries:
            return "any injury"
        parts = [every_label(self.words, gap.injuries)] if gap.injuries else []
        if gap.others:
            parts.append(f"{every_label(self.words, gap.others)} (named in general)")
        return listed(parts)


def _counted(every: Gaps) -> str:
    """How many of all cells are silent, in a sentence."""
    silent = sum(every.silent.values())
    told = {silence: every.silent.get(silence, 0) for silence in Silence}
    return (
        f"Of {every.cells} cells of treatment, injury and time, no rule speaks in {silent} "
        f"({round(100 * silent / max(every.cells, 1))} %) where the record names no patient "
        f"factor: in {told[Silence.TREATMENT]} none speaks of the treatment at all, in "
        f"{told[Silence.INJURY]} none can hold whatever the factors, in "
        f"{told[Silence.FACTOR]} some can if a factor is present. That no rule speaks "
        "says nothing about whether a treatment does harm."
    )
