"""A dataset that can be asked: its engines, the prefixes to tell of, and results kept for later."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Self

import msgspec

from primum.foundation.names import BASE, PREFIXES
from primum.foundation.settings import Settings
from primum.knowledge.release import Release
from primum.use_cases.kept import Kept
from primum.use_cases.sparql.exchange import Asked, Engine
from primum.use_cases.sparql.prepared import prepared
from primum.use_cases.sparql.screening import Screened, screen
from primum.use_cases.store.engine import Limits, remote
from primum.use_cases.store.layout import Layout
from primum.web.lazy_cage import Pinned
from primum.web.sparql.caged import NICE, CagedEngine

_MEGABYTE = 2**20
_SHARE = 8
_SOCKETS = 64
"""Descriptors of a process that calls services."""
_AROUND = 500
"""Bytes that keeping even an empty result takes, its key included."""


@dataclass(frozen=True, slots=True)
class Result:
    """A whole result in one format."""

    body: bytes

    @property
    def size(self) -> int:
        """The bytes that keeping it takes, about."""
        return len(self.body) + _AROUND


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What `/sparql` and the named questions are answered from.

    `callers` evaluates what callers wrote, `shipped` the named questions, so that neither waits
    for the other. What calls `services` is evaluated by `federated`, whose processes alone can open
    sockets. `base` is what relative IRIs are resolved against, "" where that is the address of the
    service itself.
    """

    callers: Engine
    shipped: Engine
    federated: Engine
    kept: Kept[Result]
    most_kept: int
    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    services: tuple[str, ...] = ()

    @classmethod
    def over_release(cls, pinned: Pinned, settings: Settings) -> Self:
        """The endpoint of a release; no process is started before one is needed."""
        folder = str(pinned.folder)
        shipped = CagedEngine(folder, settings, keeps=pinned)
        return cls._of(folder, settings, shipped=shipped, keeps=pinned)

    @classmethod
    def over_file(cls, path: str, settings: Settings) -> Self:
        """The endpoint of an RDF file, which has no named questions."""
        return cls._of(path, settings)

    @classmethod
    def _of(
        cls,
        argument: str,
        settings: Settings,
        *,
        shipped: Engine | None = None,
        keeps: Pinned | None = None,
    ) -> Self:
        """The engines of a dataset, with room for results; of a release where that is pinned."""
        most = settings.kept_megabytes * _MEGABYTE
        callers = CagedEngine(argument, settings, niceness=NICE, keeps=keeps)
        return cls(
            callers=callers,
            shipped=shipped or callers,
            federated=CagedEngine(
                argument, settings, niceness=NICE, descriptors=_SOCKETS, keeps=keeps
            ),
            kept=Kept(most),
            most_kept=most // _SHARE,
            base=BASE if keeps else "",
            prefixes=PREFIXES if keeps else {},
            services=settings.services,
        )

    def elsewhere(self, release: Release, settings: Settings) -> Self:
        """The same, asked of the SPARQL server that the settings name, if they name one."""
        if not settings.store:
            return self
        limits = Limits(settings.cage_seconds, settings.stream_seconds)
        callers, shipped = remote(
            settings.store,
            Layout.of(release),
            limits,
            callers=self.callers,
            shipped=self.shipped,
        )
        return replace(self, callers=callers, shipped=shipped)

    def screen(self, text: str, *, base: str) -> Screened:
        """Look at a query before it is evaluated; raises what `screen` raises."""
        return screen(text, base=base, known=self.prefixes or PREFIXES, services=self.services)

    def whole(self, asked: Asked, screened: Screened, *, seconds: float | None) -> bytes:
        """The whole result of a caller's query, which is kept unless it changes each time."""
        engine = self._engine(screened)

        def found() -> bytes:
            """What the engine finds now."""
            return engine.run(prepared(asked, screened), seconds=seconds)

        return found() if screened.changing else self._recalled(asked, found)

    def stream(self, asked: Asked, screened: Screened, *, seconds: float | None) -> Iterator[bytes]:
        """The result of a caller's query in pieces."""
        return self._engine(screened).stream(prepared(asked, screened), seconds=seconds)

    def named(self, asked: Asked) -> bytes:
        """The result of a named question, which is kept."""
        return self._recalled(asked, lambda: self.shipped.run(asked))

    def _engine(self, screened: Screened) -> Engine:
        """What evaluates a caller's query."""
        return self.federated if screened.services else self.callers

    def _recalled(self, asked: Asked, find: Callable[[], bytes]) -> bytes:
        """A result that is kept, or else found and kept, unless it would push out much else."""
        key = _key(asked)
        found = self.kept.get(key)
        if found is None:
            found = Result(find())
            if found.size <= self.most_kept:
                self.kept.put(key, found)
        return found.body

    def start(self) -> None:
        """Start the processes, so that the first query need not wait for them."""
        self.callers.start()
        self.shipped.start()

    def close(self) -> None:
        """End the processes; another query would start them again."""
        self.callers.close()
        self.shipped.close()
        self.federated.close()


def _key(asked: Asked) -> bytes:
    """What stands for a question: short, however long the query is that a caller sends."""
    return blake2b(msgspec.json.encode(asked), digest_size=32).digest()
