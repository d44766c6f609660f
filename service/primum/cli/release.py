"""`primum release`: the next version of the knowledge, by what it changes."""

from datetime import UTC, datetime
from pathlib import Path

import click

from primum.cli.console import as_json, print_json
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.checks import check
from primum.use_cases.diffing.outline import summary
from primum.use_cases.releasing import TAG, Plan, artefacts, plan, write


@click.command()
@click.option("--version", "stated", default="", help="The version, if not the least one.")
@click.option("--since", default="", help="The last release: its tag, folder or revision.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and write nothing.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the release and its other forms into this folder.",
)
@as_json
def release(*, stated: str, since: str, dry_run: bool, output: Path | None, as_json: bool) -> None:
    """Release the knowledge as it stands: version, changelog, artefacts.

    The version follows from what changed since the last release, whose tag is knowledge-X.Y.Z: a
    moved answer or a removed term makes a major version, a new term, rule or axiom a minor one,
    anything else a patch.
    """
    here = locate(read_settings().knowledge)
    report = check(here, progress=lambda does: click.echo(f"Checking {does} ...", err=True))
    made = plan(here, report, since=since, stated=stated, day=datetime.now(tz=UTC).date())
    written = [] if dry_run else write(made)
    if output is not None and not dry_run:
        written += artefacts(here, output)
    if as_json:
        print_json(_document(made, written))
    else:
        click.echo(_text(made, written), nl=False)


def _document(made: Plan, written: list[Path]) -> dict[str, object]:
    """What was released."""
    return {
        "version": made.version,
        "since": made.last or None,
        "step": made.step.word,
        "files": [str(path) for path in written],
        "changelog": made.entry,
    }


def _text(made: Plan, written: list[Path]) -> str:
    """What was released, and what is left to do."""
    since = f"since {made.last}" if made.last else "the first release"
    lines = [f"Version {made.version}, {since}."]
    lines += [summary(made.difference)] if made.difference is not None else []
    lines += ["", made.entry] if not written else [f"Wrote {path}" for path in written]
    lines += [] if not written else ["", f"When all is committed: git tag {TAG}{made.version}"]
    return "\n".join(lines).rstrip() + "\n"
