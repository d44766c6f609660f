"""The demand that what comes over HTTP is what the engine says in process."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from tests.bench.engines import Mismatch, Ranks, ranks_of
from tests.bench.http_batch import lines_of, request
from tests.bench.http_questions import (
    ASSESS,
    JSON,
    TURTLE,
    VALIDATE,
    VERDICTS,
    Record,
    get,
    posted,
    turtle,
)
from tests.web.wire import Reply, Wire

from primum.use_cases.question import Asked
from primum.use_cases.records.faults import VIOLATION
from primum.use_cases.records.records import Records
from primum.use_cases.records.validation import Validation
from primum.use_cases.service import Primum

Said = dict[str, tuple[str, str, str]]


class Asking(AbstractContextManager["Asking"]):
    """A connection on which one asks and looks at the answer."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._wire = Wire(port)

    def __exit__(self, *_: object) -> None:
        self._wire.socket.close()

    def reply(self, sent: bytes, status: int) -> Reply:
        """The answer; raises Mismatch where it has another status."""
        found = self._wire.send(sent).reply()
        if found.status != status:
            raise Mismatch(f"Expected {status} to {sent[:400]!r}, found {found}")
        return found

    def document(self, sent: bytes, status: int = 200) -> Any:
        """The document that is answered."""
        return json.loads(self.reply(sent, status).body)


def said(findings: Iterable[dict[str, Any]]) -> Said:
    """Verdict and levels of each treatment, as a document has them."""
    return {
        found["treatment"]["iri"]: (
            found["verdict"],
            found["level"]["certain"],
            found["level"]["possible"],
        )
        for found in findings
    }


def expected(primum: Primum, asked: Asked, treatment: str | None = None) -> Said:
    """The same as the engine says it in process."""
    answer = primum.ask(asked, treatment=treatment)
    return {
        f.treatment.iri: (f.verdict.value, f.certain.word, f.possible.word) for f in answer.findings
    }


def demand(what: object, wanted: object, found: object) -> None:
    """Raise Mismatch where two are not the same."""
    if wanted != found:
        raise Mismatch(f"Different answers to {what}:\n  in process: {wanted}\n  HTTP: {found}")


def demand_questions(primum: Primum, port: int, asked: Iterable[Asked]) -> None:
    """Every question is answered over HTTP as in process."""
    with Asking(port) as asking:
        for one in asked:
            document = asking.document(get(one))
            demand(one, expected(primum, one), said(document["treatments"]))


def tag_of(port: int, asked: Asked) -> str:
    """The validator of an answer, with which asking again is answered by 304 and nothing else."""
    with Asking(port) as asking:
        tag = asking.reply(get(asked), 200).headers["etag"]
        again = asking.reply(get(asked, f"If-None-Match: {tag}"), 304)
        demand(f"{asked} with its validator", (tag, b""), (again.headers["etag"], again.body))
    return tag


def demand_records(primum: Primum, port: int, records: Sequence[Record]) -> None:
    """Every record is assessed over HTTP as in process: in full, verdicts alone, from Turtle."""
    with Asking(port) as asking:
        for record in records:
            for query in ("", VERDICTS):
                found = asking.document(posted(ASSESS + query, record.json, JSON))
                demand_assessed(primum, record, found)


def demand_turtle(primum: Primum, port: int, records: Sequence[Record]) -> None:
    """Every record is assessed from Turtle as the engine answers in process."""
    with Asking(port) as asking:
        for record in records:
            found = asking.document(posted(ASSESS, turtle(record), TURTLE))
            demand_assessed(primum, record, found)


def demand_assessed(primum: Primum, record: Record, found: dict[str, Any]) -> None:
    """An answer to a record is that of the engine, and so is each audit."""
    demand(record, expected(primum, record.asked), said(found["treatments"]))
    audits = [expected(primum, asked, treatment) for asked, treatment in record.audits]
    demand(f"the audits of {record}", audits, [said([audit]) for audit in found["audits"]])


def demand_faults(primum: Primum, port: int, bodies: Iterable[bytes]) -> None:
    """Every body that is not valid is refused with the faults that validation finds in process."""
    validation = _validation(primum)
    with Asking(port) as asking:
        for body in bodies:
            faults = [fault.document() for fault in validation.report(body, JSON).faults]
            wanted = [fault for fault in faults if fault["severity"] == VIOLATION]
            found = asking.document(posted(ASSESS, body, JSON), 422)
            demand(body, wanted, found["errors"])


def demand_reports(primum: Primum, port: int, bodies: Iterable[bytes]) -> None:
    """Every report on a body says over HTTP what it says in process."""
    validation = _validation(primum)
    with Asking(port) as asking:
        for body in bodies:
            report = validation.report(body, JSON)
            wanted = report.is_valid, [fault.document() for fault in report.faults]
            found = asking.document(posted(VALIDATE, body, JSON))
            demand(body, wanted, (found["valid"], found["results"]))


def _validation(primum: Primum) -> Validation:
    """Validation without the cage."""
    records = Records.of(primum.release, primum.vocabulary)
    return Validation(primum.release, primum.engine, records)


def demand_lines(port: int, query: str, records: Sequence[Record]) -> None:
    """The lines of a batch are, byte by byte, the answers to its records one by one."""
    found = lines_of(port, request(query, [record.json for record in records]))
    with Asking(port) as asking:
        singles = _singles(asking, query, records)
        for record, single, line in zip(records, singles, found, strict=True):
            demand(record, single, line)


def _singles(asking: Asking, query: str, records: Iterable[Record]) -> Iterator[bytes]:
    """The answers to records, one by one."""
    for record in records:
        yield asking.reply(posted(ASSESS + query, record.json, JSON), 200).body


def demand_naive(primum: Primum, port: int, path: str, records: Iterable[Record]) -> None:
    """A naive service finds the levels of the engine."""
    with Asking(port) as asking:
        for record in records:
            found = asking.document(posted(path, turtle(record), TURTLE))
            wanted = ranks_of(primum.engine.answer(record.case))
            demand(record, wanted, _ranks(found))


def _ranks(document: dict[str, list[int]]) -> Ranks:
    """The ranks in the document of a naive service."""
    return {iri: (certain, possible) for iri, (certain, possible) in document.items()}
