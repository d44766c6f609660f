"""The corpus of hostile requests as the data file has it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.hostile.canary import Canary
from tests.hostile.service import Service
from tests.web.wire import Reply

FILE: Final = Path(__file__).with_name("hostile.toml")


@dataclass(frozen=True, slots=True)
class HostileQuery:
    """A query, and what must come of it; `kind` is "" where it is answered."""

    name: str
    text: str
    status: int
    kind: str = ""
    accept: str = "*/*"

    def __str__(self) -> str:
        """Its name, by which pytest calls its test."""
        return self.name


@dataclass(frozen=True, slots=True)
class HostileRequest:
    """Any request, and what must come of it."""

    name: str
    path: str
    status: int
    kind: str = ""
    method: str = "GET"
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Its name, by which pytest calls its test."""
        return self.name

    def send(self, service: Service, canary: Canary) -> Reply:
        """The answer to it."""
        body = None if self.body is None else canary.named(self.body).encode()
        return service.ask(
            canary.named(self.path), method=self.method, body=body, headers=self.headers
        )


_READ: Final[dict[str, list[dict[str, Any]]]] = tomllib.loads(FILE.read_text())
QUERIES: Final = tuple(HostileQuery(**each) for each in _READ["query"])
REQUESTS: Final = tuple(HostileRequest(**each) for each in _READ["request"])
