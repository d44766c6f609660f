"""The ontology at a glance: what it is, how much there is of what, and every term by kind."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.names import ONTOLOGY, SKOS
from primum.knowledge.release import Manifest
from primum.use_cases.terms.gathering import gather
from primum.use_cases.terms.kinds import TermKind, kind_of
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.page import Page
from primum.use_cases.terms.refs import Ref


@dataclass(frozen=True, slots=True)
class Branch:
    """A class that is no rule, and those below it; `size` is how many there are."""

    ref: Ref
    size: int
    below: tuple["Branch", ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """The rules that stand in one file."""

    name: str
    rules: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The ontology: its own page, the versions served, classes as a tree, all else by kind."""

    page: Page
    manifest: Manifest
    versions: tuple[Ref, ...]
    classes: tuple[Branch, ...]
    topics: tuple[Topic, ...]
    kinds: Mapping[TermKind, tuple[Ref, ...]]


def overview(known: Known) -> Overview:
    """The ontology of a release at a glance."""
    by_kind: dict[TermKind, list[str]] = {kind: [] for kind in TermKind}
    for ref in known.refs:
        if ref.iri not in known.versions:
            by_kind[kind_of(known, ref.iri)].append(ref.iri)
    classes = by_kind.pop(TermKind.CLASS)
    return Overview(
        page=gather(known, ONTOLOGY),
        manifest=known.release.manifest,
        versions=known.refs.every(v for v, iri in known.versions.items() if iri == ONTOLOGY),
        classes=tuple(_branch(known, ref) for ref in known.refs.every(known.classes.tops(classes))),
        topics=_topics(known, by_kind.pop(TermKind.RULE)),
        kinds={kind: known.refs.every(iris) for kind, iris in by_kind.items() if iris},
    )


def _branch(known: Known, top: Ref) -> Branch:
    """A class with those below it that are no rules."""
    below = known.classes.children.get(top.iri, frozenset()) - known.speaking.rules.keys()
    return Branch(
        ref=top,
        size=sum(_is_below(known, iri, top.iri) for iri in known.classes.above),
        below=tuple(_branch(known, ref) for ref in known.refs.every(below)),
        definition=known.stated.text(ox.NamedNode(top.iri), SKOS + "definition"),
    )


def _is_below(known: Known, iri: str, top: str) -> bool:
    """Whether a class is no rule and stands below another."""
    return iri not in known.speaking.rules and known.classes.strictly_above(top, iri)


def _topics(known: Known, rules: list[str]) -> tuple[Topic, ...]:
    """Rules by topic, both in the order of their names."""
    found: dict[str, list[str]] = {}
    for iri in rules:
        found.setdefault(known.speaking.rules[iri].topic, []).append(iri)
    return tuple(Topic(name, known.refs.every(iris)) for name, iris in sorted(found.items()))
