"""`primum normalise`: bring edited Turtle into the layout in which Protégé saves it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from primum.cli.console import as_json, print_json
from primum.foundation.settings import read_settings
from primum.knowledge.locate import locate
from primum.use_cases.normalising import Normalised, files_to_normalise, generated
from primum.use_cases.normalising import normalise as normalise_files


@click.command()
@click.argument(
    "paths", nargs=-1, metavar="[FILES|FOLDER]...", type=click.Path(path_type=Path, exists=True)
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@as_json
def normalise(*, paths: Sequence[Path], check: bool, as_json: bool) -> None:
    """Write the ontology and the rules as Protégé's library saves them.

    Without arguments, every file of the ontology and the rules; the module of definitions for OBO
    tools is then written anew. A file in RDF/XML is written as
    Turtle. Where one cannot be read, or holds what is not known how to write, none is written.
    """
    place = locate(read_settings().knowledge)
    found = normalise_files(
        files_to_normalise(place, paths),
        root=place.root.resolve(),
        write=not check,
        fixed={} if paths else generated(place),
    )
    changed = [one for one in found if one.lines]
    if as_json:
        print_json(_document(found, check=check))
    else:
        _tell(changed, of=len(found), check=check)
    sys.exit(1 if check and changed else 0)


def _document(found: Sequence[Normalised], *, check: bool) -> dict[str, object]:
    """What was found, for programs."""
    changed = [{"file": one.name, "lines": one.lines} for one in found if one.lines]
    return {"files": len(found), "changed": changed, "written": not check}


def _tell(changed: Sequence[Normalised], *, of: int, check: bool) -> None:
    """What was found, for people."""
    for one in changed:
        lines = "line" if one.lines == 1 else "lines"
        click.echo(f"{one.name}: {one.lines} {lines} {'would change' if check else 'changed'}")
    files = "file" if of == 1 else "files"
    done = f"{len(changed)} not in the layout" if check else f"{len(changed)} written"
    click.echo(f"{of} {files}, {done}.")
