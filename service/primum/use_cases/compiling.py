"""Compile: read the files of a place, reason over them, and compile them, without a release."""

from dataclasses import dataclass

from primum.knowledge import files
from primum.knowledge.assembly import assemble
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.knowledge.reasoner import Entailed, demand_satisfiable, reason
from primum.model.knowledge import Edition, Knowledge


@dataclass(frozen=True, slots=True)
class Compiled:
    """The knowledge of a place as its files have it now: what they say, entail and compile to.

    `triples` is the view on the asserted graph that compiling used.
    """

    sources: files.Sources
    triples: Triples
    entailed: Entailed
    knowledge: Knowledge


def compile_knowledge(place: Place) -> Compiled:
    """Read, reason and compile; nothing is written.

    Raises KnowledgeError where a file does not parse, the reasoner finds a contradiction, or an
    axiom lies outside the fragment that compiles.
    """
    sources = files.read(place)
    entailed = reason(sources.dataset)
    demand_satisfiable(entailed, sources.dataset)
    return compile_read(sources, entailed)


def compile_read(sources: files.Sources, entailed: Entailed) -> Compiled:
    """Compile what was read and reasoned over before; raises OutsideFragment."""
    triples = Triples(sources.dataset)
    edition = Edition(sources.version, sources.digest)
    knowledge = assemble(triples, entailed.above, edition, sources.declared_in)
    return Compiled(sources, triples, entailed, knowledge)
