"""Every way to change one thing in a proof: a leaf, a member of a list, a key, two references."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from primum.foundation.names import BASE
from primum.model.proofs import By, Kind

Json = Any
Path = tuple[str | int, ...]

_WORDS = ("and", "or", "not", "some", "value")
_OTHER_THING = BASE + "situation/other"


@dataclass(frozen=True)
class Change:
    """Another value in one place of a document."""

    path: Path
    done: str
    value: Json

    def __str__(self) -> str:
        """Where, and what was done."""
        return f"{'/'.join(map(str, self.path))}: {self.done}"

    def of(self, document: Json) -> Json:
        """A copy of the document with this change."""
        copy = deepcopy(document)
        parent = copy
        for key in self.path[:-1]:
            parent = parent[key]
        parent[self.path[-1]] = self.value
        return copy


def changes(document: Json) -> Iterator[Change]:
    """Every change of one thing in a document."""
    for path, value in walk(document):
        for done, other in _changed(value):
            yield Change(path, done, other)


def walk(value: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every part of a document, with the way that leads to it."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from walk(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from walk(part, (*path, place))


def _changed(value: Json) -> Iterator[tuple[str, Json]]:
    """Other values in place of one, with what makes them different."""
    match value:
        case None:
            yield "something", BASE + "Something"
        case int():
            yield from ((f"{other}", other) for other in (value - 1, value + 1, True, float(value)))
        case str():
            yield from _other_texts(value)
        case list():
            yield from _other_lists(value)
        case dict():
            yield "a key more", {**value, "more": 1}
            for key in value:
                yield f"without {key}", {k: v for k, v in value.items() if k != key}
                renamed = {f"{k}s" if k == key else k: v for k, v in value.items()}
                yield f"{key} renamed", renamed
            yield "keys in another order", dict(reversed(value.items()))


def _other_texts(text: str) -> Iterator[tuple[str, str]]:
    """Another name, number, sign, word or rule."""
    yield "empty", ""
    yield "longer", f"{text}x"
    if text in set(By):
        yield from ((rule.value, rule.value) for rule in By if rule != text)
    if text in (*_WORDS, *(kind.value for kind in Kind), "is", "has"):
        words = (*_WORDS, *(kind.value for kind in Kind), "is", "has")
        yield from ((word, word) for word in words if word != text)
    if text.startswith(BASE):
        yield from (("another thing", _OTHER_THING), ("another class", BASE + "Massage2"))
    for found in re.finditer(r"\d+", text):
        number = str(int(found[0]) + 1)
        yield f"{found[0]} as {number}", text[: found.start()] + number + text[found.end() :]
    for sign, other in ((">=", ">"), ("<=", "<"), (">", ">="), ("<", "<="), ("min", "max")):
        if sign in text:
            yield f"{sign} as {other}", text.replace(sign, other, 1)


def _other_lists(members: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    """A member less, a member twice, two members swapped, or the members of a member."""
    for place in range(len(members)):
        yield f"without {place}", members[:place] + members[place + 1 :]
        yield f"{place} twice", [*members[: place + 1], *members[place:]]
    yield "something more", [*members, BASE + "Something"]
    for place in range(len(members) - 1):
        one, other = members[place : place + 2]
        if one != other:
            yield (
                f"{place} after {place + 1}",
                [*members[:place], other, one, *members[place + 2 :]],
            )


def same(one: Json, other: Json) -> bool:
    """Whether two documents are written alike, as far as JSON tells."""
    return json.dumps(one) == json.dumps(other)
