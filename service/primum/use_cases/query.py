"""Named questions: SPARQL files whose parameters are bound as terms, never as text.

A file is a complete query that runs as it stands: each parameter is a `VALUES ?name { ... }` block
with an example in it. To ask about something else, the block's contents are replaced by terms as
the RDF library writes them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import InvalidValue, KnowledgeNotFound, UnknownName, UnknownParameter
from primum.foundation.names import RDF
from primum.knowledge.locate import Place

NOTHING: Final = ox.NamedNode(RDF + "nil")
_BLOCK = re.compile(r"VALUES \?(?P<name>\w+) {[^{}]*}")
_HEADER = re.compile(r"^# (title|description|param (?P<name>\w+)): (?P<text>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that can be asked by name; `parameters` maps each to what it means."""

    name: str
    title: str
    description: str
    parameters: Mapping[str, str]
    text: str

    def bind(self, terms: Mapping[str, Sequence[ox.NamedNode | ox.Literal]]) -> str:
        """The query about these terms; an empty list stands for none at all.

        Raises UnknownParameter for a name that the query does not have, and InvalidValue for a
        parameter that is left out, unless its example in the file is `rdf:nil`: then it may be.
        """
        for name in terms:
            if name not in self.parameters:
                raise UnknownParameter(
                    f"The query {self.name} has no parameter {name!r}; "
                    f"it has {', '.join(self.parameters) or 'none'}.",
                    where=name,
                    found=name,
                    allowed=tuple(self.parameters),
                )
        missing = [name for name in self.parameters if name not in {*terms, *self._optional()}]
        if missing:
            raise InvalidValue(
                f"The query {self.name} needs {', '.join(missing)}.",
                where=missing[0],
                allowed=tuple(self.parameters),
            )

        def block(found: re.Match[str]) -> str:
            """Write a block of the file with the terms given for it, all blocks in one pass."""
            if found["name"] not in terms:
                return found[0]
            written = " ".join(str(term) for term in terms[found["name"]] or (NOTHING,))
            return f"VALUES ?{found['name']} {{ {written} }}"

        return _BLOCK.sub(block, self.text)

    def _optional(self) -> set[str]:
        """The parameters that may be left out."""
        return {n for n in self.parameters if f"VALUES ?{n} {{ rdf:nil }}" in self.text}


def named_queries(place: Place) -> dict[str, NamedQuery]:
    """The named questions of a place, by name."""
    files = sorted((place.queries / "ask").glob("*.rq"))
    return {path.stem: _read(path) for path in files}


def find_query(place: Place, name: str) -> NamedQuery:
    """The question of a name; raises UnknownName with the names there are."""
    known = named_queries(place)
    if name not in known:
        raise UnknownName(
            f"No query is called {name!r}. There are {', '.join(known)}.",
            where="name",
            found=name,
            allowed=tuple(known),
        )
    return known[name]


def _read(path: Path) -> NamedQuery:
    """A question from its file; raises KnowledgeNotFound where its header is incomplete."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    parameters: dict[str, str] = {}
    for match in _HEADER.finditer(text):
        if match["name"]:
            parameters[match["name"]] = match["text"]
        else:
            header[match[1]] = match["text"]
    if header.keys() != {"title", "description"}:
        raise KnowledgeNotFound(f"{path}: the header states no title or no description.")
    return NamedQuery(path.stem, header["title"], header["description"], parameters, text)


def overview(queries: Mapping[str, NamedQuery]) -> str:
    """The named questions as Markdown, as `queries/README.md` shows them."""
    lines = []
    for query in queries.values():
        lines += [f"## `{query.name}`", "", f"{query.title}. {query.description}", ""]
        lines += [f"- `{name}`: {meaning}" for name, meaning in query.parameters.items()]
        lines.append("")
    return "\n".join(lines)


def select(store: ox.Store, text: str) -> tuple[list[str], Iterator[list[str | None]]]:
    """Column names and rows of a SELECT over all graphs of a store; terms as plain text."""
    result = store.query(text, use_default_graph_as_union=True)
    if not isinstance(result, ox.QuerySolutions):
        raise UnknownName("Only SELECT queries are answered here.", where="query")
    names = [variable.value for variable in result.variables]
    rows = ([None if term is None else _plain(term) for term in solution] for solution in result)
    return names, rows


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term without its syntax."""
    return str(term) if isinstance(term, ox.Triple) else term.value
