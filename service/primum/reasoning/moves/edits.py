"""The single edits between two versions of compiled knowledge, each of which can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from primum.model.knowledge import Axioms, Knowledge
from primum.model.rules import Rule


@dataclass(frozen=True, slots=True)
class RuleEdit:
    """A rule whose effect or condition differs; None where a version has no such rule."""

    iri: str
    old: Rule | None
    new: Rule | None


@dataclass(frozen=True, slots=True)
class AxiomEdit:
    """One statement of the axioms that differs: see `model.knowledge.Axioms` for the parts.

    `key` is a class, or a pair of classes that share nothing. A version that says nothing of the
    key has None; of a pair, a version says True or None.
    """

    part: str
    key: str | frozenset[str]
    old: Any
    new: Any


Edit = RuleEdit | AxiomEdit
Edits = tuple[Edit, ...]


def edits_between(old: Knowledge, new: Knowledge) -> Edits:
    """All edits that lead from one version to the other, as far as answers depend on them."""
    return (*_of_rules(old.rules, new.rules), *_of_axioms(old.axioms, new.axioms))


def _of_rules(old: Iterable[Rule], new: Iterable[Rule]) -> list[RuleEdit]:
    """The rules whose effect or condition differs, by IRI."""
    before, after = ({rule.iri: rule for rule in rules} for rules in (old, new))
    found = []
    for iri in sorted(before.keys() | after.keys()):
        one, other = before.get(iri), after.get(iri)
        if one is None or other is None or _says(one) != _says(other):
            found.append(RuleEdit(iri, one, other))
    return found


def _says(rule: Rule) -> tuple[object, frozenset[object]]:
    """The effect of a rule and where it has it."""
    return rule.effect, frozenset(rule.regions)


def _of_axioms(old: Axioms, new: Axioms) -> list[AxiomEdit]:
    """The statements of the axioms that differ."""
    found = []
    for part in (field.name for field in fields(Axioms)):
        before, after = _told(getattr(old, part)), _told(getattr(new, part))
        found += [
            AxiomEdit(part, key, before.get(key), after.get(key))
            for key in sorted(before.keys() | after.keys(), key=_by_name)
            if before.get(key) != after.get(key)
        ]
    return found


def _told(part: Any) -> Mapping[Any, Any]:
    """A part of the axioms as a mapping to values that can be compared and kept."""
    if not isinstance(part, Mapping):
        return dict.fromkeys(part, True)
    return {k: frozenset(v) if isinstance(v, set) else v for k, v in part.items()}


def _by_name(key: str | frozenset[str]) -> list[str]:
    """Sort key of classes and pairs of classes."""
    return [key] if isinstance(key, str) else sorted(key)


def taken_back(knowledge: Knowledge, edits: Iterable[Edit]) -> Knowledge:
    """The new version with some edits taken back."""
    rules = {rule.iri: rule for rule in knowledge.rules}
    axioms = knowledge.axioms
    for edit in edits:
        if isinstance(edit, AxiomEdit):
            axioms = _without(axioms, edit)
        elif edit.old is None:
            rules.pop(edit.iri, None)
        else:
            rules[edit.iri] = edit.old
    return replace(knowledge, rules=tuple(rules.values()), axioms=axioms)


def _without(axioms: Axioms, edit: AxiomEdit) -> Axioms:
    """The axioms with one statement as it was."""
    part = getattr(axioms, edit.part)
    told = {key: said for key, said in _told(part).items() if key != edit.key}
    if edit.old is not None:
        told[edit.key] = edit.old
    changed: Any = told if isinstance(part, Mapping) else frozenset(told)
    return replace(axioms, **{edit.part: changed})
