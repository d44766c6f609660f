"""The shapes of case records are of the kind that the service can read."""

from collections.abc import Iterator

from primum.foundation.errors import KnowledgeError
from primum.knowledge import files
from primum.knowledge.rdf import Triples
from primum.knowledge.record_shapes import read_record_shapes
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "record-shapes-unreadable": "The shapes of case records use something that the service does "
    "not read, so no release can be made. See rules/README.md, The shapes of case records.",
}


def record_shapes(subject: Subject) -> Iterator[Remark]:
    """What keeps the shapes of case records from being read."""
    path = files.record_shapes_file(subject.place)
    try:
        read_record_shapes(Triples(files.read_record_shapes(subject.place)), lambda _: {})
    except (KnowledgeError, OSError) as error:
        where = subject.relative(path)
        yield Remark("record-shapes-unreadable", Severity.ERROR, str(error), file=where)
