"""How much time, memory, output and patience caller-written text is worth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take.

    `seconds` of wall-clock time for the work, not counting the time in which it waits for a
    worker; `megabytes` (of 2**20 bytes) of address space beyond what a worker has when it is born;
    `result_bytes` of output, or of each piece of it; `waiting` requests may wait while every worker
    is at work. `niceness` lets other processes go first; `descriptors` may be open at once, which
    is what a task needs that calls a service; the zygote may prepare for `start_seconds`.
    """

    seconds: float
    megabytes: int
    result_bytes: int
    waiting: int
    niceness: int = 0
    descriptors: int = 0
    start_seconds: int = 60

    @property
    def of_a_worker(self) -> dict[str, int]:
        """What is enforced in the worker itself."""
        return {
            "megabytes": self.megabytes,
            "result_bytes": self.result_bytes,
            "niceness": self.niceness,
            "descriptors": self.descriptors,
        }
