"""Queries that a lenient reader would take, against a real server: none is guessed at."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.web.posting import told
from tests.web.wire import HOST, Reply, Wire, free_port, get, running

COMMAND = str(Path(sys.executable).with_name("primum"))
ASK = "/v1/contraindications"
STRAIN = "injury=HamstringStrain"
SOON = 20
INVALID = (400, "invalid-value")
UNKNOWN = (400, "unknown-name")

NUMBERS = [
    *("nan", "NaN", "inf", "-inf", "Infinity", "1e3", "-1", "-0.5", "+1", "0x10", "1_000"),
    *("", "%20", "1%20", "1,5", "1;2", ".5", "5.", "--1", "1.2.3", "%D9%A3", "%EF%BC%92", "%C2%BD"),
    *("1%00", "%00", "%FF", "null", "true", "[]", "1%0A", "%F0%9D%9F%9A", "9" * 5000),
]
QUERIES = [
    *((f"{STRAIN}&hours={value}", *INVALID) for value in NUMBERS),
    *((f"{STRAIN}&day={value}", *INVALID) for value in NUMBERS),
    *((f"{STRAIN}&grade={value}", *INVALID) for value in (*NUMBERS, "0", "4", "2.0", "02")),
    *((f"{STRAIN}&age={value}", *INVALID) for value in (*NUMBERS, "24.5")),
    *((f"{STRAIN}&onset={value}", *INVALID) for value in ("yesterday", "%00", "2026-02-30", "1")),
    *((f"{STRAIN}&screening={value}", *INVALID) for value in ("maybe", "%00", "UNKNOWN%20")),
    *((f"{STRAIN}&verdict={value}", *INVALID) for value in ("safe", ",", "%00")),
    *((f"injury={value}", *UNKNOWN) for value in ("%00", "%FF%FE", "%ED%A0%80", "..%2F..%2Fetc")),
    *((f"injury={value}", *UNKNOWN) for value in ("%7B%7B7*7%7D%7D", "'%20OR%201=1--", "%3Cb%3E")),
    *((f"{STRAIN}&factor={value}", *UNKNOWN) for value in ("%00", "", "Fever,Burn", "x" * 5000)),
    (f"{STRAIN}&treatment=%C2%A0", *UNKNOWN),
    (f"{STRAIN}&{STRAIN}", *INVALID),
    (f"{STRAIN}&day=1&hours=24", *INVALID),
    (f"{STRAIN}&{'x' * 5000}=1", 400, "unknown-parameter"),
    (f"{STRAIN}&__proto__=1", 400, "unknown-parameter"),
    (f"{STRAIN}&grade[]=2", 400, "unknown-parameter"),
    (f"{STRAIN};grade=2", 400, "unknown-name"),
    (f"{STRAIN}&%67rade=4", *INVALID),
    (f"{STRAIN}&gr%00ade=2", 400, "unknown-parameter"),
    (f"{STRAIN}&%FF=2", 400, "unknown-parameter"),
    (f"{STRAIN}&=2", 400, "unknown-parameter"),
    ("&&&", *INVALID),
    ("=", 400, "unknown-parameter"),
    ("%", 400, "unknown-parameter"),
]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of `primum serve`."""
    found = free_port()
    with running([COMMAND, "serve", "--port", str(found)], found, "/healthz"):
        yield found


def asked(port: int, query: str) -> Reply:
    """The answer to a question, which must come soon."""
    start = time.monotonic()
    reply = get(port, f"{ASK}?{query}")
    assert time.monotonic() - start < SOON
    return reply


@pytest.mark.parametrize(("query", "status", "kind"), QUERIES, ids=lambda value: str(value)[:60])
def test_a_query_is_refused_as_the_table_says(
    port: int, query: str, status: int, kind: str
) -> None:
    """Each with the kind of its mistake and the parameter at fault."""
    reply = asked(port, query)
    document = told(reply.status, reply.headers, reply.body, status=status, kind=kind)
    assert len(document["errors"]) == 1
    assert len(reply.body) < 50_000


@pytest.mark.parametrize("route", [ASK, "/v1/timeline"])
def test_an_empty_screening_is_no_screening(port: int, route: str) -> None:
    """As an empty grade is no grade: whoever sends nothing may have meant `unknown`."""
    reply = get(port, f"{route}?{STRAIN}&screening=")
    told(reply.status, reply.headers, reply.body, status=400, kind="invalid-value")


@pytest.mark.parametrize("route", [ASK, "/v1/timeline", "/v1/explanations", "/v1/rules"])
@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"p{n}=1" for n in range(5000)),
        "&".join(["factor=Fever"] * 4000),
        "&".join([STRAIN] * 2000),
        "&" * 60_000,
        STRAIN + "&factor=" + quote("é" * 8000),
        "injury=" + "hamstring%20strian%20" * 2000,
    ],
    ids=["5,000 names", "4,000 factors", "2,000 injuries", "nothing", "long factor", "long injury"],
)
def test_a_query_beyond_measure_is_answered_soon(port: int, route: str, query: str) -> None:
    """Whatever its size, it is refused or answered, and the connection is in order."""
    start = time.monotonic()
    reply = get(port, f"{route}?{query}")
    assert time.monotonic() - start < SOON
    assert reply.status in {200, 400, 414}


def test_ten_thousand_parameters_are_no_dropped_connection(port: int) -> None:
    """More than the server takes for the head of a request: it says so, or refuses them."""
    query = "&".join(f"parameter{number}=1" for number in range(10_000))
    with Wire(port) as wire:
        wire.send(b"GET " + f"{ASK}?{query}".encode() + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        assert wire.reply().status in {400, 414, 431}
    assert get(port, "/healthz").status == 200


def test_raw_bytes_in_a_path_are_answered(port: int) -> None:
    """Bytes that no client should send, as they are."""
    for raw in (b"/v1/rules/\xff\xfe", b"/v1/rules/%FF", b"/%2e%2e/etc/passwd", b"/v1/rules/%00"):
        with Wire(port) as wire:
            reply = wire.send(b"GET " + raw + b" HTTP/1.1\r\n" + HOST + b"\r\n").reply()
        assert reply.status in {400, 404}
