"""How much time, memory, output and patience caller-written text is worth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take.

    `seconds` of wall-clock time for the work, not counting the time in which it waits for a
    worker; `megabytes` (of 2**20 bytes) of address space beyond what a worker has when it is born;
    `result_bytes` of output; `waiting` requests may wait while every worker is at work.
    """

    seconds: float
    megabytes: int
    result_bytes: int
    waiting: int
