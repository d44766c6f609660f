"""Questions about links and their sources, computed another way: from the files themselves."""

import re
import tomllib
from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDFS
from tests.named.asking import ROOT, asked, picked, records
from tests.named.linked import FEATURES, PRIMUM, TREATED, Link, below, wider

from primum.foundation.names import local_name
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum


@pytest.mark.parametrize("confidence", ["low", "medium", "high"])
def test_links_of_a_confidence(
    links: list[Link], questions: Questions, store: ox.Store, confidence: str
) -> None:
    """Each, with the number of its sources."""
    expected = {
        (link.subject, link.relation, link.object, str(len(link.sources)))
        for link in links
        if link.confidence == confidence
    }
    found = records(questions, store, "links-by-confidence", [("confidence", confidence)])
    assert expected == picked(found, "injury", "relation", "object", "sources")


def test_features_of_every_injury(
    primum: Primum, links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """Its own and those of wider classes, source by source."""
    for injury in primum.release.knowledge.injuries:
        expected = {
            (link.relation, link.object, link.subject, source)
            for link in links
            for source, _ in link.sources
            if link.subject in below(primum, injury.id) and link.relation in FEATURES
        }
        found = records(questions, store, "risk-factors", [("injury", injury.id)])
        assert expected == picked(found, "relation", "feature", "statedOn", "source"), injury.id


def test_injuries_with_a_finding(links: list[Link], questions: Questions, store: ox.Store) -> None:
    """The same links from the other end, for every finding."""
    for finding in {link.object for link in links if link.relation in FEATURES}:
        expected = {
            (link.subject, link.relation, source)
            for link in links
            for source, _ in link.sources
            if link.object == finding
        }
        found = records(questions, store, "injuries-with-finding", [("finding", finding)])
        assert expected == picked(found, "injury", "relation", "source"), finding


def test_risk_factors_are_ranked_by_injuries(
    links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """How many injuries each is stated of."""
    stated = {(k.object, k.subject) for k in links if k.relation == "hasRiskFactor"}
    times = Counter(factor for factor, _ in stated)
    found = records(questions, store, "risk-factors-by-injuries")
    assert {(factor, injury, str(times[factor])) for factor, injury in stated} == picked(
        found, "riskFactor", "injury", "injuries"
    )


def test_shared_risk_factors(
    primum: Primum, links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """What two injuries have in common, with what they inherit; never with a wider class."""
    terms = [injury.id for injury in primum.release.knowledge.injuries]
    own = {
        injury: {
            link.object
            for link in links
            if link.relation == "hasRiskFactor" and link.subject in below(primum, injury)
        }
        for injury in terms
    }
    for injury in terms:
        expected = {
            (other, factor, str(len(own[injury] & own[other])))
            for other in terms
            if other not in below(primum, injury) and injury not in below(primum, other)
            for factor in own[injury] & own[other]
        }
        found = records(questions, store, "shared-risk-factors", [("injury", injury)])
        assert expected == picked(found, "other", "riskFactor", "shared"), injury


def test_injuries_are_ranked_by_the_findings_that_they_show(
    primum: Primum, files: rdflib.Graph, links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """For three findings at a time: how many match, themselves or by a kind, of how many."""
    shown = {
        injury.id: {
            link.object
            for link in links
            if link.relation in ("hasSymptom", "hasSign")
            and link.subject in below(primum, injury.id)
        }
        for injury in primum.release.knowledge.injuries
    }
    every = sorted({finding for findings in shown.values() for finding in findings})
    for number in range(0, len(every) - 2, 3):
        given = set(every[number : number + 3])
        expected = {
            injury: (len(given & wider(files, findings)), len(findings))
            for injury, findings in shown.items()
            if given & wider(files, findings)
        }
        pairs = [("finding", finding) for finding in given]
        found = records(questions, store, "injuries-by-findings", pairs)
        ranks = [(int(row["matched"]), int(row["known"])) for row in found]
        assert expected == dict(zip((row["injury"] for row in found), ranks, strict=True))
        assert ranks == sorted(ranks, key=lambda rank: (-rank[0], rank[1]))


def test_treatments_that_address_risk_factors(
    primum: Primum, links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """The links whose comment says so, for every injury; nothing is made up."""
    for injury in primum.release.knowledge.injuries:
        expected = {
            (link.object, source, link.comment)
            for link in links
            for source, _ in link.sources
            if link.subject in below(primum, injury.id)
            and link.relation == "hasIndicatedTreatment"
            and "risk factor" in link.comment.lower()
        }
        found = records(questions, store, "risk-factors-addressed", [("injury", injury.id)])
        assert expected == picked(found, "treatment", "source", "says"), injury.id


def test_statements_that_rest_on_weak_sources_alone(
    files: rdflib.Graph, links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """Links and rules, every source of which is of low trust."""
    low = {local_name(str(s)) for s in files.subjects(PRIMUM.trust, rdflib.Literal("low"))}
    weak = {
        (link.subject, link.object, source)
        for link in links
        for source, _ in link.sources
        if {key for key, _ in link.sources} <= low
    }
    for rule in set(files.subjects(PRIMUM.rationale)):
        cited = {local_name(str(source)) for source in files.objects(rule, DCTERMS.source)}
        weak |= {(local_name(str(rule)), "", source) for source in cited if cited <= low}
    assert weak == picked(records(questions, store, "weak-grounds"), "subject", "object", "source")


def test_statements_without_a_place(
    files: rdflib.Graph, links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """Counted by source, rules apart from links."""
    missing = "locator not recorded"
    of_links = Counter(source for k in links for source, place in k.sources if place == missing)
    of_rules = Counter(
        local_name(str(files.value(axiom, OWL.annotatedTarget)))
        for axiom in files.subjects(OWL.annotatedProperty, DCTERMS.source)
        if str(files.value(axiom, PRIMUM.locator)) == missing
    )
    found = records(questions, store, "unlocated-statements")
    assert of_links == {r["source"]: int(r["links"]) for r in found if r["links"] != "0"}
    assert of_rules == {r["source"]: int(r["rules"]) for r in found if r["rules"] != "0"}


# --- Statements of a source ----------------------------------------------------------------------


@pytest.mark.parametrize("source", ["SEED-ITBS", "GREEN-2020-HSI", "NHS-SPRAINS"])
def test_links_of_a_source_stand_with_their_place(
    links: list[Link], questions: Questions, store: ox.Store, source: str
) -> None:
    """In the table with the place in this very source, in the graph as one triple each."""
    expected = {
        (link.subject, link.relation, link.object, place)
        for link in links
        for key, place in link.sources
        if key == source
    }
    pairs = [("source", source)]
    found = records(questions, store, "statements-of-source", pairs)
    carried = [row for row in found if row["carrier"] == "link"]
    assert expected == picked(carried, "subject", "relation", "object", "place")
    triples = set(asked(questions, store, "triples-of-source", pairs))
    assert {row[:3] for row in expected} <= triples


def test_every_statement_of_the_seed_is_in_the_table(questions: Questions, store: ox.Store) -> None:
    """Each place at which `queries/seed` finds one of the forty statements has a carrier."""
    text = (ROOT / "queries/seed/statements.toml").read_text(encoding="utf-8")
    statements = tomllib.loads(text)["statement"]
    places = {
        place
        for statement in statements
        for place in re.findall(r'CONTAINS\(\?locator\w?, "([^"]+)"\)', statement["ask"])
    }
    found = records(questions, store, "statements-of-source", [("source", "SEED-ITBS")])
    assert len(places) > 30
    assert not {place for place in places if not any(place in row["place"] for row in found)}


def test_every_term_that_a_statement_of_the_seed_is_about_is_in_the_table(
    questions: Questions, store: ox.Store
) -> None:
    """The classes that the forty asks name as fillers stand in some row."""
    text = (ROOT / "queries/seed/statements.toml").read_text(encoding="utf-8")
    pattern = r"onProperty primum:(has\w+) ;\s+owl:someValuesFrom primum:(\w+)"
    named = {
        filler for relation, filler in re.findall(pattern, text) if relation in TREATED + FEATURES
    }
    found = records(questions, store, "statements-of-source", [("source", "SEED-ITBS")])
    assert len(named) > 20
    assert named <= {row["object"] for row in found}


def test_the_network_is_the_links_of_the_files(
    links: list[Link], questions: Questions, store: ox.Store
) -> None:
    """Each link is one triple, and there is no other between Primum's terms but the hierarchy."""
    found = set(asked(questions, store, "injury-network"))
    expected = {
        (k.subject, k.relation, k.object) for k in links if k.relation in TREATED + FEATURES
    }
    assert expected == {row for row in found if "://" not in row[1] and row[1] != "hasSite"}


def test_sites_of_injuries(
    primum: Primum, files: rdflib.Graph, questions: Questions, store: ox.Store
) -> None:
    """An injury is found at the sites that its class or a wider one states, and at their wholes."""
    own = {
        (local_name(str(subject)), local_name(str(site)))
        for link in files.subjects(OWL.onProperty, PRIMUM.hasSite)
        for subject in files.subjects(RDFS.subClassOf, link)
        for site in one_of(files, files.value(link, OWL.someValuesFrom))
    }
    stated = {
        (injury.id, site)
        for injury in primum.release.knowledge.injuries
        for subject, site in own
        if subject in below(primum, injury.id)
    }
    assert len(stated) > 30
    for _, part in stated:
        found = picked(
            records(questions, store, "injuries-by-site", [("part", part)]), "injury", "site"
        )
        assert {(injury, site) for injury, site in stated if site == part} <= found <= stated
    limb = picked(records(questions, store, "injuries-by-site", [("part", "LowerLimb")]), "injury")
    assert {(injury,) for injury, site in stated if site == "PosteriorThigh"} <= limb


def one_of(files: rdflib.Graph, site: rdflib.term.Node | None) -> list[rdflib.term.Node]:
    """A site, or the several ones of which it is one."""
    if (union := files.value(site, OWL.unionOf)) is not None:
        return list(files.items(union))
    return [] if site is None else [site]
