"""Timelines and explanations as JSON documents."""

from collections.abc import Iterable
from typing import Any

from primum.model.answers import Course, Segment, Timeline
from primum.model.cases import Case
from primum.model.explanations import Alternative, Explanation, Supposed, WhatIf, WhyNot
from primum.model.moments import Moment
from primum.use_cases.documents import Writer, bounds, change_of, reference, window
from primum.use_cases.narrative import narrate

Json = dict[str, Any]


def timeline_document(writer: Writer, timeline: Timeline) -> Json:
    """A timeline; the grounds of its rules stand once, by the rule's id, under `rules`."""
    used = {
        reason.rule.iri: reason.rule
        for course in timeline.courses
        for segment in course.segments
        for reason in segment.reasons
    }
    return {
        **writer.head(timeline.case, timeline.edition),
        "clock": _clock(timeline.case),
        "treatments": [_course(writer, course, timeline.case) for course in timeline.courses],
        "rules": {rule.id: writer.grounds[iri] for iri, rule in sorted(used.items())},
    }


def _clock(case: Case) -> Json:
    """What the hours of the segments count from."""
    if case.dating is None:
        return {"from": "onset", "dateTime": None}
    onset = case.dating.onset
    start = "onset" if onset.is_exact else "earliest onset" if onset.earliest else "latest onset"
    return {"from": start, "dateTime": str(Moment(onset.zero, case.dating.offset))}


def _course(writer: Writer, course: Course, case: Case) -> Json:
    """One treatment over time."""
    segments = [_segment(writer, segment, case) for segment in course.segments]
    return {"treatment": writer.reference[course.treatment.iri], "segments": segments}


def _segment(writer: Writer, segment: Segment, case: Case) -> Json:
    """A stretch of time in which the levels stay, and how it ends."""
    return {
        **bounds(segment.hours),
        "verdict": segment.verdict.value,
        "level": {"certain": segment.certain.word, "possible": segment.possible.word},
        "ends": None
        if segment.end is None
        else change_of(segment.end, case) | {"words": writer.words.change(segment.end, case)},
        "reasons": [
            {
                "rule": reference(reason.rule),
                "level": reason.rule.word,
                "holds": reason.holds.value,
                "window": window(reason),
            }
            for reason in segment.reasons
        ],
    }


def explanation_document(writer: Writer, case: Case, explanation: Explanation) -> Json:
    """What one treatment's finding rests on, in words and as data, without its proofs."""
    treatment = explanation.finding.treatment.iri
    return {
        "finding": writer.finding(explanation.finding, case),
        "words": narrate(writer.words, case, explanation),
        "whyNot": [_why_not(writer, each, case, treatment) for each in explanation.why_not],
        "whatIf": _what_if(writer, explanation.what_if, case),
    }


def _why_not(writer: Writer, why_not: WhyNot, case: Case, treatment: str) -> Json:
    """A rule that does not apply, and what keeps it from applying."""
    return {
        "rule": reference(why_not.rule),
        "level": why_not.rule.word,
        "together": why_not.together,
        "failed": [writer.premise(premise, case, treatment) for premise in why_not.premises],
    }


def _what_if(writer: Writer, what_if: WhatIf, case: Case) -> Json:
    """The smallest changes of facts, and the next instant, that alter the verdict."""
    clock, (milder, stricter) = what_if.clock, what_if.searched
    return {
        "milder": _alternatives(writer, what_if.milder),
        "stricter": _alternatives(writer, what_if.stricter),
        "searchedUpTo": {"milder": milder, "stricter": stricter},
        "clock": None if clock is None else change_of(clock, case),
    }


def _alternatives(writer: Writer, found: Iterable[Alternative]) -> list[Json]:
    """Changes of facts, with the verdicts they lead to."""
    return [
        {
            "changes": [_change(writer, change) for change in alternative.changes],
            "verdict": alternative.verdict.value,
        }
        for alternative in found
    ]


def _change(writer: Writer, change: Supposed) -> Json:
    """One changed fact."""
    if change.factor is None:
        return {"grade": change.grade}
    return {"factor": writer.reference[change.factor.iri], "becomes": change.turn.value}
