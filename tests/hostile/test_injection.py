"""Whatever is given for a parameter of a named question is a value, and never part of the query."""

from typing import Any, Final
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hostile.service import Service
from tests.hostile.sound import kind

from primum.foundation.errors import QuestionError
from primum.foundation.names import BASE
from primum.use_cases.named.query import NamedQuery
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum
from primum.use_cases.sparql.lexer import IRI, PREFIXED, tokens
from primum.use_cases.sparql.screening import screen

HOSTILE: Final = (
    "'",
    '"',
    "\\",
    '"""',
    "} INSERT DATA { <urn:a> <urn:b> 1 } #",
    "> } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #",
    '" . ?s ?p ?o } #',
    '"@en } UNION { ?s ?p ?o',
    "https://w3id.org/primum/x> <urn:p> <urn:o",
    "1) || true || (1",
    "# comment\r\n",
    "?injury",
    "$ne",
    "{{7*7}}${7*7}",
    "\\u0022 } #",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "\x00",
    "\u202e\ufeff\u2028",
    "9" * 400,
    "-0.0e-999",
    "\u0663",
)
_VALUES: Final = frozenset({IRI, PREFIXED, "string", "long", "number"})
Shape = list[str]


def shape(text: str) -> Shape:
    """The words and signs of a query, of each value only that it is one."""
    return ["a value" if t.kind in _VALUES else t.text for t in tokens(text)]


def pairs(query: NamedQuery, name: str, text: str) -> list[tuple[str, str]]:
    """The examples of a question's parameters, one of them replaced."""
    others = [(each.name, each.example) for each in query.parameters if each.name != name]
    return [*others, (name, text)]


def bound_or_refused(
    questions: Questions, query: NamedQuery, values: list[tuple[str, str]]
) -> str | QuestionError:
    """The query with its values, or why there is none."""
    try:
        return questions.bind(query, values)
    except QuestionError as error:
        return error


@pytest.fixture(scope="module")
def questions(primum: Primum) -> Questions:
    """The shipped questions."""
    return Questions.of(primum)


@given(data=st.data())
def test_a_value_leaves_the_query_as_it_is(questions: Questions, data: st.DataObject) -> None:
    """Its words and signs are those of the query with the example, or it is refused."""
    query = data.draw(st.sampled_from([q for q in questions.all.values() if q.parameters]))
    parameter = data.draw(st.sampled_from(query.parameters))
    value = data.draw(st.text() | st.sampled_from(HOSTILE))
    bound = bound_or_refused(questions, query, pairs(query, parameter.name, value))
    if isinstance(bound, QuestionError):
        assert bound.where == parameter.name
        return
    plain = questions.bind(query, pairs(query, parameter.name, parameter.example))
    assert shape(bound) == shape(plain)
    looked_at = screen(bound, base=BASE, known={})
    assert (looked_at.form.lower(), looked_at.services) == (query.form, ())


def test_some_parameter_takes_any_text(questions: Questions) -> None:
    """Else the test above would see nothing but refusals."""
    taken = 0
    for query in questions.all.values():
        for parameter in query.parameters:
            text = HOSTILE[5]
            found = bound_or_refused(questions, query, pairs(query, parameter.name, text))
            taken += isinstance(found, str)
    assert taken > 0


@pytest.mark.slow
def test_no_parameter_of_any_question_lets_anything_through(service: Service) -> None:
    """Each hostile text is refused or looked for; never does the service fail."""
    asked: list[dict[str, Any]] = service.told("/v1/queries")["queries"]
    seen = set()
    for query in asked:
        for number, parameter in enumerate(query["parameters"]):
            for text in HOSTILE[number % 2 :: 2]:
                given_ = [(p["name"], p["example"]) for p in query["parameters"] if p != parameter]
                values = [*given_, (parameter["name"], text)]
                string = "&".join(f"{name}={quote(value, safe='')}" for name, value in values)
                reply = service.ask(f"{query['url']}?{string}")
                seen.add((reply.status, kind(reply)))
    assert seen <= {(200, ""), (400, "unknown-name"), (400, "invalid-value")}
    assert len(seen) == 3
