"""Hypothesis strategy for one change to a JSON document, such as systems make that send records.

The change may happen to leave a good record good: an id in lower case is an id.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Json = dict[str, Any]
Holder = dict[str, Any] | list[Any]
Spot = tuple[Holder, Any]
Change = Callable[[Spot], None]

JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    4,
    -1,
    2.5,
    1e300,
    10**25,
    "",
    " ",
    "2",
    "x" * 201,
    [],
    {},
    [[]],
    [{}],
)
WORDS = (
    "2026-11-22",
    "2026-11-22T10:00:00",
    "P3D",
    "unknown",
    "none",
    "PatientFactor",
    "Condition",
)
KEYS = ("notes", "Grade", "present", "onset", "injury", "grade", "age", "größe", "a/b~c")
CUTS = ((0, 10), (0, 16), (0, 19), (1, None), (0, -1), (0, 1))


def mutated(document: Json) -> SearchStrategy[Json]:
    """The document with one change somewhere."""
    spots = range(len(list(_spots(document))))
    return st.builds(partial(_changed, document), st.sampled_from(spots), _changes())


def _changed(document: Json, number: int, change: Change) -> Json:
    """A copy of a document with a change at one of its spots."""
    copy: Json = json.loads(json.dumps(document))
    change(list(_spots(copy))[number])
    return copy


def _spots(holder: Holder) -> Iterator[Spot]:
    """Every member of an object and item of a list, at whatever depth, the deepest first."""
    keys = holder if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        value = _get(holder, key)
        if isinstance(value, dict | list):
            yield from _spots(value)
    for key in keys:
        yield holder, key


def _get(holder: Holder, key: Any) -> Any:
    """The value at a spot."""
    return holder[key]


def _changes() -> SearchStrategy[Change]:
    """Changes of all sorts."""
    return st.one_of(
        st.sampled_from((*JUNK, *WORDS)).map(lambda junk: partial(_replace, by=junk)),
        st.sampled_from((_remove, _wrap, _double, _swap_case, _misspell, _as_text)),
        st.sampled_from(KEYS).map(lambda key: partial(_add, key=key)),
        st.sampled_from(CUTS).map(lambda cut: partial(_cut, start=cut[0], end=cut[1])),
        st.integers(-400, 400).map(lambda years: partial(_shift, years=years)),
    )


def _replace(spot: Spot, *, by: Any) -> None:
    """Put something else there."""
    holder, key = spot
    holder[key] = json.loads(json.dumps(by))


def _remove(spot: Spot) -> None:
    """Leave it out."""
    holder, key = spot
    del holder[key]


def _wrap(spot: Spot) -> None:
    """Put it into a list."""
    _replace(spot, by=[_get(*spot)])


def _double(spot: Spot) -> None:
    """Send it twice."""
    _replace(spot, by=[_get(*spot), _get(*spot)])


def _as_text(spot: Spot) -> None:
    """Send the text of it, as of a number in quotes or an object in JSON within JSON."""
    _replace(spot, by=json.dumps(_get(*spot)))


def _swap_case(spot: Spot) -> None:
    """Spell the name of a member, or an item of a list, in the wrong case."""
    _rename(spot, str.swapcase)


def _misspell(spot: Spot) -> None:
    """Swap the last two letters of the name of a member, or of an item of a list."""
    _rename(spot, lambda word: word[:-2] + word[:-3:-1])


def _rename(spot: Spot, spell: Callable[[str], str]) -> None:
    """Spell a name otherwise."""
    holder, key = spot
    if isinstance(holder, dict):
        holder[spell(key)] = holder.pop(key)
    elif isinstance(holder[key], str):
        holder[key] = spell(holder[key])


def _add(spot: Spot, *, key: str) -> None:
    """Add a member beside it, with the same value."""
    holder, _ = spot
    if isinstance(holder, dict):
        holder[key] = json.loads(json.dumps(_get(*spot)))


def _cut(spot: Spot, *, start: int, end: int | None) -> None:
    """Keep only a part of a text, as of a date without its time."""
    if isinstance(text := _get(*spot), str):
        _replace(spot, by=text[start:end])


def _shift(spot: Spot, *, years: int) -> None:
    """Move a date by some years, or a number by as many."""
    value = _get(*spot)
    if isinstance(value, str) and value[:4].isdecimal() and value[4:5] == "-":
        _replace(spot, by=f"{int(value[:4]) + years:04}{value[4:]}")
    elif isinstance(value, int):
        _replace(spot, by=value + years)
