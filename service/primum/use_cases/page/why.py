"""One treatment in depth: why it is answered so, why not otherwise, and what would change that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.explanations import Alternative, Explanation, Supposed, Turn, WhyNot
from primum.model.levels import Verdict
from primum.model.manchester import manchester
from primum.model.proofs import Proof
from primum.use_cases.page.cards import Card, Choice, Reader, Told
from primum.use_cases.proof_documents import axiom_says, holds, text
from primum.use_cases.proof_layout import Layout


@dataclass(frozen=True, slots=True)
class Spared:
    """A rule that speaks of the treatment and does not apply, and what keeps it from applying."""

    id: str
    label: str
    word: str
    premises: tuple[Told, ...]
    screened: bool


@dataclass(frozen=True, slots=True)
class Supposition:
    """Facts that, changed together, lead to another verdict."""

    text: str
    changes: tuple[Choice, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a proof: its reference, what it says, and what it rests on."""

    reference: str
    says: str
    rests: str


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof as lines; `claim` is what it proves, `holds` how far."""

    claim: str
    holds: str
    axioms: tuple[Line, ...]
    steps: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The whole explanation of one treatment."""

    card: Card
    spared: tuple[Spared, ...]
    milder: tuple[Supposition, ...]
    stricter: tuple[Supposition, ...]
    clock: str
    proofs: tuple[Proved, ...]

    @property
    def disagreeing(self) -> bool:
        """Whether the rules that hold differ in what they say."""
        return len({reason.word for reason in (*self.card.reasons, *self.card.recommended)}) > 1


def why(reader: Reader, case: Case, explanation: Explanation, proofs: Sequence[Proof]) -> Why:
    """An explanation, put into words."""
    finding, what_if = explanation.finding, explanation.what_if
    words = reader.words
    clock = what_if.clock
    return Why(
        card=reader.card(finding, [finding.treatment], case),
        spared=tuple(sorted(_spared(reader, case, explanation.why_not), key=lambda s: s.screened)),
        milder=tuple(_suppositions(reader, what_if.milder)),
        stricter=tuple(_suppositions(reader, what_if.stricter)),
        clock=""
        if clock is None
        else words.say(
            "what-if-clock", verdict=words.say(f"name-{clock.then}"), when=words.when(clock, case)
        ),
        proofs=tuple(map(_proved, proofs)),
    )


def _spared(reader: Reader, case: Case, found: Iterable[WhyNot]) -> Iterator[Spared]:
    """Rules that do not apply, with the premises that fail."""
    for why_not in found:
        told = (Told(p.stands.value, reader.words.premise(p, case)) for p in why_not.premises)
        yield Spared(
            why_not.rule.id,
            why_not.rule.label,
            why_not.rule.word,
            tuple(told),
            all(premise.assumed for premise in why_not.premises),
        )


def _suppositions(reader: Reader, found: Iterable[Alternative]) -> Iterator[Supposition]:
    """What-ifs, by verdict and then in words."""
    for alternative in sorted(found, key=lambda each: list(Verdict).index(each.verdict)):
        parts = [_change(reader, change) for change in alternative.changes]
        said = reader.words.clauses(part.text for part in parts)
        yield Supposition(said, tuple(parts), alternative.verdict)


def _change(reader: Reader, change: Supposed) -> Choice:
    """One changed fact, as what it sets in the question."""
    if change.factor is None:
        return Choice(
            reader.words.say("change-grade", grade=change.grade), "grade", str(change.grade)
        )
    name = "factor" if change.turn is Turn.PRESENT else "without"
    said = reader.words.say(f"change-{change.turn}", factor=change.factor.label)
    return Choice(said, name, change.factor.id)


def _proved(proof: Proof) -> Proved:
    """A proof, line by line."""
    layout = Layout.of(proof)
    return Proved(
        claim=manchester(layout.steps[-1].conclusion),
        holds=holds(layout),
        axioms=tuple(
            Line(name, text(axiom_says(axiom)), axiom.file) for axiom, name in layout.axioms.items()
        ),
        steps=tuple(
            Line(
                str(step.number),
                f"{local_name(step.thing)}: {manchester(step.conclusion)}",
                ", ".join([step.by, *map(str, step.cites)]),
            )
            for step in layout.steps
        ),
    )
