"""The command line. Exit codes: 0 fine, 1 the thing checked is not fine, 2 wrong use."""

import sys
from importlib import import_module
from typing import Final

import click

from primum.foundation.errors import PrimumError, QuestionError

_MODULES: Final = {
    "ask": "ask",
    "assess": "records",
    "build": "build",
    "check": "check",
    "cohort": "cohort",
    "diff": "diff",
    "explain": "explain",
    "export": "export",
    "info": "info",
    "load-store": "load_store",
    "normalise": "normalise",
    "query": "query",
    "release": "release",
    "serve": "serve",
    "sparql": "sparql",
    "template": "template",
    "timeline": "timeline",
    "validate": "records",
    "verify": "verify",
}
"""The module of each command."""


class _Commands(click.Group):
    """The commands, each imported when it is asked for: one command needs few of the libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click asks
        """The names of all commands."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, if there is one."""
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"{__name__}.{_MODULES[cmd_name]}")
        found: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="primum")
def commands() -> None:
    """Which treatments are contraindicated for this injury, now, for this patient."""


def main() -> None:
    """Run a command; an error of the caller ends with 2, one of the knowledge with 1."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except PrimumError as error:
        click.echo(f"primum: {error}", err=True)
        sys.exit(2 if isinstance(error, QuestionError) else 1)
