"""From a hypothesis that clashes with what is known to its denial, as plainly as may be."""

from collections.abc import Iterator

from primum.model.expressions import Not, Or
from primum.model.proofs import CONTRAPOSED, By, Derivation, opposite
from primum.reasoning.proofs.known import Clash


def denial(hypothesis: Derivation, clash: Clash) -> Derivation:
    """That a hypothesis is false, from the clash that it leads to.

    Where a chain of single inferences leads from the hypothesis to the clash, it is taken
    backwards; otherwise either case of the hypothesis is considered.
    """
    if not any(hypothesis in side.under for side in clash):
        return Derivation(hypothesis.thing, Not(hypothesis.conclusion), By.ABSURD, clash)
    for side, other in (clash, clash[::-1]):
        chain = list(_chain(side, hypothesis))
        if hypothesis not in other.under and chain[-1] is hypothesis:
            return _backwards(chain[:-1], other)
    return by_cases(hypothesis, clash)


def by_cases(hypothesis: Derivation, clash: Clash) -> Derivation:
    """That a hypothesis is false, because it either is or leads to a clash."""
    thing, denied = hypothesis.thing, Not(hypothesis.conclusion)
    either = Derivation(thing, Or((hypothesis.conclusion, denied)), By.EITHER)
    absurd = Derivation(thing, denied, By.ABSURD, clash)
    otherwise = Derivation(thing, denied, By.SUPPOSE)
    sources = (either, hypothesis, absurd, otherwise, otherwise)
    return Derivation(thing, denied, By.CASES, sources)


def _chain(side: Derivation, hypothesis: Derivation) -> Iterator[Derivation]:
    """A conclusion and those above it, as far as each follows from one that can be turned round."""
    yield side
    while side is not hypothesis and side.by in CONTRAPOSED:
        (side,) = (source for source in side.sources if isinstance(source, Derivation))
        yield side


def _backwards(chain: list[Derivation], start: Derivation) -> Derivation:
    """The inferences of a chain contraposed, from the denial of its end to that of its start."""
    found = start
    for step in chain:
        *axioms, part = step.sources
        if isinstance(part, Derivation):
            denied = opposite(part.conclusion)
            found = Derivation(step.thing, denied, CONTRAPOSED[step.by], (*axioms, found))
    return found
