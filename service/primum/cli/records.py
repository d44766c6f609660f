"""`primum assess` and `primum validate`: a case record from a file."""

import json
import sys
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from primum.cli.ask import show, show_findings
from primum.cli.console import as_json, console, load, print_json
from primum.foundation.errors import InvalidRecord, InvalidValue
from primum.model.levels import Screening
from primum.use_cases.question import read_choice
from primum.use_cases.records.bodies import JSON, JSON_LD
from primum.use_cases.records.cases import CaseRecord
from primum.use_cases.service import Primum
from primum.use_cases.words import Words

_SUFFIXES: Final = {
    ".json": JSON,
    ".jsonld": JSON_LD,
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".xml": "application/rdf+xml",
}
_TURTLE: Final = "text/turtle"
_SEVERITY: Final = {"violation": "bold red", "warning": "yellow", "info": "dim"}

_record = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
_media_type = click.option(
    "--media-type", help="Media type of the record; by the name of the file, else JSON."
)


@click.command()
@_record
@_media_type
@click.option("--screening", default=Screening.ASSUME_CLEAR.value, show_default=True)
@as_json
def assess(*, file: Path, media_type: str | None, screening: str, as_json: bool) -> None:
    """Assess the case record in FILE (- for standard input), and audit its treatments."""
    from primum.use_cases.records.local import LocalRecords  # noqa: PLC0415 - brings pySHACL

    primum = load()
    body, kind = _body(file), media_type or _kind(file)
    mode = read_choice(Screening, screening, where="--screening")
    assessor = LocalRecords(primum).assessor
    try:
        if as_json:
            print_json(json.loads(assessor.assess(body, kind, mode)))
            return
        read = assessor.read(body, kind, mode)
        _show(console(), primum, read.record)
    except InvalidRecord as error:
        _refuse(error, as_json=as_json)
    else:
        _tell(console(), read.warnings)


@click.command()
@_record
@_media_type
@click.option("--turtle", is_flag=True, help="Print the SHACL report as RDF.")
@as_json
def validate(*, file: Path, media_type: str | None, turtle: bool, as_json: bool) -> None:
    """Validate the case record in FILE (- for standard input); exit code 1 if it is not valid."""
    from primum.use_cases.records.local import LocalRecords  # noqa: PLC0415 - brings pySHACL

    body, kind = _body(file), media_type or _kind(file)
    found = LocalRecords(load()).validated(body, kind, _TURTLE if turtle else None)
    if turtle:
        click.echo(found.report)
    elif as_json:
        print_json({"valid": found.is_valid, "results": found.faults})
    else:
        _tell(console(), found.faults)
        click.echo("The record is valid." if found.is_valid else "The record is not valid.")
    sys.exit(not found.is_valid)


def _body(file: Path) -> bytes:
    """The bytes of a file or of standard input."""
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidValue(f"{file} cannot be read: {error.strerror}.", where="FILE") from error


def _kind(file: Path) -> str:
    """The media type that the name of a file tells."""
    return _SUFFIXES.get(file.suffix.lower(), JSON)


def _show(out: Console, primum: Primum, record: CaseRecord) -> None:
    """The answer to a record for a person, its treatments first."""
    words = Words(primum.release.knowledge)
    for given in record.treatments:
        findings = primum.engine.answer(given.case).findings
        own = [found for found in findings if found.treatment.iri == given.treatment]
        out.print(Text(f"{given.at or '?'}  {own[0].verdict}", style="bold"))
        show_findings(out, words, given.case, own)
        out.print()
    show(out, primum, primum.engine.answer(record.case), in_full=False)


def _tell(out: Console, faults: Any) -> None:
    """Validation results, a paragraph each."""
    for fault in faults:
        line = Text(f"{fault['severity']} ", style=_SEVERITY[fault["severity"]])
        line.append(f"{fault['pointer'] or '/'}  {fault['message']} [{fault['code']}]", "not bold")
        out.print(line)
        if fault["found"] is not None:
            found = json.dumps(fault["found"], ensure_ascii=False)
            out.print(Padding(Text(f"found {found}", style="dim"), (0, 0, 0, 2)))
        if fault["allowed"]:
            allowed = ", ".join(fault["allowed"])
            out.print(Padding(Text(f"allowed: {allowed}", style="dim"), (0, 0, 0, 2)))


def _refuse(error: InvalidRecord, *, as_json: bool) -> None:
    """Tell all faults of an invalid record and end with 1."""
    if as_json:
        print_json({"valid": False, "results": list(error.faults)})
    else:
        _tell(Console(stderr=True, highlight=False), error.faults)
        click.echo(f"primum: {error}", err=True)
    sys.exit(1)
