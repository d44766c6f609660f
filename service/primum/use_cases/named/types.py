"""The types of parameters, and how what a person types becomes an RDF term.

Terms go by any of their names, as everywhere else; numbers are read exactly.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.errors import InvalidValue
from primum.foundation.names import DCTERMS, OWL, RDFS, SKOS, Datatype, Graph, Kind, kebab
from primum.foundation.numbers import read_whole
from primum.knowledge.rdf import Triples
from primum.knowledge.release import Release
from primum.model.levels import Level
from primum.model.manchester import spell
from primum.model.moments import HOURS_PER_DAY
from primum.model.naming import Names
from primum.model.regions import GRADES
from primum.model.terms import Term
from primum.use_cases.named.query import Value
from primum.use_cases.question import Vocabulary, read_hours
from primum.use_cases.vocabulary import Catalogue

MOST_CHARACTERS: Final = 200
LEVELS: Final = tuple(level.word for level in sorted(Level, reverse=True) if level)
_ANY_NAME: Final = "by local name, slug, IRI, label or synonym"
TYPES: Final[Mapping[str, str]] = {
    "injury": f"an injury, {_ANY_NAME}",
    "treatment": f"a treatment, {_ANY_NAME}",
    "factor": f"a patient factor, {_ANY_NAME}",
    "finding": f"a symptom, sign, risk, aggravating or relieving factor, {_ANY_NAME}",
    "site": f"a body part or tissue, {_ANY_NAME}",
    "term": f"any class of the ontology that is no rule, {_ANY_NAME}",
    "rule": "a rule, by local name, slug, IRI or label",
    "source": "a document that facts rest on, by its key, IRI or title",
    "grade": f"a grade from 0 to {max(GRADES)}; 0 is an injury without grades",
    "hours": "hours since onset, a decimal number",
    "day": "a day since onset; the day of injury is day 0, a fraction means that instant",
    "level": f"a level of contraindication: {', '.join(LEVELS)}",
    "confidence": "how far the curators trust a fact",
    "date": "a day, as YYYY-MM-DD",
    "text": f"up to {MOST_CHARACTERS} printable characters, no backslash",
    "iri": "an absolute IRI, without angle brackets",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what a person types for a parameter, over one release.

    `names` are the terms of each type that has names, `words` the options of each that has some.
    """

    names: Mapping[str, Names]
    words: Mapping[str, Collection[str]]

    @classmethod
    def over(cls, release: Release, vocabulary: Vocabulary) -> Self:
        """The reader for a release; indexes all names once."""
        catalogue, triples = Catalogue.over(release), _asserted(release.store)
        rules = {rule.iri for rule in release.knowledge.rules}
        names = {
            "injury": vocabulary.injuries,
            "treatment": vocabulary.treatments,
            "factor": vocabulary.factors,
            "finding": vocabulary.findings,
            "site": Names("site", _below(release.store, triples, Kind.SITE)),
            "term": Names("term", (t for t in _classes(triples) if t.iri not in rules)),
            "rule": catalogue.rule_names,
            "source": catalogue.source_names,
        }
        return cls(names, {"level": LEVELS, "confidence": catalogue.confidences})

    def read(self, kind: str, text: str, *, where: str) -> Value:
        """The term that a text means; `kind` is one of TYPES, `where` the parameter.

        Raises UnknownName with the nearest names, AmbiguousName with the candidates, and
        InvalidValue with what is allowed.
        """
        if kind in self.names:
            return ox.NamedNode(self.names[kind].find(text, where=where).iri)
        if kind in self.words:
            return _word(self.words[kind], text, where)
        return _READERS[kind](text, where)


def _asserted(store: ox.Store) -> Triples:
    """What the files say, without what follows from it."""
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(Graph.ASSERTED))
    return Triples(quads)


def _below(store: ox.Store, triples: Triples, kind: str) -> Iterator[Term]:
    """The classes below a class."""
    pattern = ox.NamedNode(RDFS + "subClassOf"), ox.NamedNode(kind), ox.NamedNode(Graph.INFERRED)
    for quad in store.quads_for_pattern(None, *pattern):
        if isinstance(quad.subject, ox.NamedNode):
            yield _term(triples, quad.subject)


def _classes(triples: Triples) -> Iterator[Term]:
    """The classes that have a label."""
    for node in triples.named_of_type(OWL + "Class"):
        if triples.text(node, RDFS + "label"):
            yield _term(triples, node)


def _term(triples: Triples, node: ox.NamedNode) -> Term:
    """A class by its names."""
    own = Term(node.value, "", triples.text(node, RDFS + "label"))
    slug = triples.text(node, DCTERMS + "identifier") or kebab(own.id)
    return Term(own.iri, slug, own.label, synonyms=tuple(triples.texts(node, SKOS + "altLabel")))


def _word(options: Collection[str], text: str, where: str) -> ox.Literal:
    """One of a few words."""
    if text not in options:
        raise _unreadable(text, where, f"it is one of {', '.join(options)}", *options)
    return ox.Literal(text)


def _grade(text: str, where: str) -> ox.Literal:
    """A grade; 0 stands for none."""
    return ox.Literal(read_whole(text, where=where, most=max(GRADES)))


def _hours(text: str, where: str) -> ox.Literal:
    """Hours since onset, exactly."""
    return ox.Literal(spell(read_hours(text, where=where)), datatype=_DECIMAL)


def _day(text: str, where: str) -> ox.Literal:
    """A day since onset, exactly; what may stand here is what other questions take as a day."""
    hours = read_hours(text, where=where, unit=HOURS_PER_DAY)
    return ox.Literal(spell(Fraction(hours) / HOURS_PER_DAY), datatype=_DECIMAL)


def _date(text: str, where: str) -> ox.Literal:
    """A day of the calendar; the ontology holds these as plain text."""
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        found = ""
    if found != text:
        raise _unreadable(text, where, "it is a day, such as 2026-11-22", "YYYY-MM-DD")
    return ox.Literal(text)


def _text(text: str, where: str) -> ox.Literal:
    r"""Plain text.

    A backslash is refused: some engines read `\u0022` as a quotation mark before they look for
    the ends of strings (SPARQL 1.1, section 19.2), so that it could end one.
    """
    if not text or len(text) > MOST_CHARACTERS or "\\" in text or not text.isprintable():
        raise _unreadable(text, where, f"it is {TYPES['text']}", TYPES["text"])
    return ox.Literal(text)


def _iri(text: str, where: str) -> ox.NamedNode:
    """An absolute IRI, as the RDF library reads one."""
    try:
        if len(text) <= MOST_CHARACTERS and text.isprintable():
            return ox.NamedNode(text)
    except ValueError:
        pass
    raise _unreadable(text, where, f"it is {TYPES['iri']}", TYPES["iri"])


def _unreadable(text: str, where: str, says: str, *allowed: str) -> InvalidValue:
    """The error for a text that is no value of its type."""
    shown = text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "\u2026"
    return InvalidValue(f"{where} is {shown!r}; {says}.", where=where, found=shown, allowed=allowed)


_DECIMAL: Final = ox.NamedNode(Datatype.DECIMAL)
_READERS: Final[Mapping[str, Callable[[str, str], Value]]] = {
    "grade": _grade,
    "hours": _hours,
    "day": _day,
    "date": _date,
    "text": _text,
    "iri": _iri,
}
