"""Cohorts as graphs, and the same statements by the writers of single records and answers."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyoxigraph as ox

from primum.foundation.names import DOCUMENT
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.graph.graph import Graph
from primum.use_cases.cohort.options import Options
from primum.use_cases.records.from_json import JsonRecords
from primum.use_cases.records.records import Records
from primum.use_cases.service import Primum

BASE = "https://example.org/cohort/"


@dataclass(frozen=True)
class Written:
    """A batch of rows with its answers and its graph."""

    primum: Primum
    batch: pa.RecordBatch
    options: Options
    all_rules: bool = False

    @cached_property
    def cohort(self) -> Cohort:
        """What answers the rows."""
        return Cohort.of(self.primum, self.batch.schema, self.options)

    @cached_property
    def answers(self) -> pa.RecordBatch:
        """The answers."""
        return self.cohort.answer(self.batch)

    @cached_property
    def lines(self) -> bytes:
        """The graph as N-Triples."""
        stream = io.BytesIO()
        rules = self.cohort.reasons_of if self.all_rules else None
        graph = Graph.of(self.primum, self.batch.schema, self.options, base=BASE, rules=rules)
        count = graph.begin(stream) + graph.write(self.batch, self.answers, stream)
        assert count == stream.getvalue().count(b"\n")
        return stream.getvalue()

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """The statements of the graph."""
        return [quad.triple for quad in ox.parse(self.lines, format=ox.RdfFormat.N_TRIPLES)]

    @property
    def good(self) -> set[int]:
        """The numbers of the rows that are answered."""
        rows = self.answers.to_pylist()
        return {row["row"] for row in rows if row["faults"] is None}

    def about(self, row: int) -> list[ox.Triple]:
        """The statements about the record of a row, without those of its findings."""
        node = f"{BASE}{row}"
        return [t for t in self.triples if _is_of(t.subject, node)]

    def singly(self, row: int) -> set[str]:
        """The statements about a row that the writer of single records has."""
        records = Records.of(self.primum.release, self.primum.vocabulary)
        writer = JsonRecords(records.shapes.forms, records.names)
        documents = list(self.cohort.documents(self.batch))
        triples = writer.write(documents[row - 1]).triples
        return {str(triple).replace(DOCUMENT, f"{BASE}{row}") for triple in triples}


def _is_of(subject: Any, node: str) -> bool:
    """Whether a node is one of a record."""
    iri = subject.value
    inner = iri.removeprefix(f"{node}/")
    return iri == node or (iri != inner and not inner.startswith("finding"))


def objects(triples: list[ox.Triple], predicate: str) -> Iterator[tuple[str, str]]:
    """Subject and object of the statements with a predicate."""
    return (
        (t.subject.value, getattr(t.object, "value", ""))
        for t in triples
        if t.predicate.value == predicate and isinstance(t.subject, ox.NamedNode)
    )
