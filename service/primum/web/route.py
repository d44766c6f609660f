"""What is known of a route: what it answers in, which errors it has, how long an answer keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from primum.web.problem_kinds import KINDS, Kind

_EVERYWHERE: Final = ("not-acceptable", "internal-error", "busy")

QUESTION: Final = ("unknown-name", "ambiguous-name", "invalid-value", "unknown-parameter")
"""The errors of what names terms and values."""
BODY: Final = (
    "bad-request",
    "unreadable-body",
    "request-timeout",
    "request-entity-too-large",
    "unsupported-media-type",
)
"""The errors of what reads a body."""


class Kept(StrEnum):
    """What an answer is a function of, and so how long a copy of it serves."""

    RELEASE = "release"
    """The request and the release: a copy serves until another release is loaded."""
    CLOCK = "clock"
    """Also the present instant, where the question is dated and names none."""
    NEVER = "never"
    """The state of the process, or what a body says of a patient."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one rule; `offers` maps each media type to the schema of its content.

    A route that `decides` chooses the media type itself, when it knows what is asked. One that is
    `open` may be posted to by pages of other origins, since it changes nothing.

    The pages of one that is `scripted` may run our script and be asked from.

    `forms` maps what the path's own `form` may be to the media type that it asks for.
    `takes` are the query parameters, `needs` those that must be given, `reads` the media types
    of a body, `sends` its schema, `reports` maps those in which alone a refusal can be asked for,
    `fails` are the kinds of its own errors, and `tells` those that are told within an answer.
    """

    rule: str
    summary: str
    says: str
    offers: Mapping[str, str]
    method: str = "GET"
    tag: str = "Vocabulary"
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    sends: str = ""
    reports: Mapping[str, str] = field(default_factory=dict)
    fails: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    kept: Kept = Kept.RELEASE
    decides: bool = False
    open: bool = False
    scripted: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)

    @property
    def media(self) -> tuple[str, ...]:
        """Every media type that may be asked for, the one that is preferred first."""
        return (*self.offers, *self.reports)

    def asked_for(self, placed: Mapping[str, str]) -> tuple[str, ...]:
        """What an answer may be in, given what stands in the path: a form there leaves one."""
        form = self.forms.get(placed.get("form", ""))
        return self.media if form is None else (form,)

    @property
    def failures(self) -> tuple[tuple[int, Kind], ...]:
        """The kinds of errors that the route answers with, and the status of each.

        What a path names and is not there is a 404.
        """
        missing = "<" in self.rule
        kinds = [KINDS[name] for name in (*self.fails, *_EVERYWHERE)]
        found = [
            (HTTPStatus.NOT_FOUND if missing and kind.names else kind.status, kind)
            for kind in kinds
        ]
        return tuple(sorted(found, key=lambda pair: pair[0]))
