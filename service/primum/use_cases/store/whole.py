"""A result from a server elsewhere, whole: within the limits of results, and well formed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec
import pyoxigraph as ox

from primum.use_cases.sparql.exchange import MOST_ROWS
from primum.use_cases.sparql.formats import BY_NAME, GRAPHS, ROWS, Format
from primum.use_cases.sparql.outputs import Overflow, Whole
from primum.use_cases.sparql.running import write_graph
from primum.use_cases.sparql.screening import MOST_NESTING
from primum.use_cases.sparql.writable import XmlOnly
from primum.use_cases.store import rows
from primum.use_cases.store.rows import Unfit

Pieces = Iterable[bytes]
Reader = Callable[[Pieces], Iterator[bytes]]
_READERS: Final[dict[str, tuple[str, Reader]]] = {
    "json": ("json", rows.json),
    "xml": ("xml", rows.xml),
    "tsv": ("tsv", rows.tsv),
    "csv": ("tsv", rows.csv),
    **dict.fromkeys((form.name for form in GRAPHS), ("nt", rows.triples)),
}
"""By format: the format to ask the server for, and how what comes is read."""
_STREAMED: Final = frozenset(f.name for f in ROWS) | {"nt", "nq", "ttl", "trig"}
"""The formats that can be written while a result arrives; any N-Triples are Turtle too."""
_BY_LINE: Final = {"tsv": "rows", "nt": "triples"}
"""What a line is in the formats where it is something."""
_MOST_RAW: Final = 32_000_000
_NESTED: Final = b"<<("


class _Results(msgspec.Struct, frozen=True):
    bindings: tuple[dict[str, msgspec.Raw], ...]


class _Answer(msgspec.Struct, frozen=True):
    """A result in JSON: rows, or yes or no."""

    head: msgspec.Raw
    results: _Results | None = None
    boolean: bool | None = None


def asked_for(name: str) -> Format:
    """The format that a server is asked for where a result is to be in the format of a name."""
    return BY_NAME[_READERS[name][0]]


def is_streamed(name: str) -> bool:
    """Whether a result in the format of a name can be written while it arrives."""
    return name in _STREAMED


def passed_on(pieces: Pieces, name: str) -> Iterator[bytes]:
    """A result in a format, while it arrives; raises Unfit where it breaks off or is none."""
    return _READERS[name][1](pieces)


def whole(pieces: Pieces, name: str) -> bytes:
    """A whole result in a format.

    Raises Overflow beyond the limits, Unfit where it is none, and ValueError where the format
    cannot say it.
    """
    if what := _BY_LINE.get(asked_for(name).name):
        pieces = _few(pieces, what)
    kept, found = Whole(), passed_on(pieces, name)
    if (form := BY_NAME[name]).is_graph:
        to = XmlOnly(kept) if form.engine == ox.RdfFormat.RDF_XML else kept
        write_graph(_triples(found), to, form.engine, MOST_ROWS)  # type: ignore[arg-type]
        return kept.getvalue()
    for piece in found:
        kept.write(piece)
    if name == "json":
        _demand_answer(kept.getvalue())
    return kept.body(name)


def _few(pieces: Pieces, what: str) -> Iterator[bytes]:
    """Some pieces, as long as they have no more lines than a result may have; raises Overflow."""
    lines = 0
    for piece in pieces:
        lines += piece.count(b"\n")
        if lines > MOST_ROWS + 1:  # the header is a line
            raise Overflow(f"The result has more than {MOST_ROWS} {what}.")
        yield piece


def _demand_answer(body: bytes) -> None:
    """Raise Unfit where a body is no result in JSON."""
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unfit("what is no result in JSON") from error
    if (answer.results is None) == (answer.boolean is None):
        raise Unfit("JSON that is neither rows nor a truth value")


def _triples(pieces: Pieces) -> Iterator[ox.Triple]:
    """The triples in N-Triples, none nested so deeply that reading it would overflow a stack."""
    raw = bytearray()
    for piece in pieces:
        raw += piece
        if len(raw) > _MOST_RAW:
            raise Overflow(f"The result has more than {_MOST_RAW} bytes.")
    deepest = max((line.count(_NESTED) for line in raw.split(b"\n")), default=0)
    if deepest > MOST_NESTING:
        raise Unfit("triples that are nested too deeply")
    try:
        for quad in ox.parse(bytes(raw), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple
    except SyntaxError as error:
        raise Unfit("what are no triples") from error
