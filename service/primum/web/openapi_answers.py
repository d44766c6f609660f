"""JSON Schemas of answers: what a question, a timeline and an explanation are answered with."""

from typing import Final

from primum.model.answers import Fact
from primum.model.levels import Appraisal, Holds, Level, Screening, Verdict
from primum.model.premises import About, Stands
from primum.web.openapi_words import (
    ANY,
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    Json,
    also,
    listed,
    mapped,
    maybe,
    one_of,
    record,
    ref,
)

_SHARED: Final[Json] = {
    "Reference": record(
        "A term or a rule.",
        {"id": TEXT, "iri": {"type": "string", "format": "uri"}, "label": TEXT},
    ),
    "Edition": record(
        "Which knowledge an answer rests on, so that it can be replayed.",
        {"version": TEXT, "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}},
    ),
    "Level": one_of(*(level.word for level in Level)),
    "Verdict": {
        **one_of(*Verdict),
        "description": "`ruled-out` and `no-rule` mean that the rules are silent, no more.",
    },
    "Levels": record(
        "The strictest level that holds in every case that fits, and in some.",
        {"certain": ref("Level"), "possible": ref("Level")},
    ),
    "Bounds": record(
        "Hours since onset, from one up to but not at the other; null sets no end.",
        {"fromHours": NUMBER, "untilHours": maybe(NUMBER)},
        {"fromExcluded": FLAG, "untilIncluded": FLAG},
    ),
    "Window": also("Bounds", {"bound": maybe(TEXT)}),
    "Change": record(
        "When levels change, how firmly the source bounds that time, and to what.",
        {"hours": NUMBER, "bound": maybe(TEXT), "verdict": ref("Verdict")},
        {"dateTime": TEXT},
    ),
    "Citation": record(
        "A source, and where in it the fact stands.",
        {
            "id": TEXT,
            "title": TEXT,
            "locator": maybe(TEXT),
        },
        {"iri": TEXT, "reference": maybe(TEXT), "trust": maybe(TEXT)},
    ),
}
"""What documents of all kinds are made of."""


_FINDINGS: Final[Json] = {
    "Premise": record(
        "What a rule asks, what was found, and how that stands.",
        {
            "premise": one_of(*About),
            "found": ANY,
            "required": TEXT,
            "stands": one_of(*Stands),
        },
        {"assumed": FLAG},
    ),
    "Grounds": record(
        "What a rule says and rests on.",
        {
            "rule": ref("Reference"),
            "rationale": TEXT,
            "sources": listed(ref("Citation")),
            "confidence": TEXT,
        },
        {
            "level": ref("Level"),
            "direction": one_of(*Appraisal),
            "scope": TEXT,
            "stage": TEXT,
            "evidence": TEXT,
        },
    ),
    "Reason": also(
        "Grounds",
        {
            "holds": one_of(*Holds),
            "because": listed(ref("Premise")),
            "window": maybe(ref("Window")),
        },
    ),
    "Need": record(
        "An open fact, as a question.",
        {"about": one_of(*Fact), "question": TEXT},
        {"answers": listed(ANY)},
    ),
    "Screen": record(
        "A factor that was taken as absent and would make the verdict stricter.",
        {"factor": ref("Reference"), "level": ref("Level"), "rule": TEXT},
    ),
    "Finding": record(
        "The answer for one treatment.",
        {
            "treatment": ref("Reference"),
            "verdict": ref("Verdict"),
            "level": ref("Levels"),
            "reasons": listed(ref("Reason")),
            "needs": listed(listed(ref("Need"))),
            "screenFor": listed(ref("Screen")),
            "recommended": listed(ref("Reason")),
        },
        {
            "changesAt": ref("Change"),
            "definiteAt": ref("Change"),
            "stricterKinds": listed(ANY),
            "proofs": listed(ref("Proof")),
        },
    ),
    "Proof": record(
        "Steps from the record and the axioms of the files to a claim.",
        {"claim": {"type": "object"}, "holds": TEXT, "steps": listed({"type": "object"})},
    ),
}
"""What is found of one treatment."""


_FACTORS: Final = {"present": listed(ref("Reference")), "absent": listed(ref("Reference"))}
_DOCUMENTS: Final[Json] = {
    "Question": record(
        "The question as it was understood; null is not known.",
        {
            "injury": ref("Reference"),
            "grade": maybe(COUNT),
            "time": maybe({"type": "object"}),
            "factors": record("Facts on the patient.", _FACTORS),
            "screening": one_of(*Screening),
        },
        {"age": maybe(COUNT)},
    ),
    "Head": record(
        "What every answer begins with.",
        {"notice": TEXT, "question": ref("Question"), "knowledge": ref("Edition")},
    ),
    "Answer": also("Head", {"treatments": listed(ref("Finding"))}),
    "Segment": also(
        "Bounds",
        {
            "verdict": ref("Verdict"),
            "level": ref("Levels"),
            "ends": maybe(also("Change", {"words": TEXT})),
            "reasons": listed(
                record(
                    "A rule that holds, by reference to `rules`.",
                    {
                        "rule": ref("Reference"),
                        "level": TEXT,
                        "holds": one_of(*Holds),
                        "window": maybe(ref("Window")),
                    },
                )
            ),
        },
    ),
    "Course": record(
        "One treatment over time.",
        {"treatment": ref("Reference"), "segments": listed(ref("Segment"))},
    ),
    "Timeline": also(
        "Head",
        {
            "clock": record("What hours count from.", {"from": TEXT, "dateTime": maybe(TEXT)}),
            "treatments": listed(ref("Course")),
            "rules": mapped(ref("Grounds")),
        },
    ),
}
"""The whole documents of a moment and over time."""


_ALTERNATIVE: Final = record(
    "Facts that would have to change, and the verdict then.",
    {"changes": listed({"type": "object"}), "verdict": ref("Verdict")},
)
_EXPLANATIONS: Final[Json] = {
    "WhyNot": record(
        "A rule that does not apply, and what keeps it from applying.",
        {
            "rule": ref("Reference"),
            "level": TEXT,
            "together": FLAG,
            "failed": listed(ref("Premise")),
        },
    ),
    "WhatIf": record(
        "The smallest changes of facts, and the next instant, that alter the verdict.",
        {
            "milder": listed(_ALTERNATIVE),
            "stricter": listed(_ALTERNATIVE),
            "searchedUpTo": {"type": "object"},
            "clock": maybe(ref("Change")),
        },
    ),
    "Explanation": also(
        "Head",
        {
            "finding": ref("Finding"),
            "words": ANY,
            "whyNot": listed(ref("WhyNot")),
            "whatIf": ref("WhatIf"),
        },
        {"proofs": listed(ref("Proof"))},
    ),
}
"""Why a verdict is what it is."""
ANSWERS: Final[Json] = {**_SHARED, **_FINDINGS, **_DOCUMENTS, **_EXPLANATIONS}
"""All of them, by name; every object may gain fields."""
