"""Case records of one release: shapes, the reader of plainly good ones, context and schema."""

from collections.abc import Mapping
from typing import Any, Self

from primum.foundation.names import CONTEXT
from primum.knowledge.release import Release
from primum.model.naming import Names
from primum.model.shapes import RecordShapes
from primum.use_cases.question import Vocabulary
from primum.use_cases.records.context import context_of
from primum.use_cases.records.plain import PlainReader, Terms
from primum.use_cases.records.schema import record_schema_of
from primum.use_cases.records.tree import Node


class Records:
    """What reading and validating records shares; made once for a release, read by all threads."""

    def __init__(self, shapes: RecordShapes, every: Mapping[str, Names]) -> None:
        """Make the reader from the shapes; `every` holds the names of all kinds of terms."""
        terms = Terms(shapes, every)
        self.shapes = shapes
        self.names: Mapping[tuple[str, str], Names] = terms.names
        self.context: dict[str, Any] = context_of(shapes)
        self._plain = PlainReader(shapes, terms, CONTEXT)

    @classmethod
    def of(cls, release: Release, vocabulary: Vocabulary) -> Self:
        """The records of a release."""
        every = {
            "injury": vocabulary.injuries,
            "treatment": vocabulary.treatments,
            "factor": vocabulary.factors,
            "finding": vocabulary.findings,
        }
        return cls(release.shapes, every)

    def record_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of a plainly good record."""
        return record_schema_of(self.shapes, self.names)

    def read(self, document: Any) -> Node:
        """The tree of a plainly good record; raises NotPlain for any other document."""
        return self._plain.read(document)
