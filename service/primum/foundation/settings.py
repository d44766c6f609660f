"""Settings: one table, read once from the environment into one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from primum.foundation.numbers import read_whole


class Setting(NamedTuple):
    """A row of the table: environment variable, default, what it does."""

    variable: str
    default: str
    help: str


TABLE = (
    Setting("PRIMUM_KNOWLEDGE", "", "Folder that holds `ontology/`, `rules/`, `queries/`"),
    Setting("PRIMUM_HOST", "127.0.0.1", "Address that `primum serve` listens on"),
    Setting("PRIMUM_PORT", "8000", "Port that `primum serve` listens on"),
    Setting("PRIMUM_WORKERS", "1", "Processes that `primum serve` runs"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for; `knowledge` is None where the default places are meant."""

    knowledge: Path | None
    host: str
    port: int
    workers: int


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment; raises InvalidValue where a number is none."""
    env = os.environ if environment is None else environment
    values = {row.variable: env.get(row.variable, row.default) for row in TABLE}
    folder = values["PRIMUM_KNOWLEDGE"]
    return Settings(
        knowledge=Path(folder) if folder else None,
        host=values["PRIMUM_HOST"],
        port=read_whole(values["PRIMUM_PORT"], where="PRIMUM_PORT", least=1, most=65535),
        workers=read_whole(values["PRIMUM_WORKERS"], where="PRIMUM_WORKERS", least=1, most=256),
    )


def settings_table() -> str:
    """The table as Markdown, as the README shows it."""
    rows = [f"| `{row.variable}` | `{row.default}` | {row.help} |" for row in TABLE]
    return "\n".join(["| variable | default | what it does |", "| --- | --- | --- |", *rows])
