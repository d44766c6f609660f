"""What is asked over HTTP: questions, and case records, each with the same in our own words.

Every question is about the narrowest injury, with grade, time, age and some factors known. A third
asks about a day, the others about an instant. Records have dates instead, and now and then a
treatment to audit.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from tests.bench.generate import LOOSE, known_situations, with_its_age
from tests.web.wire import head, post

from primum.foundation.errors import Contradiction
from primum.foundation.names import CONTEXT, local_name
from primum.model.cases import Case
from primum.model.dates import read_moment
from primum.model.manchester import spell
from primum.model.moments import HOURS_PER_DAY, Moment
from primum.model.spans import exact
from primum.use_cases.drawing import Situation
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

JSON, TURTLE, NDJSON = "application/json", "text/turtle", "application/x-ndjson"
ASK, ASSESS = "/v1/contraindications", "/v1/assessments"
VALIDATE, BATCH = "/v1/validations", "/v1/assessments/batch"
VERDICTS = "?detail=verdicts"
_FIRST = read_moment("2026-01-01T10:00:00Z")
_PLANNED = 6  # hours after the assessment
_AUDITED = 4  # every so many records list a treatment
_ABSENT = 2  # every so many name a factor that is absent
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A case record, what it asks in our own words, and the same for each treatment it lists."""

    document: Json
    case: Case
    asked: Asked
    audits: tuple[tuple[Asked, str], ...] = ()

    @property
    def json(self) -> bytes:
        """The record as the body of a request."""
        return json.dumps(self.document).encode()


def questions(primum: Primum, *, count: int, seed: int) -> list[Asked]:
    """Questions of the design route, in the words that its parameters take."""
    drawn = islice(known_situations(primum.release.knowledge, seed=seed), count)
    return [_asked(situation.case, loose=not n % LOOSE) for n, situation in enumerate(drawn)]


def _asked(case: Case, *, loose: bool = False) -> Asked:
    """A case as a question about its hour, or about the day that the hour is in."""
    hours = case.hours.start.at
    return Asked(
        injury=local_name(case.injury),
        grade=None if case.grade is None else str(case.grade),
        day=str(int(hours // HOURS_PER_DAY)) if loose else None,
        hours=None if loose else spell(hours),
        present=[local_name(iri) for iri in sorted(case.present)],
        age=None if case.age is None else str(case.age),
    )


def get(asked: Asked, *lines: str) -> bytes:
    """The request that asks a question."""
    given = {
        "injury": asked.injury,
        "grade": asked.grade,
        "day": asked.day,
        "hours": asked.hours,
        "age": asked.age,
        "factor": asked.present,
    }
    query = urlencode({name: value for name, value in given.items() if value}, doseq=True)
    return head(f"GET {ASK}?{query}", *lines)


def records(primum: Primum, *, count: int, seed: int, told_age: bool = True) -> list[Record]:
    """Valid case records, each with its own id and dates.

    Without `told_age` they name the factors of their age instead of the age.
    """
    chance = random.Random(seed)  # noqa: S311 - samples, not secrets
    drawn = islice(known_situations(primum.release.knowledge, seed=seed), count)
    return [
        _record(primum, situation, n, told_age=told_age, chance=chance)
        for n, situation in enumerate(drawn)
    ]


def _record(
    primum: Primum, situation: Situation, number: int, *, told_age: bool, chance: random.Random
) -> Record:
    """One record, assessed some time after the one before."""
    case = situation.case
    if not told_age:
        case = replace(with_its_age(case, primum.release.knowledge), age=None)
    elif not number % _ABSENT:
        case = _with_one_absent(primum, case, chance)
    assessed = _FIRST.later(number)
    audited = None if number % _AUDITED else local_name(situation.treatment)
    return _dated(case, f"case-{number}", assessed, audited)


def _with_one_absent(primum: Primum, case: Case, chance: random.Random) -> Case:
    """The case with a factor absent that can be."""
    factor = chance.choice(primum.release.knowledge.factors).iri
    told = replace(case, absent=frozenset({factor}))
    try:
        primum.engine.decision(told)
    except Contradiction:
        return case
    return told


def _dated(case: Case, name: str, assessed: Moment, audited: str | None) -> Record:
    """A case as a record that was assessed at an instant."""
    plain = _asked(case)
    onset = str(assessed.later(exact(-case.hours.start.at)))
    asked = replace(
        plain,
        hours=None,
        onset=onset,
        at=str(assessed),
        absent=[local_name(iri) for iri in sorted(case.absent)],
    )
    document = _document(asked, name)
    if audited is None:
        return Record(document, case, asked)
    planned = replace(asked, at=str(assessed.later(_PLANNED)))
    document["treatments"] = [{"type": audited, "at": planned.at}]
    return Record(document, case, asked, ((planned, audited),))


def _document(asked: Asked, name: str) -> Json:
    """A dated question as a case record."""
    grade = {} if asked.grade is None else {"grade": int(asked.grade)}
    age = {} if asked.age is None else {"age": int(asked.age)}
    return {
        "@context": CONTEXT,
        "id": name,
        "injury": {"type": asked.injury, **grade, "onset": asked.onset},
        "assessedAt": asked.at,
        "patient": {
            **age,
            "factors": {"present": list(asked.present), "absent": list(asked.absent)},
        },
    }


def broken(records: list[Record]) -> list[bytes]:
    """Records as bodies that are not valid, each in one of four ways."""
    return [
        json.dumps(_BREAKS[n % len(_BREAKS)](record.document)).encode()
        for n, record in enumerate(records)
    ]


_BREAKS: tuple[Callable[[Json], Json], ...] = (
    lambda found: {**found, "injury": {**found["injury"], "grade": 7}},
    lambda found: {**found, "injury": {**found["injury"], "type": "HamstringStrian"}},
    lambda found: {**found, "patient": {"age": -1}},
    lambda found: {**found, "assessedAt": "1999-12-31T00:00:00Z"},
)


def turtle(record: Record) -> bytes:
    """The same record in Turtle."""
    return "".join(f"{line}\n" for line in _turtle(record.document)).encode()


def _turtle(document: Json) -> Iterator[str]:
    """The lines of a record in Turtle."""
    injury, patient = document["injury"], document["patient"]
    yield "@prefix primum: <https://w3id.org/primum/> ."
    yield "@prefix dcterms: <http://purl.org/dc/terms/> ."
    yield "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    yield f'[] a primum:CaseRecord ; dcterms:identifier "{document["id"]}" ;'
    grade = f" primum:hasGrade {injury['grade']} ;" if "grade" in injury else ""
    onset = f"primum:onset {_instant(injury['onset'])}"
    yield f"  primum:injury [ a primum:{injury['type']} ;{grade} {onset} ] ;"
    for given in document.get("treatments", ()):
        at = f"primum:at {_instant(given['at'])}"
        yield f"  primum:treatment [ a primum:{given['type']} ; {at} ] ;"
    age = f"primum:age {patient['age']} ; " if "age" in patient else ""
    told = " ; ".join(
        f"primum:{kind} " + ", ".join(f"primum:{name}" for name in names)
        for kind, names in patient["factors"].items()
        if names
    )
    yield f"  primum:patient [ {age}primum:factors [ {told} ] ] ;"
    yield f"  primum:assessedAt {_instant(document['assessedAt'])} ."


def _instant(text: str) -> str:
    """An instant as a literal."""
    return f'"{text}"^^xsd:dateTime'


def posted(path: str, body: bytes, media_type: str) -> bytes:
    """The request that sends a body."""
    return post(path, body, f"Content-Type: {media_type}")
