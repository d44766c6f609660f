"""What the asserted graph says, axiom by axiom, with nothing skipped in silence.

Axioms on injuries, treatments, factors and situations restrict which completions a case has, so
each must be of a form that the engine understands. An axiom of another form is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment, UnreadableFile
from primum.foundation.names import OWL, RDF, RDFS, Datatype, Effect, Kind, Link, shorten
from primum.knowledge.compiler import grades_in
from primum.knowledge.owl import read_expression
from primum.knowledge.rdf import Node, Triples, Value
from primum.knowledge.roles import ROLES, check_properties
from primum.model.expressions import And, Expression, Named, Not, Some, SomeNumber
from primum.model.knowledge import Closure
from primum.model.manchester import manchester
from primum.model.regions import GRADES
from primum.model.spans import Span

SUBCLASS, EQUIVALENT = RDFS + "subClassOf", OWL + "equivalentClass"
_DISJOINT = OWL + "disjointWith"
_BY_ITSELF = tuple(
    OWL + name for name in ("unionOf", "intersectionOf", "complementOf", "oneOf", "disjointUnionOf")
)
_TOTAL: frozenset[Expression] = frozenset(
    {
        Some(Link.FOR_INJURY, Named(Kind.INJURY)),
        Some(Link.PROPOSES, Named(Kind.TREATMENT)),
        SomeNumber(Link.HOURS, Datatype.DECIMAL, Span()),
        SomeNumber(Link.AGE, Datatype.INTEGER, Span()),
    }
)
_CONSTRAINING = frozenset(ROLES)
_ABOVE_RULES = frozenset({*Effect.ALL, Effect.CONTRAINDICATED, Effect.APPRAISED, Kind.SITUATION})


@dataclass(frozen=True, slots=True)
class ClassAxiom:
    """An axiom `part SubClassOf whole` or, when `both_ways`, `part EquivalentTo whole`."""

    part: Expression
    whole: Expression
    both_ways: bool = False

    def __str__(self) -> str:
        """The axiom in Manchester syntax."""
        word = "EquivalentTo" if self.both_ways else "SubClassOf"
        return f"{manchester(self.part)} {word} {manchester(self.whole)}"


@dataclass(slots=True)
class Sorted:
    """The class axioms, sorted by what they mean to the engine; see `model.knowledge.Axioms`.

    `definitions` maps each defined situation class, rules among them, to its definition. `bringing`
    and `brought_by` are pairs of a situation class and a factor that each of its situations has,
    and of one that every situation with the factor belongs to.
    """

    definitions: dict[str, Expression] = field(default_factory=dict)
    implied: set[tuple[str, str]] = field(default_factory=set)
    apart: set[frozenset[str]] = field(default_factory=set)
    disjoint: set[frozenset[str]] = field(default_factory=set)
    grades: dict[str, frozenset[int]] = field(default_factory=dict)
    by_grade: dict[str, frozenset[int]] = field(default_factory=dict)
    by_age: dict[str, Span] = field(default_factory=dict)
    bringing: set[tuple[str, str]] = field(default_factory=set)
    brought_by: set[tuple[str, str]] = field(default_factory=set)


def sort_axioms(triples: Triples, above: Closure) -> Sorted:
    """All class axioms of the graph, sorted; raises OutsideFragment for one of another form.

    `above` gives the inferred superclasses of each named class, itself included.
    """
    found, faults = sort_what_compiles(triples, above)
    for _, error in faults:
        raise error
    return found


def sort_what_compiles(
    triples: Triples, above: Closure
) -> tuple[Sorted, list[tuple[Node | None, OutsideFragment]]]:
    """The class axioms that are of a known form, sorted, and what is wrong with each other one.

    Each fault comes with the node that the axiom is on, or None where it is on several.
    """
    found = Sorted()
    faults: list[tuple[Node | None, OutsideFragment]] = []

    def attempt(node: Node | None, work: Callable[[], None]) -> None:
        try:
            work()
        except OutsideFragment as error:
            faults.append((node, error))

    attempt(None, lambda: found.disjoint.update(_disjoint_pairs(triples, above)))
    for node in triples.every_subject_of(SUBCLASS, EQUIVALENT, *_BY_ITSELF):
        if isinstance(node, ox.NamedNode):
            attempt(node, partial(_check_declared, triples, node))
        for predicate in (SUBCLASS, EQUIVALENT):
            for whole in triples.values(node, predicate):
                attempt(node, partial(_sort, found, triples, above, (node, predicate, whole)))
    attempt(None, lambda: _settle_ages(found))
    attempt(None, lambda: check_properties(triples))
    return found, faults


def _sort(found: Sorted, triples: Triples, above: Closure, head: tuple[Node, str, Value]) -> None:
    """Sort one axiom; raises OutsideFragment where it is of no known form."""
    node, predicate, whole = head
    axiom = _read(triples, node, whole, both_ways=predicate == EQUIVALENT)
    understood = (
        _on_named(found, axiom, axiom.part.iri, above.get(axiom.part.iri, frozenset()))
        if isinstance(axiom.part, Named)
        else _on_situations(found, axiom)
    )
    if not understood:
        raise refused(str(axiom))


def refused(axiom: str) -> OutsideFragment:
    """The error for an axiom that the engine would not honour."""
    return OutsideFragment(
        f"The axiom `{axiom}` cannot be compiled. "
        "See rules/README.md, section The fragment that compiles."
    )


def _check_declared(triples: Triples, node: ox.NamedNode) -> None:
    """Refuse a class that nothing declares, or that is an expression under its own name."""
    if ox.NamedNode(OWL + "Class") not in triples.values(node, RDF + "type"):
        raise OutsideFragment(f"{_name(node)} has class axioms but is not declared as a class.")
    for predicate in _BY_ITSELF:
        if predicate in triples.predicates(node):
            raise refused(f"{_name(node)} {shorten(predicate)} ...")


def _read(triples: Triples, part: Value, whole: Value, *, both_ways: bool) -> ClassAxiom:
    """The axiom between two nodes; one that cannot be read is named by its class."""
    try:
        return ClassAxiom(
            read_expression(triples, part), read_expression(triples, whole), both_ways
        )
    except (OutsideFragment, UnreadableFile) as error:
        raise OutsideFragment(f"In an axiom on {_name(part)}: {error}") from error


def _name(node: Value) -> str:
    return shorten(node.value) if isinstance(node, ox.NamedNode) else "an anonymous class"


def _disjoint_pairs(triples: Triples, above: Closure) -> Iterator[frozenset[str]]:
    """Pairs of named classes that an axiom declares disjoint."""
    for one, other in _disjoint_nodes(triples):
        if not (isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode)):
            raise refused(f"{_name(one)} DisjointWith {_name(other)}")
        if one == other or any(
            Kind.SITUATION in above.get(node.value, ()) and node.value != Kind.SITUATION
            for node in (one, other)
        ):
            raise refused(f"{_name(one)} DisjointWith {_name(other)}")
        yield frozenset({one.value, other.value})


def _disjoint_nodes(triples: Triples) -> Iterator[tuple[Value, Value]]:
    """The pairs of nodes that axioms declare disjoint."""
    for node in triples.every_subject_of(_DISJOINT):
        for other in triples.values(node, _DISJOINT):
            yield node, other
    for axiom in triples.of_type(OWL + "AllDisjointClasses"):
        head = triples.value(axiom, OWL + "members")
        yield from combinations([] if head is None else list(triples.list_of(head)), 2)


def _on_named(found: Sorted, axiom: ClassAxiom, iri: str, above: frozenset[str]) -> bool:
    """Sort an axiom on a named class; false where it is of no known form."""
    if iri == OWL + "Thing":
        return False
    if isinstance(axiom.whole, Named) and not (axiom.both_ways and Kind.SITUATION in above):
        return Kind.SITUATION not in above or axiom.whole.iri in _ABOVE_RULES
    if Kind.SITUATION in above:
        return _on_situation_class(found, axiom, iri)
    if Kind.INJURY in above:
        return _on_injury(found, axiom, iri)
    return not above & {Kind.TREATMENT, Kind.FACTOR} or _is_plain_link(axiom)


def _on_situation_class(found: Sorted, axiom: ClassAxiom, iri: str) -> bool:
    """A definition of a rule or window, a factor it brings, or what each situation has one of."""
    match axiom:
        case ClassAxiom(_, whole, True):
            return found.definitions.setdefault(iri, whole) == whole
        case ClassAxiom(_, Some(Link.HAS_FACTOR, Named(factor)), False):
            found.bringing.add((iri, factor))
            return True
        case _:
            return iri == Kind.SITUATION and axiom.whole in _TOTAL


def _settle_ages(found: Sorted) -> None:
    """A class of situations by age that has a factor, and has all that have it, makes it an age."""
    for iri, factor in sorted(found.bringing | found.brought_by):
        known, held = Named(iri), Some(Link.HAS_FACTOR, Named(factor))
        if (iri, factor) not in found.bringing:
            raise refused(str(ClassAxiom(held, known)))
        match _premise(found.definitions.get(iri, known)):
            case SomeNumber(Link.AGE, _, span) if (iri, factor) in found.brought_by and (
                found.by_age.setdefault(factor, span) == span
            ):
                continue
        raise refused(str(ClassAxiom(known, held)))


def _on_injury(found: Sorted, axiom: ClassAxiom, iri: str) -> bool:
    """A grade, a disjointness, or a link that restricts nothing."""
    match axiom:
        case ClassAxiom(_, And((Named(Kind.INJURY), SomeNumber(Link.HAS_GRADE, _, span))), True):
            return found.by_grade.setdefault(iri, grades_in(span)) == grades_in(span)
        case ClassAxiom(_, SomeNumber(Link.HAS_GRADE, _, span), False):
            found.grades[iri] = found.grades.get(iri, GRADES) & grades_in(span)
        case ClassAxiom(_, Not(Named(other)), False):
            found.disjoint.add(frozenset({iri, other}))
        case _:
            return _is_plain_link(axiom)
    return True


def _is_plain_link(axiom: ClassAxiom) -> bool:
    """Whether an axiom links a class to something that no rule can ask for."""
    return (
        not axiom.both_ways
        and isinstance(axiom.whole, Some)
        and axiom.whole.property not in _CONSTRAINING
    )


def _on_situations(found: Sorted, axiom: ClassAxiom) -> bool:
    """A general axiom: what else is true of every situation with some injury or factor."""
    match _premise(axiom.part), axiom.whole:
        case Some(Link.FOR_INJURY | Link.HAS_FACTOR, Named(one)), Some(
            Link.HAS_FACTOR, Named(factor)
        ):
            found.implied.add((one, factor))
        case Some(Link.HAS_FACTOR, Named(one)), Not(Some(Link.HAS_FACTOR, Named(factor))):
            found.apart.add(frozenset({one, factor}))
            return one != factor and not axiom.both_ways
        case Some(Link.HAS_FACTOR, Named(factor)), Named(iri):
            found.brought_by.add((iri, factor))
        case _:
            return False
    return not axiom.both_ways


def _premise(part: Expression) -> Expression:
    """The one thing a general axiom asks of a situation, or the expression as it stands."""
    if isinstance(part, And):
        asked = [operand for operand in part.operands if operand != Named(Kind.SITUATION)]
        return asked[0] if len(asked) == 1 else part
    return part
