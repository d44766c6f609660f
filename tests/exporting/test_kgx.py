"""KGX tables: every term and rule is there, in words of Biolink, with its conditions."""

import csv
import io
import re
from collections import Counter

import pytest
from tests.conftest import CopyKnowledge
from tests.exporting.conftest import Exported

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import local_name
from primum.knowledge.locate import Place
from primum.use_cases.exporting.biolink import read_biolink
from primum.use_cases.exporting.kgx import kgx
from primum.use_cases.service import Primum

Row = dict[str, str]
ROW = "category\tprimum:Condition\t\tbiolink:Disease\t\n"


def rows(exported: Exported, name: str) -> list[Row]:
    """A table."""
    lines = io.StringIO(exported("kgx")[name])
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_each_term_and_source_is_a_node(exported: Exported, primum: Primum) -> None:
    """Once, with its name and one category of Biolink at least."""
    nodes = rows(exported, "nodes.tsv")
    ids = Counter(node["id"] for node in nodes)
    assert set(ids.values()) == {1}
    knowledge = primum.release.knowledge
    for term in (*knowledge.injuries, *knowledge.treatments, *knowledge.factors):
        assert f"primum:{term.id}" in ids
    assert "primum.source:SEED-ITBS" in ids
    for node in nodes:
        assert node["name"]
        assert re.fullmatch(r"(biolink:[A-Z][A-Za-z]+\|?)+", node["category"]), node


def test_both_ends_of_an_edge_are_nodes(exported: Exported) -> None:
    """And each edge has a name of its own, a predicate, and says how it is known."""
    known = {node["id"] for node in rows(exported, "nodes.tsv")}
    edges = rows(exported, "edges.tsv")
    assert len({edge["id"] for edge in edges}) == len(edges)
    for edge in edges:
        assert {edge["subject"], edge["object"]} <= known
        assert re.fullmatch(r"biolink:[a-z_]+", edge["predicate"])
        assert edge["knowledge_level"] == "knowledge_assertion"
        assert edge["primary_knowledge_source"] == "infores:primum"
        assert set(filter(None, edge["publications"].split("|"))) <= known


def test_every_region_of_every_rule_is_an_edge(exported: Exported, primum: Primum) -> None:
    """One at least, named by the region, with the effect of the rule and its sources."""
    edges = {edge["id"]: edge for edge in rows(exported, "edges.tsv")}
    for rule in primum.release.knowledge.rules:
        for number, region in enumerate(rule.regions, start=1):
            name = f"primum:region/{rule.id}-{number}"
            found = [edges.get(name) or edges[f"{name}-1"]]
            assert found[0]["effect"] == rule.word
            asked = region.treatments.required | region.factors.required | region.injuries.required
            told = "|".join("|".join(edge.values()) for edge in found).split("|")
            assert {f"primum:{local_name(iri)}" for iri in asked} <= set(told)


def test_an_edge_has_the_window_and_the_grades_of_its_rule(exported: Exported) -> None:
    """As an interval of hours, with the firmness of its end."""
    (edge,) = [e for e in rows(exported, "edges.tsv") if "MassageStrainGrade2To3Week-" in e["id"]]
    assert edge["subject"] == "primum:Massage"
    assert edge["predicate"] == "biolink:contraindicated_in"
    assert edge["object"] == "primum:MuscleStrain"
    assert (edge["grades"], edge["hours"], edge["hours_bound"]) == ("2|3", "[0, 168)", "minimum")
    assert edge["effect"] == "relative"


def test_a_risk_factor_points_to_what_it_brings_on(exported: Exported) -> None:
    """Biolink writes that link the other way about."""
    found = [
        edge
        for edge in rows(exported, "edges.tsv")
        if edge["predicate"] == "biolink:predisposes_to_condition"
        and edge["object"] == "primum:IliotibialBandSyndrome"
    ]
    (edge,) = [edge for edge in found if edge["subject"] == "primum:Overpronation"]
    assert edge["publications"]
    assert edge["confidence"]


@pytest.fixture(scope="module")
def damaged(copy_knowledge: CopyKnowledge) -> Place:
    """A copy of the knowledge, whose table tests write anew."""
    return copy_knowledge()


HEADER = "role\tprimum_id\tof\tbiolink_id\tnegated\n"


@pytest.mark.parametrize(
    ("message", "table"),
    [
        ("biolink.tsv:1: the columns are not", "role\tbiolink_id\n"),
        ("biolink.tsv:2: 'colour' is none of", HEADER + "colour" + ROW.removeprefix("category")),
        ("biolink.tsv:2: 'Condition' does not begin", HEADER + ROW.replace("primum:", "")),
    ],
)
def test_a_row_that_is_not_understood_is_named(message: str, table: str, damaged: Place) -> None:
    """By file and line."""
    (damaged.ontology / "biolink.tsv").write_text(table)
    with pytest.raises(UnreadableFile, match=re.escape(message)):
        read_biolink(damaged)


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("no word for the effect of", "rule\tprimum:NotRecommended"),
        ("gives no category to an end of", "category\tprimum:Substance"),
    ],
)
def test_what_the_table_has_no_word_for_is_an_error(
    message: str, gone: str, place: Place, damaged: Place
) -> None:
    """Nothing is left out in silence."""
    lines = (place.ontology / "biolink.tsv").read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(gone)]
    assert len(kept) == len(lines) - 1
    (damaged.ontology / "biolink.tsv").write_text("".join(kept))
    with pytest.raises(UnreadableFile, match=message):
        kgx(damaged)
