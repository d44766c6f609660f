"""What a check is: a name, what it does, what it finds by code, and the function that finds it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from primum.knowledge.locate import Place
from primum.model.remarks import Remark
from primum.use_cases.checks.subject import Subject

Codes = Mapping[str, str]
"""What each code means and what to do about it, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the knowledge.

    `does` says what it looks at, as the end of "Checking ...". `codes` are the codes it may give,
    `codes_of` those that depend on the knowledge itself. A check that is `apart` needs nothing
    that others share and much time, and runs in a process of its own.
    """

    name: str
    does: str
    run: Callable[[Subject], Iterator[Remark]]
    codes: Codes
    codes_of: Callable[[Place], Codes] = lambda _: {}
    apart: bool = False

    def all_codes(self, place: Place) -> Codes:
        """The codes with their help, for one place."""
        return {**self.codes, **self.codes_of(place)}
