"""What the commands share: the loaded service, the console, JSON on standard output."""

import json
from typing import Any

import click
from rich.console import Console

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def load() -> Primum:
    """The service over the knowledge that the settings point to."""
    return Primum.load(read_settings().knowledge)


def console() -> Console:
    """A console on standard output; colour only where a person looks."""
    return Console(highlight=False, soft_wrap=False)


def print_json(document: Any) -> None:
    """A document as indented JSON."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
