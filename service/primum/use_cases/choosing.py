"""Choosing rules by what they are about, how strict they are and what they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from primum.foundation.errors import InvalidValue
from primum.model.knowledge import Axioms
from primum.model.levels import Appraisal, Level
from primum.model.naming import Names
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.use_cases.vocabulary import Catalogue

WORDS: Final = (
    *(level.word for level in reversed(Level) if level),
    *(appraisal.value for appraisal in Appraisal),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rules are asked for: each given filter keeps those that fit it.

    `treatment`, `injury` and `source` are names of any kind; `level`, `topic` and `confidence`
    are words that rules use.
    """

    treatment: str | None = None
    injury: str | None = None
    level: str | None = None
    topic: str | None = None
    source: str | None = None
    confidence: str | None = None


def choose(catalogue: Catalogue, wanted: Wanted) -> list[Rule]:
    """The rules that fit every filter; raises QuestionError for a word or name there is not."""
    _check(wanted.level, WORDS, where="level")
    _check(wanted.topic, catalogue.topics, where="topic")
    _check(wanted.confidence, catalogue.confidences, where="confidence")
    treatment = _iri(catalogue.treatment_names, wanted.treatment, where="treatment")
    injury = _iri(catalogue.injury_names, wanted.injury, where="injury")
    source = _iri(catalogue.source_names, wanted.source, where="source")
    axioms = catalogue.release.knowledge.axioms
    return [
        rule
        for rule in catalogue.release.knowledge.rules
        if wanted.level in (None, rule.word)
        and wanted.topic in (None, rule.topic)
        and wanted.confidence in (None, rule.confidence)
        and (source is None or any(c.source.iri == source for c in rule.citations))
        and covers(rule, axioms, treatment=treatment, injury=injury)
    ]


def covers(rule: Rule, axioms: Axioms, *, treatment: str | None, injury: str | None) -> bool:
    """Whether a rule can speak of a treatment and an injury; a rule on a parent covers the child.

    A rule that asks for no injury speaks of every one.
    """
    return any(_region_covers(region, axioms, treatment, injury) for region in rule.regions)


def _region_covers(
    region: Region, axioms: Axioms, treatment: str | None, injury: str | None
) -> bool:
    """Whether one region of a rule covers them."""
    asked = ((region.treatments, treatment), (region.injuries, injury))
    return all(
        classes.required <= axioms.above[iri] and not classes.excluded & axioms.above[iri]
        for classes, iri in asked
        if iri is not None
    )


def _iri(names: Names, name: str | None, *, where: str) -> str | None:
    """The IRI of a name, where one is given."""
    return None if name is None else names.find(name, where=where).iri


def _check(word: str | None, allowed: Iterable[str], *, where: str) -> None:
    """Raise InvalidValue for a word that is none of those allowed."""
    options = tuple(allowed)
    if word is not None and word not in options:
        raise InvalidValue(
            f"{where} is {word!r}; it is one of {', '.join(options)}.",
            where=where,
            found=word,
            allowed=options,
        )
