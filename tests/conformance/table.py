"""Outcomes as a table to read and as a document to keep."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.conformance.outcomes import EXPECTED, Outcome

_TITLES = {
    "query": "SPARQL 1.1 Query",
    "results": "Results formats",
    "protocol": "Protocol",
    "slash": "Protocol, with a slash at the end",
    "description": "Service description",
}
_SHOWN = 400


def table(outcomes: Sequence[Outcome]) -> str:
    """Scores by part and group, and the failing tests with their reasons."""
    return "\n".join([*_scores(outcomes), *_failures(outcomes)])


def _scores(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each part, and for each group of a part that has several."""
    yield f"{'':<36}{'passed':>8}{'of':>6}{'expected':>10}{'to the letter':>15}"
    for part in dict.fromkeys(outcome.part for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.part == part]
        yield _line(_TITLES[part], own, str(EXPECTED[part]))
        groups = [group for group in dict.fromkeys(map(_group, own)) if group]
        for group in groups:
            yield _line(f"  {group}", [each for each in own if _group(each) == group])


def _line(title: str, outcomes: Sequence[Outcome], expected: str = "") -> str:
    """How many passed."""
    passed, exact = (sum(map(count, outcomes)) for count in (_passed, _exact))
    return f"{title:<36}{passed:>8}{len(outcomes):>6}{expected:>10}{exact:>15}"


def _passed(outcome: Outcome) -> bool:
    """Whether a test passed."""
    return outcome.passed


def _exact(outcome: Outcome) -> bool:
    """Whether a test passed to the letter."""
    return outcome.exact


def _group(outcome: Outcome) -> str:
    """The folder that a test stands in, if its name tells."""
    return outcome.name.rpartition("/")[0]


def _failures(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Each failing test with its reason."""
    for outcome in outcomes:
        if outcome.reason is not None:
            cut = "…" if len(outcome.reason) > _SHOWN else ""
            yield f"\n{outcome.part}: {outcome.name}\n  {outcome.reason[:_SHOWN]}{cut}"


def document(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Every outcome, for a program to read."""
    return [
        {
            "part": outcome.part,
            "name": outcome.name,
            "passed": outcome.passed,
            "reason": outcome.reason,
            "inexact": outcome.inexact,
        }
        for outcome in outcomes
    ]
