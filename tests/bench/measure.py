"""Timing: contenders take turns, round by round, and the median round counts.

Turns spread whatever disturbs the machine over all contenders, so that their ratios hold even
where the times themselves do not.
"""

import gc
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns

Calls = Sequence[Callable[[], object]]
SHORTEST_ROUND = 20_000_000  # nanoseconds; shorter rounds would measure the clock
PATIENCE = 5_000_000_000  # nanoseconds after which a long call is not made again


@dataclass(frozen=True, slots=True)
class Measured:
    """One quantity, measured once a round; `unit` is `ns` or `bytes`."""

    what: str
    rounds: tuple[float, ...]
    unit: str = "ns"

    @property
    def median(self) -> float:
        """The median over the rounds."""
        return median(self.rounds)

    def shared_by(self, number: float) -> "Measured":
        """The share of each of so many, or on average so many, that one call serves."""
        return Measured(self.what, tuple(spent / number for spent in self.rounds), self.unit)


def take_turns(
    contenders: Mapping[str, Calls], *, rounds: int, shortest: int = SHORTEST_ROUND
) -> list[Measured]:
    """The time per call of each contender; a round repeats its calls until it is long enough."""
    gc.collect()  # or the first contender would pay for what was left behind before
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, calls in contenders.items():
            spent[name].append(time_per_call(calls, shortest))
    return [Measured(name, tuple(times)) for name, times in spent.items()]


def spread(what: str, calls: Calls, *, rounds: int) -> list[Measured]:
    """The time of the median and of the worst of several calls, each round."""
    gc.collect()
    spent = [[time_per_call([call], 0) for call in calls] for _ in range(rounds)]
    return [
        Measured(f"{what}, median of {len(calls)}", tuple(median(times) for times in spent)),
        Measured(f"{what}, worst of {len(calls)}", tuple(max(times) for times in spent)),
    ]


def kept(what: str, calls: Calls) -> Measured:
    """The memory that stays in use after each of several calls, in bytes."""
    gc.collect()
    tracemalloc.start()
    for call in calls:
        call()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Measured(what, (held / len(calls),), "bytes")


def on_its_own(what: str, call: Callable[[], object], *, rounds: int) -> Measured:
    """The time of one call; there are fewer rounds where a call takes long."""
    spent: list[float] = []
    while len(spent) < rounds and sum(spent) < PATIENCE:
        spent.append(time_per_call([call], 0))
    return Measured(what, tuple(spent))


def time_per_call(calls: Calls, shortest: int) -> float:
    """The mean time of a call in one round, in nanoseconds."""
    made, start = 0, perf_counter_ns()
    while True:
        for call in calls:
            call()
        made += len(calls)
        spent = perf_counter_ns() - start
        if spent >= shortest:
            return spent / made
