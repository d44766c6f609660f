"""`primum explain`: why one treatment is answered as it is, and what would change that."""

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from primum.cli.console import as_json, console, load, print_json
from primum.cli.questions import asks
from primum.foundation.names import local_name
from primum.model.manchester import manchester
from primum.use_cases.documents import Writer
from primum.use_cases.explanations import explanation_document
from primum.use_cases.narrative import narrate
from primum.use_cases.proof_documents import axiom_says, document, holds, text
from primum.use_cases.proof_graphs import turtle
from primum.use_cases.proof_layout import Layout
from primum.use_cases.proving import Prover
from primum.use_cases.question import Asked


@click.command()
@asks
@click.option("--treatment", required=True, help="The treatment to explain.")
@click.option("--proof", is_flag=True, help="Prove each claim, step by step.")
@click.option("--turtle", "as_turtle", is_flag=True, help="Print the proofs alone, as RDF.")
@as_json
def explain(*, asked: Asked, treatment: str, proof: bool, as_turtle: bool, as_json: bool) -> None:
    """Explain one treatment: why, why not, what if, in words or as JSON, with proofs."""
    primum = load()
    case, explanation = primum.explain(asked, treatment=treatment)
    writer, knowledge = Writer(primum.release.knowledge), primum.release.knowledge
    proofs = Prover.over(primum).proofs(case, explanation.finding) if proof or as_turtle else ()
    if as_turtle:
        click.echo(b"\n".join(map(turtle, proofs)).decode())
        return
    if as_json:
        body = explanation_document(writer, case, explanation)
        proved = {"proofs": [document(found) for found in proofs]} if proof else {}
        print_json({**writer.head(case, knowledge.edition), **body, **proved})
        return
    out = console()
    for number, line in enumerate(narrate(writer.words, case, explanation)):
        out.print(Padding(Text(line, style="" if number else "bold"), (0, 0, 0, 2 * bool(number))))
    for found in proofs:
        _show_proof(out, Layout.of(found))
    out.print(Text(knowledge.notice, style="italic"))


def _show_proof(out: Console, layout: Layout) -> None:
    """The axioms and the steps of a proof; what the checker checks is in the JSON."""
    out.print()
    out.print(Text(f"{holds(layout)}: {manchester(layout.steps[-1].conclusion)}", style="bold"))
    for axiom, name in layout.axioms.items():
        line = f"{name}  {text(axiom_says(axiom))}  [{axiom.file}]"
        out.print(Padding(Text(line, style="dim"), (0, 0, 0, 2)))
    for step in layout.steps:
        said = f"{local_name(step.thing)}: {manchester(step.conclusion)}"
        line = f"{step.number}  {said}  ({', '.join([step.by, *map(str, step.cites)])})"
        out.print(Padding(Text(line), (0, 0, 0, 2)))
