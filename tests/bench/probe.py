"""What a fresh interpreter pays: time to import Primum, and memory before and after loading.

Run as a script with the folder of the knowledge, it prints one JSON document. Memory is the
resident set as Linux states it: a peak from `getrusage` would include that of the parent.
"""

import importlib
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter_ns

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Probe:
    """Time to import in nanoseconds, and resident memory in bytes by moment."""

    imported: int
    memory: dict[str, int]


def probe(root: Path) -> Probe:
    """What a fresh interpreter reports of the knowledge in a folder."""
    command = [sys.executable, __file__, str(root)]
    run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return Probe(**json.loads(run.stdout))


def resident() -> int:
    """The resident memory of this process in bytes; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


def report(root: Path) -> Probe:
    """Import Primum into this interpreter and load the knowledge."""
    bare, start = resident(), perf_counter_ns()
    service = importlib.import_module("primum.use_cases.service")
    imported, after_import = perf_counter_ns() - start, resident()
    primum = service.Primum.load(root)
    memory = {"interpreter": bare, "Primum imported": after_import, "release loaded": resident()}
    del primum  # it had to live until memory was read
    return Probe(imported, memory)


if __name__ == "__main__":
    print(json.dumps(asdict(report(Path(sys.argv[1])))))
