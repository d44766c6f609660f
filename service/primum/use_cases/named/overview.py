"""The named questions in Markdown, as `queries/README.md` shows them."""

from collections.abc import Iterable

from primum.use_cases.named.query import Form, NamedQuery, Parameter
from primum.use_cases.named.types import TYPES

_TIMES = {
    (False, False): "",
    (True, False): ", may be left out",
    (True, True): ", any number of times or none",
    (False, True): ", once or several times",
}


def overview(queries: Iterable[NamedQuery]) -> str:
    """A list of the questions, the types of their parameters, and a section for each."""
    found = tuple(queries)
    lines = ["## The questions", "", "| name | what it asks |", "| --- | --- |"]
    lines += [f"| [`{query.name}`](#{query.name}) | {query.question} |" for query in found]
    lines += ["", "Types of parameters:", "", "| type | what may be given |", "| --- | --- |"]
    used = {parameter.type for query in found for parameter in query.parameters}
    lines += [f"| {kind} | {says} |" for kind, says in TYPES.items() if kind in used]
    lines.append("")
    for query in found:
        lines += _section(query)
    return "\n".join(lines)


def _section(query: NamedQuery) -> list[str]:
    """What one question asks, takes and gives."""
    lines = [f"### `{query.name}`", "", f"**{query.title}.** {query.question}", ""]
    lines += [query.about, ""] if query.about else []
    lines += [f"- {parameter_line(parameter)}" for parameter in query.parameters]
    lines += [f"- gives {_given(query)}; for {', '.join(query.users)}", ""]
    return lines


def parameter_line(parameter: Parameter) -> str:
    """A parameter with its type, how often it may be given, and an example."""
    times = _TIMES[parameter.optional, parameter.repeatable]
    examples = " ".join(f"`-p {parameter.name}={example}`" for example in parameter.examples)
    return f"`{parameter.name}` ({parameter.type}{times}): {parameter.meaning}, {examples}"


def _given(query: NamedQuery) -> str:
    """What a question gives."""
    if query.form is Form.CONSTRUCT:
        return "a graph"
    if query.form is Form.ASK:
        return "true or false"
    return ", ".join(f"`{column}`" for column in query.columns)
