"""What a rule says and rests on, as a document that is the same in every answer."""

from typing import Any

from primum.model.levels import Level
from primum.model.rules import Rule
from primum.model.terms import Citation


def grounds(rule: Rule) -> dict[str, Any]:
    """What a rule says and rests on, whatever the case."""
    kind = "level" if isinstance(rule.effect, Level) else "direction"
    more = {"scope": rule.scope, "stage": rule.stage, "evidence": rule.evidence}
    return {
        kind: rule.word,
        "rationale": rule.rationale,
        "sources": [citation(cited) for cited in rule.citations],
        "confidence": rule.confidence,
        **{name: text for name, text in more.items() if text},
    }


def citation(cited: Citation) -> dict[str, Any]:
    """A source, and where in it the fact stands."""
    source = cited.source
    return {
        "id": source.id,
        "iri": source.iri,
        "title": source.title,
        "locator": cited.locator or None,
        "reference": source.reference or None,
        "trust": source.trust or None,
    }
