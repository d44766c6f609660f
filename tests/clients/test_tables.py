"""Tables in Python: pandas alone, sparql-dataframe, and gastrodon."""

from http.client import IncompleteRead
from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pytest
import sparql_dataframe
from gastrodon import QName, RemoteEndpoint, inline
from tests.clients.asked import BROKEN, COLUMNS, PREFIXES, SELECT, Expected

from primum.foundation.names import BASE

# gastrodon 1.0.0 calls pandas in a way that pandas 3 means to drop.
OLD_PANDAS = "ignore:The inplace keyword in DataFrame.set_index is deprecated"


def table(expected: Expected) -> pd.DataFrame:
    """The table that each of them makes of the rows."""
    return pd.DataFrame(expected.rows, columns=list(COLUMNS))


def test_pandas_reads_a_query_from_its_address(endpoint: str, expected: Expected) -> None:
    """`read_csv(url)` sends no Accept header; `format=csv` stands for it."""
    address = f"{endpoint}?{urlencode({'query': SELECT, 'format': 'csv'})}"
    found = pd.read_csv(address)
    pd.testing.assert_frame_equal(found, table(expected))


def test_pandas_may_name_the_type_in_a_header(endpoint: str, expected: Expected) -> None:
    """`storage_options` are sent as headers."""
    address = f"{endpoint}?{urlencode({'query': SELECT})}"
    found = pd.read_csv(address, storage_options={"Accept": "text/csv"})
    pd.testing.assert_frame_equal(found, table(expected))


def test_pandas_reads_tab_separated_values(endpoint: str, expected: Expected) -> None:
    """Terms are written as in Turtle there, and names of columns begin with `?`."""
    address = f"{endpoint}?{urlencode({'query': SELECT, 'format': 'tsv'})}"
    found = pd.read_csv(address, sep="\t")
    assert list(found) == [f"?{name}" for name in COLUMNS]
    assert list(found["?treatment"]) == [f"<{iri}>" for iri, _, _, _ in expected.rows]
    assert list(found["?rules"]) == [rules for _, _, rules, _ in expected.rows]


def test_pandas_reads_a_named_question(service: str) -> None:
    """The name of a question with `.csv` is an address too."""
    found = pd.read_csv(f"{service}/v1/queries/windows.csv?treatment=massage")
    assert {"Massage"} == set(found["coveredLabel"])
    assert found["untilHours"].max() > 0


def test_pandas_is_never_given_an_error_as_a_table(endpoint: str) -> None:
    """A mistake raises, and its text says where it is."""
    with pytest.raises(HTTPError) as caught:
        pd.read_csv(f"{endpoint}?{urlencode({'query': BROKEN, 'format': 'csv'})}")
    with caught.value as error:
        assert error.code == 400
        assert b"the prefix `rdfs:` is not declared" in error.read()


def test_pandas_is_never_given_a_part_of_a_stream_as_a_table(endpoint: str) -> None:
    """A stream that breaks off raises too."""
    product = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    asked = {"query": product, "format": "csv", "stream": "true", "timeout": "0.5"}
    with pytest.raises(IncompleteRead):
        pd.read_csv(f"{endpoint}?{urlencode(asked)}")


@pytest.mark.parametrize("post", [False, True])
def test_sparql_dataframe_gives_a_table(endpoint: str, expected: Expected, post: bool) -> None:
    """By GET with parameters, and by POST with an Accept header."""
    found = sparql_dataframe.get(endpoint, SELECT, post=post)
    pd.testing.assert_frame_equal(found, table(expected))


@pytest.fixture
def gastrodon(endpoint: str) -> RemoteEndpoint:
    """A client with the prefix of the knowledge."""
    prefixes = inline(f"@prefix primum: <{BASE}> .").graph
    return RemoteEndpoint(endpoint, prefixes=prefixes, base_uri=BASE)


@pytest.mark.filterwarnings(OLD_PANDAS)
def test_gastrodon_gives_a_table(gastrodon: RemoteEndpoint, expected: Expected) -> None:
    """It makes the variables that are grouped by the index, and shortens IRIs."""
    found = gastrodon.select(SELECT)
    assert list(found.index.names) == ["treatment", "label"]
    assert list(found["rules"]) == [rules for _, _, rules, _ in expected.rows]
    assert list(found["note"]) == [note for _, _, _, note in expected.rows]
    labels = [label for _, label, _, _ in expected.rows]
    assert list(found.index.get_level_values("label")) == labels
    assert "<SportsMassage>" in found.index.get_level_values("treatment")


def test_gastrodon_puts_variables_of_python_into_a_query(
    gastrodon: RemoteEndpoint, expected: Expected
) -> None:
    """A variable that begins with `_` is one of the program's."""
    wider = QName("primum:Massage")
    found = gastrodon.select(
        f"{PREFIXES} SELECT ?treatment {{ ?treatment primum:entails ?_wider }}"
    )
    assert wider is not None
    assert len(found) == expected.triples
