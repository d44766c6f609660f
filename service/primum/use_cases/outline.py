"""Findings with blanks where the answers to two questions of one kind differ.

Two cases with the same facts, asked about times at which the same windows are open, have the same
findings but for the hours that were found, the dates of changes, and what a question about the
time offers. Those are left blank, to be filled for each case.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import msgspec

from primum.model.answers import Change, Fact, Question, Screen
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.manchester import facets
from primum.model.premises import About, Premise
from primum.model.spans import Span
from primum.use_cases.documents import Json, Writer, bounds, change_at, found_of, premise_of
from primum.use_cases.words import moment_of

EDGE: Final = b"\0"  # JSON escapes it in every text, so it stands for nothing but a blank
_HOURS: Final = b"hours"
_KEPT_PREMISES, _KEPT_NEEDS = 4096, 512  # of 200 bytes, and of 2 kB


class Outline(Writer):
    """Writes findings with blanks, out of parts that are encoded once; `values` fills them."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Encode what all answers share."""
        super().__init__(knowledge)
        self.reference = {iri: _raw(document) for iri, document in self.reference.items()}
        self.grounds = {iri: _each_raw(document) for iri, document in self.grounds.items()}
        self._screens: dict[tuple[str, Level, str], msgspec.Raw] = {}
        self._premise = lru_cache(maxsize=_KEPT_PREMISES)(_raw_premise)
        self._premise_on_hours = lru_cache(maxsize=_KEPT_PREMISES)(_raw_premise_on_hours)
        self._need = lru_cache(maxsize=_KEPT_NEEDS)(self._raw_need)
        self._need_of_time = lru_cache(maxsize=_KEPT_NEEDS)(_blank_need)

    def change(self, change: Change, case: Case) -> Json:
        """A change, its date left blank."""
        return change_at(change, None if case.dating is None else _blank(date_name(change)))

    def screen(self, screen: Screen) -> msgspec.Raw:
        """A factor to ask about; there are no more of these than rules name factors."""
        key = screen.factor.iri, screen.level, screen.rule.iri
        if key not in self._screens:
            self._screens[key] = _raw(super().screen(screen))
        return self._screens[key]

    def need(self, question: Question, hours: Span) -> msgspec.Raw:  # noqa: ARG002 - left blank
        """An open fact; left blank where it is the time, which is asked for within the hours."""
        if question.about is Fact.TIME:
            return self._need_of_time(question)
        return self._need(question, Span())

    def _raw_need(self, question: Question, hours: Span) -> msgspec.Raw:
        """An open fact, encoded."""
        return _raw(super().need(question, hours))

    def premise(self, premise: Premise, case: Case, treatment: str) -> msgspec.Raw:
        """A premise, the hours that were found left blank."""
        if premise.about is About.HOURS:
            return self._premise_on_hours(premise)
        return self._premise(premise, found_of(premise, case, treatment))

    def values(
        self, case: Case, changes: Iterable[Change], questions: Iterable[Question]
    ) -> dict[bytes, bytes]:
        """What the blanks stand for in a case, by name: its hours, and of the rest those given."""
        hours = None if case.hours == Span() else bounds(case.hours)
        found = {_HOURS: encoded(hours)}
        for change in changes:
            found[date_name(change)] = encoded(str(moment_of(change, case)))
        for question in questions:
            found[time_name(question)] = bytes(self._need(question, case.hours))
        return found


def date_name(change: Change) -> bytes:
    """The name of the blank for the date of a change."""
    return str(change.hours).encode()


def time_name(question: Question) -> bytes:
    """The name of the blank for a question about the time."""
    return "; ".join(map(facets, question.spans)).encode()


def encoded(document: Any) -> bytes:
    """A document as JSON, compact and in UTF-8; a blank is its name between two edges."""
    return msgspec.json.encode(document)


def _blank(name: bytes) -> msgspec.Raw:
    """A place that is filled later; its name tells with what."""
    return msgspec.Raw(EDGE + name + EDGE)


def _blank_need(question: Question) -> msgspec.Raw:
    """The blank for a question about the time."""
    return _blank(time_name(question))


def _raw_premise(premise: Premise, found: object) -> msgspec.Raw:
    """A premise beside what was found, encoded."""
    return _raw(premise_of(premise, found))


def _raw_premise_on_hours(premise: Premise) -> msgspec.Raw:
    """A premise on the hours since onset, those that were found left blank."""
    return _raw(premise_of(premise, _blank(_HOURS)))


def _raw(document: Any) -> msgspec.Raw:
    """A document, encoded for good."""
    return msgspec.Raw(encoded(document))


def _each_raw(document: Json) -> Json:
    """A document whose members are encoded for good."""
    return {name: _raw(member) for name, member in document.items()}
