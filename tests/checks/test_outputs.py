"""A report is the same in each of its forms."""

import csv
import json
from typing import Any
from urllib.parse import urlparse

import pytest

from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.outputs import FORMATS
from primum.use_cases.checks.report import Outcome, Report

TERM = "https://w3id.org/primum/Sprain"
REMARKS = (
    Remark(
        "label-shared",
        Severity.ERROR,
        "Strain has the label of Sprain:\t'sprain'.",
        file="ontology/terms.ttl",
        line=12,
        term=TERM,
        axiom="A SubClassOf B (a.ttl:1); C SubClassOf D (b.ttl:2)",
        witness="injury=sprain&hours=3",
        span="0 to 48",
    ),
    Remark("qc-lost", Severity.WARNING, "Nothing is said of the whole."),
    Remark("locator-not-recorded", Severity.INFO, "1 fact does not say.", file="rules/a.ttl"),
)
REPORT = Report(
    REMARKS, (Outcome("labels", REMARKS, 0.25, ""),), 7, 3.4, {"label-shared": "Two terms. Mend."}
)


def test_text_begins_with_the_counts_and_names_the_place() -> None:
    """A curator reads how many of what, then where to go."""
    lines = FORMATS["text"](REPORT).splitlines()
    assert lines[0] == "1 error, 1 warning, 1 note in 7 files (3 s)."
    assert lines[1] == "By code: 1 label-shared, 1 qc-lost, 1 locator-not-recorded."
    assert lines[2:4] == ["", "Errors"]
    assert lines[4].startswith("  ontology/terms.ttl:12: Strain has the label")
    assert lines[4].endswith("[label-shared]")
    assert lines[5:9] == [
        "      axiom: A SubClassOf B (a.ttl:1)",
        "      axiom: C SubClassOf D (b.ttl:2)",
        "      for example: injury=sprain&hours=3",
        "      hours: 0 to 48",
    ]
    assert [line for line in lines[9:] if line[:1] not in ("", " ")] == ["Warnings", "Notes"]


def test_a_table_has_one_line_for_each_remark() -> None:
    """Tabs within a sentence do not break the columns."""
    rows = list(csv.DictReader(FORMATS["tsv"](REPORT).splitlines(), delimiter="\t"))
    assert [row["severity"] for row in rows] == ["error", "warning", "info"]
    assert [row["line"] for row in rows] == ["12", "0", "0"]
    assert rows[0]["sentence"] == "Strain has the label of Sprain: 'sprain'."
    assert all(None not in row for row in rows)


def test_json_holds_the_whole_report() -> None:
    """A program reads counts, checks and every member of each remark."""
    document = json.loads(FORMATS["json"](REPORT))
    assert tuple(document[key] for key in ("errors", "warnings", "notes", "files", "seconds")) == (
        1,
        1,
        1,
        7,
        3.4,
    )
    assert document["checks"] == [{"name": "labels", "seconds": 0.2, "problem": ""}]
    assert list(REMARKS) == [Remark(**each) for each in document["remarks"]]


@pytest.fixture
def run() -> Any:
    """The one run of the report as SARIF."""
    document = json.loads(FORMATS["sarif"](REPORT))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (only,) = document["runs"]
    return only


def test_sarif_names_the_tool_and_describes_each_code(run: Any) -> None:
    """Sections 3.18 and 3.49: a driver has a name, a descriptor an id; ids are used once."""
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert urlparse(driver["informationUri"]).scheme == "https"
    ids = [rule["id"] for rule in driver["rules"]]
    assert sorted({remark.code for remark in REMARKS}) == sorted(ids)
    (described,) = (rule for rule in driver["rules"] if rule["id"] == "label-shared")
    assert described["shortDescription"]["text"] == "Two terms."
    assert described["help"]["text"] == "Two terms. Mend."
    assert all(rule["help"]["text"] for rule in driver["rules"])


def test_sarif_has_a_result_for_each_remark(run: Any) -> None:
    """Section 3.27: a result has a message; its index leads to its rule, its level is known."""
    rules = run["tool"]["driver"]["rules"]
    for remark, result in zip(REMARKS, run["results"], strict=True):
        assert remark.code == result["ruleId"] == rules[result["ruleIndex"]]["id"]
        assert remark.sentence in result["message"]["text"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_sarif_gives_every_result_a_place(run: Any) -> None:
    """A host shows no result without one; lines count from 1, paths are relative."""
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [
        (place["artifactLocation"]["uri"], place["region"]["startLine"]) for place in places
    ] == [
        ("ontology/terms.ttl", 12),
        ("ontology/primum.ttl", 1),
        ("rules/a.ttl", 1),
    ]
    logical = run["results"][0]["locations"][0]["logicalLocations"]
    assert logical == [{"name": "Sprain", "fullyQualifiedName": TERM}]
    assert {"axiom", "witness", "span"} == run["results"][0]["properties"].keys()
