"""The head of a request: long, odd or forged, it is answered soundly and takes nobody's time."""

from time import monotonic

import pytest
from tests.hostile.service import DIRECT, FORM, Service
from tests.hostile.sound import kind
from tests.web.wire import Reply, Wire

pytestmark = [pytest.mark.alone, pytest.mark.slow]
_LONG = 60_000
_TOO_LONG = 70_000
BAD_HOSTS = ['a"b<>', "a b", "a,b", "a@b", "a/../b", "a\\b", "[::1", "a:99999999", "", "\xe9"]
ODD_HOSTS = ["xn--a", "xn--", "-", "localhost:1", "[::1]:9"]
NO_NAMES = ["a..b", "x" * 300, "x" * 60_000]


def headed(service: Service, path: str, **headers: str) -> Reply:
    """The answer to a request with some headers, whose names have underscores here."""
    lines = {name.replace("_", "-"): text for name, text in headers.items()}
    return service.ask(path, headers=lines)


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_a_host_that_is_none_is_no_part_of_an_answer(host: str, service: Service) -> None:
    """The description of the endpoint, which has its address in it, is refused."""
    reply = headed(service, "/sparql", Host=host)
    assert (reply.status, kind(reply)) == (400, "bad-request")
    for path in ("/", "/openapi.json", "/docs", "/v1/queries"):
        reply = headed(service, path, Host=host)
        assert (reply.status, kind(reply)) == (200, "")
        assert len(host) < 4 or host not in reply.body.decode()


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_an_odd_host_is_answered(host: str, service: Service) -> None:
    """It stands where the address of the endpoint is told, and nowhere else."""
    reply = headed(service, "/sparql", Host=host)
    assert (reply.status, kind(reply)) == (200, "")
    assert f"<http://{host}/sparql>" in reply.body.decode()


@pytest.mark.parametrize("host", NO_NAMES, ids=len)
def test_a_host_that_no_name_can_have_is_refused(host: str, service: Service) -> None:
    """Whatever is asked."""
    for path in ("/sparql", "/healthz"):
        reply = headed(service, path, Host=host)
        assert (reply.status, kind(reply)) == (400, "bad-request")


def test_the_answer_to_one_host_is_never_given_to_another(service: Service) -> None:
    """Though descriptions and whole answers are kept."""
    for _ in range(3):
        for host, other in (("one.example", "two.example"), ("two.example", "one.example")):
            text = headed(service, "/sparql", Host=host, Accept="text/turtle").body.decode()
            assert f"<http://{host}/sparql>" in text
            assert other not in text


def test_forwarding_headers_are_not_believed(service: Service) -> None:
    """Whoever sends them could be anybody."""
    forged = {"X_Forwarded_Host": "evil.example", "Forwarded": "host=evil.example"}
    text = headed(service, "/sparql", Host="here.example", **forged).body.decode()
    assert "<http://here.example/sparql>" in text
    assert "evil.example" not in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Accept": ",".join(["*/*"] * (_LONG // 4))}, 431),
        ({"Accept": ",".join(f"a/b{n};q=0.{n % 9}" for n in range(500))}, 406),
        ({"If_None_Match": ",".join(f'"{n}"' for n in range(9000))}, 431),
        ({"Content_Type": "text/plain;" + 'a*0="b";' * 7000}, 431),
        ({"Cookie": "a=b;" * (_LONG // 4)}, 200),
        ({"X_Request_ID": "x" * _LONG}, 200),
        ({f"X_H{n}": "x" for n in range(200)}, 431),
        ({"X": "x" * (2 * _TOO_LONG)}, 431),
        ({"Range": "bytes=0-1," * 1000}, 200),
        ({"Expect": "something"}, 200),
    ],
    ids=lambda value: str(value)[:24],
)
def test_long_and_many_headers_are_answered(
    headers: dict[str, str], status: int, service: Service
) -> None:
    """By us or, beyond what it reads at all, by the server in front; each in little time."""
    began = monotonic()
    reply = headed(service, "/v1/treatments", **headers)
    kind(reply)
    assert reply.status == status
    assert monotonic() - began < 10


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/" + "%" * _LONG, 414),
        ("/" + "a" * 4001, 414),
        ("/" + "a" * 3999, 404),
        ("/" + "a" * _TOO_LONG, 414),
        ("/v1/treatments?" + "a&" * (_LONG // 2), 414),
        ("/v1/contraindications?injury=" + "a" * 15_000, 400),
        ("/sparql?query=" + "%" * _LONG, 400),
        ("/sparql?query=ASK%7B%7D%23" + "a" * _LONG, 200),
        ("/sparql?query=ASK%7B%7D%23" + "a" * _TOO_LONG, 414),
        ("/sparql?" + "a=b&" * 15_000, 400),
        ("/v1/queries/rules?" + "a=b&" * 15_000, 400),
    ],
    ids=lambda value: str(value)[:24],
)
def test_long_paths_and_query_strings_are_answered(
    path: str, status: int, service: Service
) -> None:
    """And what is sent back of them is short."""
    began = monotonic()
    reply = service.ask(path)
    kind(reply)
    assert reply.status == status
    assert len(reply.body) < 20_000
    assert monotonic() - began < 10


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        (FORM, b"query=" + b"%" * 900_000, 413),
        (FORM, b"query=" + b"%" * 200_000, 413),
        (FORM, b"query=ASK%7B%7D&" + b"a=b&" * 60_000, 400),
        (FORM, b"&" * 200_000, 400),
        (FORM, b"x=" + b"y" * 300_000 + b"&query=ASK%7B%7D", 413),
        (FORM, b"query=" + b"%61" * 60_000, 400),
        (DIRECT, b"A" * 1_000_000, 413),
        (DIRECT, b"A" * 1_000_001, 413),
        (DIRECT, b"SELECT ( " + b"9" * 60_000 + b" AS ?x) { ?s", 400),
        (DIRECT, b"ASK {} # \xff", 400),
        (DIRECT, b"ASK {} # \xed\xa0\x80", 400),
        (DIRECT, "ASK {}".encode("utf-16"), 400),
        (DIRECT, b"", 400),
    ],
    ids=lambda value: str(value)[:24],
)
def test_long_and_broken_bodies_are_answered(
    media: str, body: bytes, status: int, service: Service
) -> None:
    """In little time, since what is long is not taken apart."""
    began = monotonic()
    reply = service.ask("/sparql", method="POST", body=body, headers={"Content-Type": media})
    assert kind(reply)
    assert reply.status == status
    assert monotonic() - began < 10


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /sparql?query=\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nA b: c\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    ],
)
def test_what_is_no_http_is_refused_by_the_server_in_front(sent: bytes, service: Service) -> None:
    """With 400 and no body; the next request is answered."""
    with Wire(service.port) as wire:
        assert wire.send(sent).end().rest().startswith(b"HTTP/1.1 400 ")
    assert service.ask("/healthz").status == 200


def test_a_request_without_a_host_is_answered(service: Service) -> None:
    """As HTTP/1.0 allows; its host is no part of an answer either."""
    assert kind(service.send(b"GET /sparql HTTP/1.0\r\n\r\n")) == "bad-request"
    assert kind(service.send(b"GET /healthz HTTP/1.0\r\n\r\n")) == ""
