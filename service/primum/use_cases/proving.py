"""Proofs on request: for a case and a finding, why each of its claims follows from the files.

prover = Prover.over(primum)
answer = primum.ask(Asked("hamstring-strain", grade="2", day="3"), treatment="massage")
proofs = prover.proofs(answer.case, answer.findings[0])
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Self

from primum.foundation.errors import PrimumError
from primum.foundation.names import Effect, shorten
from primum.knowledge.assembly import EFFECTS
from primum.knowledge.axiom_base import check_written, read_axiom_base
from primum.model.answers import Finding, Reason
from primum.model.cases import Case
from primum.model.expressions import Expression, Named, Not
from primum.model.levels import Holds, Level, Verdict
from primum.model.manchester import manchester
from primum.model.proofs import Axiom, By, Derivation, Proof, any_of, axioms_of
from primum.model.regions import Classes
from primum.reasoning.engine import Engine
from primum.reasoning.proofs.goals import settle
from primum.reasoning.proofs.implications import Implications, implications_of
from primum.reasoning.proofs.known import Known
from primum.reasoning.proofs.splitting import Goal, prove, prove_if
from primum.use_cases.proof_records import SITUATION, record_of
from primum.use_cases.service import Primum

_check_written = lru_cache(maxsize=None)(check_written)
_LEVELS = {level: iri for iri, level in EFFECTS.items() if isinstance(level, Level)}


class Unproved(PrimumError):
    """The engine claims something for which no proof is found: a fault of ours."""


class Prover:
    """Finds proofs over one knowledge base; safe to share between threads.

    The axioms are read when they are first asked for.
    """

    def __init__(self, engine: Engine, read: Callable[[], tuple[Axiom, ...]]) -> None:
        """The engine whose claims are proved, and how to read what its knowledge was built from."""
        self._engine, self._read = engine, read
        self._implications: Implications | None = None
        self._lock = Lock()

    @classmethod
    def over(cls, primum: Primum) -> Self:
        """A prover of what Primum answers, from the axioms of its release."""
        dataset = primum.place.release / primum.release.manifest.dataset
        return cls(primum.engine, lambda: read_axiom_base(dataset))

    def proofs(self, case: Case, finding: Finding) -> tuple[Proof, ...]:
        """A proof of each claim that a finding makes of a case, in the order of its reasons.

        Each rule that holds for certain, or else with what must be supposed for it to hold; the
        certain level, where it takes several rules together; and where a treatment is ruled out,
        that none of the rules that speak of it holds. Raises Unproved where no proof is found.
        """
        known = Known(self._index(), record_of(self._engine, case, finding.treatment.iri))
        settle(known)
        claims = [*_reasons(known, finding), *_levels(known, finding)]
        claims += _refutations(finding, self._engine)
        return tuple(self._proof(known, claim) for claim in claims)

    def _index(self) -> Implications:
        """The axioms, read once, whichever thread asks first."""
        with self._lock:
            if self._implications is None:
                rules = frozenset(rule.iri for rule in self._engine.knowledge.rules)
                self._implications = implications_of(self._read(), rules)
            return self._implications

    def _proof(self, known: Known, claim: "_Claim") -> Proof:
        """The proof of one claim."""
        find = prove_if if claim.holds is Holds.POSSIBLE else prove
        found = find(known, claim.goal)
        if found is None:
            raise Unproved(
                f"No proof is found of `{manchester(claim.goal.conclusion)}` for a case of which "
                f"the engine says that it is {claim.holds.value}."
            )
        derivation = claim.finish(found)
        for axiom in axioms_of(derivation):
            _check_written(axiom)
        return Proof(derivation, self._engine.knowledge.edition, claim.reason)


@dataclass(frozen=True, slots=True)
class _Claim:
    """Something to be proved; `finish` draws it from the goal once that is reached."""

    goal: Goal
    holds: Holds = Holds.CERTAIN
    finish: Callable[[Derivation], Derivation] = lambda found: found
    reason: Reason | None = None


def _reasons(known: Known, finding: Finding) -> Iterator[_Claim]:
    """That each rule holds that the finding gives as a reason, and so its level."""
    for reason in (*finding.reasons, *finding.recommended):
        goal = Goal(SITUATION, Named(reason.rule.iri), (Named(reason.rule.iri),))
        yield _Claim(goal, reason.holds, lambda found: _effect(known, found), reason)


def _levels(known: Known, finding: Finding) -> Iterator[_Claim]:
    """That the certain level holds, where no single rule of that level is certain."""
    strict = [reason for reason in finding.reasons if reason.rule.level >= finding.certain]
    if finding.certain and not any(reason.holds is Holds.CERTAIN for reason in strict):
        levels = [level for level in sorted(_LEVELS, reverse=True) if level >= finding.certain]
        union = any_of(tuple(Named(_LEVELS[level]) for level in levels))
        ways = tuple(Named(reason.rule.iri) for reason in strict)
        yield _Claim(
            Goal(SITUATION, union, ways, lambda found: _widened(_effect(known, found), union))
        )


def _refutations(finding: Finding, engine: Engine) -> Iterator[_Claim]:
    """That no rule holds that speaks of a treatment, where it is ruled out."""
    if finding.verdict is Verdict.RULED_OUT:
        above = engine.knowledge.axioms.above[finding.treatment.iri]
        for rule in engine.knowledge.rules:
            if rule.level and any(_allows(region.treatments, above) for region in rule.regions):
                refuted = Not(Named(rule.iri))
                yield _Claim(Goal(SITUATION, refuted, (refuted,)))


def _effect(known: Known, found: Derivation) -> Derivation:
    """What follows from a rule: the class of its level."""
    for step in known.implications.above[_iri(found.conclusion)]:
        if isinstance(step.whole, Named) and step.whole.iri in Effect.ALL:
            return Derivation(found.thing, step.whole, step.by, (step.axiom, found))
    raise Unproved(f"No axiom puts {shorten(_iri(found.conclusion))} under a level.")


def _widened(found: Derivation, union: Expression) -> Derivation:
    """A level as one of several."""
    if found.conclusion == union:
        return found
    return Derivation(found.thing, union, By.OR, (found,))


def _iri(expression: Expression) -> str:
    """The IRI of a class that is known to have one."""
    return expression.iri if isinstance(expression, Named) else ""


def _allows(asked: Classes, above: frozenset[str]) -> bool:
    """Whether a treatment that belongs to just these classes is one that is asked for."""
    return asked.required <= above and asked.excluded.isdisjoint(above)
