"""What is timed of cohorts: by size, beside reading alone, and beside other ways to answer."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from tests.bench.cohort_agreement import Single, as_joined, as_queried, as_singly, as_written
from tests.bench.cohort_contenders import (
    ARRAYS,
    CORES,
    FIRST,
    VALUES,
    WRITTEN,
    Answering,
    joined,
)
from tests.bench.cohort_files import example, known
from tests.bench.cohort_process import SPARK, alone
from tests.bench.cohort_profile import profile
from tests.bench.cohort_results import JOIN, ON_SPARK, SINGLE, SPARQL, Cohorts, Size
from tests.bench.engines import oxigraph
from tests.bench.measure import Measured, take_turns
from tests.bench.parts import contraindications
from tests.bench.scale import Crowds, Scale

from primum.use_cases.cohort.options import Rows
from primum.use_cases.service import Primum

Call = Callable[[], object]
_COMPARED = ("certain_absolute", "possible_absolute", "certain_precaution", "possible_precaution")


def cohorts(primum: Primum, scale: Scale) -> Cohorts:
    """All that is measured of cohorts; raises Mismatch where two ways to answer differ."""
    with TemporaryDirectory() as folder:
        part = _Part(primum, scale.cohorts, Path(folder))
        others, notes = part.others()
        sizes = [part.size(rows, count) for rows in Rows for count in scale.cohorts.sizes]
        return Cohorts(sizes, others, part.profiles(), notes)


class _Part:
    """Measures in one folder."""

    def __init__(self, primum: Primum, crowds: Crowds, folder: Path) -> None:
        """Ask Primum so much, and write into a folder."""
        self._primum, self._crowds, self._folder = primum, crowds, folder
        self._output = folder / "answers"

    def size(self, rows: Rows, count: int) -> Size:
        """One form of a cohort, at one size."""
        answering = self._example(rows, count)
        as_singly(answering, Single(answering, min(count, self._crowds.compared)))
        answering.values()  # so that only `afresh` meets anything for the first time
        one = self._turns(
            {
                **answering.scan(threads=1),
                FIRST: answering.afresh,
                ARRAYS: answering.arrays,
                VALUES: answering.values,
            },
            count,
        )
        many = self._turns(
            {
                **answering.scan(threads=CORES),
                WRITTEN: lambda: answering.run(self._output),
            },
            count,
        )
        shutil.rmtree(self._output, ignore_errors=True)
        peak = alone("command", answering.file.path, self._output)["peak"]
        shutil.rmtree(self._output, ignore_errors=True)
        answering.file.path.unlink()
        return Size(rows, count, one, many, Measured("peak memory", (peak,), "bytes"))

    def _turns(self, calls: dict[str, Call], count: int) -> dict[str, Measured]:
        """What each takes of a record; the largest cohorts have one round."""
        rounds = self._crowds.rounds if count < self._crowds.large else 1
        found = take_turns({name: [call] for name, call in calls.items()}, rounds=rounds)
        return {each.what: each.shared_by(count) for each in found}

    def _example(self, rows: Rows, count: int) -> Answering:
        """What answers an example."""
        file = example(self._primum.release.knowledge, self._folder, rows, count)
        return Answering.of(self._primum, file)

    def others(self) -> tuple[list[Measured], list[str]]:
        """Other ways to answer, by record, each beside the cohort over the same records."""
        notes: list[str] = []
        found = [*self._by_join(), *self._singly()]
        if self._crowds.spark and SPARK.is_dir():
            found += self._on_spark()
        elif self._crowds.spark:
            notes.append("Spark is not installed in build/spark, so that nothing ran on it.")
        return found, notes

    def _by_join(self) -> list[Measured]:
        """The plain SQL join, and SPARQL over some of the same records."""
        file, cases = known(self._primum.release.knowledge, self._folder, self._crowds.joined)
        answering = Answering.of(self._primum, file)
        few = cases[: self._crowds.queried]
        sparql = oxigraph(self._primum.release.store, contraindications(self._primum))
        with duckdb.connect(config={"threads": 1}) as con:
            as_joined(answering, con)
            as_queried(answering, sparql, few)
            calls: dict[str, Call] = {
                f"{VALUES}, known": answering.values,
                JOIN: lambda: joined(con, file),
            }
            found = [*self._turns(calls, file.count).values()]
        ready = [sparql.ready(case) for case in few]
        return [*found, *take_turns({SPARQL: ready}, rounds=self._crowds.rounds)]

    def _singly(self) -> list[Measured]:
        """The single-record engine in a loop, over examples."""
        found: list[Measured] = []
        for rows in Rows:
            answering = self._example(rows, self._crowds.singly)
            single = Single(answering, self._crowds.singly)
            name = f"{SINGLE}, {rows.value}"
            found += self._turns({name: single.answer}, len(single)).values()
        return found

    def _on_spark(self) -> list[Measured]:
        """The same kernel on Spark, in its local mode, and a run in this process."""
        answering = self._example(Rows.PERSON, self._crowds.spark)
        other = self._folder / "on-spark"
        spent = alone("spark", answering.file.path, other)["nanoseconds"]
        calls: dict[str, Call] = {
            f"{WRITTEN}, {CORES} threads": lambda: answering.run(self._output)
        }
        found = self._turns(calls, answering.file.count)
        as_written(self._output, other, _COMPARED)
        return [*found.values(), Measured(ON_SPARK, (spent,)).shared_by(answering.file.count)]

    def profiles(self) -> dict[str, list[Measured]]:
        """Where the time goes, for each form."""
        found = {}
        for rows in Rows:
            answering = self._example(rows, self._crowds.profiled)
            profile(self._example(rows, self._crowds.singly), self._folder / "warm.parquet")
            found[rows.value] = profile(answering, self._folder / "profile.parquet")
        return found
