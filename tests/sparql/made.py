"""Terms, rows and datasets for tests of what evaluates queries: nasty ones, from small pools."""

import io
from collections.abc import Iterable

import pyoxigraph as ox
from hypothesis import strategies as st

from primum.foundation.names import XSD
from primum.knowledge.datasets import Dataset
from primum.use_cases.sparql.exchange import Asked, Failed
from primum.use_cases.sparql.formats import BY_NAME
from primum.use_cases.sparql.running import Runner

EX = "urn:x:"
RESULT_NAMES = ("json", "xml", "csv", "tsv")
GRAPH_NAMES = ("ttl", "nt", "nq", "rdf", "jsonld", "trig")
Rows = list[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]


def iri(name: object) -> ox.NamedNode:
    """An IRI by its last part."""
    return ox.NamedNode(f"{EX}{name}")


def typed(text: str, datatype: str) -> ox.Literal:
    """A literal of a datatype of XML Schema, or of an IRI."""
    whole = datatype if ":" in datatype else XSD + datatype
    return ox.Literal(text, datatype=ox.NamedNode(whole))


def kept(literal: ox.Literal) -> ox.Literal:
    """What a store gives back for a literal."""
    store = ox.Store()
    store.add(ox.Quad(iri("s"), iri("p"), literal))
    (found,) = (quad.object for quad in store)
    assert isinstance(found, ox.Literal)
    return found


# --- What may stand in a result ------------------------------------------------------------------

_NASTY = (
    *('"', "'", "\n", "\r\n", "\r", "\t", "\\", "\\n", ",", ";", '""', '",', '"\n"', "a\nb,c"),
    *('},{"', '"}]}}', "<result>", "</result>", "]]>", "&amp;", "&", "<", "\u2028", "\u0085"),
    *("?x", " ", " a ", "_:b", "<urn:x>", "true", "01", "1.0", "é", "😀", "\u200f", "%0A", ""),
)
_CONTROLS = ("\x00", "\x01", "\x08", "\x1f", "\x7f", "\ufffe", "\uffff")
_XML_LETTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*map(chr, set(range(32)) - {9, 10, 13}), "\ufffe", "\uffff"],
)
texts: st.SearchStrategy[str] = st.one_of(
    st.sampled_from(_NASTY), st.text(_XML_LETTERS, max_size=12)
)
"""Texts that XML can say, though not easily."""
all_texts = texts | st.sampled_from(_CONTROLS) | st.text(max_size=8)
_iris = st.sampled_from(
    [*map(iri, ("s", "p&q", "é", "a'b", "1")), ox.NamedNode("http://e.org/?a=b")]
)
_blanks = st.sampled_from([ox.BlankNode(label) for label in ("b", "b0", "x.y", "0", "x0")])
_TYPED = (
    *(("01", "integer"), ("+5", "integer"), ("-3", "negativeInteger"), ("7", "int"), ("x", "int")),
    *(("1.0", "decimal"), (".5", "decimal"), ("1.", "decimal"), ("1e0", "double"), ("7", "byte")),
    *((".5E-3", "double"), ("1.e5", "double"), ("INF", "double"), ("NaN", "float"), ("1", "float")),
    *(("1", "boolean"), ("true", "boolean"), ("TRUE", "boolean"), ("2020-01-01Z", "date")),
    *(("2020-01-01T24:00:00", "dateTime"), ("PT36H", "duration"), (" 1 ", "integer"), ("", "int")),
)
typed_literals = st.sampled_from([typed(*each) for each in _TYPED])
"""Literals of XML Schema, many of them written otherwise than a store writes them."""


def literals(of: st.SearchStrategy[str]) -> st.SearchStrategy[ox.Literal]:
    """Literals of some texts, with and without language, direction and datatype."""
    return st.one_of(
        st.builds(ox.Literal, of),
        st.builds(lambda text: ox.Literal(text, language="en-gb"), of),
        st.builds(lambda text: ox.Literal(text, language="he", direction=ox.BaseDirection.RTL), of),
        st.builds(lambda text: typed(text, "urn:x:a&b'c"), of),
        typed_literals,
    )


def terms(
    of: st.SearchStrategy[str],
) -> st.SearchStrategy[ox.NamedNode | ox.BlankNode | ox.Literal]:
    """Terms of any kind."""
    return st.one_of(_iris, _blanks, literals(of))


def triples(of: st.SearchStrategy[str]) -> st.SearchStrategy[ox.Triple]:
    """Triples of any kind."""
    return st.builds(ox.Triple, _iris | _blanks, _iris, terms(of))


def quads(of: st.SearchStrategy[str]) -> st.SearchStrategy[ox.Quad]:
    """Triples of any kind in one of three graphs, or in the default one."""
    graphs = st.sampled_from([ox.DefaultGraph(), *map(iri, "abc")])
    return st.builds(lambda t, g: ox.Quad(t.subject, t.predicate, t.object, g), triples(of), graphs)


def tables(
    of: st.SearchStrategy[str], *, nested: bool = True
) -> st.SearchStrategy[tuple[list[str], Rows]]:
    """The variables and rows of results; `nested` ones have triples as values, too."""
    cells = st.one_of(st.none(), terms(of), *([triples(of)] if nested else []))

    def with_rows(names: list[str]) -> st.SearchStrategy[tuple[list[str], Rows]]:
        row = st.tuples(*[cells] * len(names))
        return st.tuples(st.just(names), st.lists(row, max_size=6))

    return st.sampled_from([["x"], ["x", "y"], ["é", "a_1", "z"]]).flatmap(with_rows)


# --- Asking in this process ----------------------------------------------------------------------


def runner(found: Iterable[ox.Quad] = ()) -> Runner:
    """What evaluates queries over some quads."""
    store = ox.Store()
    store.extend(found)
    return Runner(Dataset(store))


def asked(query: str, form: str = "json", **graphs: tuple[str, ...]) -> Asked:
    """A question, with the `graphs` and `named` ones of its dataset."""
    return Asked(query, form, f"{EX}base", graphs.get("graphs"), graphs.get("named"))


def whole(of: Runner, query: str, form: str = "json", **graphs: tuple[str, ...]) -> bytes:
    """The result of a query that has one."""
    found = of.whole(asked(query, form, **graphs))
    assert isinstance(found, bytes), found
    return found


def failed(of: Runner, query: str, form: str = "json", **graphs: tuple[str, ...]) -> Failed:
    """Why a query has no result."""
    found = of.whole(asked(query, form, **graphs))
    assert isinstance(found, Failed), found
    return found


def rows(of: Runner, query: str, **graphs: tuple[str, ...]) -> Rows:
    """The rows of a result."""
    return table(whole(of, query, "json", **graphs), "json")[1]


def table(body: bytes, form: str) -> tuple[list[str], Rows]:
    """The variables and rows of a written result, read by the engine."""
    engine = BY_NAME[form].engine
    assert isinstance(engine, ox.QueryResultsFormat)
    found = ox.parse_query_results(body, format=engine)
    assert isinstance(found, ox.QuerySolutions)
    return [each.value for each in found.variables], [tuple(row) for row in found]


def graph(body: bytes, form: str) -> set[ox.Triple]:
    """The triples of a written graph, read by the engine."""
    engine = BY_NAME[form].engine
    assert isinstance(engine, ox.RdfFormat)
    return {quad.triple for quad in ox.parse(body, format=engine)}


def by_engine(body: bytes, form: str) -> bytes:
    """A result in JSON as the engine itself writes it in another format."""
    engine = BY_NAME[form].engine
    assert isinstance(engine, ox.QueryResultsFormat)
    found, held = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON), io.BytesIO()
    found.serialize(held, format=engine)
    return held.getvalue()
