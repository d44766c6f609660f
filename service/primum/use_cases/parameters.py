"""Parameters of named questions: from names and numbers to RDF terms."""

from collections.abc import Iterable

import pyoxigraph as ox

from primum.foundation.names import Datatype
from primum.foundation.numbers import read_whole
from primum.model.manchester import spell
from primum.model.regions import GRADES
from primum.use_cases.question import Vocabulary, read_hours

Terms = dict[str, list[ox.NamedNode | ox.Literal]]


def terms_of(vocabulary: Vocabulary, pairs: Iterable[tuple[str, str]]) -> Terms:
    """The terms that parameters stand for; a parameter given twice has both values.

    Raises QuestionError for an unknown term or a number of the wrong form.
    """
    found: Terms = {}
    for name, text in pairs:
        found.setdefault(name, []).append(_term(vocabulary, name, text))
    return found


def _term(vocabulary: Vocabulary, name: str, text: str) -> ox.NamedNode | ox.Literal:
    """One value, read as the parameter's name says."""
    names = {
        "injury": vocabulary.injuries,
        "treatment": vocabulary.treatments,
        "factor": vocabulary.factors,
    }
    if name in names:
        return ox.NamedNode(names[name].find(text, where=name).iri)
    if name == "grade":
        return ox.Literal(read_whole(text, where=name, most=max(GRADES)))
    return ox.Literal(spell(read_hours(text, where=name)), datatype=ox.NamedNode(Datatype.DECIMAL))
