"""The ontology and the rules are OWL 2 DL: the profile checker of the OWL API judges."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.names import BASE, ONTOLOGY, OWL, PREFIXES, RDF, local_name, shorten
from primum.knowledge.pellet import outside_owl2_dl
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "undeclared-entity": "A class, property or datatype is used and no file declares it. Declare "
    "it, or correct its name.",
    "punning-forbidden": "One IRI names things of two kinds that OWL 2 DL keeps apart, such as an "
    "object property and a data property. Keep one, or give one of them another IRI.",
    "property-not-simple": "A property that is transitive, or has a transitive one below it, is "
    "used where OWL 2 DL admits only simple ones: functional, in a count, disjoint.",
    "vocabulary-reserved": "A name of the namespaces of OWL, RDF or XSD is used that they do not "
    "define. Use a name of your own.",
    "literal-ill-typed": "A literal is none of the datatype that it claims. Correct one of them.",
    "axiom-unreadable": "The OWL API cannot read an axiom, and drops it. Look at the term in "
    "Protégé, and write the axiom again.",
    "outside-owl-2-dl": "Something else leaves OWL 2 DL. Reasoners refuse it, or differ.",
}
_BY_WORDS = {
    "owlapi/error#": "axiom-unreadable",
    "undeclared": "undeclared-entity",
    "Cannot pun": "punning-forbidden",
    "also used as": "punning-forbidden",
    "non-simple": "property-not-simple",
    "reserved vocabulary": "vocabulary-reserved",
    "lexical space": "literal-ill-typed",
}
_HEADERS = frozenset({OWL + "imports", OWL + "versionIRI", OWL + "Ontology"})
_IRI = re.compile(r"<([^<>\s]+)>")
_BARE = re.compile(r"(?<![<\w])(https?://[^\s\]>]+)")
_SHORT = re.compile(r"(?<![\w<:])(owl|rdfs?|xsd):(\w+)")
_WHERE = re.compile(r"\s*\[?(?:in axiom )?\s*in (?:ontology )?OntologyID\(.*$")
_AXIOM = re.compile(r"\[?(?:in axiom )?(\b[A-Z]\w+\(.*\))\]?$")


def profile(subject: Subject) -> Iterator[Remark]:
    """What the checker finds, one remark for each code and term."""
    seen: set[tuple[str, str]] = set()
    for violation in outside_owl2_dl(_content(subject)):
        found = _remark(violation)
        if (found.code, found.term) not in seen:
            seen.add((found.code, found.term))
            yield subject.placed(found, mentioning=found.term) if found.term else found


def _content(subject: Subject) -> bytes:
    """All that is asserted as one ontology, annotations too, without imports."""
    triples = [
        quad.triple
        for quad in subject.sources.dataset
        if quad.predicate.value not in _HEADERS
        and not (isinstance(quad.object, ox.NamedNode) and quad.object.value in _HEADERS)
    ]
    nodes = ONTOLOGY, RDF + "type", OWL + "Ontology"
    head = ox.Triple(*map(ox.NamedNode, nodes))
    return ox.serialize([head, *triples], format=ox.RdfFormat.N_TRIPLES) or b""


def _remark(violation: str) -> Remark:
    """One line of the checker as a remark."""
    full = _SHORT.sub(lambda found: f"<{PREFIXES[found[1]]}{found[2]}>", _WHERE.sub("", violation))
    plain = _BARE.sub(r"<\1>", full)
    code = next((c for words, c in _BY_WORDS.items() if words in plain), "outside-owl-2-dl")
    terms = [iri for iri in _IRI.findall(plain) if "owlapi/error#" not in iri]
    axiom = _AXIOM.search(plain)
    ours = [iri for iri in terms if iri.startswith(BASE)]
    term = next(iter([*(ours if "reserved" not in plain else ()), *terms]), "")
    said = _named(plain[: axiom.start()] if axiom else plain).strip(" :[")
    sentence = f"The axiom cannot be read as OWL: {said}." if not said else f"{said}."
    if code == "axiom-unreadable":
        sentence = f"The OWL API cannot read an axiom on {_named(f'<{term}>')} and drops it."
    stated = _named(axiom[1]) if axiom else ""
    return Remark(code, Severity.ERROR, sentence, term=term, axiom=stated)


def _named(text: str) -> str:
    """A line with names for IRIs."""

    def name(found: re.Match[str]) -> str:
        return local_name(found[1]) if found[1].startswith(BASE) else shorten(found[1])

    return _IRI.sub(name, text)
