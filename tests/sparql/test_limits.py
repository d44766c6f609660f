"""`GET /limits` tells what is enforced: one more than each is refused, that much is not."""

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import get, problem

from primum.foundation.settings import read_settings
from primum.use_cases.service import Primum
from primum.web.app import create_app


@pytest.fixture(scope="module")
def limits(client: FlaskClient) -> dict[str, dict[str, int]]:
    """What is told."""
    found: dict[str, dict[str, int]] = client.get("/limits").get_json()
    return found


def test_the_bytes_of_a_query(client: FlaskClient, limits: dict[str, dict[str, int]]) -> None:
    """In UTF-8, in which one letter may have several."""
    most = limits["query"]["bytes"]
    fitting = "ASK {} #" + "é" * ((most - 8) // 2)
    for query, status in ((fitting, 200), (f"{fitting}é", 413)):
        assert client.post("/sparql", data={"query": query}).status_code == status


def test_the_nesting_of_a_query(client: FlaskClient, limits: dict[str, dict[str, int]]) -> None:
    """Brackets that are open at once; the problem says where they were too many."""
    most = limits["query"]["nesting"]
    assert get(client, "ASK " + "{" * most + "}" * most).status_code == 200
    found = get(client, "ASK " + "{" * (most + 1) + "}" * (most + 1))
    assert f"column {most + 5}" in problem(found, 413, "query-too-complex")["detail"]


def test_the_tokens_of_a_query(client: FlaskClient, limits: dict[str, dict[str, int]]) -> None:
    """Words and signs, of which comments have none."""
    most = limits["query"]["tokens"]
    rest = most - 7  # of ASK { VALUES ?x { } }
    fitting = f"ASK {{ VALUES ?x {{ {'1 ' * rest} }} }}"
    assert client.post("/sparql", data={"query": fitting}).status_code == 200
    answer = client.post("/sparql", data={"query": fitting.replace("1", "1 1", 1)})
    problem(answer, 413, "query-too-complex")


def test_the_rows_and_bytes_of_a_result(
    client: FlaskClient, limits: dict[str, dict[str, int]]
) -> None:
    """As many rows are sent whole, one more is refused."""
    most = limits["result"]["rows"]
    query = "SELECT (1 AS ?x) {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {}"
    assert get(client, query.format(most), format="csv").status_code == 200
    problem(get(client, query.format(most + 1), format="csv"), 503, "result-too-large")
    wide = "SELECT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"
    found = problem(get(client, wide, format="json"), 503, "result-too-large")
    assert str(limits["result"]["bytes"]) in found["detail"]


def test_settings_move_what_is_told(primum: Primum) -> None:
    """Time, memory and what may be called are the operator's to say."""
    settings = read_settings(
        {
            "PRIMUM_CAGE_SECONDS": "7",
            "PRIMUM_CAGE_MEGABYTES": "300",
            "PRIMUM_SERVICES": "https://a.example/sparql https://b.example/sparql",
            "PRIMUM_CALLER_QUERIES": "9",
        }
    )
    told = create_app(primum, settings).test_client().get("/limits").get_json()
    assert (told["query"]["seconds"], told["query"]["megabytes"]) == (7, 300)
    assert told["services"] == ["https://a.example/sparql", "https://b.example/sparql"]
    assert told["caller"]["queries"] == 9
