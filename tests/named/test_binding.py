"""Binding puts terms into a question and nothing else, whatever a caller writes."""

import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery
from tests.named.asking import NAMES, Pairs, rows_of

from primum.foundation.errors import InvalidValue, QuestionError, UnknownName, UnknownParameter
from primum.foundation.names import BASE, RDF
from primum.use_cases.named.query import NOTHING, Value
from primum.use_cases.named.questions import MOST_VALUES, Questions

Bind = Callable[[str, Pairs], tuple[str, str]]
CASE = [("injury", "hamstring-strain"), ("grade", "2"), ("fromHours", "60"), ("untilHours", "60")]
OUTSIDE = re.compile(r"VALUES \?\w+ \{[^{}]*\}")
HINTS = st.sampled_from(('"', "'", "\\", "\n", "\r", "\0", "}", "{", "<", ">", "?x", "#")) | (
    st.sampled_from(
        (
            "VALUES ?grade { }",
            ";",
            "\\u0022",
            "\\U00000022",
            "\\u000A",
            '"""',
            "^^",
            "@en",
            " . ",
            "\u2028",
            "\ud800",
        )
    )
)
ANY_TEXT = st.one_of(
    st.text(),
    st.lists(st.one_of(HINTS, st.text(max_size=4)), max_size=8).map("".join),
    st.text(alphabet="\\u0022U{}\"' "),
)


@pytest.fixture(scope="module")
def bind(questions: Questions) -> Bind:
    """Binds a question of a name; hypothesis would print the questions themselves in full."""

    def bound(name: str, pairs: Pairs) -> tuple[str, str]:
        """The text of the file, and the bound one."""
        query = questions.find(name)
        return query.text, questions.bind(query, pairs)

    return bound


def test_an_unknown_question_is_refused_with_the_nearest(questions: Questions) -> None:
    """The error names what is spelled most like it."""
    with pytest.raises(UnknownName, match="No query is called 'contraindication'") as refused:
        questions.find("contraindication")
    assert refused.value.allowed[0] == "contraindications"
    assert refused.value.where == "name"


@pytest.mark.parametrize("name", ["", "../ask/rules", "rules.rq", "x" * 100_000, "\ud800"])
def test_a_name_is_looked_up_and_never_a_path(questions: Questions, name: str) -> None:
    """Only the names of questions are found."""
    with pytest.raises(UnknownName):
        questions.find(name)


def test_questions_are_listed_by_name(questions: Questions) -> None:
    """In the order of their names."""
    assert list(questions.all) == NAMES


def test_an_unknown_parameter_is_refused(questions: Questions) -> None:
    """A misspelled parameter must not be ignored."""
    with pytest.raises(UnknownParameter) as refused:
        questions.bind(questions.find("definitions"), [("injurie", "ITBS")])
    assert (refused.value.where, refused.value.allowed) == ("injurie", ("injury",))


def test_a_missing_parameter_is_refused(questions: Questions) -> None:
    """The example in the file is no default; only factors may be left out."""
    query = questions.find("contraindications")
    for name, _ in CASE:
        with pytest.raises(InvalidValue, match="needs") as refused:
            questions.bind(query, [pair for pair in CASE if pair[0] != name])
        assert refused.value.where == name


def test_what_is_left_out_is_nothing_and_not_the_example(questions: Questions) -> None:
    """A parameter that may be left out is `rdf:nil` then, whatever the file holds."""
    query = questions.find("injury-network")
    assert "{ primum:HamstringStrain }" in query.text
    assert f"VALUES ?injury {{ <{RDF}nil> }}" in questions.bind(query, [])


def test_an_empty_list_and_leaving_out_are_one_question(
    questions: Questions, store: ox.Store
) -> None:
    """No factors are no factors."""
    query = questions.find("contraindications")
    reader = questions.reader
    terms: dict[str, list[Value]] = {
        name: [reader.read(query.parameter(name).type, text, where=name)] for name, text in CASE
    }
    left_out = rows_of(store, query.bind(terms))
    assert left_out == rows_of(store, query.bind({**terms, "factor": []}))
    assert left_out == rows_of(store, questions.bind(query, CASE))


def test_a_parameter_that_is_given_again_has_both_values(questions: Questions) -> None:
    """In the order in which they were given."""
    pairs = [*CASE, ("factor", "fever"), ("factor", "burn")]
    text = questions.bind(questions.find("contraindications"), pairs)
    assert f"VALUES ?factor {{ <{BASE}Fever> <{BASE}Burn> }}" in text


def test_a_single_parameter_is_given_once(questions: Questions) -> None:
    """Two injuries are no question, even where both are the same."""
    with pytest.raises(InvalidValue, match="once") as refused:
        questions.bind(questions.find("definitions"), [("injury", "ITBS"), ("injury", "ITBS")])
    assert refused.value.where == "injury"


def test_values_are_bounded_in_number(questions: Questions) -> None:
    """A hundred values are taken, one more is not."""
    query, pair = questions.find("injuries-by-findings"), ("finding", "bruising")
    assert questions.bind(query, [pair] * MOST_VALUES)
    with pytest.raises(InvalidValue, match="at most 100 times"):
        questions.bind(query, [pair] * (MOST_VALUES + 1))


# --- Nothing gets out of a block -----------------------------------------------------------------


def contents(file: str, bound: str) -> list[str]:
    """What stands in the blocks of a bound question; all the rest must be that of its file."""
    pieces = [re.escape(piece) for piece in OUTSIDE.split(file)]
    found = re.fullmatch(r"VALUES \?\w+ \{ (.*) \}".join(pieces), bound)
    assert found, bound
    return list(found.groups())


@given(text=ANY_TEXT)
def test_any_text_is_refused_or_stays_one_literal(bind: Bind, text: str) -> None:
    r"""What Oxigraph and rdflib read back is the text that was given.

    rdflib reads `\u` escapes in the whole query before it parses it, so it is the harder judge.
    """
    try:
        file, bound = bind("find-term", [("text", text)])
    except InvalidValue:
        return
    (inside,) = contents(file, bound)
    alone = f"SELECT ?x {{ VALUES ?x {{ {inside} }} }}"
    found = ox.Store().query(alone)
    assert isinstance(found, ox.QuerySolutions)
    assert [ox.Literal(text)] == [row["x"] for row in found]
    assert [{rdflib.Variable("x"): rdflib.Literal(text)}] == prepareQuery(alone).algebra.p.p.p.res


@given(text=ANY_TEXT)
def test_any_text_is_refused_or_is_an_iri(bind: Bind, text: str) -> None:
    """What is taken for an IRI is read back as that very IRI."""
    for candidate in (text, f"http://example.org/{text}"):
        try:
            file, bound = bind("terms-of-identifier", [("identifier", candidate)])
        except InvalidValue:
            continue
        assert [f"<{candidate}>"] == contents(file, bound)
        assert not set(candidate) & set(' <>"{}|\\^`')
        ox.Store().query(bound)


@given(pick=st.integers(min_value=0), texts=st.lists(ANY_TEXT, min_size=1, max_size=3))
def test_any_text_in_any_parameter_changes_nothing_but_its_block(
    bind: Bind, parameters: list[tuple[str, str, Pairs]], pick: int, texts: list[str]
) -> None:
    """A question is refused, or its text is that of the file with terms in its blocks."""
    name, parameter, others = parameters[pick % len(parameters)]
    try:
        file, bound = bind(name, [*others, *((parameter, text) for text in texts)])
    except QuestionError:
        return
    assert contents(file, bound)
    ox.Store().query(bound)


@pytest.fixture(scope="module")
def parameters(questions: Questions) -> list[tuple[str, str, Pairs]]:
    """Each parameter of each question, with an example of every other one."""
    return [
        (query.name, chosen.name, [(p.name, p.example) for p in query.parameters if p != chosen])
        for query in questions.all.values()
        for chosen in query.parameters
    ]


NASTY = [
    '"',
    "'",
    "\\",
    "\n",
    '" } } #',
    "} DROP ALL ; {",
    "\\u0022 } }",
    "<http://example.org/>",
    "?injury",
    "\\1\\g<0>",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_literal_stays_one_term_whatever_it_holds(questions: Questions, text: str) -> None:
    """Below the words too: the store reads back the very literal that was bound."""
    bound = questions.find("definitions").bind({"injury": [ox.Literal(text)]})
    values = bound[bound.index("VALUES ?injury") : bound.index("?injury primum:entails")]
    rows = ox.Store().query(f"SELECT ?injury WHERE {{ {values} }}")
    assert isinstance(rows, ox.QuerySolutions)
    assert [ox.Literal(text)] == [row["injury"] for row in rows]


def test_a_term_cannot_pose_as_another_parameter_s_block(questions: Questions) -> None:
    """A literal that looks like a block is not filled in when that other parameter is bound."""
    terms: dict[str, list[Value]] = {
        "injury": [ox.Literal("VALUES ?grade { }")],
        "grade": [ox.Literal("} injected {")],
        "fromHours": [ox.Literal(0)],
        "untilHours": [ox.Literal(1)],
    }
    bound = questions.find("contraindications").bind(terms)
    assert 'VALUES ?injury { "VALUES ?grade { }" }' in bound
    assert f"VALUES ?factor {{ {NOTHING} }}" in bound
    ox.Store().query(bound)


@pytest.mark.parametrize("iri", ["http://a.example/> } #", "http://a.example/ b", "a{b}", ""])
def test_what_is_no_iri_is_no_term(iri: str) -> None:
    """The RDF library refuses it before any query sees it."""
    with pytest.raises(ValueError, match="IRI"):
        ox.NamedNode(iri)
