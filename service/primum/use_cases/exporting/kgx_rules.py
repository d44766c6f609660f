"""The edges of the rules: a treatment, and the injury or factor in which it is barred or advised.

Each region of a rule gives an edge for each factor that it asks for, or else for its injury. What
else must hold stands in the other columns: who reads an edge of a contraindication without them
reads it wider than the rule is, never narrower.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import RDFS, REGION_BASE, Kind
from primum.knowledge.rdf import Triples
from primum.model.manchester import spell
from primum.model.regions import GRADES, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.use_cases.compiling import Compiled
from primum.use_cases.exporting.biolink import Biolink, Word
from primum.use_cases.exporting.kgx_words import Row, curie, curies, edge, joined


def rule_edges(compiled: Compiled, biolink: Biolink) -> Iterator[Row]:
    """The edges of all rules; raises UnreadableFile for a rule whose effect has no word."""
    for rule in compiled.knowledge.rules:
        word = _word(compiled.triples, rule, biolink)
        for number, region in enumerate(rule.regions, start=1):
            name = curie(f"{REGION_BASE}{rule.id}-{number}")
            ends = list(_ends(region))
            for place, end in enumerate(ends, start=1):
                ident = name if len(ends) == 1 else f"{name}-{place}"
                more = {**_grounds(rule), **_condition(region, end, rule.bounds[number - 1])}
                yield edge(ident, (end[0], word.biolink, end[1]), more, negated=word.negated)


def _word(said: Triples, rule: Rule, biolink: Biolink) -> Word:
    """The word for what a rule says."""
    above = said.iris(ox.NamedNode(rule.iri), RDFS + "subClassOf")
    found = [word for iri in above if (word := biolink.rule(iri))]
    if not found:
        raise UnreadableFile(f"ontology/biolink.tsv has no word for the effect of {rule.id}.")
    return found[0]


def _ends(region: Region) -> Iterator[tuple[str, str]]:
    """A treatment, and what bars or calls for it."""
    treatments = sorted(region.treatments.required) or [Kind.TREATMENT]
    injuries = sorted(region.injuries.required) or [Kind.INJURY]
    for one in sorted(region.factors.required) or injuries[:1]:
        yield treatments[0], one


def _grounds(rule: Rule) -> Row:
    """Which rule it is, and on what it rests."""
    return {
        "publications": curies(citation.source.iri for citation in rule.citations),
        "effect": rule.word,
        "rule": curie(rule.iri),
        "rationale": rule.rationale,
        "confidence": rule.confidence,
        "locator": joined(citation.locator for citation in rule.citations if citation.locator),
    }


def _condition(region: Region, ends: tuple[str, str], bound: str) -> Row:
    """What must hold beside the ends of an edge."""
    return {
        "disease_context_qualifier": curies(region.injuries.required - set(ends)),
        "also_treatments": curies(region.treatments.required - set(ends)),
        "also_factors": curies(region.factors.required - set(ends)),
        "except_treatments": curies(region.treatments.excluded),
        "except_injuries": curies(region.injuries.excluded),
        "except_factors": curies(region.factors.excluded),
        "grades": joined(map(str, sorted(region.grades))) if region.grades != GRADES else "",
        "hours": _range(region.hours),
        "hours_bound": bound,
        "ages": _range(region.ages),
    }


def _range(span: Span) -> str:
    """A span as an interval: `[0, 48)`; "" where nothing bounds it."""
    if span == Span():
        return ""
    start = ("(" if span.start.after else "[") + spell(span.start.at)
    end = "" if span.end is None else spell(span.end.at)
    return f"{start}, {end}{']' if span.end and span.end.after else ')'}"
