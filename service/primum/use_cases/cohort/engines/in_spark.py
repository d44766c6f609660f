"""A run on Spark: it reads the input, has its workers answer (`mapInArrow`), and writes.

The same kernel answers, in Spark's Python workers. What Spark does not know is left out: `row` of
an answer, and of a reject, unless it is of CSV, `file` and `line` are null. Rows come in any order.
Input and output lie where the driver and all workers see them under the same path.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.engines import spark_worker as worker
from primum.use_cases.cohort.engines.spark_knowledge import pack
from primum.use_cases.cohort.engines.spark_session import (
    plain_failures,
    quiet_about_pandas,
    session,
)
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.counts import Counts, total
from primum.use_cases.cohort.running.folder import REJECTS, Folder
from primum.use_cases.cohort.running.plan import (
    Order,
    input_document,
    knowledge_document,
    options_document,
)
from primum.use_cases.cohort.running.run import Finish, Outcome, Progress
from primum.use_cases.cohort.running.writers import COMPRESSION
from primum.use_cases.cohort.sources.found import Form, find
from primum.use_cases.cohort.sources.opening import open_source
from primum.use_cases.cohort.sources.source import Source
from primum.use_cases.cohort.table.column_types import plain_type
from primum.use_cases.service import Primum

Json = dict[str, Any]
_FAULTS: Final = "faults"


@dataclass(slots=True)
class SparkRun:
    """Answers the files that a path names into a folder, on Spark."""

    primum: Primum
    where: str
    options: Options
    order: Order
    master: str | None = None
    source: Source = field(init=False)
    cohort: Cohort = field(init=False)
    folder: Folder = field(init=False)

    def __post_init__(self) -> None:
        """Decide what the columns mean; raises QuestionError where they cannot be read."""
        self._demand_possible()
        self.source = open_source(self.where, self.primum, self.options)
        self.cohort = Cohort.of(self.primum, self.source.schema, self.options)
        self.folder = Folder(self.order.output)

    def _demand_possible(self) -> None:
        """Raise InvalidValue for what is not done on Spark."""
        for name, wanted, why in (
            ("--resume", self.order.resume, "Spark itself does again what has failed"),
            ("--rdf", self.order.rdf, "the records of a graph are numbered, and Spark's are not"),
        ):
            if wanted:
                raise InvalidValue(
                    f"The engine spark does not take {name}: {why}.", where=name, found="spark"
                )

    @property
    def about(self) -> Json:
        """What is answered, and how."""
        return {
            "engine": "spark",
            "knowledge": knowledge_document(self.primum.release.knowledge.edition),
            "options": options_document(self.options, self.cohort.rows),
            "reasons": self.order.reasons,
            "input": input_document(self.source.files),
        }

    def __call__(self, progress: Progress, finish: Finish) -> Outcome:
        """Answer everything, and make the output; `progress` is told once, at the end.

        Raises InvalidValue where something stands in the output's place or the master is unknown,
        MissingTool where Spark or Java is not installed, ToolFailed where it breaks off.
        """
        began, about = time.monotonic(), self.about
        with session(self.master) as spark, TemporaryDirectory() as scratch:
            self.folder.begin(about, resume=False, overwrite=self.order.overwrite)
            with plain_failures():
                counts = self._answer(spark, Path(scratch))
        progress(self.source.total)
        rejects = self.folder.output / REJECTS if counts.rejected else None
        outcome = Outcome(self.order.output, counts, time.monotonic() - began, about, rejects)
        if self.order.strict and counts.rejected:
            return self._stopped(outcome)
        finish(self.folder, outcome)
        self.folder.end()
        return outcome

    def _answer(self, spark: Any, scratch: Path) -> Counts:
        """Have all rows answered, and write what is found."""
        form = find(self.where).form
        task = self._task(spark, form, scratch)
        rows = read(spark, form, self.source, task.columns)
        answers = without(self.cohort.answers, _FAULTS)
        found = _mapped(rows, task.answers, _with_beside(answers)).persist(_on_disk())
        try:
            counts = total(Counts.read(json.loads(one)) for one in _all(found, worker.COUNTS))
            counts.demand_sum()
            if counts.rejected:
                _write_lines(_each(found, worker.REJECT), self.folder.root / REJECTS)
            kept = found.where(f"{worker.REJECT} IS NULL AND {worker.COUNTS} IS NULL")
            self._write(kept.select(*_quoted(answers.names)), self.folder.part)
        finally:
            found.unpersist()
        if self.order.reasons:
            self.folder.reasons.mkdir()
            reasons = _mapped(rows, task.reasons, self.cohort.reasons)
            self._write(reasons, self.folder.reasons_part)
        return counts

    def _task(self, spark: Any, form: Form, scratch: Path) -> worker.Task:
        """What the workers are told; the knowledge is shipped to them."""
        digest = self.primum.release.knowledge.edition.digest
        name = f"primum-{digest.rpartition(':')[2][:16]}"
        archive = scratch / f"{name}.zip"
        pack(self.primum.place, archive)
        spark.sparkContext.addArchive(f"{archive}#{name}")
        names = tuple(self.source.schema.names)
        read = tuple(each for each in names if each not in self.cohort.ignored)
        return worker.Task(name, digest, form, names, read, self.options)

    def _write(self, found: Any, place: Callable[[int], Path]) -> None:
        """Write a table of Spark as parts; what Spark adds to a folder is left out."""
        folder = place(0).parent / "_spark"
        found.write.parquet(folder.resolve().as_uri(), compression=COMPRESSION)
        for number, path in enumerate(sorted(folder.glob("part-*.parquet"))):
            path.rename(place(number))
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()

    def _stopped(self, outcome: Outcome) -> Outcome:
        """The end of a strict run: nothing is written."""
        with (self.folder.root / REJECTS).open() as lines:
            stopped = json.loads(next(lines))
        self.folder.remove()
        return Outcome(
            outcome.output, outcome.counts, outcome.seconds, outcome.about, stopped=stopped
        )


def read(spark: Any, form: Form, source: Source, columns: Iterable[str]) -> Any:
    """The input as a table of Spark, of Parquet with these columns alone.

    Lines of JSON are bytes here, since they may be no text, and read by the workers. So are files
    of CSV, each as a whole: where its rows begin is only known from what stands before them.
    """
    files = [(one, Path(one).resolve()) for one in source.files]
    paths = [path.as_uri() for _, path in files]
    if form is Form.NDJSON:
        lines = spark.read.option("lineSep", "\n").text(paths)
        return lines.selectExpr(f"CAST({worker.LINE} AS BINARY) AS {worker.LINE}")
    if form is Form.PARQUET:
        table = spark.read.option("mergeSchema", True).parquet(*paths)
        return table.select(*_quoted(columns))
    named = [(one, str(path)) for one, path in files]
    one_each = spark.sparkContext.parallelize(named, len(named))
    return spark.createDataFrame(one_each, f"{worker.FILE} STRING, {worker.PATH} STRING")


def _mapped(rows: Any, function: Callable[..., Any], schema: pa.Schema) -> Any:
    """A table of Spark, answered."""
    with quiet_about_pandas():
        return rows.mapInArrow(function, _of_spark(schema))


def _of_spark(schema: pa.Schema) -> Any:
    """Columns of Arrow as columns of Spark."""
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - optional

    plain = [(each.name, plain_type(each.type)) for each in schema]
    return from_arrow_schema(pa.schema(plain), prefer_timestamp_ntz=True)


def _with_beside(answers: pa.Schema) -> pa.Schema:
    """The columns of answers, and those of what travels beside them."""
    return answers.append(pa.field(worker.REJECT, pa.string())).append(
        pa.field(worker.COUNTS, pa.string())
    )


def without(schema: pa.Schema, name: str) -> pa.Schema:
    """A schema without one of its columns."""
    return schema.remove(schema.get_field_index(name))


def _quoted(names: Iterable[str]) -> list[str]:
    """Names of columns as Spark reads them, whatever they hold."""
    return [f"`{name.replace('`', '``')}`" for name in names]


def _all(found: Any, column: str) -> list[str]:
    """The values of a column of text, without the missing ones: one for each partition."""
    return [row[0] for row in found.where(f"{column} IS NOT NULL").select(column).collect()]


def _each(found: Any, column: str) -> Iterator[str]:
    """The values of a column of text, without the missing ones, a partition at a time."""
    rows = found.where(f"{column} IS NOT NULL").select(column)
    return (row[0] for row in rows.toLocalIterator(prefetchPartitions=True))


def _write_lines(lines: Iterable[str], path: Path) -> None:
    """Write lines of text."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _on_disk() -> Any:
    """Where Spark keeps what is needed more than once."""
    from pyspark.storagelevel import StorageLevel  # noqa: PLC0415 - an optional dependency

    return StorageLevel.DISK_ONLY
