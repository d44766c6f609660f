"""The difference of two versions: what their files say, and what they answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from primum.model.rules import Rule
from primum.reasoning.moves.comparing import Comparison, compare
from primum.reasoning.moves.edits import RuleEdit
from primum.use_cases.diffing.statements import EQUIVALENT, Statement, marked, mentioned, statements
from primum.use_cases.diffing.versions import Version

Quads = frozenset[ox.Quad]
Definitions = Mapping[str, set[str]]
_DECLARED = frozenset(
    marked(OWL + name)
    for name in (
        "Class",
        "ObjectProperty",
        "DatatypeProperty",
        "AnnotationProperty",
        "NamedIndividual",
        "Ontology",
    )
)
_RETIRED = OWL + "deprecated"
_VERSION = frozenset({OWL + "versionInfo", OWL + "versionIRI"})
# What a shape says to people; everything else of it decides what is refused.
_TELLING = frozenset(
    {SH + name for name in ("message", "name", "description", "order")}
    | {RDFS + "label", RDFS + "comment", SKOS + "note", DCTERMS + "source"}
)


class Step(IntEnum):
    """How far a version must step for what changed, by its consequence."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The step as people name it."""
        return self.name.lower()


class Fate(IntEnum):
    """What became of a subject."""

    REMOVED = 0
    RETIRED = 1
    ADDED = 2
    CHANGED = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What one version says of a subject and the other does not."""

    subject: str
    fate: Fate
    file: str
    gone: tuple[Statement, ...]
    come: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that one version has and the other has not, or has otherwise.

    `through` are the classes by whose changed definitions a rule changed that itself did not.
    """

    iri: str
    old: Rule | None
    new: Rule | None
    file: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two versions.

    `said` is what their files say, subject by subject, rules apart from other terms; `rules` are
    those whose effect or condition differs, be it by an axiom of their own or by one on a class
    that they refer to. `shapes` is what record shapes say, `mappings` the rows that differ.
    """

    old: Version
    new: Version
    comparison: Comparison
    said: tuple[Said, ...]
    rules: tuple[RuleChange, ...]
    shapes: tuple[Said, ...]
    mappings: tuple[frozenset[tuple[str, str, str]], frozenset[tuple[str, str, str]]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs at all."""
        return self.step is Step.NONE

    @property
    def answers_moved(self) -> bool:
        """Whether some record is answered otherwise, or refused by one version alone."""
        return bool(self.comparison.moves or self.comparison.refusals or self.refuses_otherwise)

    @property
    def refuses_otherwise(self) -> bool:
        """Whether the record shapes differ in more than what they tell people."""
        every = (one for said in self.shapes for one in (*said.gone, *said.come))
        return any(one.predicate not in _TELLING for one in every)

    @property
    def step(self) -> Step:
        """The step that a new version must take: the largest that some consequence asks for."""
        fates = {said.fate for said in self.said}
        if self.answers_moved or Fate.REMOVED in fates:
            return Step.MAJOR
        grown = fates & {Fate.ADDED, Fate.RETIRED}
        if grown or self.rules or self.comparison.edits or any(map(_on_classes, self.said)):
            return Step.MINOR
        return Step.PATCH if self.said or self.shapes or any(self.mappings) else Step.NONE


def _on_classes(said: Said) -> bool:
    """Whether axioms differ, not annotations alone."""
    return any(one.is_axiom for one in (*said.gone, *said.come))


def difference(old: Version, new: Version) -> Difference:
    """Everything that differs between two versions."""
    comparison = compare(old.knowledge, new.knowledge)
    files = {**old.declared_in, **new.declared_in}
    said, definitions = _said(old.asserted, new.asserted, files)
    return Difference(
        old=old,
        new=new,
        comparison=comparison,
        said=said,
        rules=tuple(
            RuleChange(
                edit.iri,
                edit.old,
                edit.new,
                files.get(edit.iri, ""),
                _through(edit.iri, definitions, {one.subject for one in said}),
            )
            for edit in comparison.edits
            if isinstance(edit, RuleEdit)
        ),
        shapes=_said(old.shapes, new.shapes, {})[0],
        mappings=(old.mappings - new.mappings, new.mappings - old.mappings),
    )


def _said(old: Quads, new: Quads, files: Mapping[str, str]) -> tuple[tuple[Said, ...], Definitions]:
    """What two graphs say otherwise, subject by subject; what the new one defines each class by.

    General axioms are one subject.
    """
    if old == new:
        return (), {}
    before, after = frozenset(statements(old)), frozenset(statements(new))
    gone, come = _by_subject(before - after), _by_subject(after - before)
    found = []
    for subject in sorted(gone.keys() | come.keys()):
        less, more = gone.get(subject, ()), come.get(subject, ())
        found.append(Said(subject, _fate(less, more), files.get(subject, ""), less, more))
    definitions: dict[str, set[str]] = {}
    for one in after:
        if one.predicate == EQUIVALENT:
            definitions.setdefault(one.subject, set()).update(mentioned(one.value))
    return tuple(found), definitions


def _through(rule: str, definitions: Definitions, changed: set[str]) -> tuple[str, ...]:
    """The changed classes that an unchanged rule refers to, directly or through others."""
    if rule in changed:
        return ()
    seen, ahead = set[str](), [rule]
    while ahead:
        iri = ahead.pop()
        if iri not in seen:
            seen.add(iri)
            ahead += definitions.get(iri, ())
    return tuple(sorted(seen & changed & definitions.keys()))


def _by_subject(found: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    """Statements by what they are on, but for the version that a file states of itself."""
    groups: dict[str, list[Statement]] = {}
    for one in sorted(found, key=lambda s: (s.subject, s.predicate, s.value, sorted(s.notes))):
        if one.predicate not in _VERSION:
            groups.setdefault(one.subject, []).append(one)
    return {subject: tuple(group) for subject, group in groups.items()}


def _fate(gone: Iterable[Statement], come: Iterable[Statement]) -> Fate:
    """What became of a subject that these statements are no longer made of, and those newly."""
    if any(map(_declares, come)):
        return Fate.ADDED
    if any(map(_declares, gone)):
        return Fate.REMOVED
    retired = any(one.predicate == _RETIRED and one.value == "true" for one in come)
    return Fate.RETIRED if retired else Fate.CHANGED


def _declares(one: Statement) -> bool:
    """Whether a statement says what kind of thing its subject is."""
    return bool(one.subject) and one.predicate == RDF + "type" and one.value in _DECLARED
