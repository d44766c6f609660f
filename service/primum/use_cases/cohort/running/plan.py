"""What a run is about, so that one that was interrupted goes on with the very same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from primum.model.knowledge import Edition
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.sources.source import CHUNK_ROWS


@dataclass(frozen=True, slots=True)
class Order:
    """What a caller wants of a run: where it ends, what is written, and how it goes on.

    `rdf_base` is how the IRIs of RDF begin, empty where nothing is chosen. `workers` are the
    threads that answer. With `strict`, the first bad row ends the run.
    """

    output: Path
    reasons: bool = False
    rdf: bool = False
    rdf_base: str = ""
    strict: bool = False
    resume: bool = False
    overwrite: bool = False
    workers: int = 1
    chunk_rows: int = CHUNK_ROWS


def options_document(options: Options, rows: Rows) -> dict[str, Any]:
    """The options as JSON; `rows` is what a row was found to stand for."""
    return {
        "rows": rows.value,
        "long": options.long,
        "screening": options.screening.value,
        "mapping": dict(options.mapping),
        "zone": options.zone,
        "keep": list(options.keep),
    }


def knowledge_document(edition: Edition) -> dict[str, str]:
    """The knowledge as answers name it."""
    return {"version": edition.version, "digest": edition.digest}


def input_document(files: Sequence[str]) -> list[dict[str, Any]]:
    """The input files with their sizes in bytes, and when they were last changed."""
    found = []
    for name in files:
        state = Path(name).stat()
        found.append({"file": name, "bytes": state.st_size, "changed": state.st_mtime_ns})
    return found
