"""`primum explain`: why one treatment is answered as it is, and what would change that."""

import click
from rich.padding import Padding
from rich.text import Text

from primum.cli.console import as_json, console, load, print_json
from primum.cli.questions import asks
from primum.use_cases.documents import Writer
from primum.use_cases.explanations import explanation_document
from primum.use_cases.narrative import narrate
from primum.use_cases.question import Asked


@click.command()
@asks
@click.option("--treatment", required=True, help="The treatment to explain.")
@as_json
def explain(*, asked: Asked, treatment: str, as_json: bool) -> None:
    """Explain one treatment: why, why not, what if, in words or as JSON."""
    primum = load()
    case, explanation = primum.explain(asked, treatment=treatment)
    writer = Writer(primum.release.knowledge)
    if as_json:
        edition = primum.release.knowledge.edition
        body = explanation_document(writer, case, explanation)
        print_json({**writer.head(case, edition), **body})
        return
    out = console()
    for number, line in enumerate(narrate(writer.words, case, explanation)):
        out.print(Padding(Text(line, style="" if number else "bold"), (0, 0, 0, 2 * bool(number))))
    out.print(Text(primum.release.knowledge.notice, style="italic"))
