"""The parameters of all routes, described; their examples are drawn from the knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from primum.foundation.names import Graph
from primum.model.levels import Screening, Verdict
from primum.model.regions import GRADES, UNGRADED
from primum.use_cases.choosing import WORDS
from primum.use_cases.named.query import Form, NamedQuery
from primum.use_cases.question import MOST_YEARS
from primum.use_cases.vocabulary import Catalogue
from primum.web.assessments import Detail
from primum.web.openapi_sparql import SPARQL_PARAMETERS
from primum.web.openapi_words import TEXT, Json, decimal, words
from primum.web.problem_kinds import TABLE
from primum.web.questions import REPEATED
from primum.web.routes_of_the_page import OTHER, second
from primum.web.served import Served
from primum.web.term_paths import FORMS

_PLACES = 12
_NAME = {"type": "string", "minLength": 1}
_SECOND = "The `{}` of the second question."
_TRUTH = {"type": "string", "enum": ["true", "false"]}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter means, the form of its value, and an example."""

    says: str
    schema: Json
    example: str | float | None = None


def parameters(release: Served) -> Mapping[str, Parameter]:
    """Every parameter by name; one name means the same on every route."""
    examples = examples_from(release)
    asked = {**_facts(), **_times()}
    described = {
        **asked,
        **{second(n): (_SECOND.format(n), schema) for n, (_, schema) in asked.items()},
        **_filters(release),
        **_paths(),
        **SPARQL_PARAMETERS,
        "q": ("Words to look for.", TEXT),
    }
    return {
        name: Parameter(says, schema, examples.get(name.removeprefix(OTHER)))
        for name, (says, schema) in described.items()
    }


def _facts() -> dict[str, tuple[str, Json]]:
    """What is known of the injury and the patient."""
    grades = sorted(GRADES - {UNGRADED})
    return {
        "injury": ("An injury, by any of its names, in any case.", _NAME),
        "grade": (
            "The grade, if the injury has grades.",
            {"type": "integer", "enum": grades},
        ),
        "treatment": ("A treatment, by any of its names; the answer is about it alone.", _NAME),
        "factor": ("A patient factor that is present, by any of its names; may repeat.", _NAME),
        "without": ("A patient factor that is absent; may repeat.", _NAME),
        "age": (
            "Completed years.",
            {"type": "integer", "minimum": 0, "maximum": MOST_YEARS},
        ),
        "screening": (
            "How factors that are not mentioned are taken: as absent, or as open.",
            {"type": "string", "enum": list(Screening), "default": Screening.ASSUME_CLEAR},
        ),
        "verdict": (
            "Only treatments of these verdicts, separated by commas.",
            {"type": "string", "pattern": words(list(Verdict))},
        ),
        "detail": (
            "How much is written: all, or the verdicts without their reasons.",
            {"type": "string", "enum": list(Detail), "default": Detail.FULL},
        ),
        "proof": ("Whether to prove each reason.", _TRUTH | {"default": "false"}),
    }


def _times() -> dict[str, tuple[str, Json]]:
    """When the injury happened, and when the question is about."""
    number = {"type": "string", "pattern": decimal(_PLACES)}
    return {
        "day": (
            "Days since onset, the day of injury being day 0; a whole number, such as `3`, "
            "means the whole day. "
            "Not together with `hours` or `onset`.",
            number,
        ),
        "hours": (
            "Hours since onset, an instant, such as `47.5`. Not together with `day` or `onset`.",
            number,
        ),
        "onset": (
            "When the injury happened: a date, a date and time, or an interval of them, such as "
            "`2020-01-31`, `2020-01-31T10:00:00Z` or `2020-01-30/2020-01-31`.",
            TEXT,
        ),
        "at": (
            "The date and time asked about, with `onset`; the present instant by default.",
            TEXT,
        ),
    }


def _filters(release: Served) -> dict[str, tuple[str, Json]]:
    """What rules are chosen by, beside treatment and injury."""
    catalogue = Catalogue.over(release.primum.release)
    return {
        "level": (
            "Only rules of this level, or recommendations of this direction.",
            {"type": "string", "enum": list(WORDS)},
        ),
        "topic": (
            "Only rules of this topic.",
            {"type": "string", "enum": list(catalogue.topics)},
        ),
        "source": ("Only rules that cite this source, by any of its names.", _NAME),
        "confidence": (
            "Only rules of this confidence.",
            {"type": "string", "enum": list(catalogue.confidences)},
        ),
    }


def _paths() -> dict[str, tuple[str, Json]]:
    """What stands in paths."""
    kinds = [kind.name for kind in TABLE]
    return {
        "id": ("A rule, by any of its names; slashes are written as `%2F`.", _NAME),
        "name": ("A named question, with or without the ending of a format.", _NAME),
        "term": (
            "A term, by any of its names. Those of sources, regions and the like begin with their "
            "folder, such as `source/`; slashes may be written as `%2F`.",
            _NAME,
        ),
        "form": (
            "The form to answer in.",
            {"type": "string", "enum": list(FORMS)},
        ),
        "kind": ("A kind of error.", {"type": "string", "enum": kinds}),
    }


def examples_from(release: Served) -> dict[str, str | float]:
    """An example of each parameter that has one.

    They are those of the known question where the knowledge states it, and otherwise the first
    that fit.
    """
    knowledge = release.primum.release.knowledge
    rule = next(rule for rule in knowledge.rules if rule.citations)
    found: dict[str, str | float] = {
        "injury": _first_graded(release),
        "treatment": knowledge.treatments[0].slug,
        "factor": knowledge.factors[0].slug,
        "without": knowledge.factors[1].slug,
        "source": rule.citations[0].source.id,
        "topic": rule.topic,
        "level": rule.word,
        "confidence": rule.confidence,
        "id": rule.id,
        "name": example_question(release).name,
        "q": knowledge.injuries[0].label,
        "query": "ASK {}",
        "format": "json",
        "timeout": 2.5,
        "stream": "true",
        "default-graph-uri": Graph.ASSERTED,
        "named-graph-uri": Graph.INFERRED,
        "kind": TABLE[0].name,
        "term": knowledge.injuries[0].id,
        "form": list(FORMS)[1],
        "grade": max(GRADES) - 1,
        "screening": Screening.UNKNOWN,
        "age": 40,
        "verdict": f"{Verdict.CONTRAINDICATED},{Verdict.UNDETERMINED}",
        "proof": "true",
        "detail": Detail.VERDICTS,
    }
    return found | _known(release)


def example_question(release: Served) -> NamedQuery:
    """A question that is answered with rows, with parameters all of which may be left out."""
    of_rows = [q for q in release.questions.all.values() if q.form is Form.SELECT and q.parameters]
    return next(q for q in of_rows if all(each.optional for each in q.parameters))


def _known(release: Served) -> dict[str, str | float]:
    """The single values of the known question; a day where it names no time."""
    stated = release.primum.release.knowledge.readiness
    known: dict[str, str | float] = {}
    known.update(parse_qsl(stated.question) if stated else ())
    if "grade" in known:
        known["grade"] = int(known["grade"])
    timed = not known.keys().isdisjoint(("day", "hours", "onset"))
    single = {name: value for name, value in known.items() if name not in REPEATED}
    return single if timed else {"day": "3", **single}


def _first_graded(release: Served) -> str:
    """The slug of an injury that has grades, the first where none has."""
    knowledge = release.primum.release.knowledge
    grades = knowledge.axioms.grades
    graded = [term for term in knowledge.injuries if grades[term.iri] == GRADES - {UNGRADED}]
    return (graded or list(knowledge.injuries))[0].slug
