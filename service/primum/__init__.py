"""Primum: which treatments are contraindicated for this injury, now, for this patient."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["cohort"]


def cohort(  # noqa: PLR0913 - what may be chosen of a cohort, each by its name
    table: Any,
    *,
    rows: str | None = None,
    long: bool = False,
    screening: str = "assume-clear",
    map: Mapping[str, str] | None = None,  # noqa: A002 - the name of the option of the command
    zone: str | None = None,
    keep: Sequence[str] = (),
    reasons: bool = False,
    knowledge: str | Path | None = None,
) -> Any:
    """The answers to a table of records, as a table of the same kind and in the same order.

    import primum
    answers = primum.cohort(frame, map={"diagnosis": "injury"}, zone="Europe/Berlin")

    `table` is a pandas DataFrame (the answers have its index), a Polars DataFrame or LazyFrame, an
    Arrow Table, RecordBatch, RecordBatchReader or Dataset, or anything else that hands over a
    stream of Arrow, such as a DuckDB relation, which gives an Arrow Table. A LazyFrame gives a
    LazyFrame, a reader and a dataset give a reader: rows are answered as they are asked for.

    A row is a treatment that was given ("audit") or a person, of whom all treatments are answered
    ("person"); `rows` says which, or else the columns do. A person has one row of answers, or
    with `long` one for each treatment. `screening` is "assume-clear" or "unknown". `map` tells of
    columns of the table which column of the schema, or which patient factor, they stand for.
    `zone` is the time zone of instants without one. `keep` are columns that the answers repeat.
    `reasons` gives the reasons for the answers instead, a row for each rule. `knowledge` is the
    folder of the knowledge, where it is not the default one.

    A row that cannot be answered keeps its place, with `faults` that say why.

    Raises QuestionError for what is no table and for columns that cannot be read, MissingTool
    without Arrow, KnowledgeNotFound without a release.
    """
    try:
        from primum.use_cases.cohort.frames import frames  # noqa: PLC0415 - what is heavy waits
    except ModuleNotFoundError as error:
        from primum.foundation.errors import MissingTool  # noqa: PLC0415

        if error.name not in ("numpy", "pyarrow"):
            raise
        raise MissingTool(
            f"A cohort needs {error.name}: pip install 'primum[cohort]' brings it."
        ) from error
    options = frames.chosen(rows, screening, long=long, mapping=map, zone=zone, keep=keep)
    return frames.answered(table, frames.loaded(knowledge), options, reasons=reasons)
