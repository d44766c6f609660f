"""An answer as a person reads it: treatments that are answered alike share a card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from primum.model.answers import Answer, Fact, Finding, Question, Reason, Screen
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Verdict
from primum.model.premises import About
from primum.model.regions import UNGRADED
from primum.model.spans import Span
from primum.model.terms import Citation, Term
from primum.use_cases.narrative import said_by
from primum.use_cases.page.chart import widest_first
from primum.use_cases.words import Words

SILENT: Final = (Verdict.RULED_OUT, Verdict.NO_RULE)


@dataclass(frozen=True, slots=True)
class Told:
    """One premise in words, and how it stands: `met`, `open` or `failed`."""

    stands: str
    text: str


@dataclass(frozen=True, slots=True)
class Because:
    """A rule that holds, in words; `says` is its level or appraisal, `word` as the contracts do."""

    id: str
    label: str
    word: str
    says: str
    holds: str
    rationale: str
    confidence: str
    premises: tuple[Told, ...]
    citations: tuple[Citation, ...]
    window: Span | None
    bound: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to an open question: what it reads, and the parameter of the question it sets."""

    text: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Asking:
    """An open question in words, with the answers that rules can tell apart."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Treatments that are answered alike, and the answer.

    `needs` are the smallest sets of questions of which any one settles the verdict.
    """

    treatments: tuple[Term, ...]
    finding: Finding
    reasons: tuple[Because, ...]
    recommended: tuple[Because, ...]
    changes: str
    definite: str
    needs: tuple[tuple[Asking, ...], ...]
    screening: tuple[Screen, ...]

    @property
    def id(self) -> str:
        """What the card is called in the page."""
        return self.treatments[0].id


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one verdict, and how many treatments are on them."""

    verdict: Verdict
    cards: tuple[Card, ...]

    @property
    def size(self) -> int:
        """How many treatments have the verdict."""
        return sum(len(card.treatments) for card in self.cards)


@dataclass(frozen=True, slots=True)
class Reader:
    """Puts the findings of one knowledge base onto cards."""

    knowledge: Knowledge
    words: Words

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """The reader of a knowledge base."""
        return cls(knowledge, Words(knowledge))

    def groups(self, answer: Answer) -> tuple[Group, ...]:
        """All treatments by verdict, in the order of the contracts: the strictest first."""
        cards = self._cards(answer)
        found = ((v, tuple(c for c in cards if c.finding.verdict is v)) for v in Verdict)
        return tuple(Group(verdict, cards) for verdict, cards in found if cards)

    def _cards(self, answer: Answer) -> list[Card]:
        """The cards, in the order of the findings."""
        alike: dict[Finding, list[Term]] = {}
        for finding in answer.findings:
            nameless = replace(finding, treatment=answer.findings[0].treatment, stricter_kinds=())
            alike.setdefault(nameless, []).append(finding.treatment)
        return [
            self.card(finding, treatments, answer.case) for finding, treatments in alike.items()
        ]

    def card(self, finding: Finding, treatments: Sequence[Term], case: Case) -> Card:
        """The card of treatments that are answered alike."""
        words = self.words
        at, definite = finding.changes_at, finding.definite_at
        return Card(
            treatments=widest_first(treatments, self.knowledge.axioms.above),
            finding=finding,
            reasons=self._because(finding.reasons, case),
            recommended=self._because(finding.recommended, case),
            changes="" if at is None else words.change(at, case),
            definite=""
            if definite is None
            else words.say("definite", when=words.when(definite, case)),
            needs=tuple(tuple(self._asking(q, case) for q in each) for each in finding.needs),
            screening=finding.screen_for,
        )

    def _because(self, reasons: Iterable[Reason], case: Case) -> tuple[Because, ...]:
        """Rules that hold, in words."""
        return tuple(
            Because(
                id=reason.rule.id,
                label=reason.rule.label,
                word=reason.rule.word,
                says=said_by(self.words, reason.rule),
                holds=reason.holds.value,
                rationale=reason.rule.rationale,
                confidence=reason.rule.confidence,
                premises=tuple(
                    Told(premise.stands.value, self.words.premise(premise, case))
                    for premise in reason.premises
                    if premise.about is not About.TREATMENT
                ),
                citations=reason.rule.citations,
                window=None if reason.region.hours == Span() else reason.region.hours,
                bound=reason.bound,
            )
            for reason in reasons
        )

    def _asking(self, question: Question, case: Case) -> Asking:
        """An open question with its answers."""
        text = self.words.question(question, case.hours)
        return Asking(text, tuple(self._choices(question, case)))

    def _choices(self, question: Question, case: Case) -> Iterable[Choice]:
        """The answers to a question, as what they would set."""
        words = self.words
        match question.about:
            case Fact.FACTOR:
                term = question.terms[0]
                yield Choice(words.say("change-present", factor=term.label), "factor", term.id)
                yield Choice(words.say("change-absent", factor=term.label), "without", term.id)
            case Fact.INJURY:
                yield from (Choice(term.label, "injury", term.id) for term in question.terms)
            case Fact.GRADE:
                for grade in question.grades:
                    if grade != UNGRADED:
                        yield Choice(words.say("change-grade", grade=grade), "grade", str(grade))
            case Fact.TIME:
                for span in question.spans:
                    open_span = span.intersect(case.hours)
                    yield Choice(words.numbers(open_span), "hours", _first(open_span))
            case Fact.AGE:
                yield from (Choice(words.numbers(s), "age", _first(s)) for s in question.spans)


def _first(span: Span) -> str:
    """The first whole number of a span, by which it can be asked for."""
    start = span.start
    whole = -(-start.at // 1)
    return str(int(whole + 1 if start.after and whole == start.at else whole))
