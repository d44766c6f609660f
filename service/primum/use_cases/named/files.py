"""From a file in `queries/ask/` to a named question; what is broken is refused with its line."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import QuestionError
from primum.foundation.names import Datatype
from primum.use_cases.named.header import Header, fault, read_header
from primum.use_cases.named.query import BLOCK, NOTHING, Form, NamedQuery, Parameter, Value
from primum.use_cases.named.types import Reader

TRIPLE: Final = ("subject", "predicate", "object")
_PREFIX: Final = re.compile(r"^PREFIX .*$", re.MULTILINE)
_PLACE: Final = re.compile(r"error at (?P<line>\d+):")
_NUMBERS: Final = (Datatype.DECIMAL, Datatype.INTEGER)


def read_query(path: Path, reader: Reader) -> NamedQuery:
    """The question in a file.

    Raises UnreadableFile with file and line where the header is broken, the query does not parse,
    header and `VALUES ?name { ... }` blocks do not have the same parameters, or a block does not
    hold the example of its parameter (or `rdf:nil`, where that may be left out).
    """
    text = _text(path)
    header = read_header(path, text)
    form, columns = _form(path, text)
    _check_blocks(path, text, header, reader)
    return NamedQuery(
        name=path.stem,
        title=header.title,
        question=header.question,
        about=header.about,
        users=header.users,
        parameters=header.parameters,
        text=text,
        form=form,
        columns=columns,
    )


def _text(path: Path) -> str:
    """What stands in a file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise fault(path, 1, f"The file is no UTF-8: {error}.") from error


def _form(path: Path, text: str) -> tuple[Form, tuple[str, ...]]:
    """What a query gives, and the columns of its table."""
    try:
        found = ox.Store().query(text)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        raise fault(path, int(place["line"]) if place else 1, f"{error}.") from error
    if isinstance(found, ox.QuerySolutions):
        return Form.SELECT, tuple(variable.value for variable in found.variables)
    if isinstance(found, ox.QueryBoolean):
        return Form.ASK, ()
    return Form.CONSTRUCT, TRIPLE


def _check_blocks(path: Path, text: str, header: Header, reader: Reader) -> None:
    """Refuse a file whose blocks are not those of its parameters."""
    parameters = {parameter.name: parameter for parameter in header.parameters}
    unused = dict(header.lines)
    for line, found in _blocks(text):
        name = found["name"]
        if name not in parameters:
            says = f"VALUES ?{name} has no param in the header; a list is VALUES (?{name}) {{ }}."
            raise fault(path, line, says)
        unused.pop(name, None)
        _check_example(path, header.lines[name], parameters[name], reader, _terms(text, found))
    for name, line in unused.items():
        raise fault(path, line, f"the parameter {name} has no block VALUES ?{name} {{ }}.")


def _blocks(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The blocks of a query, each with its line."""
    for found in BLOCK.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found


def _terms(text: str, block: re.Match[str]) -> list[Value]:
    """The terms that a block holds."""
    prologue = "\n".join(_PREFIX.findall(text))
    rows = ox.Store().query(f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {block['terms']} }} }}")
    found = [row["x"] for row in rows] if isinstance(rows, ox.QuerySolutions) else []
    return [term for term in found if isinstance(term, ox.NamedNode | ox.Literal)]


def _check_example(
    path: Path, line: int, parameter: Parameter, reader: Reader, held: list[Value]
) -> None:
    """Refuse a block that does not hold the examples of its parameter."""
    try:
        examples = [
            reader.read(parameter.type, example, where=parameter.name)
            for example in parameter.examples
        ]
    except QuestionError as error:
        raise fault(path, line, str(error)) from error
    nothing = parameter.optional and held == [NOTHING]
    if not nothing and [_worth(term) for term in held] != [_worth(term) for term in examples]:
        says = f"VALUES ?{parameter.name} does not hold {', '.join(map(str, examples))}."
        raise fault(path, line, says)


def _worth(term: Value) -> tuple[str, Decimal] | Value:
    """A term as it is compared: numbers by their value."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return term.datatype.value, Decimal(term.value)
    return term
