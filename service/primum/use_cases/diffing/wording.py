"""A difference in sentences: what moved, where, because of what, and a record that shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.levels import Level
from primum.model.manchester import spell
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.moves.edits import AxiomEdit, Edit
from primum.reasoning.moves.merging import Move
from primum.reasoning.moves.refusals import Refusal
from primum.reasoning.moves.states import State
from primum.use_cases.diffing import sets
from primum.use_cases.diffing.difference import Difference

_PARTS = {
    "above": "what it is a kind of",
    "implied": "the factors it comes with",
    "grades": "the grades it can have",
    "by_grade": "the grades that define it",
    "by_age": "the ages at which it is present",
    "disjoint": "that they exclude each other",
    "apart": "that they exclude each other",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """Moves that read alike: they differ in treatments, injuries, or stated factors alone."""

    moves: tuple[Move, ...]

    @property
    def first(self) -> Move:
        """The move that shows them all: the one with the fewest factors, for most treatments."""
        return min(self.moves, key=lambda m: (len(m.stated.some), -len(m.treatments)))


class Wording:
    """Puts one difference into words."""

    def __init__(self, difference: Difference) -> None:
        """Names of both versions serve."""
        self.difference = difference
        self.names = sets.Names(difference.old.knowledge, difference.new.knowledge)
        self._shared = difference.comparison.shared
        self._through = {change.iri: change.through for change in difference.rules}

    def headlines(self, moves: Iterable[Move]) -> list[Headline]:
        """The moves by what a reader would call one change.

        First the treatments are put together that moved for the same injuries, then the injuries
        for which the same treatments did.
        """
        alike: dict[object, list[Move]] = {}
        for move in moves:
            alike.setdefault((*self._reads(move), move.injuries), []).append(move)
        groups: dict[object, list[Move]] = {}
        for group in alike.values():
            key = (*self._reads(group[0]), _treatments(group))
            groups.setdefault(key, []).extend(group)
        return [Headline(tuple(group)) for group in groups.values()]

    def _reads(self, move: Move) -> tuple[object, ...]:
        """What moves of one headline have in common."""
        states = _shown(move.old), _shown(move.new)
        stated = bool(move.stated.some)
        return (*states, move.edits, move.hours, move.ages, self._told(move), stated)

    def headline(self, headline: Headline) -> str:
        """One change of answers in a sentence."""
        move = headline.first
        return f"{self.where(headline)}: {self.change(move)}, because {self.because(move)}"

    def where(self, headline: Headline) -> str:
        """For which treatments and records something moved."""
        move, shared = headline.first, self._shared
        treatments = _treatments(headline.moves)
        injuries = frozenset[str]().union(*(one.injuries for one in headline.moves))
        what = self.names.classes(treatments, shared.treatments, everything="Any treatment")
        whom = self.names.classes(injuries, shared.injuries, everything="any injury")
        parts = [
            sets.grades(self._told(move)),
            sets.ages(move.ages),
            sets.hours(move.hours),
            self._stated(move),
        ]
        return ", ".join([f"{what} in {whom}", *filter(None, parts)])

    def _told(self, move: Move) -> frozenset[int | None]:
        """The grades of a move, or every one where its injuries have none to tell apart."""
        possible = self.difference.new.knowledge.axioms.grades
        graded = any(possible[iri] - {UNGRADED} for iri in move.injuries)
        return move.grades if graded else frozenset({*GRADES - {UNGRADED}, None})

    def _stated(self, move: Move) -> str:
        """The factors that a record of a move states."""
        alternatives = [
            self.names.factors(self._shared.factors[n] for n in members_of(one))
            for one in sorted(move.stated.some)
        ]
        return f"with {'; and '.join(alternatives)}" if alternatives else ""

    def change(self, move: Move) -> str:
        """From what to what an answer moved."""
        return f"{state(move.old)} → {state(move.new)}"

    def because(self, move: Move) -> str:
        """The edits that a move is due to."""
        return sets.listed([self.edit(edit) for edit in move.edits], most=5)

    def edit(self, edit: Edit) -> str:
        """One edit, as the reason of something."""
        if isinstance(edit, AxiomEdit):
            key = [edit.key] if isinstance(edit.key, str) else sorted(edit.key)
            return f"{_PARTS[edit.part]} changed for {sets.listed([*map(self.names.called, key)])}"
        if edit.old is None or edit.new is None:
            was = "was removed" if edit.new is None else "is new"
            return f"the rule {local_name(edit.iri)} {was}"
        change = self.rule_change(edit.old, edit.new)
        return f"the rule {local_name(edit.iri)} now {change}{self.through(edit.iri)}"

    def through(self, rule: str) -> str:
        """The classes by whose definitions a rule changed that itself did not."""
        names = [local_name(iri) for iri in self._through.get(rule, ())]
        return f" (by {sets.listed(names)})" if names else ""

    def rule_change(self, old: Rule, new: Rule) -> str:
        """What a rule says otherwise than before."""
        parts = [] if old.effect == new.effect else [f"says {new.word} instead of {old.word}"]
        if frozenset(old.regions) != frozenset(new.regions):
            parts += self._conditions(old, new)
        return sets.listed(parts)

    def _conditions(self, old: Rule, new: Rule) -> list[str]:
        """How the condition of a rule differs, dimension by dimension where it can be told."""
        if len(old.regions) != 1 or len(new.regions) != 1:
            before, after = (self._regions(rule) for rule in (old, new))
            return [f"asks for {after} instead of {before}"]
        return list(self._dimensions(old.regions[0], new.regions[0]))

    def _dimensions(self, old: Region, new: Region) -> Iterator[str]:
        """How a region differs from another one."""
        for word, before, after in zip(
            ("for", "in", "with"), _classes(old), _classes(new), strict=True
        ):
            if before != after:
                yield f"holds {word} {self._named(after)} instead of {self._named(before)}"
        if old.grades != new.grades:
            yield f"asks for {_grades(new.grades)} instead of {_grades(old.grades)}"
        if old.hours != new.hours:
            yield f"holds {_hours(new.hours)} instead of {_hours(old.hours)}"
        if old.ages != new.ages:
            yield f"asks for {_years(new.ages)} instead of {_years(old.ages)}"

    def _regions(self, rule: Rule) -> str:
        """The whole condition of a rule."""
        return "; or ".join(self.region(region) for region in rule.regions)

    def region(self, region: Region) -> str:
        """A region in words."""
        named = [self._named(one) for one in _classes(region) if one != Classes()]
        graded = [] if region.grades == GRADES else [_grades(region.grades)]
        timed = [] if region.hours == Span() else [_hours(region.hours)]
        aged = [] if region.ages == Span() else [_years(region.ages)]
        return ", ".join([*named, *graded, *timed, *aged])

    def _named(self, classes: Classes) -> str:
        """Classes that are asked for, and those that are excluded."""
        asked = sorted(map(self.names.called, classes.required))
        apart = [f"not {name}" for name in sorted(map(self.names.called, classes.excluded))]
        return sets.listed([*asked, *apart]) or "anything"

    def refusal(self, refusal: Refusal) -> str:
        """Facts that one version alone refuses."""
        was = "is refused now, and was not" if refusal.now else "was refused, and is not now"
        return f"A record of {self.record(refusal.facts)} {was}."

    def record(self, case: Case) -> str:
        """The facts of a record."""
        grade = [] if case.grade is None else [f"grade {case.grade}"]
        age = [] if case.age is None else [f"age {case.age}"]
        factors = sorted(map(self.names.called, case.present))
        return ", ".join([self.names.called(case.injury), *grade, *age, *factors])


def command(case: Case, treatment: str) -> str:
    """A record as the command that asks about it."""
    words = ["primum ask", f"--injury {local_name(case.injury)}"]
    words += [] if case.grade is None else [f"--grade {case.grade}"]
    words.append(f"--hours {spell(case.hours.start.at)}")
    words += [] if case.age is None else [f"--age {case.age}"]
    words += [f"--factor {local_name(iri)}" for iri in sorted(case.present)]
    return " ".join([*words, f"--treatment {local_name(treatment)}"])


def state(found: State) -> str:
    """What a version says of a treatment."""
    word = found.verdict.value.replace("-", " ")
    if found.certain == found.possible:
        return word
    return f"{word} ({_LEVELS[found.possible]} possible)"


_LEVELS = {
    Level.ABSOLUTE: "an absolute contraindication",
    Level.RELATIVE: "a relative contraindication",
    Level.PRECAUTION: "a precaution",
}


def _treatments(moves: Iterable[Move]) -> frozenset[str]:
    """The treatments of some moves."""
    return frozenset[str]().union(*(move.treatments for move in moves))


def _shown(found: State) -> tuple[object, ...]:
    """What of a state an answer shows."""
    return found.certain, found.possible, found.verdict


def _classes(region: Region) -> tuple[Classes, Classes, Classes]:
    """The classes that a region asks for: treatments, injuries, factors."""
    return region.treatments, region.injuries, region.factors


def _grades(found: frozenset[int]) -> str:
    """Grades that a rule asks for."""
    known = [str(grade) for grade in sorted(found - {UNGRADED})]
    words = f"grade {sets.listed(known, 'or')}" if known else ""
    return sets.listed([one for one in (words, "no grade" * (UNGRADED in found)) if one], "or")


def _hours(span: Span) -> str:
    """The window of a rule."""
    return sets.hours([span]) or "at any time"


def _years(span: Span) -> str:
    """The ages of a rule."""
    return sets.ages(frozenset({span})) if span != Span() else "any age"
