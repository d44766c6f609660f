"""An edit of the files that is not served: being built, or broken and why."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

import msgspec

from primum.model.remarks import Remark


class State(StrEnum):
    """How the files stand to what is served."""

    NONE = "none"
    """What is served is that of the files."""
    BUILDING = "building"
    """The files have changed, and a release is being made of them."""
    FAILED = "failed"
    """No release can be made of the files as they are; what was served before still is."""
    UNWATCHED = "unwatched"
    """Whoever looked at the files has ended, so that no further edit is noticed."""


@dataclass(frozen=True, slots=True)
class Pending:
    """The edit that waits, if there is one.

    `since` is the instant at which the state began, `digest` that of the knowledge in the files,
    `files` are those that differ from what is served, where that is known.
    """

    state: State
    since: str
    digest: str = ""
    files: tuple[str, ...] = ()
    problem: tuple[Remark, ...] = ()

    @classmethod
    def now(
        cls,
        state: State,
        *,
        digest: str = "",
        files: tuple[str, ...] = (),
        problem: tuple[Remark, ...] = (),
    ) -> Self:
        """A state that begins now."""
        since = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return cls(state, since, digest, files, problem)

    @property
    def mark(self) -> str:
        """What tells it from every other, so that a kept answer does not outlive it."""
        return sha256(msgspec.json.encode(self)).hexdigest()[:16]

    def document(self) -> dict[str, Any]:
        """What `/v1/knowledge` says of it; remarks without what does not apply to them."""
        return {
            "state": self.state,
            "since": self.since,
            "digest": self.digest or None,
            "files": self.files,
            "problem": [_told(remark) for remark in self.problem],
        }


def _told(remark: Remark) -> dict[str, Any]:
    """A remark without what does not apply."""
    fields: dict[str, Any] = msgspec.to_builtins(remark)
    return {name: value for name, value in fields.items() if value}
