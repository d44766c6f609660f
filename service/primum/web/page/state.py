"""The question of a page as its address holds it, and the addresses of questions next to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from primum.use_cases.page.cards import Choice
from primum.web.questions import REPEATED, SINGLE

_EXCLUDE: Final = {
    "day": ("hours", "onset", "at"),
    "hours": ("day", "onset", "at"),
    "onset": ("day", "hours"),
}
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class State:
    """The parameters of a question, in order; fields that a form left empty are left out."""

    pairs: Pairs = ()

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> Self:
        """The question of a request."""
        found = ((name, value.strip()) for name, value in given.items(multi=True))
        return cls(tuple(pair for pair in found if pair[1]))

    @classmethod
    def read(cls, query: str) -> Self:
        """The question of a query string."""
        return cls(tuple(parse_qsl(query)))

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return bool(self.pairs)

    @property
    def query(self) -> str:
        """The question as a query string."""
        return urlencode(self.pairs)

    @property
    def given(self) -> MultiDict[str, str]:
        """The parameters, as routes read them."""
        return MultiDict(self.pairs)

    def one(self, name: str) -> str:
        """The value of a parameter, "" where it is not given."""
        return next((value for known, value in self.pairs if known == name), "")

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a parameter."""
        return tuple(value for known, value in self.pairs if known == name)

    def setting(self, name: str, value: object) -> Self:
        """The question with another value of a parameter, without those that exclude it."""
        dropped = {name, *_EXCLUDE.get(name, ())}
        kept = (pair for pair in self.pairs if pair[0] not in dropped)
        return type(self)((*kept, (name, str(value))))

    def adding(self, name: str, value: str) -> Self:
        """The question with one more value of a parameter; nothing is both present and absent."""
        kept = (pair for pair in self.pairs if pair[0] not in REPEATED or pair[1] != value)
        return type(self)((*kept, (name, value)))

    def without(self, name: str, value: str | None = None) -> Self:
        """The question without a parameter, or without one of its values."""
        kept = (p for p in self.pairs if p[0] != name or value not in (None, p[1]))
        return type(self)(tuple(kept))

    def choosing(self, choice: Choice) -> Self:
        """The question with an open one answered."""
        change = self.adding if choice.name in REPEATED else self.setting
        return change(choice.name, choice.value)

    def choosing_all(self, choices: Iterable[Choice]) -> Self:
        """The question with several facts set."""
        found = self
        for choice in choices:
            found = found.choosing(choice)
        return found

    def about(self, names: Iterable[str]) -> Self:
        """The question with these parameters alone."""
        wanted = frozenset(names)
        return type(self)(tuple(pair for pair in self.pairs if pair[0] in wanted))

    def prefixed(self, prefix: str) -> Self:
        """The question whose parameters begin with a prefix, or with none for ""."""
        names = (f"{prefix}{name}" for name in (*SINGLE, *REPEATED))
        found = self.about(names).pairs
        return type(self)(tuple((name.removeprefix(prefix), value) for name, value in found))
