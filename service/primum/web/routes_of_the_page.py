"""The rows of the routes that a person asks from, and leafs through the knowledge on."""

from dataclasses import fields
from typing import Final

from primum.use_cases.choosing import Wanted
from primum.web.negotiation import CSS, CSV, HTML, JSON, SCRIPT, SVG, TURTLE
from primum.web.questions import REPEATED, SINGLE
from primum.web.route import QUESTION, Kept, Route

_ASKED: Final = (*SINGLE, *REPEATED)
LISTED: Final = {
    "injuries": "injuries",
    "treatments": "treatments",
    "factors": "patient factors",
    "sources": "sources",
}
"""The lists to leaf through, and what they are lists of."""
OTHER: Final = "other-"
"""What the parameters of the second of two compared questions begin with."""
_FAILS: Final = (*QUESTION, "contradiction")


def second(name: str) -> str:
    """A parameter of the second of two compared questions."""
    return f"{OTHER}{name}"


PAGES: Final = (
    Route(
        "/answer",
        "A question and its answer as a page",
        "The form with the question in it, the treatments by verdict, the timeline, what would "
        "settle open verdicts, and what was taken as absent. A parameter without a value counts "
        "as not given, so that a form can be sent as it stands.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        takes=_ASKED,
        needs=("injury",),
        fails=_FAILS,
        kept=Kept.CLOCK,
    ),
    *(
        Route(
            f"/answer.{ending}",
            "The same as data",
            says,
            {media: schema},
            tag="Pages",
            takes=_ASKED,
            needs=("injury",),
            fails=_FAILS,
            kept=Kept.CLOCK,
        )
        for ending, media, schema, says in (
            ("json", JSON, "Answer", "What `/v1/contraindications` answers."),
            ("csv", CSV, "Text", "One row for each treatment."),
            ("ttl", TURTLE, "Text", "The question and a finding for each treatment, as RDF."),
        )
    ),
    Route(
        "/why",
        "Why one treatment is answered as it is, as a page",
        "Rules, premises, sources, rules that do not apply, what would change the verdict; with "
        "`proof=true` the proofs.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        takes=(*SINGLE, "proof", *REPEATED),
        needs=("injury", "treatment"),
        fails=_FAILS,
        kept=Kept.CLOCK,
    ),
    Route(
        "/compare",
        "Two questions beside each other",
        "The parameters of the second begin with `other-`.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        takes=(*SINGLE, *map(second, SINGLE), *REPEATED, *map(second, REPEATED)),
        needs=("injury",),
        fails=_FAILS,
        kept=Kept.CLOCK,
    ),
    Route(
        "/browse",
        "The knowledge to leaf through",
        "Begins with the injuries.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        fails=("unknown-parameter",),
    ),
    *(
        Route(
            f"/browse/{kind}",
            f"All {words} as a page",
            "Each with the number of rules about it.",
            {HTML: "Text"},
            tag="Pages",
            scripted=True,
            fails=("unknown-parameter",),
        )
        for kind, words in LISTED.items()
    ),
    Route(
        "/browse/rules",
        "The rules as a page",
        "Those that fit every filter.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        takes=tuple(field.name for field in fields(Wanted)),
        fails=QUESTION,
    ),
    Route(
        "/search",
        "Everything that fits some words",
        "Terms, rules and sources, by label, synonym or definition.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        takes=("q",),
        fails=("unknown-parameter", "invalid-value"),
    ),
    Route(
        "/changes",
        "What changed since an earlier release, as a page",
        "Answers that moved, with the edits that are to blame; rules, terms and axioms.",
        {HTML: "Text"},
        tag="Pages",
        scripted=True,
        fails=("unknown-parameter",),
    ),
    Route("/page.css", "How the pages of questions look", "", {CSS: "Text"}, tag="Pages"),
    Route(
        "/page.js", "Answers on every change, where scripts run", "", {SCRIPT: "Text"}, tag="Pages"
    ),
    Route("/icon.svg", "The emblem", "", {SVG: "Text"}, tag="Pages"),
)
