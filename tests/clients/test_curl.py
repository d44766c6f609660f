"""curl, as people who write scripts use it: each way of sending a query that the protocol names."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.clients.asked import ASK, BROKEN, COLUMNS, CONSTRUCT, SELECT, Expected

CSV = ["-H", "Accept: text/csv"]
BROKEN_OFF = 18
"""curl's exit code where a body ends before its end."""
WAYS = {
    "get": ["-G", "--data-urlencode", "query@query.rq"],
    "form": ["--data-urlencode", "query@query.rq"],
    "body": ["-H", "Content-Type: application/sparql-query", "--data-binary", "@query.rq"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which a query is saved."""
    (tmp_path / "query.rq").write_text(SELECT, encoding="utf-8")
    return tmp_path


def curl(folder: Path, *arguments: str, code: int = 0) -> str:
    """What curl prints; it must end with an exit code."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("CURL IS NOT INSTALLED: it is not tested")
    done = subprocess.run(
        [program, "-sS", *arguments], cwd=folder, capture_output=True, check=False, timeout=300
    )
    assert done.returncode == code, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize("way", WAYS)
def test_a_query_in_a_file_is_answered(
    endpoint: str, expected: Expected, folder: Path, way: str
) -> None:
    """As a table, whichever way the file is sent."""
    found = curl(folder, endpoint, *CSV, *WAYS[way])
    names, *rows = csv.reader(io.StringIO(found, newline=""))
    assert names == list(COLUMNS)
    assert rows == [[iri, label, str(rules), note] for iri, label, rules, note in expected.rows]


def test_without_a_header_rows_are_json_and_graphs_turtle(endpoint: str, folder: Path) -> None:
    """`*/*` is what curl sends by itself."""
    truth = curl(folder, endpoint, "--data-urlencode", f"query={ASK}")
    graph = curl(folder, endpoint, "--data-urlencode", f"query={CONSTRUCT}")
    assert json.loads(truth)["boolean"] is True
    assert "@prefix primum:" in graph


def test_an_error_has_its_status_and_its_place(endpoint: str, folder: Path) -> None:
    """A script can tell that the query was refused, and why."""
    status = curl(folder, endpoint, "-w", "\n%{http_code}", "--data-urlencode", f"query={BROKEN}")
    document, _, code = status.rpartition("\n")
    assert code == "400"
    assert json.loads(document)["errors"][0]["line"] == 1


def test_a_stream_that_breaks_off_is_noticed(endpoint: str, folder: Path) -> None:
    """What was found until then has come, and the exit code says that it is not all."""
    product = "query=SELECT * { ?a ?b ?c . ?d ?e ?f }"
    asked = [f"{endpoint}?stream=true&timeout=2", *CSV, "--data-urlencode", product]
    curl(folder, *asked, "-o", "part.csv", code=BROKEN_OFF)
    assert (folder / "part.csv").stat().st_size > 0


def test_a_copy_that_still_serves_is_not_sent_again(endpoint: str, folder: Path) -> None:
    """`--etag-save` and `--etag-compare` work, since results have an ETag."""
    asked = [endpoint, *CSV, *WAYS["get"], "-w", "%{http_code}", "-o", "result.csv"]
    assert curl(folder, *asked, "--etag-save", "etag.txt") == "200"
    assert curl(folder, *asked, "--etag-compare", "etag.txt") == "304"
