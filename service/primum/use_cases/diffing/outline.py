"""A difference as headings and points, from which the text and the Markdown are made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from primum.foundation.names import local_name
from primum.reasoning.moves.comparing import Reach
from primum.reasoning.moves.edits import RuleEdit
from primum.use_cases.diffing.difference import Difference, Fate, RuleChange, Said
from primum.use_cases.diffing.statements import Statement, unmarked
from primum.use_cases.diffing.wording import Headline, Wording, command

_SHOWN = 6
_FATES = {
    Fate.REMOVED: "removed",
    Fate.RETIRED: "retired",
    Fate.ADDED: "added",
    Fate.CHANGED: "changed",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that differs, and what belongs to it."""

    says: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The points under one heading."""

    title: str
    points: tuple[Point, ...]


def outline(difference: Difference) -> list[Section]:
    """All that differs, the answers first; a heading without points is left out."""
    words = Wording(difference)
    sections = (
        Section("Answers that moved", tuple(_answers(words))),
        Section("Records that are refused or accepted otherwise", tuple(_refusals(words))),
        Section("Rules", tuple(_rules(words))),
        Section("Terms", tuple(_terms(words))),
        Section("Record shapes", tuple(_point(words, said) for said in difference.shapes)),
        Section("Mappings", tuple(_mappings(words))),
    )
    return [section for section in sections if section.points]


def summary(difference: Difference) -> str:
    """The difference in one sentence, with the step that the version must take."""
    comparison = difference.comparison
    if difference.is_empty:
        return "Nothing differs."
    if comparison.moves:
        pairs = {(t, i) for m in comparison.moves for t in m.treatments for i in m.injuries}
        treatments, injuries = ({pair[n] for pair in pairs} for n in (0, 1))
        moved = (
            f"Answers moved for {len(treatments)} of {len(comparison.shared.treatments)} "
            f"treatments and {len(injuries)} of {len(comparison.shared.injuries)} injuries"
        )
    else:
        moved = "No verdict moved"
    return f"{moved}. The next version is a {difference.step.word} one."


def _answers(words: Wording) -> Iterator[Point]:
    """What moved, headline by headline; records that leave facts open come last."""
    for headline in sorted(words.headlines(words.difference.comparison.moves), key=_plain_first):
        yield Point(words.headline(headline), tuple(_shown_by(headline)))


def _plain_first(headline: Headline) -> tuple[bool, bool]:
    """Sort key: what is known in full before what is open, without factors before with some."""
    move = headline.first
    states = (move.old, move.new)
    is_open = any(state.certain != state.possible for state in states)
    return is_open or move.grades == {None}, bool(move.stated.some)


def _shown_by(headline: Headline) -> Iterator[str]:
    """The record that shows a change, and how many sets of records it stands for."""
    move = headline.first
    yield command(move.witness, move.witnessed)
    if len(headline.moves) > 1:
        rest = len(headline.moves) - 1
        sets = "set" if rest == 1 else "sets"
        yield f"and {rest} more {sets} of records that state other factors, listed by --json"


def _refusals(words: Wording) -> Iterator[Point]:
    """The facts that one version alone refuses."""
    for refusal in words.difference.comparison.refusals:
        yield Point(words.refusal(refusal))


def _rules(words: Wording) -> Iterator[Point]:
    """The rules whose effect or condition differs, and where they hold otherwise."""
    comparison = words.difference.comparison
    reaches = {reach.edit.iri: reach for reach in comparison.reaches}
    blamed = {edit.iri for m in comparison.moves for edit in m.edits if isinstance(edit, RuleEdit)}
    for change in words.difference.rules:
        details = [] if change.iri in blamed else ["No verdict moves by it; reasons may."]
        details += _reach(words, reaches.get(change.iri))
        yield Point(f"{_file(change.file)}{_rule(words, change)}", tuple(details))


def _rule(words: Wording, change: RuleChange) -> str:
    """A changed rule in words."""
    name = local_name(change.iri)
    rule = change.new or change.old
    if change.old is not None and change.new is not None:
        change_made = words.rule_change(change.old, change.new)
        return f"{name} now {change_made}{words.through(change.iri)}"
    fate = "added" if change.old is None else "removed"
    conditions = "; or ".join(map(words.region, rule.regions)) if rule is not None else ""
    return f"{name} was {fate}: {rule.word if rule is not None else ''} for {conditions}"


def _reach(words: Wording, reach: Reach | None) -> list[str]:
    """Where a rule came to hold, and where it ceased to."""
    found = []
    for headline in words.headlines(reach.moves if reach is not None else ()):
        move = headline.first
        gained = move.new.possible > move.old.possible
        verb = "holds now" if gained else "holds no longer"
        found.append(f"{verb}: {words.where(headline)}")
    more = len(found) - _SHOWN
    return found if more <= 0 else [*found[:_SHOWN], f"and {more} more"]


def _terms(words: Wording) -> Iterator[Point]:
    """What the files say otherwise, subject by subject."""
    for said in sorted(words.difference.said, key=lambda one: (one.fate, one.file, one.subject)):
        yield _point(words, said)


def _point(words: Wording, said: Said) -> Point:
    """One subject with what is said of it otherwise."""
    called = said.subject.rpartition("/")[2] or "General axioms"
    name = f"{_file(said.file)}{called} {_FATES[said.fate]}" if said.subject else called
    return Point(name, tuple(_statements(words, said.gone, said.come)))


def _file(path: str) -> str:
    """The file that something stands in, as a head."""
    return f"{path}: " if path else ""


def _statements(
    words: Wording, gone: Iterable[Statement], come: Iterable[Statement]
) -> Iterator[str]:
    """What is no longer said, what is said newly, and what is said otherwise in one place."""
    less, more = list(gone), list(come)
    for predicate in sorted({one.predicate for one in (*less, *more)}):
        before = [one for one in less if one.predicate == predicate]
        after = [one for one in more if one.predicate == predicate]
        if len(before) == len(after) == 1:
            yield f"{before[0].word}: {_told(words, before[0])} → {_told(words, after[0])}"
            continue
        yield from (f"- {one.word}: {_told(words, one)}" for one in before)
        yield from (f"+ {one.word}: {_told(words, one)}" for one in after)


def _told(words: Wording, one: Statement) -> str:
    """A statement with its annotations."""
    notes = "; ".join(unmarked(value, words.names.quoted) for _, value in sorted(one.notes))
    said = unmarked(one.value, words.names.quoted)
    return f"{said} ({notes})" if notes else said


def _mappings(words: Wording) -> Iterator[Point]:
    """The rows of the mappings that differ."""
    for sign, rows in zip("-+", words.difference.mappings, strict=True):
        for one, by, other in sorted(rows):
            yield Point(f"{sign} {words.names.called(one)} {local_name(by)} {other}")
