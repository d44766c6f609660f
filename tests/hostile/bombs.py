"""Queries that are too large to be written down: deep, long, endless, and hungry for memory."""

from dataclasses import dataclass
from typing import Final

ANSWERED: Final = "answered"
STOPPED: Final = frozenset({"query-timeout", "query-out-of-memory", "query-crashed"})
"""What a query is told that was stopped at a limit."""
COMPLEX: Final = frozenset({"query-too-complex"})
WRONG: Final = frozenset({"invalid-query"})
ANY: Final = frozenset({ANSWERED, "result-too-large"}) | STOPPED
"""Some machines answer it in time; whichever it is, the answer is whole."""
_DEEPER: Final = 200
_ALL: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"


@dataclass(frozen=True, slots=True)
class Bomb:
    """A query, and what may come of it: kinds of problems, or ANSWERED."""

    name: str
    text: str
    kinds: frozenset[str] = ANY

    def __str__(self) -> str:
        """Its name, by which pytest calls its test."""
        return self.name


def _nested(depth: int, *, most: frozenset[str]) -> tuple[Bomb, ...]:
    """Brackets of every kind, so deep."""
    texts = {
        "braces": f"SELECT * {'{' * depth}{'}' * depth}",
        "subqueries": f"SELECT * {'{ SELECT * ' * depth}{{ ?s ?p ?o }}{'}' * depth}",
        "parentheses": f"SELECT * {{ FILTER {'(' * depth}1{')' * depth} }}",
        "blank nodes": f"SELECT * {{ ?s ?p {'[ ?p ' * depth}1{']' * depth} }}",
        "lists": f"SELECT * {{ ?s ?p {'(1 ' * depth}{')' * depth} }}",
        "quoted triples": f"SELECT * {{ {'<< ' * depth}?s ?p ?o{' ?p ?o >>' * depth} ?p ?o }}",
        "paths": f"SELECT * {{ ?s {'(' * depth}<urn:p>{')*' * depth} ?o }}",
        "functions": f"SELECT ({'IF(true, ' * depth}1{', 2)' * depth} AS ?x) {{}}",
        "optional parts": f"SELECT * {{ ?s ?p ?o {'OPTIONAL { ?s ?p ?o ' * depth}{'}' * depth} }}",
        "MINUS": f"SELECT * {{ ?s ?p ?o {'MINUS { ?s ?p ?o ' * depth}{'}' * depth} }}",
        "FILTER EXISTS": f"ASK {{ {'FILTER EXISTS { ?s ?p ?o ' * depth}{'}' * depth} }}",
        "brackets that are not closed": f"SELECT * {'{' * depth}",
    }
    return tuple(Bomb(f"{name}, {depth} deep", text, most) for name, text in texts.items())


def _many(sign: str, times: int) -> str:
    """A sign again and again."""
    return sign.join(["1"] * times)


NESTED: Final = (
    *_nested(_DEEPER - 5, most=ANY | COMPLEX | WRONG),
    *_nested(1000, most=COMPLEX),
    *_nested(30_000, most=COMPLEX),
    Bomb("ten thousand negations", f"SELECT * {{ FILTER ({'!' * 9900}true) }}", ANY | WRONG),
    Bomb("thirty thousand negations", f"SELECT * {{ FILTER ({'!' * 30000}true) }}", COMPLEX),
    Bomb("inverses", f"SELECT * {{ ?s {'^' * 9900}<urn:p> ?o }}", ANY | WRONG),
    Bomb("signs", f"SELECT ({'- ' * 9900}1 AS ?x) {{}}", ANY | WRONG),
)

LONG: Final = (
    Bomb("a sum", f"SELECT ({_many('+', 4900)} AS ?x) {{}}"),
    Bomb("comparisons", f"SELECT ({_many('=', 4900)} AS ?x) {{}}", ANY | WRONG),
    Bomb("a disjunction", f"ASK {{ FILTER ({'||'.join(['true'] * 4900)}) }}"),
    Bomb("IN", f"SELECT * {{ ?s ?p ?o FILTER (?o IN ({', '.join(map(str, range(4900)))})) }}"),
    Bomb("a path", f"SELECT * {{ ?s {'/'.join(['!<urn:p>'] * 3000)} ?o }}"),
    Bomb("a choice of paths", f"SELECT * {{ ?s {'|'.join(['<urn:p>'] * 4900)} ?o }}"),
    Bomb("unions", f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * 1600)} }}"),
    Bomb("objects", f"SELECT * {{ ?s ?p {', '.join(['?o'] * 4900)} }}"),
    Bomb("patterns", f"SELECT * {{ {' . '.join(f'?s{n} ?p ?s{n + 1}' for n in range(2400))} }}"),
    Bomb("variables", f"SELECT {' '.join(f'(1 AS ?v{n})' for n in range(1600))} {{}}"),
    Bomb("a list", f"SELECT * {{ ?s ?p ({'1 ' * 9900}) }}"),
    Bomb("rows", f"SELECT * {{ VALUES ?x {{ {'1 ' * 9900} }} }}"),
    Bomb("words that stand for themselves", f"SELECT * {{ {'?x ' * 11_000} }}", COMPLEX),
    Bomb("FROM", f"ASK {' '.join(f'FROM <urn:{n}>' for n in range(4000))} {{ ?s ?p ?o }}"),
    Bomb("functions that are none", f"ASK {{ FILTER ({_many(' + <urn:f>(', 900)}{')' * 900}) }}",
         ANY | COMPLEX | WRONG),
    Bomb("a number", f"SELECT ({'9' * 60_000} AS ?x) {{}}"),
    Bomb("a name", f"SELECT ?{'v' * 60_000} {{}}"),
    Bomb("a comment", f"ASK {{}} # {'x' * 63_000}", frozenset({ANSWERED})),
    Bomb("a byte too many", f"ASK {{}} # {'x' * 64_000}", COMPLEX),
    Bomb("bytes that are few letters", f"ASK {{}} # {'é' * 32_000}", COMPLEX),
    Bomb("mistakes", f"SELECT * {{ {'?s ?p ' * 4900} }}", WRONG | STOPPED),
)  # fmt: skip

_HEAVY: Final = frozenset({"result-too-large"}) | STOPPED
_X: Final = "x" * 1000
_DOUBLED: Final = " ".join(f"BIND (CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
RUNAWAY: Final = (
    Bomb("a product that is counted", f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}", STOPPED),
    Bomb("a product that is sorted", f"SELECT * {{ {_ALL} }} ORDER BY ?a ?i", STOPPED),
    Bomb("a product without its doubles", f"SELECT DISTINCT ?a ?d ?g {{ {_ALL} }}", _HEAVY),
    Bomb("a product that is skipped", f"SELECT * {{ {_ALL} }} OFFSET 9999999999999", STOPPED),
    Bomb("a product that is grouped", f"SELECT ?a ?d {{ {_ALL} }} GROUP BY ?a ?d", STOPPED),
    Bomb("a product of differences", f"ASK {{ {_ALL} FILTER (?a = ?d && ?a != ?d) }}", STOPPED),
    Bomb("a product as a graph", f"CONSTRUCT {{ ?a ?b ?c . ?d ?e ?i }} {{ {_ALL} }}", _HEAVY),
    Bomb("a product that is described", f"DESCRIBE * {{ {_ALL} }}", STOPPED),
    Bomb("a product", f"SELECT * {{ {_ALL} }}", _HEAVY),
    Bomb("paths in circles", "SELECT (COUNT(*) AS ?n) { ?s (!<urn:no>|^!<urn:no>)* ?o }", STOPPED),
    Bomb("paths in paths", "SELECT * { ?s ((!<urn:a>)*/(!<urn:b>)*)* ?o }", _HEAVY),
    Bomb("what does not exist", "ASK { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i "
         "FILTER (?a = ?d && ?a = ?g && ?d != ?g) } FILTER (?a != ?a) }", ANY),
    Bomb("a text that doubles", f'SELECT * {{ BIND ("{_X}" AS ?v0) {_DOUBLED} }}', _HEAVY),
    Bomb("a text of all", "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f }", STOPPED),
    Bomb("a text of replacements", f'SELECT (STRLEN(REPLACE(REPLACE("{_X}", "x", "{_X}"), "x", '
         f'"{_X * 10}")) AS ?n) {{}}', STOPPED),
    Bomb("an expression that goes back", f'ASK {{ FILTER regex("{"a" * 30_000}!", "(a+)+$") }}'),
    Bomb("an expression that is large", 'ASK { FILTER regex("a", "(((a{1,99}){1,99}){1,99})") }'),
    Bomb("all as rows of rows", "SELECT * { ?s ?p ?o VALUES ?x { "
         f"{'1 ' * 9000} }} }}", frozenset({"result-too-large"}) | STOPPED),
)  # fmt: skip
