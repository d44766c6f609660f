"""A report in the forms that people and programs read."""

from collections.abc import Callable, Mapping

from primum.use_cases.checks.outputs.plain import as_json, as_text, as_tsv
from primum.use_cases.checks.outputs.sarif import as_sarif
from primum.use_cases.checks.report import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "tsv": as_tsv,
    "json": as_json,
    "sarif": as_sarif,
}
"""Each form by its name."""
