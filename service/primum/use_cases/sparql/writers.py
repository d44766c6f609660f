"""Rows as JSON, XML, CSV and TSV (SPARQL 1.1 Query Results), where the engine cannot write them.

The engine writes only rows that it has found itself, not such as were changed since.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Final
from xml.sax.saxutils import escape

import pyoxigraph as ox

from primum.foundation.names import ITS, RESULTS, Datatype
from primum.use_cases.sparql.restoring import Row, Term

_MOST_KEPT: Final = 10_000
_PLAIN: Final = {
    Datatype.INTEGER: re.compile(r"[+-]?[0-9]+"),
    Datatype.DECIMAL: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    Datatype.DOUBLE: re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    Datatype.BOOLEAN: re.compile("true|false"),
}
"""How values look that TSV writes without quotes and datatype."""
_REFERENCES: Final = {
    **{'"': "&quot;", "'": "&apos;"},
    **{sign: f"&#{ord(sign)};" for sign in "\t\n\r"},
}
_ENDING: Final = re.compile(r'[",\r\n]')
_QUOTE: Final = '"'
_SPACE, _REFERENCE = " ", "&#32;"


def write(to: IO[bytes], name: str, variables: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows in the format of a name: `json`, `xml`, `csv` or `tsv`."""
    for piece in _WRITERS[name](variables, rows):
        to.write(piece.encode())


def _json(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results JSON Format."""
    yield f'{{"head":{{"vars":{_dumped(list(variables))}}},"results":{{"bindings":['
    cell, between = _kept(lambda term: _dumped(_in_json(term))), ""
    names = [_dumped(name) for name in variables]
    for row in rows:
        cells = (f"{n}:{cell(t)}" for n, t in zip(names, row, strict=True) if t is not None)
        yield f"{between}{{{','.join(cells)}}}"
        between = ","
    yield "]}}"


def _dumped(document: object) -> str:
    """Some JSON, as short as it can be."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _in_json(term: Term) -> dict[str, object]:
    """A term in JSON."""
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Triple(subject=s, predicate=p, object=o):
            parts = {"subject": _in_json(s), "predicate": _in_json(p), "object": _in_json(o)}
            return {"type": "triple", "value": parts}
    return {"type": "literal", "value": term.value, **_tags(term)}


def _tags(literal: ox.Literal) -> dict[str, str]:
    """Language, direction and datatype of a literal, those that have to be told."""
    if literal.direction:
        return {"xml:lang": literal.language or "", "its:dir": str(literal.direction)}
    if literal.language:
        return {"xml:lang": literal.language}
    datatype = literal.datatype.value
    return {} if datatype == Datatype.STRING else {"datatype": datatype}


def _xml(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL Query Results XML Format."""
    head = "".join(f'<variable name="{_escaped(name)}"/>' for name in variables)
    yield f'<?xml version="1.0"?><sparql xmlns="{RESULTS}"><head>{head}</head><results>'
    cell = _kept(_in_xml)
    names = [_escaped(name) for name in variables]
    for row in rows:
        cells = (
            f'<binding name="{n}">{cell(t)}</binding>'
            for n, t in zip(names, row, strict=True)
            if t is not None
        )
        yield f"<result>{''.join(cells)}</result>"
    yield "</results></sparql>"


def _in_xml(term: Term) -> str:
    """A term in XML."""
    match term:
        case ox.NamedNode():
            return f"<uri>{_escaped(term.value)}</uri>"
        case ox.BlankNode():
            return f"<bnode>{_escaped(term.value)}</bnode>"
        case ox.Triple(subject=s, predicate=p, object=o):
            parts = {"subject": s, "predicate": p, "object": o}
            inner = "".join(f"<{part}>{_in_xml(each)}</{part}>" for part, each in parts.items())
            return f"<triple>{inner}</triple>"
    tags = "".join(f' {name}="{_escaped(text)}"' for name, text in _tags(term).items())
    if term.direction:
        tags += f' xmlns:its="{ITS}" its:version="2.0"'
    return f"<literal{tags}>{_escaped(term.value)}</literal>"


def _escaped(text: str) -> str:
    """Some text of an element or attribute, whose white space no reader normalises or trims."""
    found = escape(text, _REFERENCES)
    if found[:1] == _SPACE:
        found = _REFERENCE + found[1:]
    return found[:-1] + _REFERENCE if found[-1:] == _SPACE else found


def _csv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results CSV: values alone, without their syntax."""
    yield ",".join(map(_in_csv, variables)) + "\r\n"
    for row in rows:
        yield ",".join("" if term is None else _in_csv(_value(term)) for term in row) + "\r\n"


def _in_csv(text: str) -> str:
    """A value, in quotes where it would otherwise end too early."""
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _ENDING.search(text) else text


def _value(term: Term) -> str:
    """A term in CSV."""
    if isinstance(term, ox.Triple):
        return " ".join(map(_value, (term.subject, term.predicate, term.object)))
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _tsv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 Query Results TSV: terms in the syntax of Turtle."""
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    cell = _kept(_in_tsv)
    for row in rows:
        yield "\t".join("" if term is None else cell(term) for term in row) + "\n"


def _in_tsv(term: Term) -> str:
    """A term in TSV."""
    if isinstance(term, ox.Triple):
        inner = " ".join(map(_in_tsv, (term.subject, term.predicate, term.object)))
        return f"<<( {inner} )>>"
    if isinstance(term, ox.Literal):
        form = _PLAIN.get(term.datatype.value)
        if form is not None and form.fullmatch(term.value):
            return term.value
    return str(term)


def _kept(write_term: Callable[[Term], str]) -> Callable[[Term], str]:
    """A writer of terms that keeps what it wrote: most rows are made of the same few terms."""
    known: dict[Term, str] = {}

    def written(term: Term) -> str:
        """The term as it was written before, if it was."""
        found = known.get(term)
        if found is None:
            found = write_term(term)
            if len(known) < _MOST_KEPT:
                known[term] = found
        return found

    return written


_WRITERS: Final[dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
