"""HermiT confirms what the algebra of regions finds: a finding is a claim on a class of situations.

That rules meet claims that some situation is one of each; that rules always hold with another, or
that one never holds, claims that there is no situation of a kind. All claims go to HermiT in one
run, as classes beside the ontology and the rules.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from primum.foundation.names import SITUATION_BASE, Datatype, Link
from primum.knowledge.reasoner import reason
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.use_cases.compiling import Compiled
from primum.use_cases.describing import all_of, any_of, told_apart
from primum.use_cases.judging import classes


@dataclass(frozen=True, slots=True)
class Claim:
    """That there are situations of a kind, or (`exists` is false) that there are none."""

    kind: Expression
    exists: bool


def confirmed(compiled: Compiled, claims: Sequence[Claim]) -> list[bool]:
    """Which claims HermiT bears out; one that was derived with the knowledge is not put again."""
    open_claims = [claim for claim in claims if not _is_derived(compiled, claim)]
    named = {f"{SITUATION_BASE}claimed-{n}": claim for n, claim in enumerate(open_claims)}
    if not named:
        return [True] * len(claims)
    kinds = classes(((name, claim.kind) for name, claim in named.items()), nodes="claim")
    result = reason([*compiled.sources.dataset, *kinds])
    refuted = [
        id(claim) for name, claim in named.items() if (name in result.unsatisfiable) == claim.exists
    ]
    return [id(claim) not in refuted for claim in claims]


def _is_derived(compiled: Compiled, claim: Claim) -> bool:
    """Whether reasoning over the knowledge alone has shown that there are no such situations."""
    match claim:
        case Claim(Named(iri), exists=False):
            return iri in compiled.entailed.unsatisfiable
        case Claim(And((Named(iri), Not(Named(other)), *_)), exists=False):
            return other in compiled.entailed.above.get(iri, ())
        case _:
            return False


def both_hold(one: Rule, other: Rule, treatment: str) -> Claim:
    """That two rules hold at once for some situation that proposes a treatment."""
    proposed = Some(Link.PROPOSES, Named(treatment))
    return Claim(And((Named(one.iri), Named(other.iri), proposed)), exists=True)


def holds_only_with(
    rule: Rule, others: Sequence[Rule], treatments: Iterable[str], compiled: Compiled
) -> Claim:
    """That a rule holds for no exact treatment without some of the others."""
    without = Not(any_of(Named(other.iri) for other in others))
    exact, offered = _exactly(treatments, compiled), _offered((rule, *others), compiled)
    return Claim(And((Named(rule.iri), without, exact, *offered)), exists=False)


def _offered(rules: Sequence[Rule], compiled: Compiled) -> Iterator[Expression]:
    """The numbers that the bounds of some rules single out, which HermiT is to be offered.

    True of any situation; see `primum.use_cases.describing`.
    """
    by_age = compiled.knowledge.axioms.by_age.values()
    regions = [region for rule in rules for region in rule.regions]
    ages = [Cut(cut.at + cut.after) for cut in _cuts([*by_age, *(r.ages for r in regions)])]
    for prop, datatype, stretches in (
        (Link.HOURS, Datatype.DECIMAL, told_apart(_cuts(r.hours for r in regions))),
        (Link.AGE, Datatype.INTEGER, told_apart(ages, apart=1)),
    ):
        if len(stretches) > 1:
            yield Or(tuple(SomeNumber(prop, datatype, stretch) for stretch in stretches))


def _cuts(spans: Iterable[Span]) -> set[Cut]:
    """The cuts at which spans begin and end."""
    return {cut for span in spans for cut in (span.start, span.end) if cut is not None}


def never_holds(kind: Expression) -> Claim:
    """That no situation is of a kind, whatever treatment it proposes."""
    return Claim(kind, exists=False)


def for_no_treatment(kind: Expression, compiled: Compiled) -> Claim:
    """That no situation of a kind proposes a treatment of the ontology, and none below it."""
    every = [term.iri for term in compiled.knowledge.treatments]
    return Claim(And((kind, _exactly(every, compiled))), exists=False)


def _exactly(treatments: Iterable[str], compiled: Compiled) -> Expression:
    """That one of the treatments is proposed and no narrower one (service/decisions/0002)."""
    knowledge = compiled.knowledge
    regions = [region for rule in knowledge.rules for region in rule.regions]
    asked = {iri for r in regions for iri in r.treatments.required | r.treatments.excluded}
    above = knowledge.axioms.above
    exact = (
        all_of((Named(iri), *(Not(Named(o)) for o in sorted(asked - above[iri]))))
        for iri in treatments
    )
    return Some(Link.PROPOSES, any_of(exact))
