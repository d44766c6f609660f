"""How the tests ended, and what is expected of an endpoint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What Oxigraph, which evaluates the queries, reaches itself; all else is the endpoint's own work.
EXPECTED: Mapping[str, int] = {
    "query": 317,
    "results": 10,
    "protocol": 27,
    "slash": 27,
    "description": 3,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one test of a part ended: no reason means that it passed.

    `inexact` says what differs from the expected answer if literals are compared as they are
    written.
    """

    part: str
    name: str
    reason: str | None = None
    inexact: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the test passed."""
        return self.reason is None

    @property
    def exact(self) -> bool:
        """Whether the test passed to the letter."""
        return self.passed and self.inexact is None


def falls_short(outcomes: Iterable[Outcome], parts: Iterable[str]) -> bool:
    """Whether any part scores below what is expected of it."""
    passed = [outcome.part for outcome in outcomes if outcome.passed]
    return any(passed.count(part) < EXPECTED[part] for part in parts)
