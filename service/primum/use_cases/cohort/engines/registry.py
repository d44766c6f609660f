"""The engines that a cohort can run on, by name; all of them answer with the same kernel."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.engines.in_duckdb import open_with_duckdb
from primum.use_cases.cohort.engines.in_spark import SparkRun
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.folder import Folder
from primum.use_cases.cohort.running.plan import Order
from primum.use_cases.cohort.running.run import Finish, Outcome, Progress, Run
from primum.use_cases.cohort.sources.opening import open_source
from primum.use_cases.cohort.sources.source import Source
from primum.use_cases.service import Primum

DEFAULT: Final = "arrow"


class Job(Protocol):
    """A run that is ready: what it reads, what it makes of the columns, and where it writes."""

    @property
    def source(self) -> Source:
        """The rows of the input."""

    @property
    def cohort(self) -> Cohort:
        """What answers rows."""

    @property
    def folder(self) -> Folder:
        """The places of the output."""

    @property
    def about(self) -> dict[str, Any]:
        """What is answered, and how."""

    def __call__(self, progress: Progress, finish: Finish) -> Outcome:
        """Answer everything, and make the output."""


Make = Callable[[Primum, str, Options, Order, str | None], Job]


def job(
    engine: str,
    primum: Primum,
    where: str,
    options: Options,
    order: Order,
    *,
    master: str | None = None,
) -> Job:
    """A run of an engine on what a path names; `master` is that of a Spark cluster.

    Raises QuestionError where there is no such engine or the input cannot be read, MissingTool
    where the engine is not installed.
    """
    make = ENGINES.get(engine)
    if make is None:
        raise _unknown("--engine", engine, f"There is no engine {engine!r}", tuple(ENGINES))
    if master is not None and make is not _on_spark:
        raise _unknown(
            "--master", master, f"The engine {engine} has no master", ("--engine spark",)
        )
    return make(primum, where, options, order, master)


def _with_arrow(primum: Primum, where: str, options: Options, order: Order, _: str | None) -> Job:
    """A run that Arrow reads for."""
    return Run(primum, open_source(where, primum, options), options, order)


def _with_duckdb(primum: Primum, where: str, options: Options, order: Order, _: str | None) -> Job:
    """A run that DuckDB reads for."""
    return Run(primum, open_with_duckdb(where, primum, options), options, order)


def _on_spark(
    primum: Primum, where: str, options: Options, order: Order, master: str | None
) -> Job:
    """A run on Spark."""
    return SparkRun(primum, where, options, order, master)


ENGINES: Final[Mapping[str, Make]] = {
    DEFAULT: _with_arrow,
    "duckdb": _with_duckdb,
    "spark": _on_spark,
}


def _unknown(where: str, found: str, what: str, allowed: tuple[str, ...]) -> InvalidValue:
    """The error for an option that an engine does not take."""
    return InvalidValue(
        f"{what}; there is {', '.join(allowed)}.", where=where, found=found, allowed=allowed
    )
