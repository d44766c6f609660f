"""A report as SARIF 2.1.0, which code hosts show beside the lines of a pull request.

OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 (log) to 3.30 (region). A
host shows no result without a place, so one that has none is put at the root of the ontology.
"""

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from primum.foundation.names import BASE, ONTOLOGY, local_name
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.report import Report

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
_ROOT: Final = "ontology/primum.ttl"
_DETAILS: Final = ("axiom", "witness", "span")


def as_sarif(report: Report) -> str:
    """One run of one tool, with a rule for each code that there is and a result for each remark."""
    codes = sorted({*report.help, *(remark.code for remark in report.remarks)})
    numbers = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "primum check",
        "version": version("primum"),
        "informationUri": ONTOLOGY,
        "rules": [_rule(code, report.help.get(code, "")) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(remark, numbers) for remark in report.remarks],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str, meaning: str) -> dict[str, Any]:
    """The descriptor of one code."""
    text = meaning or code.replace("-", " ").capitalize() + "."
    short = text.partition(". ")[0].rstrip(".") + "."
    return {
        "id": code,
        "shortDescription": {"text": short},
        "fullDescription": {"text": text},
        "help": {"text": text},
    }


def _result(remark: Remark, numbers: Mapping[str, int]) -> dict[str, Any]:
    """One remark with its place."""
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": remark.file or _ROOT},
            "region": {"startLine": remark.line or 1},
        }
    }
    if remark.term:
        name = local_name(remark.term) if remark.term.startswith(BASE) else remark.term
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": remark.term}]
    details = {name: said for name in _DETAILS if (said := getattr(remark, name))}
    return {
        "ruleId": remark.code,
        "ruleIndex": numbers[remark.code],
        "level": _LEVELS[remark.severity],
        "message": {"text": "\n".join([remark.sentence, *details.values()])},
        "locations": [location],
        **({"properties": details} if details else {}),
    }
