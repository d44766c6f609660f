"""Every file of the ontology and the rules parses."""

import re
from collections.abc import Iterator
from pathlib import Path

from primum.foundation.errors import UnreadableFile, UnsafeAnnotation
from primum.foundation.names import ONTOLOGY
from primum.knowledge import files
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.subject import Subject

CODES = {
    "file-unreadable": "A file is no Turtle 1.1. Nothing else can be said of the knowledge until "
    "it is. Correct the line that is named.",
    "annotation-runs-code": "An annotation would make a tool import a Python module. Remove it.",
    "version-missing": "The root ontology states no owl:versionInfo. State one.",
}
_LINE = re.compile(r"^:(\d+)")


def syntax(subject: Subject) -> Iterator[Remark]:
    """The files that do not parse, each with its first bad line."""
    broken = [
        remark
        for path in files.knowledge_files(subject.place)
        if (remark := _broken(subject, path)) is not None
    ]
    yield from broken
    if not broken:
        yield from _refused(subject)


def _broken(subject: Subject, path: Path) -> Remark | None:
    """The remark on a file that does not parse."""
    try:
        for _ in files.triples_of(path):
            pass
    except UnreadableFile as error:
        said = error.detail.removeprefix(str(path))
        line = _LINE.match(said)
        return Remark(
            "file-unreadable",
            Severity.ERROR,
            f"The file does not parse: {_LINE.sub('', said).lstrip(': ')}",
            file=subject.relative(path),
            line=int(line[1]) if line else 0,
        )
    return None


def _refused(subject: Subject) -> Iterator[Remark]:
    """What reading refuses though each file parses."""
    try:
        _ = subject.sources
    except UnsafeAnnotation as error:
        yield Remark("annotation-runs-code", Severity.ERROR, str(error))
    except UnreadableFile as error:
        root = subject.relative(subject.place.ontology / "primum.ttl")
        yield Remark("version-missing", Severity.ERROR, str(error), file=root, term=ONTOLOGY)
