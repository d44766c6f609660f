"""Regression cases: disagreements that were found, each as one small file that can be read back.

A file holds the record, the proposed treatment, the drawn rules (or that the shipped ones are
meant), and what judge and engine said. Terms go by their local names; numbers are text, so that
nothing is rounded.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import BASE, local_name
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Screening
from primum.model.manchester import facets, spell
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span, exact
from primum.reasoning.engine import Engine
from primum.use_cases.comparing import Comparison, EngineOf, answered
from primum.use_cases.drawing import Scene, Situation
from primum.use_cases.inventing import drawn_rule
from primum.use_cases.judging import Judgement

_FACETS = re.compile(r"(?P<lower>>=?) (?P<start>[0-9./]+)(, (?P<upper><=?) (?P<end>[0-9./]+))?")
_INTRODUCTION = "# HermiT and the engine disagreed here: see tests/regressions/README.md.\n"


@dataclass(frozen=True, slots=True)
class Regression:
    """A disagreement as it was found by a run with some seed, over knowledge of some digest."""

    seed: int
    digest: str
    found: Comparison


def passes(regression: Regression, knowledge: Knowledge, engine_of: EngineOf = Engine) -> bool:
    """Whether an engine now says what the judge said."""
    scene = regression.found.scene
    own = knowledge if scene.rules is None else replace(knowledge, rules=scene.rules)
    return regression.found.judged == answered(engine_of(own), scene.situation)


def save(regression: Regression, folder: Path) -> Path:
    """Write a regression case to a folder; the same disagreement has the same name."""
    content = "\n".join(_lines(regression)) + "\n"
    name = hashlib.sha256(content.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(f"{_INTRODUCTION}seed = {regression.seed}\n{content}", encoding="utf-8")
    return path


def read(path: Path) -> Regression:
    """Read a regression case; raises UnreadableFile where a file is none."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        drawn = {"drawn": True, "shipped": False}[stated["rules"]]
        rules = tuple(map(_rule, stated.get("rule", ()))) if drawn else None
        situation = Situation(_case(stated["record"]), BASE + stated["treatment"])
        said = _judgement(stated["judge"]), _judgement(stated["engine"])
        return Regression(
            stated["seed"], stated["knowledge"], Comparison(Scene(situation, rules), *said)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(
            f"{path} is no regression case of `primum verify`: {error!r}."
        ) from error


# --- writing --------------------------------------------------------------------------------------


def _lines(regression: Regression) -> Iterator[str]:
    """The lines of a file, without the seed."""
    found = regression.found
    scene, situation = found.scene, found.scene.situation
    yield f'knowledge = "{regression.digest}"'
    yield f'rules = "{"shipped" if scene.rules is None else "drawn"}"'
    yield f'treatment = "{local_name(situation.treatment)}"'
    yield from ("", "[record]", *_record_lines(situation.case))
    yield from ("", "[judge]", *_judgement_lines(found.judged))
    yield from ("", "[engine]", *_judgement_lines(found.answered))
    for rule in scene.rules or ():
        yield from ("", "[[rule]]", f'name = "{rule.id}"', f'level = "{rule.level.word}"')
        for region in rule.regions:
            yield from ("", "[[rule.region]]", *_region_lines(region))


def _record_lines(case: Case) -> Iterator[str]:
    """What is known; what is unknown is left out."""
    yield f'injury = "{local_name(case.injury)}"'
    if case.grade is not None:
        yield f"grade = {case.grade}"
    if case.age is not None:
        yield f"age = {case.age}"
    if case.hours != Span():
        yield f'hours = "{_spelled(case.hours)}"'
    yield f"present = {_names(case.present)}"
    yield f"absent = {_names(case.absent)}"
    yield f'screening = "{case.screening.value}"'


def _judgement_lines(judgement: Judgement | None) -> Iterator[str]:
    """What judge or engine says."""
    if judgement is None:
        yield "contradiction = true"
    else:
        yield f'certain = "{judgement.certain.word}"'
        yield f'possible = "{judgement.possible.word}"'
        yield f"rules = {_names(judgement.rules)}"


def _region_lines(region: Region) -> Iterator[str]:
    """The constraints of a region; what it does not constrain is left out."""
    for name in ("treatments", "injuries", "factors"):
        classes: Classes = getattr(region, name)
        if classes.required:
            yield f"{name} = {_names(classes.required)}"
        if classes.excluded:
            yield f"except-{name} = {_names(classes.excluded)}"
    if region.grades != GRADES:
        yield f"grades = {sorted(region.grades)}"
    if region.hours != Span():
        yield f'hours = "{_spelled(region.hours)}"'
    if region.ages != Span():
        yield f'ages = "{_spelled(region.ages)}"'


def _names(iris: frozenset[str]) -> str:
    """Local names as an array; JSON's spelling of one is TOML's too."""
    return json.dumps(sorted(map(local_name, iris)))


def _spelled(span: Span) -> str:
    """A span as facets, or as the one number in it."""
    return spell(span.start.at) if span.is_instant else facets(span)


# --- reading --------------------------------------------------------------------------------------


def _case(stated: Mapping[str, Any]) -> Case:
    """The record of a file."""
    return Case(
        injury=BASE + stated["injury"],
        grade=stated.get("grade"),
        hours=_span(stated.get("hours")),
        present=_iris(stated["present"]),
        absent=_iris(stated["absent"]),
        age=stated.get("age"),
        screening=Screening(stated["screening"]),
    )


def _judgement(stated: Mapping[str, Any]) -> Judgement | None:
    """What judge or engine said."""
    if stated.get("contradiction"):
        return None
    certain, possible = (Level[stated[key].upper()] for key in ("certain", "possible"))
    return Judgement(_iris(stated["rules"]), certain, possible)


def _rule(stated: Mapping[str, Any]) -> Rule:
    """A drawn rule."""
    regions = tuple(map(_region, stated["region"]))
    return drawn_rule(stated["name"], Level[stated["level"].upper()], regions)


def _region(stated: Mapping[str, Any]) -> Region:
    """A region of a drawn rule."""
    treatments, injuries, factors = (
        Classes(_iris(stated.get(name, ())), _iris(stated.get(f"except-{name}", ())))
        for name in ("treatments", "injuries", "factors")
    )
    grades = frozenset(stated.get("grades", GRADES))
    hours, ages = _span(stated.get("hours")), _span(stated.get("ages"))
    return Region(treatments, injuries, factors, grades, hours, ages)


def _iris(names: list[str] | tuple[str, ...]) -> frozenset[str]:
    """The terms of local names."""
    return frozenset(BASE + name for name in names)


def _span(text: str | None) -> Span:
    """A span as it is spelled; raises ValueError for what is none."""
    if text is None:
        return Span()
    if not (said := _FACETS.fullmatch(text)):
        return Span.at(exact(text))
    start = Cut(exact(said["start"]), said["lower"] == ">")
    end = None if said["end"] is None else Cut(exact(said["end"]), said["upper"] == "<=")
    return Span(start, end)
