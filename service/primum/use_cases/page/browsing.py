"""The knowledge to leaf through: injuries, treatments, factors, rules and sources as lists."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from primum.model.knowledge import Closure, Knowledge
from primum.model.levels import Level
from primum.model.regions import UNGRADED
from primum.model.rules import Rule
from primum.model.terms import Source, Term
from primum.use_cases.choosing import Wanted, choose, covers
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.speaking import Said
from primum.use_cases.vocabulary import Catalogue, parents


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with what rules say of it: how many bar, how strictly at most, how many appraise.

    `depth` tells how far below the widest terms of its kind it stands.
    """

    term: Term
    depth: int
    grades: tuple[int, ...]
    barring: int
    strictest: Level
    appraising: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rule as a list shows it."""

    rule: Rule
    said: Said


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, and how many rules rest on it."""

    source: Source
    rules: int


@dataclass(frozen=True, slots=True)
class Browser:
    """What one release has to leaf through."""

    known: Known
    catalogue: Catalogue

    @classmethod
    def of(cls, known: Known) -> Self:
        """What a release has."""
        return cls(known, Catalogue.over(known.release))

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge that answers rest on."""
        return self.known.release.knowledge

    def injuries(self) -> tuple[Entry, ...]:
        """The injuries as a tree, each with the rules that can speak of it."""
        return tuple(self._entries(self.knowledge.injuries, "injury"))

    def treatments(self) -> tuple[Entry, ...]:
        """The treatments as a tree, each with the rules that can speak of it."""
        return tuple(self._entries(self.knowledge.treatments, "treatment"))

    def factors(self) -> tuple[Entry, ...]:
        """The patient factors as a tree, each with the rules that ask for it."""
        named = Counter(
            (iri, bool(rule.level))
            for rule in self.knowledge.rules
            for iri in {i for r in rule.regions for i in r.factors.required | r.factors.excluded}
        )
        return tuple(
            Entry(term, depth, (), named[term.iri, True], Level.NONE, named[term.iri, False])
            for term, depth in tree(self.knowledge.factors, self.knowledge.axioms.above)
        )

    def sources(self) -> tuple[Cited, ...]:
        """The sources, those that most rules rest on first."""
        cited = (iri for r in self.knowledge.rules for iri in {c.source.iri for c in r.citations})
        counts = Counter(cited)
        found = [Cited(source, counts[source.iri]) for source in self.catalogue.sources]
        return tuple(sorted(found, key=lambda each: (-each.rules, each.source.title.casefold())))

    def rules(self, wanted: Wanted) -> tuple[Spoken, ...]:
        """The rules that fit every filter; raises QuestionError for a word there is not."""
        speaking = self.known.speaking
        return tuple(
            Spoken(rule, speaking.said(rule.iri)) for rule in choose(self.catalogue, wanted)
        )

    def _entries(self, terms: Iterable[Term], kind: str) -> Iterator[Entry]:
        """Terms with what rules say of them."""
        axioms = self.knowledge.axioms
        for term, depth in tree(terms, axioms.above):
            about = {"treatment": None, "injury": None, kind: term.iri}
            speaking = [rule for rule in self.knowledge.rules if covers(rule, axioms, **about)]
            barring = [rule for rule in speaking if rule.level]
            yield Entry(
                term,
                depth,
                tuple(sorted(axioms.grades.get(term.iri, frozenset()) - {UNGRADED})),
                len(barring),
                max((rule.level for rule in barring), default=Level.NONE),
                len(speaking) - len(barring),
            )


def tree(terms: Iterable[Term], above: Closure) -> Iterator[tuple[Term, int]]:
    """Terms with those below each after it; one below several stands under the first of them."""
    by_iri = {term.iri: term for term in terms}
    direct = {iri: sorted(parents(iri, above, by_iri)) for iri in by_iri}
    below: dict[str, list[Term]] = {}
    for iri, wider in direct.items():
        below.setdefault(wider[0] if wider else "", []).append(by_iri[iri])

    def walk(parent: str, depth: int) -> Iterator[tuple[Term, int]]:
        for term in sorted(below.get(parent, ()), key=lambda t: t.label.casefold()):
            yield term, depth
            yield from walk(term.iri, depth + 1)

    return walk("", 0)
