"""The vocabulary of a release as JSON documents: terms, rules and sources, for forms and reading.

Everything here is a function of the release, so a front end writes it once and keeps it.
"""

from collections import Counter
from collections.abc import Collection, Container
from dataclasses import dataclass
from typing import Any, Self

import pyoxigraph as ox

from primum.foundation.names import RDFS, SOURCE_BASE, Graph, kebab
from primum.knowledge.assembly import source_of
from primum.knowledge.express import express
from primum.knowledge.rdf import Triples
from primum.knowledge.release import Release
from primum.model.knowledge import Closure, Edition
from primum.model.manchester import manchester
from primum.model.naming import Names
from primum.model.regions import UNGRADED
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.model.terms import Source, Term
from primum.use_cases.documents import bounds, plain

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The vocabulary of one release; `topics` and `confidences` are the words its rules use."""

    release: Release
    sources: tuple[Source, ...]
    topics: tuple[str, ...]
    confidences: tuple[str, ...]
    rule_names: Names
    source_names: Names
    treatment_names: Names
    injury_names: Names

    @classmethod
    def over(cls, release: Release) -> Self:
        """The vocabulary of a loaded release."""
        knowledge, sources = release.knowledge, sources_of(release.store)
        named_rules = (Term(r.iri, r.slug, r.label) for r in knowledge.rules)
        named_sources = (Term(s.iri, kebab(s.id), s.title) for s in sources)
        return cls(
            release,
            sources,
            topics=tuple(sorted({r.topic for r in knowledge.rules if r.topic})),
            confidences=tuple(sorted({r.confidence for r in knowledge.rules if r.confidence})),
            rule_names=Names("rule", named_rules),
            source_names=Names("source", named_sources),
            treatment_names=Names("treatment", knowledge.treatments),
            injury_names=Names("injury", knowledge.injuries),
        )

    def injuries(self) -> Json:
        """Every injury, with the grades it can have."""
        knowledge = self.release.knowledge
        grades = knowledge.axioms.grades
        found = [
            term | {"grades": sorted(grades[term["iri"]] - {UNGRADED})}
            for term in terms(knowledge.injuries, knowledge.axioms.above)
        ]
        return self._headed("injuries", found)

    def treatments(self) -> Json:
        """Every treatment."""
        knowledge = self.release.knowledge
        return self._headed("treatments", terms(knowledge.treatments, knowledge.axioms.above))

    def factors(self) -> Json:
        """Every patient factor, with the ages that define it where ages do."""
        knowledge = self.release.knowledge
        ages = knowledge.axioms.by_age
        found = [
            term | ({"ages": years(ages[term["iri"]])} if term["iri"] in ages else {})
            for term in terms(knowledge.factors, knowledge.axioms.above)
        ]
        return self._headed("factors", found)

    def cited(self) -> Json:
        """Every source, with the number of rules that cite it."""
        rules = self.release.knowledge.rules
        counts = Counter(iri for rule in rules for iri in {c.source.iri for c in rule.citations})
        found = [source_document(s) | {"rules": counts[s.iri]} for s in self.sources]
        return self._headed("sources", found)

    def rule(self, name: str, *, where: str) -> Rule:
        """The rule of a name; raises UnknownName with the nearest, AmbiguousName."""
        iri = self.rule_names.find(name, where=where).iri
        return next(rule for rule in self.release.knowledge.rules if rule.iri == iri)

    def head(self) -> Json:
        """What every document begins with: the notice and the edition of the knowledge."""
        return head(self.release.knowledge.notice, self.release.knowledge.edition)

    def _headed(self, name: str, found: list[Json]) -> Json:
        """A list under its name."""
        return {**self.head(), name: found}


def head(notice: str, edition: Edition) -> Json:
    """The notice, and which knowledge this is of."""
    return {
        "notice": notice,
        "knowledge": {"version": edition.version, "digest": edition.digest},
    }


def sources_of(store: ox.Store) -> tuple[Source, ...]:
    """Every document that facts of a release rest on, by id."""
    labelled = ox.NamedNode(RDFS + "label"), None, ox.NamedNode(Graph.ASSERTED)
    found = [
        quad.subject
        for quad in store.quads_for_pattern(None, *labelled)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SOURCE_BASE)
    ]
    about = (
        quad
        for node in found
        for quad in store.quads_for_pattern(node, None, None, ox.NamedNode(Graph.ASSERTED))
    )
    triples = Triples(about)
    return tuple(sorted((source_of(triples, n) for n in set(found)), key=lambda s: s.iri))


def terms(listed: Collection[Term], above: Closure) -> list[Json]:
    """Terms of one kind, each with the ids of its direct superclasses of that kind."""
    ids = {term.iri: term.id for term in listed}
    return [
        {
            "id": term.id,
            "iri": term.iri,
            "slug": term.slug,
            "label": term.label,
            "definition": term.definition,
            "synonyms": list(term.synonyms),
            "parents": sorted(ids[iri] for iri in parents(term.iri, above, ids)),
        }
        for term in listed
    ]


def parents(iri: str, above: Closure, among: Container[str]) -> set[str]:
    """The direct superclasses of a class: those that no other superclass stands below."""
    wider = {other for other in above[iri] if other in among and iri not in above[other]}
    return {w for w in wider if not any(w in above[v] and v not in above[w] for v in wider)}


def rule_document(rule: Rule, grounds: Json) -> Json:
    """A rule: its grounds as answers give them, topic, condition in Manchester syntax, windows."""
    windows = zip((region.hours for region in rule.regions), rule.bounds, strict=True)
    timed = dict.fromkeys((hours, bound) for hours, bound in windows if hours != Span())
    return {
        **grounds,
        "topic": rule.topic or None,
        "condition": manchester(express(rule.regions)),
        "windows": [{**bounds(hours), "bound": bound or None} for hours, bound in timed],
    }


def source_document(source: Source) -> Json:
    """A source; what is not known of it is null."""
    return {
        "id": source.id,
        "iri": source.iri,
        "title": source.title,
        "creator": source.creator or None,
        "date": source.date or None,
        "reference": source.reference or None,
        "trust": source.trust or None,
    }


def years(span: Span) -> Json:
    """A span of ages in completed years, as `[fromYears, untilYears)`."""
    until = None if span.end is None else plain(span.end.at)
    return {"fromYears": plain(span.start.at), "untilYears": until}
