"""Valid queries of every shape, drawn word by word, and what may stand between the words."""

from collections.abc import Callable

from hypothesis import strategies as st

Words = list[str]
Draw = Callable[[st.SearchStrategy[Words]], Words]

PROLOGUE = ["PREFIX", "a:", "<urn:a:>", "prefix", ":", "<urn:x:>"]
_VARIABLES = ("?x", "?y", "$z", "?\u00e9t\u00e9", "?SERVICE", "?_1")
_IRIS = (
    "<urn:i>",
    "<http://a.example/#f?q>",
    "<r/e/l>",
    "<\u00e9>",
    "<\\u0041b>",
    "a:b",
    "a:b.c-d",
)
_NAMES = (":", ":x", "a:", "a:%41", "a:\\~z", "a:1", "a:service", *_IRIS)
_STRINGS = (
    *('"s"', "'t'", '""', "''", '"a\\"b"', "'\\\\'", '"# no comment"', '"SERVICE <urn:s>"'),
    *('"""long\n"quoted" text"""', "'''it''s \\' so'''", '"\u00e9\\u00e9"', '""" "" """'),
)
_NUMBERS = ("1", "0.5", ".5", "1e3", "1.E-2", ".1e+9", "12345678901234567890")
_TYPES: tuple[Words, ...] = ([], ["@en"], ["@de-AT-1996"], ["^^", "a:t"], ["^^", "<urn:t>"])
_GAPS = (" ", "\n", "\t", "\r\n", "  ", " # SERVICE <urn:s> {\n", "#\n", " # '\"\n\n")
gaps = st.lists(st.sampled_from(_GAPS), min_size=1, max_size=2).map("".join)


@st.composite
def literals(draw: Draw) -> Words:
    """A string with language or datatype, a number, or a truth value."""
    typed = st.tuples(st.sampled_from(_STRINGS), st.sampled_from(_TYPES)).map(
        lambda p: [p[0], *p[1]]
    )
    plain = st.sampled_from([*_NUMBERS, "true", "false"]).map(lambda word: [word])
    return draw(typed | plain)


variables = st.sampled_from(_VARIABLES).map(lambda word: [word])
names = st.sampled_from(_NAMES).map(lambda word: [word])
nodes = variables | names | st.just(["[", "a:p", "?x", "]"])


def between(opening: str, inner: Words, closing: str) -> Words:
    """Some words in brackets."""
    return [opening, *inner, closing]


def joined(parts: list[Words], *signs: str) -> Words:
    """Some parts with signs between them."""
    found = parts[0]
    for part in parts[1:]:
        found = [*found, *signs, *part]
    return found


def _lists(of: st.SearchStrategy[Words], *signs: str, most: int = 3) -> st.SearchStrategy[Words]:
    """One or more parts with signs between them."""
    return st.lists(of, min_size=1, max_size=most).map(lambda parts: joined(parts, *signs))


def _expressions() -> st.SearchStrategy[Words]:
    """Expressions: operators, functions, IN, brackets."""

    def larger(inner: st.SearchStrategy[Words]) -> st.SearchStrategy[Words]:
        bracketed = inner.map(lambda words: between("(", words, ")"))
        operators = ("+", "-", "*", "/", "=", "!=", "<", ">", "<=", ">=", "&&", "||")
        binary = st.tuples(bracketed, st.sampled_from(operators), bracketed)
        called = st.tuples(st.sampled_from(("STR", "isIRI", "lcase", "a:f", "<urn:f>")), bracketed)
        return (
            bracketed
            | binary.map(lambda p: [*p[0], p[1], *p[2]])
            | called.map(lambda p: [p[0], *p[1]])
            | bracketed.map(lambda words: ["!", *words])
            | st.tuples(bracketed, _lists(inner, ",")).map(
                lambda p: [*p[0], "NOT", "IN", *between("(", p[1], ")")]
            )
        )

    return st.recursive(variables | names | literals(), larger, max_leaves=4)


expressions = _expressions()


def _paths() -> st.SearchStrategy[Words]:
    """Property paths."""

    def larger(inner: st.SearchStrategy[Words]) -> st.SearchStrategy[Words]:
        bracketed = inner.map(lambda words: between("(", words, ")"))
        return (
            st.tuples(bracketed, st.sampled_from("*+?")).map(lambda p: [*p[0], p[1]])
            | bracketed.map(lambda words: ["^", *words])
            | _lists(bracketed, "/")
            | _lists(bracketed, "|")
        )

    return st.recursive(
        names | st.just(["a"]) | names.map(lambda w: ["!", *w]), larger, max_leaves=4
    )


triples = st.tuples(
    nodes,
    _lists(
        st.tuples(variables | _paths(), _lists(nodes | literals(), ",")).map(lambda p: p[0] + p[1]),
        ";",
    ),
).map(lambda p: [*p[0], *p[1]])


def _patterns() -> st.SearchStrategy[Words]:
    """What stands in braces."""

    def larger(inner: st.SearchStrategy[Words]) -> st.SearchStrategy[Words]:
        group = _lists(inner | triples, ".").map(lambda words: between("{", words, "}"))
        bound = expressions.map(lambda words: ["{", "BIND", "(", *words, "AS", "?new", ")", "}"])
        return (
            group
            | _lists(group, "UNION")
            | st.tuples(st.sampled_from(("OPTIONAL", "minus")), group).map(lambda p: [p[0], *p[1]])
            | st.tuples(variables | names, group).map(lambda p: ["GRAPH", *p[0], *p[1]])
            | expressions.map(lambda words: ["FILTER", "(", *words, ")"])
            | group.map(lambda words: ["FILTER", "not", "exists", *words])
            | group.map(lambda words: ["{", "SELECT", "*", *words, "LIMIT", "3", "}"])
            | bound
            | _lists(names | literals() | st.just(["UNDEF"])).map(
                lambda words: ["VALUES", "?v", *between("{", words, "}")]
            )
        )

    return st.recursive(triples, larger, max_leaves=6)


groups = _lists(_patterns(), ".").map(lambda words: between("{", words, "}"))
_FORMS = (["SELECT", "*"], ["select", "distinct", "?x", "?y"], ["ASK"], ["DESCRIBE", "<urn:d>"])
_ENDS: tuple[Words, ...] = (
    [],
    ["LIMIT", "5"],
    ["ORDER", "BY", "DESC", "(", "?x", ")", "OFFSET", "1"],
)
_SOURCES: tuple[Words, ...] = ([], ["FROM", "<urn:g>"], ["FROM", "a:g", "from", "named", "<urn:h>"])


@st.composite
def queries(draw: Draw) -> Words:
    """The words of a query that every parser of SPARQL 1.1 reads."""
    form = draw(st.sampled_from(_FORMS))
    source, end = draw(st.sampled_from(_SOURCES)), draw(st.sampled_from(_ENDS))
    return [*PROLOGUE, *form, *source, "WHERE", *draw(groups), *end]


def beginnings(words: Words) -> list[int]:
    """The places in a query before which a further pattern may stand, at the begin of a group."""
    return [
        at
        for at in range(1, len(words))
        if words[at - 1] == "{" and words[at] != "SELECT" and words[at - 2] != "?v"
    ]


@st.composite
def texts(draw: Callable[[st.SearchStrategy[str]], str], words: Words) -> str:
    """Some words with white space and comments before, between and after them."""
    parts = [draw(gaps)]
    for word in words:
        parts += [word, draw(gaps)]
    return "".join(parts)
