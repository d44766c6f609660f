"""A difference as JSON: every set of records exactly, with the record that shows it."""

from typing import Any

from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.spans import Number, Span
from primum.reasoning.atoms import members_of
from primum.reasoning.moves.comparing import Reach
from primum.reasoning.moves.edits import AxiomEdit, Edit
from primum.reasoning.moves.merging import Move
from primum.reasoning.moves.refusals import Refusal
from primum.reasoning.moves.states import State
from primum.use_cases.diffing.difference import Difference, RuleChange, Said
from primum.use_cases.diffing.outline import summary
from primum.use_cases.diffing.statements import Statement, unmarked
from primum.use_cases.diffing.versions import Version
from primum.use_cases.diffing.wording import Headline, Wording, command

Json = dict[str, Any]


class Writer:
    """Writes one difference."""

    def __init__(self, difference: Difference) -> None:
        """Sentences stand beside the data."""
        self._difference = difference
        self._words = Wording(difference)

    def document(self) -> Json:
        """The whole difference."""
        found, comparison = self._difference, self._difference.comparison
        return {
            "old": _version(found.old),
            "new": _version(found.new),
            "step": found.step.word,
            "summary": summary(found),
            "answers": [self.move(move) for move in comparison.moves],
            "refusals": [self._refusal(refusal) for refusal in comparison.refusals],
            "rules": [self._rule(change) for change in found.rules],
            "reaches": [self._reach(reach) for reach in comparison.reaches],
            "terms": [self._said(said) for said in found.said],
            "shapes": [self._said(said) for said in found.shapes],
            "mappings": {
                "removed": sorted(map(list, found.mappings[0])),
                "added": sorted(map(list, found.mappings[1])),
            },
        }

    def move(self, move: Move) -> Json:
        """Records for which an answer moved."""
        return {
            "sentence": self._words.headline(Headline((move,))),
            "from": _state(move.old),
            "to": _state(move.new),
            **self._records(move),
            "because": [self._edit(edit) for edit in move.edits],
        }

    def _records(self, move: Move) -> Json:
        """The records of a move: all combinations of what is listed."""
        return {
            "treatments": _ids(move.treatments),
            "injuries": _ids(move.injuries),
            "grades": sorted(move.grades, key=lambda grade: grade or 0),
            "ages": [None if span is None else bounds(span) for span in _by_start(move.ages)],
            "hours": [bounds(span) for span in move.hours],
            "withSomeOf": [_ids(self._factors(one)) for one in sorted(move.stated.some)],
            "withNoneOf": _ids(self._factors(move.stated.none)),
            "witness": _record(move.witness, move.witnessed),
        }

    def _factors(self, found: int) -> list[str]:
        """The factors of a bit set."""
        return [self._difference.comparison.shared.factors[n] for n in members_of(found)]

    def _edit(self, edit: Edit) -> Json:
        """One edit that is to blame."""
        sentence = self._words.edit(edit)
        if isinstance(edit, AxiomEdit):
            terms = [edit.key] if isinstance(edit.key, str) else sorted(edit.key)
            return {"axiom": edit.part, "terms": _ids(terms), "sentence": sentence}
        return {"rule": local_name(edit.iri), "sentence": sentence}

    def _refusal(self, refusal: Refusal) -> Json:
        """Facts that one version alone refuses."""
        case = refusal.facts
        return {
            "sentence": self._words.refusal(refusal),
            "refusedIn": "new" if refusal.now else "old",
            "injury": local_name(case.injury),
            "grade": case.grade,
            "factors": _ids(case.present),
        }

    def _rule(self, change: RuleChange) -> Json:
        """A rule that differs."""
        said = (
            self._words.rule_change(change.old, change.new)
            if change.old is not None and change.new is not None
            else ("added" if change.old is None else "removed")
        )
        return {
            "rule": local_name(change.iri),
            "file": change.file,
            "change": said,
            "through": _ids(change.through),
        }

    def _reach(self, reach: Reach) -> Json:
        """Where a rule came to hold, and where it ceased to."""
        gained = [move for move in reach.moves if move.new.possible > move.old.possible]
        lost = [move for move in reach.moves if move not in gained]
        return {
            "rule": local_name(reach.edit.iri),
            "holdsNow": [self._records(move) for move in gained],
            "holdsNoLonger": [self._records(move) for move in lost],
        }

    def _said(self, said: Said) -> Json:
        """What is said of one subject otherwise."""
        return {
            "term": said.subject or None,
            "fate": said.fate.name.lower(),
            "file": said.file,
            "removed": [self._statement(one) for one in said.gone],
            "added": [self._statement(one) for one in said.come],
        }

    def _statement(self, one: Statement) -> Json:
        """One thing said."""
        called = self._words.names.quoted
        return {
            "predicate": one.predicate,
            "says": unmarked(one.value, called),
            "annotations": [[by, unmarked(value, called)] for by, value in sorted(one.notes)],
        }


def bounds(span: Span) -> Json:
    """A span as its ends: `until` is exclusive unless it is `untilIncluded`."""
    found: Json = {"after" if span.start.after else "from": _number(span.start.at)}
    if span.end is not None:
        found["untilIncluded" if span.end.after else "until"] = _number(span.end.at)
    return found


def _number(number: Number) -> int | float:
    """A number as JSON has it."""
    return number if isinstance(number, int) else float(number)


def _by_start(found: frozenset[Span | None]) -> list[Span | None]:
    """Bands of ages in their order, none given first."""
    known = sorted((span for span in found if span is not None), key=lambda span: span.start)
    return [*([None] if None in found else []), *known]


def _ids(iris: Any) -> list[str]:
    """Terms by their local names."""
    return sorted(map(local_name, iris))


def _state(found: State) -> Json:
    """What a version says of a treatment."""
    return {
        "verdict": found.verdict.value,
        "certain": found.certain.word,
        "possible": found.possible.word,
    }


def _record(case: Case, treatment: str) -> Json:
    """The record that shows something, and the command that asks about it."""
    return {
        "injury": local_name(case.injury),
        "grade": case.grade,
        "hours": _number(case.hours.start.at),
        "age": case.age,
        "factors": _ids(case.present),
        "treatment": local_name(treatment),
        "ask": command(case, treatment),
    }


def _version(version: Version) -> Json:
    """Which version was compared."""
    edition = version.knowledge.edition
    return {"name": version.name, "version": edition.version, "digest": edition.digest}
