"""The names in a query text: its prologue, and which IRI a name stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import pyoxigraph as ox

from primum.foundation.errors import InvalidQuery, InvalidValue
from primum.use_cases.sparql.lexer import IRI, PREFIXED, Token, place

PROLOGUE: Final = ("BASE", "PREFIX", "VERSION")
"""The keywords of declarations before a query; the last is of SPARQL 1.2."""


class Reference(NamedTuple):
    """An IRI as it is written, which may be relative to a base."""

    written: str
    base: str

    @property
    def iri(self) -> str:
        """The IRI as the engine resolves it, "" for what is none."""
        statement = f"<{self.written}> <urn:p> <urn:o> ."
        try:
            found = ox.parse(statement, format=ox.RdfFormat.TURTLE, base_iri=self.base)
            return str(next(iter(found)).subject.value)
        except (SyntaxError, ValueError):
            return ""


@dataclass(frozen=True, slots=True)
class Naming:
    """The tokens of a query with the base and the prefixes that it declares.

    `declared` maps a prefix, without its colon, to what it stands for.
    """

    text: str
    tokens: Sequence[Token]
    base: str
    declared: Mapping[str, Reference]

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], *, base: str) -> Self:
        """Read the prologue; `base` holds where the query states none."""
        declared: dict[str, Reference] = {}
        at = 0
        while at + 1 < len(tokens) and tokens[at].says(*PROLOGUE):
            if tokens[at].says("VERSION"):
                at += 2
                continue
            of_base = tokens[at].says("BASE")
            end = at + (2 if of_base else 3)
            if end > len(tokens) or tokens[end - 1].kind != IRI:
                break
            stated = Reference(tokens[end - 1].text[1:-1], base)
            if of_base:
                base = stated.iri or base
            else:
                declared[tokens[at + 1].text.partition(":")[0]] = stated
            at = end
        return cls(text, tokens[at:], base, declared)

    def demand_declared(self, known: Mapping[str, str]) -> None:
        """Raise InvalidQuery for the first prefix that is not declared; `known` ones are told."""
        for token in self.tokens:
            if token.kind == PREFIXED and token.text.partition(":")[0] not in self.declared:
                raise self._undeclared(token, known)

    def _undeclared(self, token: Token, known: Mapping[str, str]) -> InvalidQuery:
        """The error of a prefix without declaration: what to write, where it is a known one."""
        line, column = place(self.text, token.start)
        prefix = token.text.partition(":")[0]
        hint = f"Write `PREFIX {prefix}: <{known.get(prefix)}>` before the query."
        if prefix not in known:
            hint = f"Known are {', '.join(f'{name}:' for name in known)}." if known else ""
        return InvalidQuery(
            f"Line {line}, column {column}: the prefix `{prefix}:` is not declared. {hint}".strip(),
            where="query",
            found=token.text,
            allowed=tuple(f"PREFIX {name}: <{iri}>" for name, iri in known.items()),
            line=line,
            column=column,
        )

    def dataset(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The IRIs of the FROM and of the FROM NAMED clauses."""
        graphs, named = [], []
        for at, token in enumerate(self.tokens):
            if token.text == "{":
                break
            if token.says("FROM"):
                following = self.tokens[at + 1 : at + 3]
                if following and following[0].says("NAMED"):
                    named += [self.iri(each) for each in following[1:]]
                else:
                    graphs += [self.iri(each) for each in following[:1]]
        return tuple(filter(None, graphs)), tuple(filter(None, named))

    def iri(self, token: Token) -> str:
        """The IRI that a token stands for, "" for one that stands for none."""
        if token.kind == IRI:
            return Reference(token.text[1:-1], self.base).iri
        prefix, _, local = token.text.partition(":")
        if token.kind != PREFIXED or prefix not in self.declared:
            return ""
        return Reference(self.declared[prefix].iri + local.replace("\\", ""), self.base).iri


def demand_iris(found: Iterable[str], where: str) -> None:
    """Raise InvalidValue for the first of some texts that is no absolute IRI."""
    for each in found:
        try:
            ox.NamedNode(each)
        except ValueError as error:
            raise InvalidValue(
                f"{where} is {each!r}; it takes an absolute IRI.", where=where, found=each
            ) from error
