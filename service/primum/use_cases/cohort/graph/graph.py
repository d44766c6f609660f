"""A cohort as RDF: each row that is answered as a case record, with what is found of it.

The records are those of single records, statement by statement (`JsonRecords`), and pass the
shapes. A finding says by `prov:wasDerivedFrom` which record and which knowledge it is from, so that
nothing is added to the record. Every node has an IRI, made from the number of its row: parts can be
loaded in any order and again, and no blank node of one is another of the next.
"""

import hashlib
from dataclasses import dataclass
from typing import IO, Final, Self

import pyarrow as pa
import pyoxigraph as ox

from primum.foundation.errors import InvalidValue
from primum.foundation.names import COHORT_BASE, DCTERMS, OWL, Record
from primum.model.knowledge import Edition
from primum.use_cases.cohort.graph.findings import Findings, Rules
from primum.use_cases.cohort.graph.lines import MARK, line, text
from primum.use_cases.cohort.graph.records import RecordTexts
from primum.use_cases.cohort.options import Options
from primum.use_cases.service import Primum

_SLICE: Final = 8192
_DIGITS: Final = 16
KNOWLEDGE: Final = "knowledge"


def base_of(fingerprint: str) -> str:
    """The base of the IRIs of a cohort: the same for the same input, another for another."""
    return f"{COHORT_BASE}{hashlib.sha256(fingerprint.encode()).hexdigest()[:_DIGITS]}/"


def demand_base(text: str) -> None:
    """Raise InvalidValue where a text is no IRI that others can begin with."""
    try:
        ox.NamedNode(text)
    except ValueError as error:
        raise InvalidValue(
            f"--rdf-base is {text!r}, which is no absolute IRI: {error}.",
            where="--rdf-base",
            found=text,
            allowed=("an absolute IRI, such as https://example.org/cohort/",),
        ) from None


def name_of(part: int, *, packed: bool) -> str:
    """The name of the file of a part."""
    return f"part-{part:05}.nt{'.gz' if packed else ''}"


@dataclass(slots=True)
class Graph:
    """Writes answers as N-Triples; one for each file, as rows of one record may follow each other.

    `edition` is the knowledge that the answers rest on, `base` the IRI that all nodes begin with.
    """

    edition: Edition
    base: str
    records: RecordTexts
    findings: Findings
    seen: tuple[int, int] = (0, 0)

    @classmethod
    def of(
        cls,
        primum: Primum,
        schema: pa.Schema,
        options: Options,
        *,
        base: str,
        rules: Rules | None = None,
    ) -> Self:
        """The graph of tables with these columns.

        `rules` gives the reasons of a batch: with it, a finding names all rules that it rests on,
        without it the one that decides. Raises QuestionError where the columns cannot be read.
        """
        records = RecordTexts.of(primum, schema, options)
        knowledge = f"{base}{KNOWLEDGE}"
        findings = Findings(primum, options, records.rows, knowledge=knowledge, reasons=rules)
        return cls(primum.release.knowledge.edition, base, records, findings)

    def begin(self, stream: IO[bytes]) -> int:
        """Write what is said once in each file: which knowledge it is; gives the triples."""
        subject = f"<{self.base}{KNOWLEDGE}>"
        lines = [
            line(subject, OWL + "versionInfo", text(self.edition.version)),
            line(subject, DCTERMS + "identifier", text(self.edition.digest)),
        ]
        stream.write("".join(lines).encode())
        return len(lines)

    def write(self, batch: pa.RecordBatch, answers: pa.RecordBatch, stream: IO[bytes]) -> int:
        """Write the rows of a batch that are answered; gives the triples.

        `answers` are those of the batch, which number its rows.
        """
        written = 0
        chunk: list[str] = []
        every = zip(self.records.of_rows(batch), self.findings.of_rows(batch, answers), strict=True)
        for (record, own), (row, found) in every:
            begun = self._begun(row)
            if found is None:
                continue
            chunk.append(f"{record}{found}".replace(MARK, begun))
            if own:
                chunk.append(line(f"{begun}>", Record.ID, own))
            if len(chunk) >= _SLICE:
                written += _put(chunk, stream)
        return written + _put(chunk, stream)

    def _begun(self, row: int) -> str:
        """How the IRIs of a row begin; several rows may have the number of one record."""
        again = self.seen[1] + 1 if self.seen[0] == row else 1
        self.seen = (row, again)
        return f"<{self.base}{row}" if again == 1 else f"<{self.base}{row}-{again}"


def _put(chunk: list[str], stream: IO[bytes]) -> int:
    """Write texts, and forget them; gives their lines."""
    written = "".join(chunk)
    chunk.clear()
    stream.write(written.encode())
    return written.count("\n")
