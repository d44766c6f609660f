"""Sets of classes, grades, hours and factors in as few words as name them exactly."""

from collections.abc import Iterable

from primum.model.knowledge import Knowledge
from primum.model.manchester import spell
from primum.model.regions import GRADES, UNGRADED
from primum.model.spans import Span

ALL_GRADES = frozenset(GRADES - {UNGRADED})
_MOST = 6


class Names:
    """Names the terms of two versions, the new one first, and sets of them."""

    def __init__(self, old: Knowledge, new: Knowledge) -> None:
        """Index the labels; how classes hang together is read from the new version."""
        self._labels = {
            one.iri: one.label
            for knowledge in (old, new)
            for part in (knowledge.injuries, knowledge.treatments, knowledge.factors)
            for one in part
        } | {rule.iri: rule.label for knowledge in (old, new) for rule in knowledge.rules}
        self._above = new.axioms.above

    def called(self, iri: str) -> str:
        """The label of a term, or the end of its IRI."""
        return self._labels.get(iri) or iri.rpartition("/")[2]

    def quoted(self, iri: str) -> str:
        """The label of a term as Protégé shows it: in quotation marks where it is of words."""
        label = self.called(iri)
        return f"'{label}'" if " " in label else label

    def classes(self, iris: frozenset[str], among: Iterable[str], *, everything: str) -> str:
        """Some classes: a class with all its kinds by its own name alone."""
        every = frozenset(among)
        if iris == every and len(every) > 1:
            return everything
        return listed(self._parts(iris, every), most=_MOST)

    def _parts(self, iris: frozenset[str], every: frozenset[str]) -> list[str]:
        """The names of some classes, those with all their kinds by one name."""
        parts: list[str] = []
        left = iris
        while left:
            head = self._heads(left)[0]
            kinds = self._below(head, every) - {head}
            whole = kinds <= iris
            count = f" and its {_count(len(kinds), 'kind')}" if kinds and whole else ""
            parts.append(self.called(head) + count)
            left -= {head, *kinds} if whole else {head}
        return parts

    def _heads(self, iris: frozenset[str]) -> list[str]:
        """The classes of a set that no other class of it is above, by name."""
        heads = [
            iri
            for iri in iris
            if not any(other != iri and self._is_below(iri, other) for other in iris)
        ]
        return sorted(heads, key=lambda iri: self.called(iri).casefold())

    def _is_below(self, iri: str, other: str) -> bool:
        """Whether a class is a kind of another one and not the same under another name."""
        above = self._above
        return other in above.get(iri, ()) and iri not in above.get(other, ())

    def _below(self, iri: str, every: frozenset[str]) -> frozenset[str]:
        """A class and its kinds, among some."""
        return frozenset(one for one in every if iri in self._above.get(one, ()))

    def factors(self, iris: Iterable[str]) -> str:
        """Factors any of which will do: those at the top of what is named alone."""
        return listed([self.called(iri) for iri in self._heads(frozenset(iris))], "or", most=_MOST)


def listed(parts: list[str], word: str = "and", *, most: int = 0) -> str:
    """Names in a row; beyond so many, how many more there are."""
    if most and len(parts) > most:
        return f"{', '.join(parts[: most - 1])} {word} {len(parts) - most + 1} more"
    if len(parts) < 2:  # noqa: PLR2004 - one name stands alone
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def grades(found: frozenset[int | None]) -> str:
    """The grades a record may give; "" where they make no difference."""
    if found >= ALL_GRADES | {None} or found == {None}:
        return "" if found >= ALL_GRADES else "grade not given"
    known = [str(grade) for grade in sorted(g for g in found if g is not None)]
    words = f"grade {listed(known, 'or')}"
    return f"{words} or not given" if None in found else words


def hours(spans: Iterable[Span]) -> str:
    """Spans of hours since onset; "" where they are all the time there is."""
    found = list(spans)
    return "" if found == [Span()] else f"{listed(list(map(_hours, found)))} after onset"


def _hours(span: Span) -> str:
    """One span of hours."""
    start = spell(span.start.at)
    if span.is_instant:
        return f"at {start} h"
    low = f"after {start} h" if span.start.after else f"from {start} h"
    if span.end is None:
        return f"{low} on"
    end = spell(span.end.at)
    if not span.start.after and not span.end.after:
        return f"{start} to {end} h"
    return f"{low} {'up to and including' if span.end.after else 'up to'} {end} h"


def ages(found: frozenset[Span | None]) -> str:
    """Bands of ages in completed years; "" where age makes no difference."""
    if not found:
        return ""
    known = sorted((span for span in found if span is not None), key=lambda span: span.start)
    words = [_age(span) for span in known]
    if not known:
        return "age not given"
    return f"age {listed(words, 'or')}" + (" or not given" if None in found else "")


def _age(span: Span) -> str:
    """One band of ages."""
    low = int(span.start.at) + span.start.after
    if span.end is None:
        return f"{low} or over"
    high = int(span.end.at) - (not span.end.after)
    return str(low) if low == high else f"{low} to {high}"


def _count(number: int, word: str) -> str:
    """A number of things."""
    return f"{number} {word}{'' if number == 1 else 's'}"
