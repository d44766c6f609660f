"""Puts Spark into `build/spark/`: run by `make test`.

pip fetches what `service/spark.lock` names, some 450 MB, and checks each file against the hash
there; `service/spark-build.lock` names what builds it. Where there is no Java, or pip fetches
nothing, one line says so and the tests of cohorts on Spark are skipped.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
SPARK: Final = ROOT / "build/spark"
READY: Final = ".ready"
LOCKS: Final = ROOT / "service"
_WITHOUT: Final = "Cohorts are not tested on Spark"
_SECONDS: Final = 1200


def main() -> int:
    """Set Spark up; tells in one line where it could not be, which is no failure."""
    reason = set_up(shutil.which("java"), LOCKS, SPARK)
    if reason:
        print(f"{reason}: {_WITHOUT}.")
    return 0


def set_up(java: str | None, locks: Path, folder: Path) -> str:
    """Fetch Spark with pip; gives the reason where it cannot be, and leaves nothing then."""
    shutil.rmtree(folder, ignore_errors=True)
    reason = "There is no Java here" if java is None else _fetch(locks, folder)
    if reason:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        (folder / READY).touch()
    return reason


def _fetch(locks: Path, folder: Path) -> str:
    """Run pip, first for what builds Spark's package; gives the reason where it fails."""
    builder = folder / ".build"
    try:
        _install(locks / "spark-build.lock", builder)
        _install(locks / "spark.lock", folder, built_by=builder)
    except subprocess.TimeoutExpired:
        return "pip took too long"
    except subprocess.CalledProcessError as error:
        return f"pip fetched nothing ({error.stderr.strip().rpartition(chr(10))[2]})"
    shutil.rmtree(builder)
    return ""


def _install(lock: Path, folder: Path, *, built_by: Path | None = None) -> None:
    """Install what a lock names into a folder; what is no wheel is built with what is told."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--no-cache-dir", "--no-deps", "--require-hashes"]
    command += ["--no-build-isolation"] if built_by else ["--only-binary", ":all:"]
    command += ["--target", str(folder), "-r", str(lock)]
    paths = {"PYTHONPATH": str(built_by)} if built_by else {}
    environment = {**os.environ, **paths}
    subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=_SECONDS, env=environment
    )


if __name__ == "__main__":
    sys.exit(main())
