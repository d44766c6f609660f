"""A report as text for people, as a table, and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields

from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.report import Report

_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Notes"}
_COLUMNS = tuple(field.name for field in fields(Remark))
_DETAILS = {"axiom": "axiom", "witness": "for example", "span": "hours"}


def as_text(report: Report) -> str:
    """The counts first, by weight and by code, then each remark with its place, gravest first."""
    return "\n".join([f"{report.summary}.", *_kinds(report), *_groups(report)]) + "\n"


def _kinds(report: Report) -> Iterator[str]:
    """How many remarks there are of each code, the code of the gravest first."""
    counts = Counter(remark.code for remark in report.remarks)
    if counts:
        yield f"By code: {', '.join(f'{number} {code}' for code, number in counts.items())}."


def _groups(report: Report) -> Iterator[str]:
    """The remarks of each severity under a heading."""
    for severity, heading in _HEADINGS.items():
        remarks = report.of(severity)
        if remarks:
            yield f"\n{heading}"
        for remark in remarks:
            yield from _lines(remark)


def _lines(remark: Remark) -> Iterator[str]:
    """One remark: where, what, and beneath it the axioms and the witness."""
    where = f"{remark.file}{f':{remark.line}' if remark.line else ''}: " if remark.file else ""
    yield f"  {where}{remark.sentence} [{remark.code}]"
    for name, word in _DETAILS.items():
        said = getattr(remark, name)
        if said:
            yield from (f"      {word}: {part}" for part in said.split("; "))


def as_tsv(report: Report) -> str:
    """One line a remark under a line of names; no value holds a tab or the end of a line."""
    lines = ["\t".join(_COLUMNS)]
    for remark in report.remarks:
        values = asdict(remark)
        lines.append("\t".join(" ".join(str(values[name]).split()) for name in _COLUMNS))
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """The whole report as one JSON object."""
    document = {
        "errors": len(report.of(Severity.ERROR)),
        "warnings": len(report.of(Severity.WARNING)),
        "notes": len(report.of(Severity.INFO)),
        "files": report.files,
        "seconds": round(report.seconds, 1),
        "checks": [
            {"name": each.name, "seconds": round(each.seconds, 1), "problem": each.problem}
            for each in report.outcomes
        ],
        "remarks": [asdict(remark) for remark in report.remarks],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
