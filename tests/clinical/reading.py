"""What cases expect, from the words and numbers of a TOML file; a slip is refused.

Everything here raises ValueError, KeyError or PrimumError for what it cannot read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.clinical.shipped import bounds, knowledge, rule_slugs

from primum.model.answers import Fact
from primum.model.dates import read_moment
from primum.model.levels import Appraisal, Level, Verdict
from primum.model.premises import About
from primum.model.spans import Number, exact

Rules = frozenset[str]
Sets = frozenset[frozenset[str]]
AND = " and "
EFFECTS = {level.word for level in Level if level} | set(Appraisal)
FACTS = frozenset(Fact) - {Fact.FACTOR}
CERTAIN = {
    Verdict.CONTRAINDICATED: Level.ABSOLUTE,
    Verdict.RELATIVELY_CONTRAINDICATED: Level.RELATIVE,
    Verdict.PRECAUTION: Level.PRECAUTION,
}


@dataclass(frozen=True, slots=True)
class ChangeAt:
    """When levels change: hours on the clock, how the source prints it, the instant if dated.

    `date` counts hours of the calendar, so that it does not matter which zone it is written in.
    """

    hours: Number
    bound: str
    date: Number | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A segment of a timeline, up to `until` (None: for ever), where the window has this bound."""

    verdict: Verdict
    possible: Level
    until: Number | None
    bound: str


def number(value: object) -> str | None:
    """A number as text; a TOML float is refused, for it may be rounded."""
    if value is None or isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    raise ValueError(f"{value!r} is neither a whole number nor a text such as '47.999999'")


def text(value: object) -> str | None:
    """A text; a date without quotes is refused, for an interval could not be written so."""
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{value!s} is no text; put it in quotes")


def table(value: Any, needed: set[str], more: frozenset[str] = frozenset()) -> Mapping[str, Any]:
    """A table that has the keys needed, and at most some more."""
    if not isinstance(value, Mapping) or not needed <= value.keys() <= needed | more:
        raise ValueError(f"{value!r} must have {sorted(needed)} and may have {sorted(more)}")
    return value


def level(word: str) -> Level:
    """A level by its word."""
    return Level[word.upper()]


def rules(slugs: Iterable[str]) -> Rules:
    """Rule slugs, checked to be slugs of rules."""
    if unknown := set(slugs) - rule_slugs():
        raise ValueError(f"no rules are called {sorted(unknown)}")
    return frozenset(slugs)


def by_rule(words: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Pairs of a rule and the word for what it says, a level or an appraisal."""
    rules(words)
    if unknown := set(words.values()) - EFFECTS:
        raise ValueError(f"{sorted(unknown)} are none of {', '.join(sorted(EFFECTS))}")
    return frozenset(words.items())


def factor(name: str) -> str:
    """The slug of a factor by any of its names."""
    return knowledge().vocabulary.factors.find(name, where="factor").slug


def factors(levels: Mapping[str, str]) -> frozenset[tuple[str, Level]]:
    """Pairs of factor and level."""
    return frozenset((factor(name), level(word)) for name, word in levels.items())


def bound(word: str) -> str:
    """How a source prints the end of a window, checked to be one of the ways."""
    if word not in bounds():
        raise ValueError(f"the bound {word!r} is none of {', '.join(sorted(bounds()))}")
    return word


def hours(value: object) -> Number:
    """A number of hours, exactly."""
    return exact(str(number(value)))


def change(value: Any) -> ChangeAt | None:
    """The instant and bound of a change, or None for never."""
    if value == "never":
        return None
    given = table(value, {"hours", "bound"}, frozenset({"date"}))
    date = read_moment(given["date"], where="date").hours if "date" in given else None
    return ChangeAt(hours(given["hours"]), bound(given["bound"]), date)


def needs(alternatives: list[list[str]]) -> Sets:
    """Sets of facts, each by its word or, for a factor, by its name; none is part of another."""
    if not all(isinstance(names, list) for names in alternatives):
        raise ValueError(f"{alternatives!r} is no list of sets; write [[...]] even for one set")
    found = [frozenset(fact(name) for name in names) for names in alternatives]
    if any(
        len(one) < len(names) or not one for one, names in zip(found, alternatives, strict=True)
    ):
        raise ValueError(f"a set in {alternatives!r} is empty or names a fact twice")
    if any(one <= other for i, one in enumerate(found) for other in found[:i] + found[i + 1 :]):
        raise ValueError(f"a set in {alternatives!r} is part of another, which is no smallest set")
    return frozenset(found)


def fact(name: str) -> str:
    """A fact that may be missing: injury, grade, time, age, or a factor."""
    return name if name in FACTS else factor(name)


def timeline(segments: list[Any]) -> tuple[Stretch, ...]:
    """The segments of a timeline; each ends where the next begins, and no two neighbours agree."""
    found = tuple(stretch(segment) for segment in segments)
    ends = [segment.until for segment in found]
    if not found or ends.pop() is not None:
        raise ValueError("a timeline ends with a segment without until")
    times = [0, *(end for end in ends if end is not None)]
    if len(times) <= len(ends) or any(later <= earlier for earlier, later in pairwise(times)):
        raise ValueError("each segment but the last has an until, later than the one before")
    for one, other in pairwise(found):
        if (one.verdict, one.possible) == (other.verdict, other.possible):
            raise ValueError(f"two neighbouring segments are both {one.verdict}; make them one")
    return found


def stretch(value: Any) -> Stretch:
    """One segment; its possible level is written only where it is stricter than the certain one."""
    more = {"until", "bound"} if isinstance(value, Mapping) and "until" in value else set[str]()
    given = table(value, {"verdict"} | more, frozenset({"possible"}))
    verdict = Verdict(given["verdict"])
    certain = CERTAIN.get(verdict, Level.NONE)
    possible = level(given["possible"]) if "possible" in given else certain
    open_verdict = verdict is Verdict.UNDETERMINED
    settled = verdict in {Verdict.RULED_OUT, Verdict.NO_RULE}
    if ("possible" in given and (possible <= certain or settled)) or (
        open_verdict and not possible
    ):
        raise ValueError(f"{verdict} does not go with {given.get('possible', 'no')} possible level")
    until = hours(given["until"]) if more else None
    return Stretch(verdict, possible, until, bound(given["bound"]) if more else "")


def why_not(failing: Mapping[str, Any]) -> frozenset[tuple[str, frozenset[About]]]:
    """Pairs of a rule that cannot hold and the kinds of its premises that fail."""
    rules(failing)
    return frozenset((rule, kinds(found)) for rule, found in failing.items())


def kinds(found: str | list[str]) -> frozenset[About]:
    """One kind of premise, or several."""
    return frozenset(map(About, [found] if isinstance(found, str) else found))


def milder(alternatives: Mapping[str, str]) -> frozenset[tuple[frozenset[str], Verdict]]:
    """Pairs of facts that turn together, such as "grade 1 and without burn", and a verdict."""
    return frozenset(
        (frozenset(map(turn, facts.split(AND))), Verdict(verdict))
        for facts, verdict in alternatives.items()
    )


def turn(spelled: str) -> str:
    """One changed fact: "grade 1", or a factor "with" or "without"."""
    word, _, what = spelled.partition(" ")
    if word == "grade" and what.isdecimal():
        return spelled
    if word not in {"with", "without"}:
        raise ValueError(f"{spelled!r} is no change such as 'grade 1' or 'without burn'")
    return f"{word} {factor(what)}"
