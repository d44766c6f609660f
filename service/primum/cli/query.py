"""`primum query`: ask a named SPARQL question."""

import click

from primum.cli.console import load, print_json
from primum.cli.tables import FORMATS, write
from primum.foundation.errors import InvalidValue
from primum.knowledge.datasets import served_store
from primum.use_cases.named.answers import ask
from primum.use_cases.named.overview import overview
from primum.use_cases.named.query import Form, NamedQuery
from primum.use_cases.named.questions import Questions

_FOR_GRAPHS = "ttl"
_format = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="ttl is for questions that give a graph.",
)


@click.command()
@click.argument("name", required=False)
@click.option("-p", "pairs", multiple=True, metavar="KEY=VALUE", help="A parameter; repeatable.")
@_format
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--markdown", is_flag=True, help="Describe all questions in Markdown.")
def query(
    *, name: str | None, pairs: tuple[str, ...], form: str, as_json: bool, markdown: bool
) -> None:
    """Ask the named question NAME; without a name, list the questions there are."""
    primum = load()
    questions = Questions.of(primum)
    if markdown:
        click.echo(overview(questions.all.values()), nl=False)
    elif name is None:
        _list(questions, as_json=as_json or form == "json")
    else:
        found = questions.find(name)
        form = "json" if as_json else form
        _demand_graph(found, form)
        text = questions.bind(found, [_pair(pair) for pair in pairs])
        write(form, ask(served_store(primum.release), text))


def _list(questions: Questions, *, as_json: bool) -> None:
    """The questions there are."""
    found = questions.all.values()
    if as_json:
        print_json([{"name": q.name, "title": q.title, "question": q.question} for q in found])
        return
    width = max(len(query.name) for query in found)
    for query in found:
        click.echo(f"{query.name:<{width}}  {query.title}")


def _demand_graph(query: NamedQuery, form: str) -> None:
    """Refuse to write a table as a graph."""
    if form == _FOR_GRAPHS and query.form is not Form.CONSTRUCT:
        formats = tuple(name for name in FORMATS if name != _FOR_GRAPHS)
        raise InvalidValue(
            f"The query {query.name} gives no graph, so --format is one of {', '.join(formats)}.",
            where="--format",
            found=form,
            allowed=formats,
        )


def _pair(text: str) -> tuple[str, str]:
    """A parameter and its value."""
    key, equals, value = text.partition("=")
    if not equals:
        raise InvalidValue(f"-p takes KEY=VALUE; {text!r} has no =.", where="-p", found=text)
    return key, value
