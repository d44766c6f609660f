"""Runs that are interrupted: nothing looks whole that is not, and `--resume` goes on."""

import json
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from tests.cohort.run.conftest import MakeFile, RunFile

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.options import Options

CHILD = """
import resource, sys
from pathlib import Path
from primum.use_cases.cohort.engines.registry import job
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.plan import Order
from primum.use_cases.cohort.running.summary import write_summary
from primum.use_cases.service import Primum
primum, where, output = Primum.load(), sys.argv[1], Path(sys.argv[2])
run = job("arrow", primum, where, Options(), Order(output, chunk_rows=1))
run(lambda _: None, lambda at, found: write_summary(primum, at, found, "html"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def child(where: Path, output: Path) -> "subprocess.Popen[str]":
    """A process of its own that answers an input."""
    command = [sys.executable, "-c", CHILD, str(where), str(output)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def digests(output: Path) -> dict[str, str]:
    """All data of an output."""
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.iterdir())
        if not path.name.startswith("_summary")
    }


def test_a_killed_run_goes_on_to_the_very_same_output(make: MakeFile, run: RunFile) -> None:
    """The process is killed between its chunks; what was done is not done again."""
    path = make("a.csv", 160_000, faults=0.0001)
    output = path.parent / "out"
    work = path.parent / "out.unfinished/_work"
    process = child(path, output)
    while len(list(work.glob("counts-*.json"))) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not output.exists()
    done = {each.name: each.stat().st_mtime_ns for each in work.parent.glob("part-*.parquet")}
    first = "part-00000.parquet"
    with pytest.raises(InvalidValue, match=r"--resume.*--overwrite"):
        run(path, chunk_rows=1)
    with pytest.raises(
        InvalidValue, match=r"begun otherwise \(zone: null, now \"UTC\"; chunkRows: 1, now 2\)"
    ):
        run(path, Options(zone="UTC"), chunk_rows=2, resume=True)
    resumed = run(path, chunk_rows=1, resume=True)
    assert (output / first).stat().st_mtime_ns == done[first]
    whole = run(path, chunk_rows=1, into="whole")
    assert digests(output) == digests(whole.output)
    assert "_rejects.ndjson" in digests(output)
    assert resumed.counts == whole.counts
    assert not list(path.parent.glob("*.unfinished"))


def test_an_output_is_replaced_at_the_very_end_and_only_when_told(
    make: MakeFile, run: RunFile
) -> None:
    """A folder that this command has not written is never replaced."""
    path = make("a.csv", 30)
    output = run(path).output
    before = digests(output)
    with pytest.raises(InvalidValue, match="--overwrite"):
        run(path)
    assert digests(output) == before
    run(make("b.csv", 20), overwrite=True)
    assert digests(output) != before
    mine = path.parent / "mine"
    mine.mkdir()
    (mine / "thesis.txt").touch()
    with pytest.raises(InvalidValue, match="no output of this command"):
        run(path, into="mine", overwrite=True)
    assert (mine / "thesis.txt").exists()


def test_memory_does_not_grow_with_the_input(make: MakeFile) -> None:
    """Three times as many rows take no more memory, but for what varies anyway."""
    small, large = make("a.csv", 60_000), make("b.csv", 180_000)
    peaks = []
    for path in (small, large):
        out, _ = child(path, path.with_suffix(".out")).communicate()
        peaks.append(int(out))
    assert json.loads((large.with_suffix(".out") / "_summary.json").read_text())["counts"]["rows"]
    assert peaks[1] < 1.25 * peaks[0]
