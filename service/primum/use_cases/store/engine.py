"""Queries evaluated by a SPARQL server elsewhere, which holds the release that is served."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from threading import BoundedSemaphore
from typing import Final

from primum.foundation.errors import (
    Busy,
    QueryTimeout,
    ResultTooLarge,
    StoreUnreachable,
    UnwritableResult,
)
from primum.foundation.names import BASE
from primum.use_cases.sparql.exchange import Asked, Engine, Statistics
from primum.use_cases.sparql.outputs import Begun, Overflow
from primum.use_cases.sparql.statistics import count_by
from primum.use_cases.store.asking import (
    UNREACHED,
    Rejected,
    checked,
    demand_release,
    pieces,
    request,
)
from primum.use_cases.store.connection import Deadline
from primum.use_cases.store.layout import Layout
from primum.use_cases.store.rows import table
from primum.use_cases.store.sendable import sendable
from primum.use_cases.store.server import AT_ONCE, BREAKS, Reply, Server, Stale
from primum.use_cases.store.watch import AGAIN_SECONDS, Watch
from primum.use_cases.store.whole import asked_for, is_streamed, passed_on, whole

_COUNTING_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The seconds that a whole result may take, and a streamed one."""

    whole: float
    streamed: float


@dataclass(frozen=True, slots=True)
class RemoteEngine:
    """Evaluates queries on a server; safe between threads.

    `local` evaluates what the server is not asked: queries that could harm it, where callers
    wrote them (`guarded`); and those that it rejects, so that what is wrong with them is explained
    as ever.
    """

    server: Server
    layout: Layout
    watch: Watch
    limits: Limits
    local: Engine
    guarded: bool = True
    _slots: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def run(self, asked: Asked, *, seconds: float | None = None) -> bytes:
        """The whole result.

        Raises InvalidQuery, UnwritableResult or LimitReached, of which StoreUnreachable is one.
        """
        deadline = _deadline(self.limits.whole, seconds)
        if self.guarded and not sendable(asked.query):
            return self.local.run(asked, seconds=seconds)
        try:
            return self._whole(asked, deadline)
        except Rejected:
            self._demand_fit()
            return self.local.run(asked, seconds=seconds)

    def stream(self, asked: Asked, *, seconds: float | None = None) -> Iterator[bytes]:
        """The result in pieces; raises what `run` raises before it gives an iterator.

        A connection is in use until the last piece is taken, or the iterator is closed. JSON-LD
        and RDF/XML, which have to be made from the whole result, are one piece.
        """
        deadline = _deadline(self.limits.streamed, seconds)
        if self.guarded and not sendable(asked.query):
            return self.local.stream(asked, seconds=seconds)
        try:
            if not is_streamed(asked.format):
                return iter((self._whole(asked, deadline),))
            found = self._passed_on(asked, deadline)
            return Begun(next(found, b""), found)
        except Rejected:
            self._demand_fit()
            return self.local.stream(asked, seconds=seconds)

    def statistics(self) -> Statistics:
        """What the server holds of the release."""
        deadline = Deadline(_COUNTING_SECONDS)

        def ask(query: str) -> list[tuple[str, ...]]:
            with self._answer(Asked(query, "tsv", BASE), deadline) as reply:
                return list(table(pieces(reply)))

        try:
            return count_by(ask)
        except (Rejected, ValueError) as error:
            raise StoreUnreachable(
                "The SPARQL server behind this service does not count what it holds.",
                AGAIN_SECONDS,
            ) from error

    def start(self) -> None:
        """See whether the server holds the release; if not, the log says so, and queries wait."""
        with suppress(StoreUnreachable):
            self.watch.demand()

    def close(self) -> None:
        """Let go of the connections, and of what evaluates queries here."""
        self.server.close()
        self.local.close()

    def _whole(self, asked: Asked, deadline: Deadline) -> bytes:
        """A whole result; raises Rejected."""
        with self._answer(asked, deadline) as reply, _fitting(asked.format):
            return whole(pieces(reply), asked.format)

    def _passed_on(self, asked: Asked, deadline: Deadline) -> Iterator[bytes]:
        """A result while it arrives; raises Rejected before the first piece."""
        with self._answer(asked, deadline) as reply, _fitting(asked.format):
            yield from passed_on(pieces(reply), asked.format)

    @contextmanager
    def _answer(self, asked: Asked, deadline: Deadline) -> Iterator[Reply]:
        """The answer to a query; what breaks while it arrives is told as an error of ours."""
        with self._told(deadline), self._slot(deadline):
            self.watch.demand()
            try:
                reply = self._sent(asked, deadline)
            except Stale:
                # The server may have been started anew, over other data.
                self.watch.doubt()
                self.watch.demand()
                reply = self._sent(asked, deadline)
            with closing(reply):
                yield reply

    def _sent(self, asked: Asked, deadline: Deadline) -> Reply:
        """The answer to a query that is sent now; relative IRIs mean what they mean here."""
        form = asked_for(asked.format)
        query = f"BASE <{asked.base}> {asked.query}"
        reply = self.server.ask(request(query, self.layout.fields(asked), form), deadline)
        return checked(reply, form)

    @contextmanager
    def _slot(self, deadline: Deadline) -> Iterator[None]:
        """A place among the queries that the server works on."""
        if not self._slots.acquire(timeout=deadline.left()):
            raise Busy("As many queries as may be are with the SPARQL server.", AGAIN_SECONDS)
        try:
            yield
        finally:
            self._slots.release()

    @contextmanager
    def _told(self, deadline: Deadline) -> Iterator[None]:
        """Errors of a connection as those of a query; after each, the server is in doubt."""
        try:
            yield
        except StoreUnreachable as error:
            self.watch.doubt()
            raise StoreUnreachable(error.detail, AGAIN_SECONDS) from error
        except BREAKS as error:
            self.watch.doubt()
            if not deadline.passed:
                raise StoreUnreachable(UNREACHED, AGAIN_SECONDS) from error
            raise QueryTimeout(
                f"The query was stopped after {deadline.seconds:g} seconds, its limit.",
                ceil(deadline.seconds),
            ) from error

    def _demand_fit(self) -> None:
        """Raise StoreUnreachable where the server rejects a query because it is not fit."""
        self.watch.doubt()
        self.watch.demand()


def remote(
    url: str, layout: Layout, limits: Limits, *, callers: Engine, shipped: Engine
) -> tuple[RemoteEngine, RemoteEngine]:
    """The engines for what callers write, and for what is shipped, in place of two local ones.

    Both ask one server, which is fit to be asked for both of them or for none.
    """
    server = Server(url)
    watch = Watch(partial(demand_release, server, layout))
    return (
        RemoteEngine(server, layout, watch, limits, callers),
        RemoteEngine(server, layout, watch, limits, shipped, guarded=False),
    )


@contextmanager
def _fitting(name: str) -> Iterator[None]:
    """What is wrong with a result, or with saying it in a format, as an error of ours."""
    try:
        yield
    except Overflow as overflow:
        advice = "Ask for less, with LIMIT and OFFSET, or add stream=true."
        raise ResultTooLarge(f"{overflow} {advice}") from overflow
    except ValueError as error:
        detail = f"The result cannot be written as {name}: {error}."
        raise UnwritableResult(detail, where="format") from error


def _deadline(limit: float, seconds: float | None) -> Deadline:
    """The end of the time that a query may take, which a caller can only bring closer."""
    return Deadline(limit if seconds is None else min(limit, seconds))
