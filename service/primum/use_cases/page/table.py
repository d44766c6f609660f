"""An answer as a table: one row per treatment, as a spreadsheet reads it."""

import csv
import io

from primum.model.answers import Answer, Finding
from primum.use_cases.documents import plain

COLUMNS = (
    "treatment",
    "label",
    "verdict",
    "certain",
    "possible",
    "changesAtHours",
    "changesTo",
    "bound",
    "rules",
    "recommendations",
    "screenFor",
)
_BETWEEN = " "


def table(answer: Answer) -> str:
    """The answer in CSV (RFC 4180); lists hold local names with blanks between."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, answer.findings))
    return text.getvalue()


def _row(finding: Finding) -> tuple[object, ...]:
    """The row of a treatment."""
    at = finding.changes_at
    change = ("", "", "") if at is None else (plain(at.hours), at.then.value, at.bound)
    return (
        finding.treatment.id,
        finding.treatment.label,
        finding.verdict.value,
        finding.certain.word,
        finding.possible.word,
        *change,
        _BETWEEN.join(reason.rule.id for reason in finding.reasons),
        _BETWEEN.join(reason.rule.id for reason in finding.recommended),
        _BETWEEN.join(screen.factor.id for screen in finding.screen_for),
    )
