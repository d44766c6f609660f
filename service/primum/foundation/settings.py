"""Settings: one table, read once from the environment into one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from primum.foundation.errors import InvalidValue
from primum.foundation.numbers import read_whole


class Setting(NamedTuple):
    """A row of the table: environment variable, default, what it does.

    A number lies from `least` to `most`; text has no bounds.
    """

    variable: str
    default: str
    help: str
    least: int = 0
    most: int = 0


TABLE = (
    Setting("PRIMUM_KNOWLEDGE", "", "Folder that holds `ontology/`, `rules/`, `queries/`"),
    Setting("PRIMUM_BEFORE", "", "Folder of an earlier release, for the page of what changed"),
    Setting("PRIMUM_HOST", "127.0.0.1", "Address that `primum serve` listens on"),
    Setting("PRIMUM_PORT", "8000", "Port that `primum serve` listens on", 1, 65535),
    Setting("PRIMUM_WORKERS", "1", "Processes that `primum serve` runs", 1, 256),
    Setting("PRIMUM_THREADS", "8", "Requests that one process answers at a time", 1, 256),
    Setting("PRIMUM_BODY_BYTES", "1000000", "Largest request body, in bytes", 1, 2**30),
    Setting("PRIMUM_BODY_SECONDS", "10", "Time in which a request body must arrive", 1, 3600),
    Setting("PRIMUM_LINE_BYTES", "100000", "Largest line of a batch, in bytes", 1, 2**26),
    Setting(
        "PRIMUM_BATCH_BYTES",
        "33554432",
        "What is kept of a batch that arrives faster than its answers are read, in bytes",
        1,
        999_999_999,
    ),
    Setting(
        "PRIMUM_CAGE_WORKERS",
        "2",
        "Caged processes for each of caller-written RDF, caller-written SPARQL and named questions",
        1,
        64,
    ),
    Setting("PRIMUM_CAGE_SECONDS", "5", "Time after which a caged process is killed", 1, 600),
    Setting("PRIMUM_CAGE_MEGABYTES", "512", "Memory that a caged process may take", 64, 2**16),
    Setting("PRIMUM_START_SECONDS", "60", "Time in which a cage must load its dataset", 1, 86400),
    Setting("PRIMUM_STREAM_SECONDS", "60", "Time that a streamed result may take", 1, 86400),
    Setting(
        "PRIMUM_CALLER_QUERIES",
        "64",
        "Queries of one address that are worked on or wait; another one is 429",
        1,
        2**16,
    ),
    Setting("PRIMUM_SERVICES", "", "Endpoints that `SERVICE` may call, separated by spaces"),
    Setting("PRIMUM_STORE", "", "SPARQL server that is asked instead of the embedded store"),
    Setting(
        "PRIMUM_KEPT_MEGABYTES",
        "64",
        "Answers kept whole, as templates, and results of queries, in MiB each",
        1,
        2**16,
    ),
    Setting(
        "PRIMUM_RELOAD_SECONDS", "1", "How often a new release is looked for; 0 is never", 0, 86400
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for.

    `knowledge` is None where the default places are meant, `before` where there is no earlier
    release to compare with. Sizes are in bytes or, where the name says so, in megabytes of 2**20
    bytes; times in seconds.
    """

    knowledge: Path | None
    before: Path | None
    host: str
    port: int
    workers: int
    threads: int
    body_bytes: int
    body_seconds: int
    line_bytes: int
    batch_bytes: int
    cage_workers: int
    cage_seconds: int
    cage_megabytes: int
    start_seconds: int
    stream_seconds: int
    caller_queries: int
    services: tuple[str, ...]
    store: str
    kept_megabytes: int
    reload_seconds: int


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment; raises InvalidValue where a number or a URL is none."""
    env = os.environ if environment is None else environment
    text = {_field(row): env.get(row.variable, row.default) for row in TABLE if not row.most}
    numbers = {
        _field(row): read_whole(
            env.get(row.variable, row.default),
            where=row.variable,
            least=row.least,
            most=row.most,
        )
        for row in TABLE
        if row.most
    }
    services = tuple(text.pop("services").split())
    knowledge, before = (Path(f) if (f := text.pop(n)) else None for n in ("knowledge", "before"))
    if store := text["store"]:
        demand_url(store, where="PRIMUM_STORE")
    for service in services:
        demand_url(service, where="PRIMUM_SERVICES")
    return Settings(knowledge, before, services=services, **text, **numbers)  # type: ignore[arg-type]


def demand_url(text: str, *, where: str) -> None:
    """Raise InvalidValue where a text is no address of a server; it may hold a password."""
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or "#" in text or not text.isascii() or not text.isprintable() or " " in text:
        example = "http://127.0.0.1:7878/query"
        raise InvalidValue(
            f"{where} is no address of a SPARQL server, such as {example}.",
            where=where,
            allowed=(example,),
        )


def _field(row: Setting) -> str:
    """The field that a row of the table fills."""
    return row.variable.removeprefix("PRIMUM_").lower()


def settings_table() -> str:
    """The table as Markdown, as the README shows it."""
    rows = [f"| `{row.variable}` | `{row.default}` | {row.help} |" for row in TABLE]
    return "\n".join(["| variable | default | what it does |", "| --- | --- | --- |", *rows])
