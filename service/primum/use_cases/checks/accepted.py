"""Findings that curators have looked at and let stand, each with a clinical reason.

They stand in `rules/accepted.toml`. An accepted finding is told as a note with its reason; an entry
whose finding no longer shows is told as well, so that the file says what is so.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from primum.foundation.errors import UnreadableFile
from primum.knowledge.locate import Place

FILE = "rules/accepted.toml"


@dataclass(frozen=True, slots=True)
class About:
    """What a finding is about: its code, a term by its id, and another one, if any."""

    code: str
    term: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is accepted, and why; one entry may let a term stand beside several others."""

    code: str
    term: str
    others: tuple[str, ...]
    reason: str

    def about(self) -> Iterator[About]:
        """All that the entry accepts."""
        yield from (About(self.code, self.term, other) for other in self.others or ("",))


@dataclass(frozen=True, slots=True)
class Accepted:
    """All that is accepted, each with its reason."""

    reasons: Mapping[About, str]

    def reason(self, about: Iterable[About]) -> str:
        """Why a finding stands; "" where some part of it is not accepted."""
        reasons = [self.reasons.get(each, "") for each in about]
        return " ".join(dict.fromkeys(reasons)) if all(reasons) else ""

    def stale(self, found: Iterable[About]) -> list[About]:
        """What is accepted and was not found."""
        known = set(found)
        return [about for about in self.reasons if about not in known]


def read_entries(place: Place) -> tuple[Entry, ...]:
    """The entries in the order of the file, none where there is no file.

    Raises UnreadableFile for a file that is no TOML, or an entry without code, term and reason.
    """
    path = place.root / FILE
    if not path.is_file():
        return ()
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8")).get("accepted", [])
        return tuple(
            Entry(each["code"], each["term"], tuple(each.get("others", ())), _reason(each))
            for each in stated
        )
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableFile(
            f"{FILE} is no table of accepted findings (code, term, others, reason): {error!r}."
        ) from error


def _reason(entry: Mapping[str, str]) -> str:
    """The reason of an entry, which is never empty."""
    reason = " ".join(entry["reason"].split())
    if not reason:
        raise ValueError(f"{entry['term']} is accepted without a reason")
    return reason


def accepted(place: Place) -> Accepted:
    """What is accepted in the knowledge of a place; raises UnreadableFile."""
    return Accepted(
        {about: entry.reason for entry in read_entries(place) for about in entry.about()}
    )
