"""`primum template`: rules, treatments or factors as a sheet, and an edited sheet read back."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from primum.cli.console import as_json, print_json
from primum.foundation.errors import InvalidValue
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.spreadsheet.faults import Fault
from primum.use_cases.spreadsheet.sheets import SHEETS
from primum.use_cases.spreadsheet.template import Change, Outcome, read_sheet, write_sheet


@click.group()
def template() -> None:
    """Edit the knowledge in a spreadsheet program.

    Write a sheet, edit its cells, and read it back: what you edited is changed in the Turtle files,
    and nothing else. A new row adds a rule or a term; a reason in the last column but one retires
    it; a row that you take out changes nothing.
    """


@template.command("write")
@click.argument("sheet", type=click.Choice(list(SHEETS)))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@click.option("--topic", default="", help="For rules: one file or folder, such as massage.")
@as_json
def write(*, sheet: str, output: Path | None, topic: str, as_json: bool) -> None:
    """Write a sheet with one row for each rule, treatment or factor."""
    if topic and not SHEETS[sheet].is_of_rules:
        raise InvalidValue("--topic is for the sheet of rules.", where="--topic", found=topic)
    if as_json and output is None:
        raise InvalidValue("--json tells of the file that was written; name one with -o.")
    text = write_sheet(locate(read_settings().knowledge), sheet, topic=topic)
    if output is None:
        sys.stdout.buffer.write(text.encode())
        return
    # The mark at the beginning is what makes Excel read UTF-8.
    output.write_text(f"\ufeff{text}", encoding="utf-8", newline="")
    rows = text.count("\n") - 1
    if as_json:
        print_json({"sheet": sheet, "file": str(output), "rows": rows})
    else:
        click.echo(
            f"{output}: {rows} rows of {sheet}. Edit it, then: primum template read {output}"
        )


@template.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@as_json
def read(*, file: Path, dry_run: bool, as_json: bool) -> None:
    """Read an edited sheet, and change in the files what was edited in it.

    Every fault is told with its row and column. While there is one, nothing is written.
    """
    place = locate(read_settings().knowledge)
    outcome = read_sheet(place, file.read_bytes(), dry_run=dry_run)
    if as_json:
        print_json({**asdict(outcome), "dryRun": dry_run})
    else:
        _tell(outcome, dry_run=dry_run)
    if outcome.faults:
        sys.exit(1)


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    """The outcome in sentences, what is wrong first."""
    for fault in outcome.faults:
        click.echo(_fault(fault), err=True)
    if outcome.faults:
        count = len(outcome.faults)
        click.echo(f"{count} fault{'s' * (count > 1)}; nothing was written.", err=True)
        return
    for change in outcome.changes:
        click.echo(_change(change))
    if outcome.stale:
        click.echo("The knowledge has changed since the sheet was written; what changed was kept.")
    if outcome.absent:
        click.echo(f"Rows absent: {outcome.absent}, left alone. To retire one, give the reason.")
    if not outcome.files:
        click.echo("Nothing was edited; no file was touched.")
        return
    click.echo(f"{'Would write' if dry_run else 'Wrote'} {', '.join(outcome.files)}.")
    if not dry_run:
        click.echo("Next: primum check")


def _fault(fault: Fault) -> str:
    """A fault on one line, with what may stand there where the sentence does not tell."""
    untold = [word for word in fault.allowed if word not in fault.sentence]
    allowed = f" Allowed: {', '.join(untold)}." if untold else ""
    found = f" Found: {fault.found!r}." if fault.found and fault.found not in fault.sentence else ""
    return f"{fault.where}: {fault.sentence}{found}{allowed}"


def _change(change: Change) -> str:
    """A change on one line."""
    before, after = change.before or "(empty)", change.after or "(empty)"
    return f"row {change.row}, {change.id}, {change.column}: {before} -> {after}"
