"""Queries in the cage of one dataset, and what stopped them, told as errors of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

import msgspec

from primum.cage.limits import Limits
from primum.cage.pool import Cage
from primum.foundation.errors import (
    Busy,
    Crashed,
    QueryCrashed,
    QueryOutOfMemory,
    QueryTimeout,
    TooBig,
    TookTooLong,
)
from primum.foundation.settings import Settings
from primum.use_cases.sparql.exchange import (
    MOST_BYTES,
    NEWLINE,
    PREPARE,
    QUERY,
    STATISTICS,
    STREAM,
    Asked,
    Failed,
    Statistics,
)
from primum.use_cases.sparql.failures import error_of
from primum.use_cases.sparql.outputs import Begun
from primum.web.lazy_cage import LazyCage, Pinned

NICE: Final = 10
"""How far processes that work for callers give way to all others."""
_HEAD_BYTES: Final = 10_000
_WAITING: Final = 64
_COUNTING_SECONDS: Final = 60.0
_STREAM_AGAIN_SECONDS: Final = 5
_RESTING: Final = b"null"


class CagedEngine:
    """Evaluates queries in caged processes, which start when the first is needed.

    `argument` is the folder of a release or an RDF file. Safe between threads.
    """

    def __init__(
        self,
        argument: str,
        settings: Settings,
        *,
        niceness: int = 0,
        descriptors: int = 0,
        keeps: Pinned | None = None,
    ) -> None:
        """Start nothing yet; without `descriptors` nothing can ever be fetched."""
        self._limits = Limits(
            seconds=settings.cage_seconds,
            megabytes=settings.cage_megabytes,
            result_bytes=MOST_BYTES + _HEAD_BYTES,
            waiting=_WAITING,
            niceness=niceness,
            descriptors=descriptors,
            start_seconds=settings.start_seconds,
        )
        self._stream_seconds = settings.stream_seconds
        # Streams last as long as their readers take: one worker, where there are several, has none.
        self._streams = BoundedSemaphore(max(1, settings.cage_workers - 1))
        self._cage = LazyCage(
            PREPARE,
            argument,
            limits=self._limits,
            workers=settings.cage_workers,
            keeps=keeps,
        )

    def start(self) -> Cage:
        """Start the processes, or give those that run."""
        return self._cage.start()

    def close(self) -> None:
        """End the processes; another query would start them again."""
        self._cage.close()

    def run(self, asked: Asked, *, seconds: float | None = None) -> bytes:
        """The whole result; raises InvalidQuery, UnwritableResult or LimitReached."""
        payload = msgspec.json.encode(asked)
        with _queries(self._limits.megabytes):
            reply = self.start().run(QUERY, payload, seconds=seconds)
        head, _, body = reply.partition(NEWLINE)
        if head != _RESTING:
            raise error_of(msgspec.json.decode(head, type=Failed))
        return body

    def stream(self, asked: Asked, *, seconds: float | None = None) -> Iterator[bytes]:
        """The result in pieces; raises what `run` raises before it gives an iterator.

        A worker is at work until the last piece is taken, or the iterator is closed.
        """
        limit = self._stream_seconds
        pieces = self._pieces(asked, limit if seconds is None else min(seconds, limit))
        return Begun(next(pieces, b""), pieces)

    def _pieces(self, asked: Asked, seconds: float) -> Iterator[bytes]:
        """The pieces of a result."""
        payload = msgspec.json.encode(asked)
        with _queries(self._limits.megabytes), self._place():
            for piece, last in self.start().stream(STREAM, payload, seconds=seconds):
                if not last:
                    yield piece
                elif (head := piece.partition(NEWLINE)[0]) != _RESTING:
                    raise error_of(msgspec.json.decode(head, type=Failed))

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Be one of the streams at a time; raises Busy when there are as many as may be."""
        if not self._streams.acquire(blocking=False):
            raise Busy("As many results are streamed as may be.", _STREAM_AGAIN_SECONDS)
        try:
            yield
        finally:
            self._streams.release()

    def statistics(self) -> Statistics:
        """What the dataset holds, counted once for each process."""
        pieces = self.start().stream(STATISTICS, b"", seconds=_COUNTING_SECONDS)
        return msgspec.json.decode(b"".join(piece for piece, _ in pieces), type=Statistics)


@contextmanager
def _queries(megabytes: int) -> Iterator[None]:
    """Errors of the cage as those of a query."""
    try:
        yield
    except Busy:
        raise
    except TookTooLong as error:
        detail = f"The query was stopped: {error.detail[0].lower()}{error.detail[1:]}"
        raise QueryTimeout(detail, error.retry_after) from error
    except TooBig as error:
        detail = f"The query needs more memory than the {megabytes} MiB that one may take."
        raise QueryOutOfMemory(detail) from error
    except Crashed as error:
        if error.retry_after is not None:  # the cage itself cannot be used
            raise
        # An engine that finds no memory may end its process instead of saying so.
        why = f"it is too deep, or needs more memory than the {megabytes} MiB that one may take"
        raise QueryCrashed(f"The process that worked on the query died of it: {why}.") from error
