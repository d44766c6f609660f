"""What is said between a service and what evaluates its queries: what is asked, what was found."""

from collections.abc import Iterator
from typing import Final, Protocol

import msgspec

PREPARE: Final = "primum.use_cases.sparql.caged:prepare"
QUERY: Final = "query"
STREAM: Final = "stream"
STATISTICS: Final = "statistics"
NEWLINE: Final = b"\n"
MOST_BYTES: Final = 10_000_000
"""Bytes of a buffered result."""
MOST_ROWS: Final = 100_000
"""Rows or triples of a buffered result."""


class Asked(msgspec.Struct, frozen=True):
    """A query, and how it is to be answered.

    `format` is the name of a Format, `base` the IRI that relative ones are resolved against;
    `graphs` and `named` are the IRIs of the default and the named graphs, None where the query or
    the dataset itself says which; `services` are those that the query may call.
    """

    query: str
    format: str
    base: str
    graphs: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None
    services: tuple[str, ...] = ()


class Failed(msgspec.Struct, frozen=True):
    """Why a query has no result: the `kind` says of which sort the reason is.

    The query is `invalid`, or calls a `service` that it may not, or one that is `unreachable`; the
    result is `large`, or not of a `format`.
    """

    kind: str
    detail: str
    line: int = 0
    column: int = 0
    found: str = ""
    allowed: tuple[str, ...] = ()


class Statistics(msgspec.Struct, frozen=True):
    """What a dataset holds: counts of the default graph, and the triples of each named one.

    Properties, classes and graphs are counted by IRI.
    """

    triples: int
    subjects: int
    objects: int
    properties: dict[str, int]
    classes: dict[str, int]
    graphs: dict[str, int]


class Engine(Protocol):
    """What evaluates queries: caged processes over an embedded store, or a server elsewhere.

    Every method raises InvalidQuery, UnwritableResult or LimitReached.
    """

    def run(self, asked: Asked, *, seconds: float | None = None) -> bytes:
        """The whole result; `seconds` can only lower the limit of time."""

    def stream(self, asked: Asked, *, seconds: float | None = None) -> Iterator[bytes]:
        """The result in pieces, the first of which is known; it has to be closed."""

    def statistics(self) -> Statistics:
        """What the dataset holds."""

    def start(self) -> object:
        """Make ready for the first query."""

    def close(self) -> None:
        """Let go of processes and connections until the next query."""
