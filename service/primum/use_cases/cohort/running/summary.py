"""The summary of a run: all counts as JSON, and a page or Markdown for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import jinja2

from primum.foundation.names import BASE
from primum.model.levels import Verdict
from primum.use_cases.cohort.running.folder import SUMMARY, Folder
from primum.use_cases.cohort.running.run import Outcome
from primum.use_cases.service import Primum
from primum.use_cases.words import Words

Json = dict[str, Any]
FORMS: Final = {"html": "_summary.html", "md": "_summary.md"}
_TEMPLATES: Final = Path(__file__).with_name("templates")
_SUBJECT: Final = "the treatment"
_MOST_BARS: Final = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table: what is counted, how often in all, and how often by verdict."""

    name: str
    label: str
    total: int
    numbers: tuple[int, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The numbers by verdict in percent of the total."""
        return tuple(
            round(100 * number / self.total, 3) if self.total else 0 for number in self.numbers
        )


@dataclass(frozen=True, slots=True)
class Saying:
    """A verdict, what it is called, what it says of a treatment, and how often it was given."""

    verdict: Verdict
    name: str
    meaning: str
    number: int
    share: float


def document_of(outcome: Outcome, notice: str) -> Json:
    """The summary as JSON."""
    return {
        "notice": notice,
        **outcome.about,
        "seconds": round(outcome.seconds, 1),
        "counts": outcome.counts.document(),
        "rejects": None if outcome.rejects is None else outcome.rejects.name,
    }


def write_summary(primum: Primum, folder: Folder, outcome: Outcome, form: str) -> Path:
    """Write the summary of a run beside its answers; gives the place where people find it."""
    document = document_of(outcome, primum.release.knowledge.notice)
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (folder.root / SUMMARY).write_text(text)
    page = _environment().get_template(f"summary.{form}")
    shown = page.render(**_context(primum, document))
    (folder.root / FORMS[form]).write_text(shown)
    return folder.output / FORMS[form]


def _environment() -> jinja2.Environment:
    """What fills the templates; text is escaped in pages."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _context(primum: Primum, document: Mapping[str, Any]) -> Json:
    """What the templates tell."""
    knowledge, counts = primum.release.knowledge, document["counts"]
    labels = {term.id: term.label for term in (*knowledge.treatments, *knowledge.injuries)}
    labels |= {rule.id: rule.label for rule in knowledge.rules}
    return {
        **document,
        "verdicts": _sayings(Words(knowledge), counts["verdicts"]),
        "treatments": _bars(counts["treatments"], labels),
        "injuries": _bars(counts["injuries"], labels),
        "rules": [(name, labels.get(name, name), n) for name, n in counts["rules"].items()],
        "base": BASE,
        "most": _MOST_BARS,
    }


def _sayings(words: Words, counts: Mapping[str, int]) -> list[Saying]:
    """All verdicts in their order, in the words that the ontology has for them."""
    total = sum(counts.values())
    return [
        Saying(
            verdict,
            words.say(f"name-{verdict}"),
            _sentence(words.say(f"verdict-{verdict}", treatment=_SUBJECT)),
            counts.get(verdict, 0),
            round(100 * counts.get(verdict, 0) / total, 3) if total else 0,
        )
        for verdict in Verdict
    ]


def _sentence(text: str) -> str:
    """A sentence with its first letter large."""
    return text[:1].upper() + text[1:]


def _bars(counts: Mapping[str, Mapping[str, int]], labels: Mapping[str, str]) -> list[Bar]:
    """Rows of a table: those with the most contraindications of all levels first."""
    found = [
        Bar(
            name,
            labels.get(name, name),
            sum(numbers.values()),
            tuple(numbers.get(verdict, 0) for verdict in Verdict),
        )
        for name, numbers in counts.items()
    ]
    return sorted(found, key=_strictest_first)


def _strictest_first(bar: Bar) -> tuple[Any, ...]:
    """Sort key: the numbers by verdict, the strictest first."""
    return (*(-number for number in bar.numbers), bar.label)
