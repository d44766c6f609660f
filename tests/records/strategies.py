"""Hypothesis strategies for case records as JSON: good ones, and good ones with one change.

A good record is drawn from one true patient: what it says present or absent is so, and its times
run from onset to assessment and treatment, so that nothing in it contradicts anything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.records.instants import instants, intervals, later, spelled
from tests.records.mutations import mutated

from primum.foundation.errors import AmbiguousName
from primum.foundation.names import CONTEXT
from primum.model.knowledge import Knowledge
from primum.model.naming import Names
from primum.model.regions import UNGRADED
from primum.model.spans import Cut
from primum.model.terms import Term

Json = dict[str, Any]

SIDES = ("left", "right", "bilateral")
MOST_AGE = 120
_MOST_FACTORS = 6
_LETTERS = st.characters(codec="utf-8")


def good_records(knowledge: Knowledge) -> SearchStrategy[Json]:
    """Records in order just as the contract has it, over the terms of one knowledge base."""
    return _records(_Terms.of(knowledge))


def broken_records(knowledge: Knowledge) -> SearchStrategy[Json]:
    """Good records with one change, such as real systems make; a few are good all the same."""
    return good_records(knowledge).flatmap(mutated)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a knowledge base, with the names by which each can be found."""

    knowledge: Knowledge
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """All kinds of terms that a record may name."""
        kinds = {
            "injury": knowledge.injuries,
            "treatment": knowledge.treatments,
            "factor": knowledge.factors,
            "finding": knowledge.findings,
        }
        indexes = {kind: Names(kind, terms) for kind, terms in kinds.items()}
        found = {
            term.iri: tuple(_names(term, indexes[kind]))
            for kind, terms in kinds.items()
            for term in terms
        }
        return cls(knowledge, found)

    def named(self, term: Term) -> SearchStrategy[str]:
        """A term by any of its names."""
        return st.sampled_from(self.names[term.iri])

    def at_age(self, iri: str, age: int) -> bool | None:
        """Whether an age brings a factor; None where age has no say."""
        span = self.knowledge.axioms.by_age.get(iri)
        if span is None:
            return None
        return span.start <= Cut(age) and (span.end is None or Cut(age) < span.end)

    def can_join(self, brought: frozenset[str], so: frozenset[str], age: int) -> bool:
        """Whether what a factor brings can be so of a patient of an age, besides what is so."""
        axioms = self.knowledge.axioms
        if any(self.at_age(iri, age) is False for iri in brought):
            return False
        return not any(pair <= so | brought for pair in axioms.apart | axioms.disjoint)


def _names(term: Term, names: Names) -> Iterator[str]:
    """The names of a term that are no other term's, some in odd case."""
    prefixed = f"primum:{term.id}"
    for name in (term.id, term.slug, term.iri, prefixed, term.label, *term.synonyms):
        try:
            if names.find(name, where="").iri == term.iri:
                yield from (name, name.upper())
        except AmbiguousName:
            continue


@st.composite
def _records(draw: DrawFn, terms: _Terms) -> Json:
    """A record, each of its parts there or not."""
    injury, onset = draw(st.sampled_from(terms.knowledge.injuries)), draw(instants())
    optional: dict[str, SearchStrategy[Any]] = {
        "@context": st.just(CONTEXT),
        "id": st.text(_LETTERS, min_size=1, max_size=30),
        "assessedAt": later(onset),
        "patient": _patients(terms, injury),
        "findings": _findings(terms),
        "treatments": st.lists(_treatments(terms, onset), max_size=3),
    }
    required = {"injury": _injuries(terms, injury, onset)}
    return draw(st.fixed_dictionaries(required, optional=optional))


def _injuries(terms: _Terms, injury: Term, onset: int) -> SearchStrategy[Json]:
    """An injury that began at an instant, known exactly or not."""
    optional: dict[str, SearchStrategy[Any]] = {
        "side": st.sampled_from(SIDES),
        "onset": spelled(onset) | intervals(onset),
    }
    if grades := sorted(terms.knowledge.axioms.grades[injury.iri] - {UNGRADED}):
        optional["grade"] = st.sampled_from(grades)
    return st.fixed_dictionaries({"type": terms.named(injury)}, optional=optional)


@st.composite
def _patients(draw: DrawFn, terms: _Terms, injury: Term) -> Json:
    """A patient with an injury, of an age that may be told or not."""
    age = draw(st.integers(0, MOST_AGE))
    optional = {"age": st.just(age), "factors": _factors(terms, injury, age)}
    return draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def _factors(draw: DrawFn, terms: _Terms, injury: Term, age: int) -> Json:
    """Factors of a patient of this age: some that are so, some that are not."""
    axioms, factors = terms.knowledge.axioms, terms.knowledge.factors
    chosen = st.lists(st.sampled_from(factors), max_size=_MOST_FACTORS, unique=True)
    so, present = axioms.entailed_by(injury.iri), []
    for factor in draw(chosen):
        brought = axioms.entailed_by(factor.iri)
        if terms.can_join(brought, so, age):
            so |= brought
            present.append(draw(terms.named(factor)))
    absent = [f for f in draw(chosen) if f.iri not in so and not terms.at_age(f.iri, age)]
    return {"present": present, "absent": [draw(terms.named(factor)) for factor in absent]}


@st.composite
def _findings(draw: DrawFn, terms: _Terms) -> Json:
    """Findings, all present or all absent, so that none is of a kind that is said not to be."""
    chosen = st.lists(st.sampled_from(terms.knowledge.findings), max_size=3, unique=True)
    key, other = draw(st.permutations(("present", "absent")))
    listed = [draw(terms.named(finding)) for finding in draw(chosen)]
    return draw(st.fixed_dictionaries({key: st.just(listed)}, optional={other: st.just([])}))


@st.composite
def _treatments(draw: DrawFn, terms: _Terms, onset: int) -> Json:
    """A treatment at or after the onset, or at an instant that is not known."""
    treatment = draw(st.sampled_from(terms.knowledge.treatments))
    required = {"type": terms.named(treatment)}
    return draw(st.fixed_dictionaries(required, optional={"at": later(onset)}))
