"""Proofs as JSON documents, for people to read and for the stand-alone checker to check.

A class expression is an IRI or a list: `["and", …]`, `["or", …]`, `["not", e]`, `["some", p, e]`,
where `e` may be a range of numbers as Manchester syntax has it (`xsd:decimal[>= 72.0, < 96.0]`), or
`["value", p, number]`. What each rule of inference allows, `proof_checker.py` says.
"""

import re
from typing import Any

import pyoxigraph as ox

from primum.foundation.names import RDF, XSD, Datatype
from primum.knowledge.axiom_base import statement_lines
from primum.knowledge.owl import Lifter, Triple
from primum.knowledge.rdf import Triples
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.manchester import spell
from primum.model.proofs import Axiom, By, Fact, Kind, Link, Member, Proof, Standing
from primum.model.spans import Number
from primum.use_cases.proof_layout import Layout, Step

Json = dict[str, Any]
Tree = Any  # an IRI, a range, a number, or a list of a word and trees

_COMPARING = frozenset({By.WITHIN, By.NOT_WITHIN, By.OUTSIDE})


def document(proof: Proof) -> Json:
    """A whole proof; the same proof gives the same document."""
    layout = Layout.of(proof)
    last = layout.steps[-1]
    rule = tree(last.sources[-1]) if last.by is By.AXIOM else None
    return {
        "claim": {"thing": last.thing, "is": tree(last.conclusion), "rule": rule},
        "holds": holds(layout),
        "knowledge": {"version": proof.edition.version, "digest": proof.edition.digest},
        **{
            standing.value: [_fact(fact, name) for fact, name in layout.facts[standing].items()]
            for standing in Standing
        },
        "axioms": [_axiom(axiom, name) for axiom, name in layout.axioms.items()],
        "steps": [_step(step) for step in layout.steps],
    }


def holds(layout: Layout) -> str:
    """Whether a claim is certain, or possible under suppositions, or that a rule never holds."""
    if layout.facts[Standing.ASSUMING]:
        return "possible"
    return "never" if isinstance(layout.steps[-1].conclusion, Not) else "certain"


def tree(expression: Expression) -> Tree:  # noqa: PLR0911 - one per construct
    """A class expression as JSON."""
    match expression:
        case Named(iri):
            return iri
        case And(operands):
            return ["and", *map(tree, operands)]
        case Or(operands):
            return ["or", *map(tree, operands)]
        case Not(operand):
            return ["not", tree(operand)]
        case Some(prop, filler):
            return ["some", prop, tree(filler)]
        case SomeNumber(prop, datatype, span) if span.is_instant:
            return ["value", prop, _number(span.start.at, datatype)]
        case SomeNumber(prop):
            return ["some", prop, _range(expression)]


def text(says: Tree) -> str:
    """A statement in Manchester syntax."""
    word, *parts = says
    if word in (Kind.DISJOINT_CLASSES, Kind.FUNCTIONAL):
        return f"{word}: {', '.join(map(_text, parts))}"
    return f" {word} ".join(map(_text, parts))


def fact_triples(fact: Fact) -> tuple[str, ...]:
    """A fact as lines of N-Triples."""
    lifter = Lifter()
    thing = ox.NamedNode(fact.thing)
    match fact:
        case Link(_, prop, other):
            head: Triple = thing, ox.NamedNode(prop), ox.NamedNode(other)
        case Member(_, SomeNumber(prop, datatype, span)) if span.is_instant:
            number = _number(span.start.at, datatype)
            head = thing, ox.NamedNode(prop), ox.Literal(number, datatype=ox.NamedNode(datatype))
        case Member(_, kind):
            head = thing, ox.NamedNode(RDF + "type"), lifter.lift(kind)
    triples = Triples(ox.Quad(*triple) for triple in [*lifter.triples, head])
    return statement_lines(triples, head)


def _fact(fact: Fact, name: str) -> Json:
    """Something said of the situation, and its triples."""
    match fact:
        case Link(thing, prop, other):
            says = ["has", thing, prop, other]
        case Member(thing, SomeNumber(span=span) as kind) if span.is_instant:
            says = ["has", thing, *tree(kind)[1:]]
        case Member(thing, kind):
            says = ["is", thing, tree(kind)]
    return {"id": name, "says": says, "triples": list(fact_triples(fact))}


def _axiom(axiom: Axiom, name: str) -> Json:
    """An axiom, its text and where it stands."""
    says = axiom_says(axiom)
    triples = list(axiom.triples)
    return {"id": name, "says": says, "triples": triples, "text": text(says), "file": axiom.file}


def axiom_says(axiom: Axiom) -> Tree:
    """An axiom as a word and what it relates."""
    match axiom.kind, axiom.parts:
        case Kind.RANGE, (Named(iri), SomeNumber() as number):
            return [axiom.kind.value, iri, _range(number)]
        case _:
            return [axiom.kind.value, *map(tree, axiom.parts)]


def _step(step: Step) -> Json:
    """One inference."""
    conclusion = tree(step.conclusion)
    found: Json = {
        "step": step.number,
        "thing": step.thing,
        "is": conclusion,
        "by": step.by.value,
        "from": list(step.cites),
    }
    if step.by in _COMPARING:
        found["compared"] = [_numbers(tree(step.sources[-1])), _numbers(conclusion)]
    return found | ({"under": list(step.under)} if step.under else {})


def _numbers(part: Tree) -> Tree:
    """The numbers that an expression asks for, or excludes."""
    return _numbers(part[1]) if part[0] == "not" else part[2]


def _range(number: SomeNumber) -> str:
    """A range of numbers in Manchester syntax."""
    start, end, datatype = number.span.start, number.span.end, number.datatype
    facets = [f"{'>' if start.after else '>='} {_number(start.at, datatype)}"]
    if end is not None:
        facets.append(f"{'<=' if end.after else '<'} {_number(end.at, datatype)}")
    return f"xsd:{datatype.removeprefix(XSD)}[{', '.join(facets)}]"


def _number(number: Number, datatype: str) -> str:
    """A number in Manchester syntax: a decimal one with a point, a whole one without."""
    spelled = spell(number)
    return f"{spelled}.0" if datatype == Datatype.DECIMAL and "." not in spelled else spelled


def _text(part: Tree) -> str:
    """An expression in Manchester syntax, in brackets unless it is a name."""
    if isinstance(part, str):
        return part if part.startswith("xsd:") else re.split("[/#]", part)[-1]
    word, *parts = part[0], *map(_text, part[1:])
    return f"({f' {word} '.join(parts)})" if len(parts) > 1 else f"({word} {parts[0]})"
