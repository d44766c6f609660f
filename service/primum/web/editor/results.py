"""What a query found, as a page shows it: a table of terms, yes or no, or the text of a graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from primum.foundation.names import BASE, XSD, shorten
from primum.use_cases.terms.refs import path

_ROWS: Final = 1000
_CELLS: Final = 20_000
_CELL_CHARACTERS: Final = 2000
_CHARACTERS: Final = 200_000
_JSON: Final = "application/sparql-results+json"
_LINKED: Final = ("http://", "https://")
_STRING: Final = XSD + "string"


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a table: its text, where it leads, and the language or datatype of a literal."""

    text: str
    link: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table; `total` counts all of them. An unbound variable is None."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell | None]]
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What an ASK query finds."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The beginning of a graph as it is written; `whole` where nothing follows."""

    text: str
    whole: bool


Found = Table | Answer | Text


class _Term(msgspec.Struct):
    """A term of SPARQL 1.1 Query Results JSON; that of a quoted triple is a mapping."""

    type: str
    value: str | Mapping[str, "_Term"]
    language: str = msgspec.field(default="", name="xml:lang")
    datatype: str = ""


class _Head(msgspec.Struct):
    """The head of a document."""

    vars: list[str] = msgspec.field(default_factory=list)


class _Results(msgspec.Struct):
    """The rows of a document, unread: of many, few are shown."""

    bindings: list[msgspec.Raw] = msgspec.field(default_factory=list)


class _Document(msgspec.Struct):
    """SPARQL 1.1 Query Results JSON, section 3."""

    head: _Head
    results: _Results = msgspec.field(default_factory=_Results)
    boolean: bool | None = None


_READER: Final = msgspec.json.Decoder(_Document)
_ROW_READER: Final = msgspec.json.Decoder(dict[str, _Term])


def read_found(body: bytes, media: str, *, here: bool = False) -> Found:
    """What a document says that a worker answered with: SPARQL results as JSON, or a graph.

    `here` says whether terms of the base IRI have their pages on this service.
    """
    if media.partition(";")[0].strip() != _JSON:
        return _text(body.decode())
    document = _READER.decode(body)
    if document.boolean is not None:
        return Answer(document.boolean)
    columns, bindings = document.head.vars, document.results.bindings
    shown = min(_ROWS, max(1, _CELLS // max(1, len(columns))))
    rows = [_row(columns, _ROW_READER.decode(each), here=here) for each in bindings[:shown]]
    return Table(columns, rows, total=len(bindings))


def _text(text: str) -> Text:
    """A graph, cut after a line where it is long."""
    if len(text) <= _CHARACTERS:
        return Text(text, whole=True)
    shown, _, _ = text[:_CHARACTERS].rpartition("\n")
    return Text(shown, whole=False)


def _row(columns: Sequence[str], binding: Mapping[str, _Term], *, here: bool) -> list[Cell | None]:
    """A row in the order of the columns."""
    return [_cell(binding[name], here=here) if name in binding else None for name in columns]


def _cell(term: _Term, *, here: bool = False) -> Cell:
    """A term as a person reads it."""
    if not isinstance(term.value, str):
        parts = (_cell(term.value[name]).text for name in ("subject", "predicate", "object"))
        return Cell(f"<< {' '.join(parts)} >>")
    match term.type:
        case "uri":
            return Cell(_cut(shorten(term.value)), link=_link(term.value, here=here))
        case "bnode":
            return Cell(f"_:{term.value}")
        case _:
            kind = "" if term.datatype in ("", _STRING) else shorten(term.datatype)
            return Cell(_cut(term.value), language=term.language, datatype=kind)


def _link(iri: str, *, here: bool) -> str:
    """Where an IRI leads: to its page here, to the web, or nowhere."""
    if here and iri.startswith(BASE):
        return f"/{path(iri)}"
    return iri if iri.startswith(_LINKED) else ""


def _cut(text: str) -> str:
    """A text, or its beginning where it is long."""
    return text if len(text) <= _CELL_CHARACTERS else f"{text[:_CELL_CHARACTERS]}…"
