"""The rule base as a whole: what its rules say together, found by the algebra of regions.

Findings that curators accept, with a clinical reason, stand in `rules/accepted.toml`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE
from primum.model.remarks import Remark, Severity
from primum.model.rules import Rule
from primum.reasoning.analysis.survey import Survey
from primum.use_cases.checks.accepted import FILE, About, Accepted, accepted
from primum.use_cases.checks.confirming import confirmed
from primum.use_cases.checks.rule_findings import Findings
from primum.use_cases.checks.rule_silences import Silences
from primum.use_cases.checks.rule_wording import Finding
from primum.use_cases.checks.subject import Subject
from primum.use_cases.compiling import Compiled, compile_read
from primum.use_cases.words import Words

CODES = {
    "rule-dead": "A rule can never hold, so it protects nobody. Compare what it asks for with the "
    "grades, disjoint injuries and ages that the ontology states.",
    "rule-part-dead": "One alternative of a rule can never hold. Mend it or take it out.",
    "rule-duplicate": "Two rules say the same on the same source. Keep one of them.",
    "rule-corroborated": "Two rules of different sources say the same. Both stay, as each shows "
    "its source in answers.",
    "rule-shadowed": "Whenever a rule holds, another that says as much or more holds too, so the "
    "rule decides no answer. Where both rest on one source, one may be spared or be too wide; "
    "otherwise the sources differ in what they name, and both stay.",
    "rule-conflict": "One treatment is recommended and spoken against at once, for any patient. "
    "Look whether a window or an injury is wrong, or accept it with the clinical reason in "
    "rules/accepted.toml: sources that disagree stay apart.",
    "rule-conflict-by-factor": "A patient factor bars what is recommended without it. That is what "
    "rules on factors are for; the note counts them.",
    "window-near-miss": "Boundaries of two windows lie within an hour of each other. Sources print "
    "whole days; look which of the two is a slip.",
    "factor-unused": "The presence of a factor changes no answer. Write the rule that asks for it, "
    "or retire the factor.",
    "factor-used-by-kind": "Rules ask for kinds of a factor alone; a record that names just the "
    "factor changes no answer.",
    "rule-gap": "No rule speaks for these treatments, injuries and hours. No rule is no safety.",
    "rule-gaps": "How much of treatment, injury and time no rule speaks of.",
    "accepted-stale": "A finding that rules/accepted.toml accepts does not show. Take the entry "
    "out, or look why what it was about has changed.",
    "accepted-unreadable": "The table of accepted findings is broken, so none of them is accepted.",
    "reasoner-disagrees": "HermiT does not bear out what the algebra of regions found. One of the "
    "two is wrong; that is a fault of Primum, please report it.",
}
_TOLD_OF_KINDS = {"rule-dead", "rule-duplicate", "rule-corroborated", "rule-shadowed"}


def rule_base(subject: Subject) -> Iterator[Remark]:
    """What the whole rule base says; each finding is confirmed by HermiT where it makes a claim."""
    compiled = _compiled(subject)
    knowledge = compiled.knowledge
    known = Accepted({})
    try:
        known = accepted(subject.place)
    except UnreadableFile as error:
        yield Remark("accepted-unreadable", Severity.ERROR, str(error), file=FILE)
    survey, words = Survey.of(knowledge), Words(knowledge)
    found = [*Findings(compiled, survey, words).all(), *Silences(survey, words).all()]
    for finding in found:
        yield subject.placed(_weighed(finding, known))
    for about in known.stale(about for finding in found for about in finding.about):
        yield _stale(subject, about)
    yield from disagreements(subject, compiled, found)
    yield from unnoticed(subject, compiled, found)


def _compiled(subject: Subject) -> Compiled:
    """The compiled knowledge, also where rules can have no member: these are what is looked for."""
    rules = {iri for iri in subject.sources.declared_in if _is_rule(subject, iri)}
    if subject.entailed.unsatisfiable <= rules:
        return compile_read(subject.sources, subject.entailed)
    return subject.compiled


def _is_rule(subject: Subject, iri: str) -> bool:
    """Whether a class stands in a file of rules."""
    path = subject.sources.declared_in[iri]
    return subject.relative(path).startswith(f"{subject.place.rules.name}/")


def _weighed(finding: Finding, known: Accepted) -> Remark:
    """The remark of a finding, or a note with the reason for which it is accepted."""
    reason = known.reason(finding.about) if finding.about else ""
    if not reason:
        return finding.remark
    sentence = f"{finding.remark.sentence} Accepted: {reason}"
    return replace(finding.remark, severity=Severity.INFO, sentence=sentence)


def _stale(subject: Subject, about: About) -> Remark:
    """An accepted finding that does not show."""
    other = f" and {about.other}" if about.other else ""
    found = Remark(
        "accepted-stale",
        Severity.WARNING,
        f"{FILE} accepts {about.code} for {about.term}{other}, which is not found any more.",
        term=BASE + about.term,
    )
    return replace(subject.placed(found), file=FILE, line=0)


def disagreements(
    subject: Subject, compiled: Compiled, found: Sequence[Finding]
) -> Iterator[Remark]:
    """The findings that HermiT does not bear out, each told once."""
    claims = [claim for finding in found for claim in finding.claims]
    owners = [finding for finding in found for _ in finding.claims]
    borne_out = confirmed(compiled, claims)
    denied = {id(o): o for o, fine in zip(owners, borne_out, strict=True) if not fine}
    for finding in denied.values():
        sentence = f"HermiT and the algebra of regions disagree on: {finding.remark.sentence}"
        remark = replace(
            finding.remark, code="reasoner-disagrees", severity=Severity.ERROR, sentence=sentence
        )
        yield subject.placed(remark)


def unnoticed(subject: Subject, compiled: Compiled, found: Sequence[Finding]) -> Iterator[Remark]:
    """The rules that HermiT derives to be dead or kinds of others, and that nothing is told of."""
    told = {
        name
        for finding in found
        for about in finding.about
        if about.code in _TOLD_OF_KINDS
        for name in (about.term, about.other)
    }
    for rule in compiled.knowledge.rules:
        if rule.id not in told and _is_spared(compiled, rule):
            sentence = (
                f"HermiT and the algebra of regions disagree on the rule '{rule.label}': HermiT "
                "derives that it never holds, or only with one that says as much or more."
            )
            remark = Remark("reasoner-disagrees", Severity.ERROR, sentence, term=rule.iri)
            yield subject.placed(remark)


def _is_spared(compiled: Compiled, rule: Rule) -> bool:
    """Whether HermiT derives that a rule never holds, or is a kind of one that says as much."""
    above = compiled.entailed.above.get(rule.iri, frozenset())
    return rule.iri in compiled.entailed.unsatisfiable or any(
        other.iri in above
        and other.iri != rule.iri
        and (other.effect == rule.effect or (rule.level and other.level > rule.level))
        for other in compiled.knowledge.rules
    )
