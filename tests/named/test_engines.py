"""Each question means the same to two engines, and its order is its own."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from tests.named.asking import FOLDER, NAMES, Row, rows_of

from primum.foundation.names import BASE, local_name
from primum.use_cases.named.questions import Questions

# rdflib's own parser and query engine use what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
# A case that is fully known, which more than one question can be asked about.
KNOWN: Sequence[tuple[str, str]] = (
    ("injury", "lateral-ankle-sprain"),
    ("grade", "3"),
    ("fromHours", "24"),
    ("untilHours", "49"),
    ("factor", "PregnancyThirdTrimester"),
    ("factor", "ActiveBleedingAtSite"),
)
# Other words for each question that has parameters, chosen to open other branches of it.
OTHERWISE: dict[str, Sequence[tuple[str, str]]] = {
    "barred-by-factor": [("factor", "pregnancy-third-trimester")],
    "bars": [("treatment", "dry-needling"), ("factor", "marked-local-swelling")],
    "changes-between": [
        ("injury", "quadriceps-contusion"),
        ("grade", "1"),
        ("fromHours", "0"),
        ("untilHours", "2000"),
        ("factor", "haematoma-at-site"),
    ],
    "class-hierarchy": [("top", "PatientFactor")],
    "contraindicated-on-day": [
        ("injury", "tendon-rupture"),
        ("day", "1.5"),
        ("factor", "third trimester"),
        ("factor", "active-bleeding-at-site"),
    ],
    "contraindications": KNOWN,
    "definitions": [("injury", "ITBS")],
    "evidence": [("treatment", "ibuprofen-oral")],
    "find-term": [("text", "'s ")],
    "indicated-and-contraindicated": [("injury", "ITBS")],
    "inherited-rules": [("treatment", "tens")],
    "injuries-by-findings": [("finding", "swelling"), ("finding", "lateral-hip-pain")],
    "injuries-by-site": [("part", "tendon")],
    "injuries-with-finding": [("finding", "bruising")],
    "injury-network": [],
    "links-by-confidence": [("confidence", "high")],
    "mappings": [("vocabulary", "snomed ct")],
    "names-of-term": [("term", "AcuteCompartmentSyndrome")],
    "reasons": KNOWN,
    "recommendations": [("injury", "lateral-ankle-sprain")],
    "risk-factors": [("injury", "hamstring-strain")],
    "risk-factors-addressed": [("injury", "patellar-tendinopathy")],
    "rule-as-graph": [("rule", "massage-active-bleeding")],
    "rules": [],
    "rules-about": [("treatment", "tens")],
    "rules-on-source": [("source", "NHS-SPRAINS")],
    "rules-reviewed-before": [("before", "2026-11-22")],
    "screening-factors": [("treatment", "foam-rolling")],
    "shared-risk-factors": [("injury", "hamstring-strain")],
    "statements-of-source": [("source", "NHS-SPRAINS")],
    "term-definition": [("term", "Intervention")],
    "terms-as-skos": [("top", "Massage")],
    "terms-of-identifier": [("identifier", "http://id.nlm.nih.gov/mesh/D007052")],
    "triples-of-source": [("source", "NHS-SPRAINS")],
    "windows": [],
}


def on_rdflib(dataset: rdflib.Dataset, text: str) -> list[Row]:
    """The rows of a query on rdflib, written as those of Oxigraph are."""
    found = dataset.query(text)
    if found.type == "ASK":
        return [(str(found.askAnswer).lower(),)]
    if found.type == "CONSTRUCT":
        return [tuple(map(plain, triple)) for triple in found.graph or ()]
    names = found.vars or ()
    return [tuple(plain(row.get(name)) for name in names) for row in found.bindings]


def plain(term: object) -> str:
    """A term of rdflib as text."""
    if term is None:
        return ""
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.decimal:
        return f"{term.toPython().normalize():f}"
    iri = isinstance(term, rdflib.URIRef) and term.startswith(BASE)
    return local_name(str(term)) if iri else str(term)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_equal_rows_on_both_engines_as_it_stands(
    store: ox.Store, dataset: rdflib.Dataset, name: str
) -> None:
    """The file itself runs in rdflib and in Oxigraph alike, and there are some rows."""
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    expected = sorted(on_rdflib(dataset, text))
    assert expected == sorted(rows_of(store, text))
    assert expected


@pytest.mark.parametrize("name", sorted(OTHERWISE))
def test_a_question_about_something_else_has_equal_rows_on_both_engines(
    questions: Questions, store: ox.Store, dataset: rdflib.Dataset, name: str
) -> None:
    """The same for other values than the examples."""
    text = questions.bind(questions.find(name), OTHERWISE[name])
    assert sorted(on_rdflib(dataset, text)) == sorted(rows_of(store, text))


def test_every_question_with_parameters_is_asked_otherwise(questions: Questions) -> None:
    """No question is compared on its example alone."""
    assert OTHERWISE.keys() == {name for name, query in questions.all.items() if query.parameters}


@pytest.fixture(scope="module")
def shuffled(store: ox.Store) -> ox.Store:
    """The same dataset, loaded in another order."""
    quads = list(store)
    random.Random(11).shuffle(quads)  # noqa: S311 - an order, no secret
    other = ox.Store()
    other.extend(quads)
    return other


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_is_that_of_the_question(
    store: ox.Store, shuffled: ox.Store, name: str
) -> None:
    """Rows come in the same order however the data were loaded."""
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    assert rows_of(store, text) == rows_of(shuffled, text)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.rq")), ids=lambda path: path.stem)
def test_no_question_looks_outside_or_steps_along_paths_without_end(path: Path) -> None:
    """No SERVICE and no FROM; closures are in the data, so only lists are walked to their end."""
    text = path.read_text(encoding="utf-8")
    body = text[text.index("WHERE") if "WHERE" in text else text.index("ASK") :]
    assert "SERVICE" not in body
    assert "FROM" not in body
    paths = [word for word in re.split(r"[\s/|]+", body) if re.fullmatch(r"\w+:\w+[*+]", word)]
    assert set(paths) <= {"rdf:rest*"}
