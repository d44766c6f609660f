"""The API description against a served application: requests made up from it, all checks on."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from primum.use_cases.service import Primum
from primum.web.app import create_app

COMMAND = Path(sys.executable).with_name("schemathesis")
EXAMPLES = 15
LEFT_OUT = ["--exclude-method", "POST"]
# A name, a grade or a combination of facts is judged against the knowledge, which no schema can
# state: a question that fits its schema may still be one that cannot be asked.
JUDGED = ["/v1/contraindications", "/v1/timeline", "/v1/explanations", "/v1/rules"]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of an application served on loopback; it is stopped in any case."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def configuration(primum: Primum, tmp_path: Path) -> Path:
    """Most names are names that there are, so that most questions are answered."""
    knowledge = primum.release.knowledge
    names = {
        "injury": [term.id for term in knowledge.injuries],
        "treatment": [term.slug for term in knowledge.treatments],
        "day": ["0", "1", "2.5", "7", "21"],
        "id": [rule.id for rule in knowledge.rules],
    }
    lines = [
        "[[operations]]",
        f"include-path = {json.dumps(JUDGED)}",
        "checks.positive_data_acceptance.expected-statuses = [200, 400]",
        "[dictionaries]",
        *(f"{name} = {{ values = {json.dumps(values)} }}" for name, values in names.items()),
        "[parameters]",
        *(f"{name} = {{ dictionary = {json.dumps(name)}, probability = 0.8 }}" for name in names),
    ]
    path = tmp_path / "schemathesis.toml"
    path.write_text("\n".join(lines))
    return path


def check(address: str, configuration: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Ask what the description of an address allows, and much that it does not."""
    return subprocess.run(
        [
            *(COMMAND, "--config-file", configuration, "run", f"{address}/openapi.json"),
            *("--checks", "all", "--seed", "1", "--generation-database", "none"),
            *("--warnings", "off", "--no-color", *LEFT_OUT, *more),
        ],
        cwd=configuration.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_no_request_made_up_from_the_description_finds_it_wrong(
    primum: Primum, configuration: Path
) -> None:
    """Statuses, media types, headers, bodies and methods are as described, and nothing fails."""
    with served(create_app(primum)) as address:
        result = check(address, configuration, "--max-examples", str(EXAMPLES))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "No issues found" in result.stdout


@pytest.mark.slow
def test_an_answer_that_is_not_as_described_is_found(primum: Primum, configuration: Path) -> None:
    """A list without its items, planted in place of the sources, fails the check."""
    app = create_app(primum)
    app.view_functions["vocabulary.sources"] = lambda: {"sources": [{"id": 1}]}
    with served(app) as address:
        result = check(
            address, configuration, "--max-examples", "1", "--include-path", "/v1/sources"
        )
    assert result.returncode == 1
    assert "Response violates schema" in result.stdout
