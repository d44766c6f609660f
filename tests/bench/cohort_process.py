"""A run in a process of its own: `primum cohort`, and how much memory it took; or one on Spark.

As a script, it takes what it is to do, a folder for the answers and a file of records, and prints a
JSON document at its end. The memory is the peak of the resident set as Linux states it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter_ns
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
SPARK: Final = ROOT / "build" / "spark"
_STATUS = Path("/proc/self/status")
_PATIENCE = 3600


def alone(what: str, source: Path, output: Path) -> dict[str, Any]:
    """What a fresh process reports of a run."""
    path = [str(ROOT), os.environ.get("PYTHONPATH", ""), str(SPARK) if what == "spark" else ""]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}
    command = [sys.executable, __file__, what, str(source), str(output)]
    run = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=_PATIENCE, env=environment
    )
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def peak() -> int:
    """The most memory that this process has had, in bytes; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def by_command(source: str, output: str) -> dict[str, Any]:
    """Run the command."""
    from primum.cli.cohort import cohort  # noqa: PLC0415 - in this process alone

    try:
        cohort([source, "-o", output, "--overwrite"], standalone_mode=False)
    except SystemExit as end:
        if end.code:
            raise
    return {"peak": peak()}


def on_spark(source: str, output: str) -> dict[str, Any]:
    """Run in Spark's local mode, twice: only the second time Spark is up and its code compiled."""
    from primum.use_cases.cohort.engines.in_spark import SparkRun  # noqa: PLC0415
    from primum.use_cases.cohort.engines.spark_session import session  # noqa: PLC0415
    from primum.use_cases.cohort.options import Options  # noqa: PLC0415
    from primum.use_cases.cohort.running.plan import Order  # noqa: PLC0415
    from primum.use_cases.service import Primum  # noqa: PLC0415

    primum, spent = Primum.load(), 0
    with session(f"local[{os.cpu_count() or 1}]"):
        for _ in range(2):
            shutil.rmtree(output, ignore_errors=True)
            began = perf_counter_ns()
            run = SparkRun(primum, source, Options(), Order(Path(output)))
            run(lambda _: None, lambda _, __: None)
            spent = perf_counter_ns() - began
    return {"nanoseconds": spent}


if __name__ == "__main__":
    _, what, *rest = sys.argv
    print(json.dumps({"command": by_command, "spark": on_spark}[what](*rest)))
