"""What findings on the rule base are made of, and how they are put into words.

A witness is a question that can be pasted after `/v1/contraindications?`; its words are options of
`primum ask` as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from primum.foundation.names import Kind, local_name
from primum.model.cases import Case
from primum.model.manchester import spell
from primum.model.remarks import Remark
from primum.model.spans import Span
from primum.use_cases.checks.accepted import About
from primum.use_cases.checks.confirming import Claim
from primum.use_cases.words import Words

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark, what it is about, and the claims that HermiT must bear out for it to stand."""

    remark: Remark
    about: tuple[About, ...] = ()
    claims: tuple[Claim, ...] = ()


def pasted(case: Case, treatment: str = "") -> str:
    """A record as the query of `/v1/contraindications`, for one treatment if any."""
    given: list[tuple[str, str]] = [("injury", local_name(case.injury))]
    if case.grade is not None:
        given.append(("grade", str(case.grade)))
    if case.hours.is_instant:
        given.append(("hours", spell(case.hours.start.at)))
    if case.age is not None:
        given.append(("age", str(case.age)))
    given += [("factor", local_name(iri)) for iri in sorted(case.present)]
    if treatment and treatment != Kind.TREATMENT:
        given.append(("treatment", local_name(treatment)))
    return urlencode(given)


def when(spans: Iterable[Span]) -> str:
    """When something is so, in words."""
    return listed(map(_when, spans))


def _when(span: Span) -> str:
    """A span of hours in words; an end that is in it or a start that is not is left to the span."""
    if span == Span():
        return "at any time"
    if span.end is None:
        return f"from {spell(span.start.at)} h on"
    return f"from {spell(span.start.at)} h to {spell(span.end.at)} h"


def intervals(spans: Iterable[Span]) -> str:
    """Hours as intervals: `[0, 48); [72, 168)`."""
    return "; ".join(map(_interval, spans))


def _interval(span: Span) -> str:
    left = "(" if span.start.after else "["
    if span.end is None:
        return f"{left}{spell(span.start.at)}, ∞)"
    return f"{left}{spell(span.start.at)}, {spell(span.end.at)}{']' if span.end.after else ')'}"


def some_labels(words: Words, iris: Sequence[str]) -> str:
    """The labels of some terms; of many, the first few."""
    labels = sorted(map(words.label, iris), key=str.casefold)
    more = len(labels) - _MOST_NAMED
    return listed(labels if more <= 1 else [*labels[:_MOST_NAMED], f"{more} more"])


def every_label(words: Words, iris: Iterable[str]) -> str:
    """The labels of all of some terms."""
    return listed(sorted(map(words.label, iris), key=str.casefold))


def listed(parts: Iterable[str]) -> str:
    """Several parts as one list."""
    every = list(parts)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def ids(iris: Iterable[str]) -> str:
    """The ids of some sources."""
    return ", ".join(sorted(map(local_name, iris)))
