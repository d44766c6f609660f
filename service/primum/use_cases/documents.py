"""Answers as JSON documents, in the shape that the contracts fix (design, section 5)."""

from collections.abc import Iterator
from typing import Any

from primum.foundation.names import local_name
from primum.model.answers import Answer, Finding, Reason
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.manchester import facets
from primum.model.regions import GRADES, Classes
from primum.model.rules import Rule
from primum.model.spans import Number, Span
from primum.model.terms import Citation, Term

Json = dict[str, Any]


class Writer:
    """Writes answers over one knowledge base as documents."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Write once what many answers share: references to terms, and the grounds of rules."""
        every = (*knowledge.injuries, *knowledge.treatments, *knowledge.factors)
        self._knowledge = knowledge
        self._reference = {term.iri: reference(term) for term in every}
        self._grounds = {rule.iri: grounds(rule) for rule in knowledge.rules}

    def answer(self, answer: Answer) -> Json:
        """The whole answer."""
        return {
            "notice": self._knowledge.notice,
            "question": self._question(answer.case),
            "knowledge": {"version": answer.edition.version, "digest": answer.edition.digest},
            "treatments": [self._finding(found, answer.case) for found in answer.findings],
        }

    def _question(self, case: Case) -> Json:
        """The question as it was understood."""
        return {
            "injury": self._reference[case.injury],
            "grade": case.grade,
            "time": self._time(case.hours),
            "factors": {
                "present": self._listed(case.present),
                "absent": self._listed(case.absent),
            },
            "screening": case.screening.value,
        }

    def _time(self, hours: Span) -> Json | None:
        """The span of hours since onset, or None where the case says nothing of it."""
        if hours == Span():
            return None
        return {**bounds(hours), "convention": self._knowledge.convention}

    def _listed(self, iris: frozenset[str]) -> list[Json]:
        """References to terms, by id."""
        return [self._reference[iri] for iri in sorted(iris)]

    def _finding(self, found: Finding, case: Case) -> Json:
        """The answer for one treatment."""
        document: Json = {
            "treatment": self._reference[found.treatment.iri],
            "verdict": found.verdict.value,
            "level": {"certain": found.certain.word, "possible": found.possible.word},
        }
        if found.changes_at is not None:
            change = found.changes_at
            document["changesAt"] = {"hours": plain(change.hours), "bound": change.bound or None}
        treatment = found.treatment.iri
        return document | {
            "reasons": [self._reason(reason, case, treatment) for reason in found.reasons],
            "needs": [],
            "screenFor": [
                {
                    "factor": self._reference[screen.factor.iri],
                    "level": screen.level.word,
                    "rule": screen.rule.id,
                }
                for screen in found.screen_for
            ],
            "recommended": [self._reason(r, case, treatment) for r in found.recommended],
            "stricterKinds": [
                {
                    "treatment": self._reference[kind.treatment.iri],
                    "level": {"certain": kind.certain.word, "possible": kind.possible.word},
                }
                for kind in found.stricter_kinds
            ],
        }

    def _reason(self, reason: Reason, case: Case, treatment: str) -> Json:
        """A rule that holds, with its grounds and what it was found to ask."""
        return {
            **self._grounds[reason.rule.iri],
            "holds": reason.holds.value,
            "because": list(self._premises(reason, case, treatment)),
            "window": window(reason),
        }

    def _premises(self, reason: Reason, case: Case, treatment: str) -> Iterator[Json]:
        """What the rule asks of the situation, and what was found."""
        region, axioms = reason.region, self._knowledge.axioms
        yield from self._classes("treatment", region.treatments, {treatment})
        yield from self._classes("injury", region.injuries, {case.injury})
        if region.grades not in (GRADES, axioms.grades[case.injury]):
            required = grades_required(region.grades)
            yield {"premise": "grade", "found": case.grade, "required": required}
        if region.hours != Span():
            found = None if case.hours == Span() else bounds(case.hours)
            yield {"premise": "hours", "found": found, "required": facets(region.hours)}
        if region.ages != Span():
            yield {"premise": "age", "found": case.age, "required": facets(region.ages)}
        present = {case.injury, *case.present}
        yield from self._classes("factor", region.factors, present)

    def _classes(self, premise: str, asked: Classes, found: set[str]) -> Iterator[Json]:
        """The premises on one kind of class: each required one, and the excluded ones."""
        axioms = self._knowledge.axioms
        for iri in sorted(asked.required):
            given = sorted(local_name(one) for one in found if iri in axioms.entailed_by(one))
            yield {
                "premise": premise,
                "found": given[0] if given else None,
                "required": local_name(iri),
            }
        for iri in sorted(asked.excluded):
            yield {"premise": premise, "found": None, "required": f"not {local_name(iri)}"}


def reference(named: Term | Rule) -> Json:
    """A term or a rule by id, IRI and label."""
    return {"id": named.id, "iri": named.iri, "label": named.label}


def grounds(rule: Rule) -> Json:
    """What a rule says and rests on, whatever the case."""
    kind = "level" if isinstance(rule.effect, Level) else "direction"
    more = {"scope": rule.scope, "stage": rule.stage, "evidence": rule.evidence}
    return {
        "rule": reference(rule),
        kind: rule.word,
        "rationale": rule.rationale,
        "sources": [citation(cited) for cited in rule.citations],
        "confidence": rule.confidence,
        **{name: text for name, text in more.items() if text},
    }


def citation(cited: Citation) -> Json:
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


def window(reason: Reason) -> Json | None:
    """The span of time in which a rule holds, or None where it holds at any time."""
    hours = reason.region.hours
    if hours == Span():
        return None
    return {**bounds(hours), "bound": reason.bound or None}


def bounds(hours: Span) -> Json:
    """A span of hours as `[fromHours, untilHours)`; an instant has both at that instant."""
    return {
        "fromHours": plain(hours.start.at),
        "untilHours": None if hours.end is None else plain(hours.end.at),
    }


def plain(number: Number) -> int | float:
    """An exact number as JSON spells it."""
    return number if isinstance(number, int) else float(number)


def grades_required(grades: frozenset[int]) -> str:
    """A set of grades in words: `>= 2`, `= 1`, `1 or none`."""
    values = sorted(grades - {0})
    if len(values) == 1 and 0 not in grades:
        return f"= {values[0]}"
    if grades == frozenset(range(min(values, default=0), 4)):
        return f">= {min(values)}"
    return " or ".join([*map(str, values), *(["none"] if 0 in grades else [])])
