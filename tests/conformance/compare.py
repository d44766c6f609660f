"""Whether two answers are the same, up to the names of blank nodes.

Rows are compared as a bag, graphs as sets. RDF terms are compared by datatype and value, or,
where exactness is asked for, as they are written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox
from tests.conformance.answers import Answer, Row, Table, Term, Triples
from tests.conformance.values import as_value, as_written

_SHOWN = 3
_VARIABLE = "urn:variable:"
_TIMES = ox.NamedNode("urn:times")
_Cells = frozenset[tuple[str, Term]]
_Member = TypeVar("_Member", _Cells, ox.Quad)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What tells an answer from the expected one: by value, and as it is written."""

    by_value: str | None = None
    as_written: str | None = None


def compared(expected: Answer, found: Answer) -> Comparison:
    """Compare an answer with the expected one, both ways."""
    return Comparison(
        by_value=_difference(_mapped(expected, as_value), _mapped(found, as_value)),
        as_written=_difference(_mapped(expected, as_written), _mapped(found, as_written)),
    )


def _mapped(answer: Answer, change: Callable[[ox.Literal], ox.Literal]) -> Answer:
    """An answer with its literals changed."""

    def changed(term: Term) -> Term:
        return change(term) if isinstance(term, ox.Literal) else term

    if isinstance(answer, Table):
        rows = ({name: changed(term) for name, term in row.items()} for row in answer.rows)
        return Table(answer.variables, tuple(rows))
    if isinstance(answer, Triples):
        triples = (ox.Triple(s, p, changed(o)) for s, p, o in answer.triples)
        return Triples(frozenset(triples))
    return answer


def _difference(expected: Answer, found: Answer) -> str | None:
    """What tells two answers apart, or nothing."""
    if isinstance(expected, Table) and isinstance(found, Table):
        return _tables(expected, found)
    if isinstance(expected, Triples) and isinstance(found, Triples):
        return _graphs(expected.triples, found.triples)
    if isinstance(expected, bool) and expected is found:
        return None
    return f"expected {_kind(expected)}, found {_kind(found)}"


def _kind(answer: Answer) -> str:
    """What kind of answer this is."""
    if isinstance(answer, bool):
        return str(answer).lower()
    return "a table" if isinstance(answer, Table) else "a graph"


def _tables(expected: Table, found: Table) -> str | None:
    """What tells two tables apart: first what can be said without blank nodes."""
    if sorted(expected.variables) != sorted(found.variables):
        wanted, got = (" ".join(table.variables) for table in (expected, found))
        return f"expected the variables {wanted}, found {got}"
    wanted_ground, wanted_open = _bags(expected.rows)
    found_ground, found_open = _bags(found.rows)
    if told := _told(wanted_ground, found_ground):
        return told
    if _canonical(_described(wanted_open)) == _canonical(_described(found_open)):
        return None
    return "blank nodes differ; " + (_told(wanted_open, found_open) or "they are shared otherwise")


def _graphs(expected: Iterable[ox.Triple], found: Iterable[ox.Triple]) -> str | None:
    """What tells two graphs apart."""
    wanted, got = (_canonical(ox.Quad(*triple) for triple in each) for each in (expected, found))
    return _told(Counter(wanted), Counter(got))


def _bags(rows: Iterable[Row]) -> tuple[Counter[_Cells], Counter[_Cells]]:
    """How often each row comes: those without blank nodes, and those with some."""
    bag = Counter(frozenset(row.items()) for row in rows)
    opened = {row: times for row, times in bag.items() if any(_has_blank(t) for _, t in row)}
    return bag - Counter(opened), Counter(opened)


def _has_blank(term: Term) -> bool:
    """Whether a term is a blank node, or a triple with one in it."""
    return isinstance(term, ox.BlankNode) or (
        isinstance(term, ox.Triple) and any(map(_has_blank, term))
    )


def _described(rows: Counter[_Cells]) -> Iterator[ox.Quad]:
    """Rows as a graph: two bags of rows are the same where their graphs are isomorphic."""
    for row, times in rows.items():
        node = ox.BlankNode()
        yield ox.Quad(node, _TIMES, ox.Literal(times))
        for name, term in row:
            yield ox.Quad(node, ox.NamedNode(_VARIABLE + name), term)


def _canonical(quads: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
    """A graph with its blank nodes named by what is said of them (RDFC-1.0)."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def _told(expected: Counter[_Member], found: Counter[_Member]) -> str | None:
    """What is missing and what is too much, a few of each."""
    parts = (("missing", expected - found), ("not expected", found - expected))
    return "; ".join(f"{what}: {_some(bag)}" for what, bag in parts if bag) or None


def _some(bag: Counter[_Member]) -> str:
    """A few members of a bag."""
    shown = sorted(map(_shown, bag.elements()))
    more = [f"… ({len(shown)} in all)"] if len(shown) > _SHOWN else []
    return ", ".join(shown[:_SHOWN] + more)


def _shown(member: _Cells | ox.Quad) -> str:
    """A row or a statement as text."""
    if isinstance(member, ox.Quad):
        return str(member)
    return " ".join(sorted(f"?{name}={term}" for name, term in member))
