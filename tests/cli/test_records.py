"""`primum assess` and `primum validate`: what they print, and how they end."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from tests.cli.test_cli import run
from tests.records import corpus
from tests.web.posting import ASSESS, JSON, TURTLE, VALIDATE, contract, encoded, posting, strain
from tests.web.reports import seen

from primum.cli import main
from primum.foundation.names import BASE
from primum.use_cases.service import Primum

GOOD = encoded(contract())
BAD = encoded(strain(grade=4, colour="blue"))
IN_RDF = {sample.path.suffix: sample for sample in corpus.rdf_good() if sample.name == "full"}


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]
Write = Callable[[str, bytes], str]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in this process, its standard input given as bytes."""

    def call(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["primum", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        monkeypatch.setenv("COLUMNS", "200")
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Ended(code, printed.out, printed.err)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and gives its path."""

    def written(name: str, body: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(body)
        return str(path)

    return written


@pytest.fixture(scope="module")
def client(primum: Primum) -> Iterator[FlaskClient]:
    """A client of the service, to compare with."""
    with posting(primum) as found:
        yield found


def posted(client: FlaskClient, route: str, body: bytes, kind: str = JSON) -> Any:
    """What the service answers to a body."""
    return json.loads(client.post(route, data=body, content_type=kind).data)


# --- assess --------------------------------------------------------------------------------------


def test_assess_shows_audits_and_the_answer(command: Command, write: Write) -> None:
    """The treatment that was given, at its time, and then all treatments."""
    code, out, err = command("assess", write("record.json", GOOD))
    assert (code, err) == (0, "")
    assert "2026-11-21T09:00:00Z  contraindicated" in out
    assert "Sports massage" in out
    assert "Hamstring strain, grade 2" in out
    assert "not a diagnosis" in out


def test_assess_prints_the_very_answer_that_http_gives(
    command: Command, write: Write, client: FlaskClient
) -> None:
    """The same record has the same document, whichever way it is sent."""
    record = encoded({**contract(), "colour": "blue"})
    path = write("record.json", record)
    code, out, err = command("assess", path, "--json", "--screening", "unknown")
    assert (code, err) == (0, "")
    assert posted(client, f"{ASSESS}?screening=unknown", record) == json.loads(out)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".rdf", ".jsonld"])
def test_the_name_of_a_file_tells_its_syntax(
    command: Command, write: Write, client: FlaskClient, suffix: str
) -> None:
    """In any case of letters; the answer is that of the service."""
    sample = IN_RDF[suffix]
    code, out, _ = command("assess", write(f"record{suffix.upper()}", sample.body), "--json")
    assert code == 0
    assert posted(client, ASSESS, sample.body, sample.media_type) == json.loads(out)


def test_a_media_type_overrules_the_name(command: Command, write: Write) -> None:
    """Turtle in a file of any name; without a word it is read as JSON."""
    path = write("record.txt", IN_RDF[".ttl"].body)
    assert command("assess", path, "--json", "--media-type", TURTLE).code == 0
    code, out, err = command("assess", path, "--json")
    assert (code, out) == (2, "")
    assert "The body is no JSON" in err


def test_a_record_comes_from_standard_input(command: Command, write: Write) -> None:
    """A dash stands for it."""
    expected = command("assess", write("record.json", GOOD), "--json")
    assert expected == command("assess", "-", "--json", stdin=GOOD)


def test_assess_tells_every_fault_of_an_invalid_record(command: Command, write: Write) -> None:
    """Exit code 1, nothing computed; in JSON the results are data."""
    path = write("record.json", BAD)
    code, out, err = command("assess", path)
    assert (code, out) == (1, "")
    assert "/injury/grade" in err
    assert "[grade-invalid]" in err
    assert "found 4" in err
    assert "nothing was computed" in err
    code, out, _ = command("assess", path, "--json")
    assert code == 1
    document = json.loads(out)
    assert document["valid"] is False
    assert document["results"][0]["code"] == "grade-invalid"


def test_assess_warns_of_what_it_made_nothing_of(command: Command, write: Write) -> None:
    """The answer is given all the same."""
    code, out, _ = command("assess", write("record.json", encoded(strain(colour="blue"))))
    assert code == 0
    assert "[record-property-unknown]" in out


# --- validate ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "code"), [(GOOD, 0), (BAD, 1)])
def test_validate_ends_with_what_it_found(
    command: Command, write: Write, client: FlaskClient, body: bytes, code: int
) -> None:
    """0 if the record is valid, 1 if not; the results are those of the service."""
    path = write("record.json", body)
    found = command("validate", path, "--json")
    expected = posted(client, VALIDATE, body)
    document = json.loads(found.out)
    assert (found.code, found.err) == (code, "")
    assert {key: expected[key] for key in document} == document
    text = command("validate", path)
    assert text.code == code
    assert all(f"[{each['code']}]" in text.out for each in expected["results"])
    assert text.out.endswith("The record is valid.\n" if code == 0 else "is not valid.\n")


@pytest.mark.parametrize(("body", "code"), [(GOOD, 0), (BAD, 1)])
def test_validate_prints_a_report_in_turtle(
    command: Command, write: Write, body: bytes, code: int
) -> None:
    """A SHACL report, with the same exit code."""
    found = command("validate", write("record.json", body), "--turtle")
    report = seen(found.out.encode(), TURTLE)
    assert found.code == code
    assert ("/injury", "grade-invalid") in report.of("violation") or code == 0
    assert list(ox.parse(found.out, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("name", ["assess", "validate"])
@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "The body is no JSON"),
        (b"\xff", "UTF-8"),
        (b'{"@context": "https://example.org/c"}', "is not fetched"),
    ],
)
def test_a_body_that_cannot_be_read_is_wrong_use(
    command: Command, write: Write, name: str, body: bytes, says: str
) -> None:
    """Exit code 2, and one line that says why."""
    code, out, err = command(name, write("record.json", body))
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize("name", ["assess", "validate"])
def test_wrong_use_is_told_apart(command: Command, write: Write, tmp_path: Path, name: str) -> None:
    """A file that is not there, a folder, no file, two files, an option that is not there."""
    path = write("record.json", GOOD)
    for arguments in ((str(tmp_path / "none.json"),), (str(tmp_path),), (), (path, path), ("--x",)):
        code, out, err = command(name, *arguments)
        assert (code, out) == (2, ""), arguments
        assert err


def test_a_syntax_that_nobody_reads_is_wrong_use(command: Command, write: Write) -> None:
    """As the service answers it with a 415."""
    body = encoded([{f"{BASE}injury": [{"@type": [f"{BASE}HamstringStrain"]}]}])
    path = write("record.csv", body)
    assert command("validate", path, "--media-type", "text/csv").code == 2


def test_the_commands_run_by_themselves(write: Write) -> None:
    """As real processes, an invalid record ends both with 1."""
    path = write("record.json", BAD)
    assert run("validate", path).returncode == 1
    assert run("assess", path).returncode == 1
