"""An endpoint keeps what results it may, within its bytes, and asks each query of its graphs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cage.processes import children, gone
from tests.sparql.filed import BASE, CROWD, file_in, settings
from tests.sparql.made import EX

from primum.foundation.errors import Crashed, InvalidQuery
from primum.use_cases.sparql.exchange import Asked
from primum.web.sparql.endpoint import Endpoint

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that a test may take away."""
    return file_in(tmp_path)


@pytest.fixture
def endpoint(path: Path) -> Iterator[Endpoint]:
    """An endpoint over the file; it keeps a megabyte."""
    found = Endpoint.over_file(str(path), settings(PRIMUM_KEPT_MEGABYTES="1"))
    yield found
    found.close()


def take_away(endpoint: Endpoint, path: Path) -> None:
    """From now on the endpoint can answer from what it has kept, and from nothing else."""
    endpoint.close()
    path.unlink()


def ask(
    endpoint: Endpoint,
    query: str,
    form: str = "json",
    *,
    base: str = BASE,
    graphs: tuple[str, ...] | None = None,
    named: tuple[str, ...] | None = None,
) -> bytes:
    """The whole result of a caller's query."""
    asked = Asked(query, form, base, graphs, named)
    return endpoint.whole(asked, endpoint.screen(query, base=base), seconds=None)


# --- Kept results --------------------------------------------------------------------------------


def test_a_result_is_kept(endpoint: Endpoint, path: Path) -> None:
    """It is given again when nothing could evaluate the query any more."""
    first = ask(endpoint, COUNT)
    take_away(endpoint, path)
    assert ask(endpoint, COUNT) == first
    with pytest.raises(Crashed):
        ask(endpoint, f"{COUNT} ")


@pytest.mark.parametrize(
    "other",
    [
        {"form": "csv"},
        {"graphs": (f"{EX}a",)},
        {"graphs": ()},
        {"named": (f"{EX}a",)},
        {"graphs": (), "named": ()},
        {"base": f"{EX}other"},
    ],
)
def test_a_result_is_kept_for_the_very_question(
    endpoint: Endpoint, path: Path, other: dict[str, tuple[str, ...] | str]
) -> None:
    """Another format, dataset or base makes it another one."""
    first = ask(endpoint, COUNT)
    take_away(endpoint, path)
    with pytest.raises(Crashed):
        ask(endpoint, COUNT, **other)  # type: ignore[arg-type]
    assert ask(endpoint, COUNT) == first


def test_graphs_and_named_graphs_are_not_mixed_up(endpoint: Endpoint) -> None:
    """What is kept for the one is not given for the other."""
    of = (f"{EX}a",)
    assert b'"2"' in ask(endpoint, COUNT, graphs=of)
    assert b'"0"' in ask(endpoint, COUNT, named=of)


@pytest.mark.parametrize(
    "call", ["NOW()", "rand()", "Uuid()", "STRUUID()", "BNODE()", "IF(true, NOW(), 1)"]
)
def test_what_may_change_is_not_kept(endpoint: Endpoint, path: Path, call: str) -> None:
    """However the function is written, and wherever it stands."""
    query = f"SELECT ({call} AS ?x) {{}}"
    first = ask(endpoint, query)
    assert first != ask(endpoint, query)
    assert endpoint.kept.size == 0
    take_away(endpoint, path)
    with pytest.raises(Crashed):
        ask(endpoint, query)


def test_a_mistake_is_not_kept(endpoint: Endpoint, path: Path) -> None:
    """It is found anew each time."""
    for _ in range(2):
        with pytest.raises(InvalidQuery):
            ask(endpoint, "SELECT * { ?s ?p }")
    assert endpoint.kept.size == 0
    take_away(endpoint, path)
    with pytest.raises(Crashed):
        ask(endpoint, "SELECT * { ?s ?p }")


def test_a_named_question_is_kept(endpoint: Endpoint, path: Path) -> None:
    """As a caller's is, and beside it."""
    asked = Asked(COUNT, "json", BASE)
    first = endpoint.named(asked)
    take_away(endpoint, path)
    assert endpoint.named(asked) == first


def test_small_results_of_long_queries_stay_within_the_bytes(endpoint: Endpoint) -> None:
    """Three thousand of them are more than is kept, though their results alone are not."""
    most = 2**20
    for number in range(3000):
        ask(endpoint, f"ASK {{}} # {number} {'x' * 5000}")
    assert 3000 * len(ask(endpoint, "ASK {}")) < most // 10
    assert most - 1000 < endpoint.kept.size <= most


def test_a_large_result_is_not_kept(endpoint: Endpoint, path: Path) -> None:
    """It would push out an eighth of all others."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000"
    assert len(ask(endpoint, query, "json")) > 2**17
    assert endpoint.kept.size == 0
    small = ask(endpoint, COUNT)
    take_away(endpoint, path)
    assert ask(endpoint, COUNT) == small
    with pytest.raises(Crashed):
        ask(endpoint, query, "json")


def test_a_stream_is_never_kept(endpoint: Endpoint) -> None:
    """Nobody holds all of it."""
    asked = Asked(COUNT, "json", BASE)
    screened = endpoint.screen(COUNT, base=BASE)
    body = b"".join(endpoint.stream(asked, screened, seconds=None))
    assert endpoint.kept.size == 0
    assert body == endpoint.whole(asked, screened, seconds=None)


# --- The graphs of a query -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ("", CROWD),
        ("FROM <urn:x:a>", 2),
        ("FROM <urn:x:a> FROM <urn:x:b>", 2),
        ("FROM <urn:x:a> FROM <urn:x:a>", 2),
        ("FROM <urn:x:b> FROM <urn:x:b> FROM <urn:x:none>", 1),
        ("FROM NAMED <urn:x:a>", 0),
        ("FROM NAMED <urn:x:a> FROM NAMED <urn:x:b>", 0),
        ("FROM <urn:x:none>", 0),
    ],
)
def test_graphs_of_from_are_merged(endpoint: Endpoint, clauses: str, expected: int) -> None:
    """Each statement is counted once, in whole results and in streamed ones."""
    query = COUNT.replace("{", f"{clauses} {{", 1)
    body = ask(endpoint, query, "csv")
    assert body == b"n\r\n%d\r\n" % expected
    asked, screened = Asked(query, "csv", BASE), endpoint.screen(query, base=BASE)
    assert b"".join(endpoint.stream(asked, screened, seconds=None)) == body


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ("", 3),
        ("FROM <urn:x:a>", 0),
        ("FROM NAMED <urn:x:a>", 2),
        ("FROM NAMED <urn:x:a> FROM NAMED <urn:x:a>", 2),
        ("FROM <urn:x:a> FROM NAMED <urn:x:b> FROM NAMED <urn:x:b>", 1),
        ("FROM <urn:x:a> FROM <urn:x:b> FROM NAMED <urn:x:a>", 2),
        ("FROM <urn:x:a> FROM <urn:x:b>", 0),
    ],
)
def test_graphs_of_from_named_are_named_once(
    endpoint: Endpoint, clauses: str, expected: int
) -> None:
    """However often they are listed."""
    query = f"SELECT (COUNT(*) AS ?n) {clauses} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert ask(endpoint, query, "csv") == b"n\r\n%d\r\n" % expected


# --- Processes ---------------------------------------------------------------------------------


def test_processes_start_with_the_first_query_and_end_with_the_endpoint(path: Path) -> None:
    """Until then, and from then on, there are none; a later query starts others."""
    before = set(children(os.getpid()))
    endpoint = Endpoint.over_file(str(path), settings())
    assert set(children(os.getpid())) == before
    for _ in range(2):
        ask(endpoint, "SELECT (NOW() AS ?x) {}")
        (zygote,) = set(children(os.getpid())) - before
        endpoint.close()
        assert gone(zygote)
