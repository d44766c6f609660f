"""Gathering what a release says of one term."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Flat, Graph, Kind, Link
from primum.use_cases.terms.axioms import KEYWORDS, axioms_on
from primum.use_cases.terms.kinds import TermKind, further_types, kind_of
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.page import Page
from primum.use_cases.terms.refs import Piece
from primum.use_cases.terms.resting import Resting
from primum.use_cases.terms.statements import Statement, citations_of, statements

_TYPE: Final = RDF + "type"
_EQUIVALENT: Final = OWL + "equivalentClass"
_SYNONYM: Final = SKOS + "altLabel"
_SOURCE: Final = DCTERMS + "source"
_DEFINITIONS: Final = (
    *(SKOS + "definition", DCTERMS + "description", Link.RATIONALE, Link.PATTERN),
    *(SH + "message", RDFS + "comment"),
)
_SHOWN_APART: Final = frozenset(
    {_TYPE, RDFS + "label", DCTERMS + "title", _SYNONYM, _SOURCE, *_DEFINITIONS, *KEYWORDS}
)
_CLOSED: Final = frozenset({Flat.ENTAILS, Flat.OF_RULE})
_REFERRING: Final = (Graph.ASSERTED, Graph.SHAPES, Graph.INFERRED)


def gather(known: Known, iri: str) -> Page:
    """All that a page shows of a term of a release."""
    node, kind = ox.NamedNode(iri), kind_of(known, iri)
    derived = _SHOWN_APART | _CLOSED | known.links.wider.keys()
    page = Page(
        ref=known.refs.of(iri),
        kind=kind,
        types=known.refs.every(further_types(known, iri)),
        definitions=tuple(t for p in _DEFINITIONS for t in known.stated.texts(node, p)),
        synonyms=tuple(known.stated.texts(node, _SYNONYM)),
        members=known.refs.every(_subjects(known, _TYPE, node)),
        citations=citations_of(known.stated, node, known.refs),
        mappings=statements(known.mapped, node, known.refs),
        axioms=axioms_on(known, node),
        stated=statements(known.stated, node, known.refs, without=_SHOWN_APART),
        derived=statements(known.derived, node, known.refs, without=derived),
        referring=_referring(known, node),
        uses=known.sizes[iri] if kind is TermKind.GRAPH else known.uses[iri],
    )
    return _of_its_kind(known, page)


def _of_its_kind(known: Known, page: Page) -> Page:
    """A page with what only terms of its kind have."""
    match page.kind:
        case TermKind.CLASS:
            return _class(known, page)
        case TermKind.RULE:
            return _rule(known, page)
        case TermKind.REGION:
            return _region(known, page)
        case TermKind.SOURCE:
            resting = Resting.on(page.ref, known.release.store, known.links, known.speaking)
            return replace(page, resting=resting)
        case _:
            return replace(page, hierarchy=known.properties.around(page.ref.iri, known.refs))


def _class(known: Known, page: Page) -> Page:
    """A class: what stands around it, its links, and the rules that speak of it."""
    iri = page.ref.iri
    situation = Kind.SITUATION in known.classes.above.get(iri, ())
    return replace(
        page,
        hierarchy=known.classes.around(iri, known.refs),
        linked=known.links.stated_of(iri),
        following=() if situation else known.links.following(iri),
        linking=known.links.stated_to(iri),
        naming=known.speaking.of(iri),
        through=known.speaking.through(iri, known.classes),
    )


def _rule(known: Known, page: Page) -> Page:
    """A rule: its condition, shown apart from axioms, and the regions that it is compiled to."""
    iri = page.ref.iri
    regions = _subjects(known, Flat.OF_RULE, ox.NamedNode(iri))
    return replace(
        page,
        hierarchy=known.classes.around(iri, known.refs),
        said=known.speaking.said(iri),
        axioms=tuple(axiom for axiom in page.axioms if axiom.keyword != KEYWORDS[_EQUIVALENT]),
        regions=known.refs.every(regions),
    )


def _region(known: Known, page: Page) -> Page:
    """A region: the rule that it is of, and what it asks in words."""
    found = known.speaking.region(page.ref.iri)
    if found is None:
        return page
    rule, place = found
    line = known.speaking.line(rule, place)
    return replace(page, of_rule=known.refs.of(rule.iri), definitions=(line,))


def _subjects(known: Known, prop: str, value: ox.NamedNode) -> set[str]:
    """The named nodes that have a value of a property, in any graph."""
    quads = known.release.store.quads_for_pattern(None, ox.NamedNode(prop), value, None)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _referring(known: Known, node: ox.NamedNode) -> tuple[Statement, ...]:
    """The terms that name one in a statement that is shown nowhere else, by property."""
    found = sorted(set(_pointing(known, node)))
    groups = groupby(found, key=lambda pair: pair[0])
    return tuple(
        Statement(
            known.refs.of(prop),
            tuple((Piece(r.label, r),) for r in known.refs.every(iri for _, iri in pairs)),
        )
        for prop, pairs in groups
    )


def _pointing(known: Known, node: ox.NamedNode) -> Iterator[tuple[str, str]]:
    """The property and subject of each statement about others that names a term."""
    aside = _SHOWN_APART - {RDFS + "domain", RDFS + "range"} | _CLOSED | known.links.wider.keys()
    for graph in map(ox.NamedNode, _REFERRING):
        for quad in known.release.store.quads_for_pattern(None, None, node, graph):
            if isinstance(quad.subject, ox.NamedNode) and quad.predicate.value not in aside:
                yield quad.predicate.value, quad.subject.value
