"""The knowledge as it stands, as far as sheets speak of it; nothing is reasoned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import (
    DCTERMS,
    OWL,
    RDFS,
    SKOS,
    Effect,
    Kind,
    kebab,
    local_name,
    shorten,
)
from primum.knowledge import files
from primum.knowledge.compiler import Compiler, Vocabulary
from primum.knowledge.locate import Place
from primum.knowledge.owl import read_expression
from primum.knowledge.rdf import Node, Triples, Value
from primum.model.expressions import Expression
from primum.model.knowledge import Closure
from primum.model.naming import Names
from primum.model.terms import Term
from primum.use_cases.spreadsheet.constraints import Constraints, read_constraints

_KINDS: Mapping[str, str] = {
    "treatment": Kind.TREATMENT,
    "injury": Kind.INJURY,
    "factor": Kind.FACTOR,
    "window": Kind.SITUATION,
}

_ANNOTATED = OWL + "annotated"


@dataclass(frozen=True, slots=True)
class Known:
    """What sheets are written from and compared with.

    `files` tells in which file each entity is declared, as a path relative to the folder of the
    knowledge; `names` finds treatments, injuries, factors, windows and sources by any of their
    names; `above` gives the asserted superclasses of each class, itself among them; `users` the
    nodes that have a node for a value in an axiom; `conditions` are those of rules, `constraints`
    what the shapes of rules and terms demand. `added` are the ids of classes that no file declares
    as yet, by IRI.
    """

    place: Place
    digest: str
    triples: Triples
    files: Mapping[str, str]
    names: Mapping[str, Names]
    above: Closure
    users: Mapping[Value, tuple[Node, ...]]
    conditions: Mapping[str, Expression]
    compiler: Compiler
    constraints: Mapping[str, Constraints]
    added: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> frozenset[str]:
        """The classes of a kind: `treatment`, `injury`, `factor` or `window`."""
        return frozenset(term.iri for term in self.names[kind])

    def slug(self, iri: str) -> str:
        """The id by which a class is named in cells."""
        return self.added.get(iri) or slug_of(self.triples, iri)

    def adding(self, kind: str, terms: Iterable[Term]) -> Self:
        """The same knowledge with new classes of a kind, which cells may name."""
        new = tuple(terms)
        names = Names(kind, [*self.names[kind], *new])
        return replace(
            self,
            names={**self.names, kind: names},
            added={**self.added, **{term.iri: term.slug for term in new}},
        )


def read_known(place: Place) -> Known:
    """Read all files of a place.

    Raises KnowledgeError where a file does not parse or a condition is none that the compiler
    reads: such knowledge is no ground for a sheet.
    """
    sources = files.read(place)
    triples = Triples(sources.dataset)
    above = _above(triples)
    rules = frozenset(_rules(triples))
    windows = dict(_windows(triples, _below(above, Kind.SITUATION) - rules))
    below = {kind: _below(above, root) for kind, root in _KINDS.items()}
    below["window"] = frozenset(windows)
    vocabulary = Vocabulary(below["injury"], below["treatment"], below["factor"], windows)
    return Known(
        place=place,
        digest=sources.digest,
        triples=triples,
        files={iri: _relative(path, place) for iri, path in sources.declared_in.items()},
        names={
            **{kind: Names(kind, _terms(triples, iris)) for kind, iris in below.items()},
            "source": Names("source", _terms(triples, _sources(triples))),
        },
        above=above,
        users=_users(sources.dataset),
        conditions={iri: _condition(triples, iri) for iri in rules},
        compiler=Compiler(vocabulary),
        constraints={name: read_constraints(place, name) for name in ("rule", "term")},
    )


def slug_of(triples: Triples, iri: str) -> str:
    """The slug of a class, or the kebab form of its local name where it states none."""
    return triples.text(ox.NamedNode(iri), DCTERMS + "identifier") or kebab(local_name(iri))


def camel(slug: str) -> str:
    """The local name of a slug: `hamstring-strain` gives `HamstringStrain`."""
    return "".join(part[:1].upper() + part[1:] for part in slug.split("-"))


def _condition(triples: Triples, rule: str) -> Expression:
    """The condition of a rule; raises OutsideFragment where it has none, or one too many."""
    stated = triples.values(ox.NamedNode(rule), OWL + "equivalentClass")
    if len(stated) != 1:
        raise OutsideFragment(
            f"The rule {shorten(rule)} has {len(stated)} EquivalentTo axioms; it has one."
        )
    try:
        return read_expression(triples, stated[0])
    except OutsideFragment as error:
        raise OutsideFragment(f"The rule {shorten(rule)}: {error}") from error


def _windows(triples: Triples, iris: Iterable[str]) -> Iterator[tuple[str, Expression]]:
    """The defined classes of situations that conditions may name, with a definition each."""
    for iri in sorted(iris):
        for stated in triples.values(ox.NamedNode(iri), OWL + "equivalentClass")[:1]:
            with suppress(OutsideFragment):
                yield iri, read_expression(triples, stated)


def _relative(path: Path, place: Place) -> str:
    return path.relative_to(place.root).as_posix()


def _rules(triples: Triples) -> Iterator[str]:
    """The classes that are put under a level."""
    for node in triples.subjects_of(RDFS + "subClassOf"):
        if not set(Effect.ALL).isdisjoint(triples.iris(node, RDFS + "subClassOf")):
            yield node.value


def _sources(triples: Triples) -> frozenset[str]:
    """The documents that facts rest on."""
    return frozenset(node.value for node in triples.named_of_type(Kind.SOURCE))


def _below(above: Closure, root: str) -> frozenset[str]:
    """The classes at or below a kind."""
    return frozenset(iri for iri, supers in above.items() if root in supers)


def _users(quads: Iterable[ox.Quad]) -> dict[Value, tuple[Node, ...]]:
    """Which nodes have a node for a value, the annotations of axioms aside."""
    found: dict[Value, list[Node]] = defaultdict(list)
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple | ox.Literal):
            continue
        if not quad.predicate.value.startswith(_ANNOTATED):
            found[value].append(subject)
    return {value: tuple(subjects) for value, subjects in found.items()}


def _terms(triples: Triples, iris: Iterable[str]) -> Iterator[Term]:
    """Classes and documents with the names they bear; a document's id is its key."""
    for iri in sorted(iris):
        node = ox.NamedNode(iri)
        synonyms = tuple(triples.texts(node, SKOS + "altLabel"))
        label = triples.text(node, RDFS + "label") or local_name(iri)
        yield Term(iri, slug_of(triples, iri), label, synonyms=synonyms)


def _above(triples: Triples) -> Closure:
    """The asserted superclasses of each class, itself included."""
    parents = {node.value: _parents(triples, node) for node in triples.named_of_type(OWL + "Class")}
    above: dict[str, frozenset[str]] = {}
    for iri in parents:
        seen, due = {iri}, [iri]
        while due:
            new = parents.get(due.pop(), frozenset()) - seen
            seen |= new
            due += new
        above[iri] = frozenset(seen)
    return above


def _parents(triples: Triples, node: ox.NamedNode) -> frozenset[str]:
    """The named classes that a class is put under, or that its definition joins with `and`."""
    direct = triples.iris(node, RDFS + "subClassOf") + triples.iris(node, OWL + "equivalentClass")
    for definition in triples.values(node, OWL + "equivalentClass"):
        head = None
        if isinstance(definition, ox.BlankNode):
            head = triples.value(definition, OWL + "intersectionOf")
        if head is not None:
            direct += [v.value for v in triples.list_of(head) if isinstance(v, ox.NamedNode)]
    return frozenset(direct)
