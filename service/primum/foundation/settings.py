"""Settings: one table, read once from the environment into one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from primum.foundation.errors import InvalidValue


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
        port=_whole(values, "PRIMUM_PORT", most=65535),
        workers=_whole(values, "PRIMUM_WORKERS", most=256),
    )


def _whole(values: Mapping[str, str], variable: str, *, most: int) -> int:
    """The whole number from 1 to `most` that a variable holds."""
    text = values[variable]
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise InvalidValue(
            f"{variable} is {text!r}; it takes a whole number from 1 to {most}.",
            where=variable,
            found=text,
            allowed=(f"1 to {most}",),
        )
    return int(text)


def settings_table() -> str:
    """The table as Markdown, as the README shows it."""
    rows = [f"| `{row.variable}` | `{row.default}` | {row.help} |" for row in TABLE]
    return "\n".join(["| variable | default | what it does |", "| --- | --- | --- |", *rows])
