"""The API description against a served application: requests made up from it, all checks on."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from tests.web import made_up
from tests.web.wire import free_port, running
from werkzeug.serving import make_server

from primum.use_cases.service import Primum
from primum.web.app import create_app

COMMANDS = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = 12
# A name, a grade or a combination of facts is judged against the knowledge, which no schema can
# state: a question that fits its schema may still be one that cannot be asked.
JUDGED = ("/v1/contraindications", "/v1/timeline", "/v1/explanations", "/v1/rules")
# On a page a parameter without a value counts as not given: a form is sent as it stands.
SENT_BY_FORMS = (
    *("/answer", "/answer.json", "/answer.csv", "/answer.ttl", "/why", "/compare"),
    "/browse/rules",
)
# So is a record, in which times have an order too. What is no plain record may be JSON-LD that
# means a good one, and to be told what is wrong with a record is what validation is for.
STATUSES: dict[tuple[str, ...], dict[str, list[int | str]]] = {
    JUDGED: {"positive_data_acceptance": [200, 400]},
    SENT_BY_FORMS: {
        "positive_data_acceptance": [200, 400],
        "negative_data_rejection": [200, 400],
    },
    ("/v1/assessments",): {
        "positive_data_acceptance": [200, 422],
        "negative_data_rejection": [200, 400, 422],
    },
    ("/v1/validations",): {"negative_data_rejection": [200, 400]},
    # A query is judged by a grammar, the parameters of a named question by its own header.
    # It may also set itself a time in which nothing can be answered.
    ("/sparql",): {
        "positive_data_acceptance": [200, 400, 403, 413, 503],
        "not_a_server_error": ["2xx", "3xx", "4xx", 503],
    },
    ("/v1/queries/{name}",): {"positive_data_acceptance": [200, 400, 404]},
}
# To break each keyword in the schema of a record by turn takes a minute; tests/records does so.
AT_RANDOM = ("/v1/assessments", "/v1/validations")
# Links of the entry page have the form of a term's path in a form, as `/openapi.json` has, and
# would be taken for one.
ENDED = "/{term}.{form}"


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
    names = names_of(primum)
    bound = {
        **{name: name for name in ("injury", "treatment", "day", "id")},
        "body.injury.type": "injury",
        "body.treatments[*].type": "treatment",
        **{f"body.patient.factors.{key}[*]": "factor" for key in ("present", "absent")},
        **{f"body.findings.{key}[*]": "finding" for key in ("present", "absent")},
    }
    lines = [f"hooks = {json.dumps(made_up.__file__)}"]
    for paths, statuses in STATUSES.items():
        lines += ["[[operations]]", f"include-path = {json.dumps(paths)}"]
        lines += [f"checks.{name}.expected-statuses = {found}" for name, found in statuses.items()]
    lines += ["[[operations]]", f"include-path = {json.dumps(AT_RANDOM)}"]
    lines += ["phases.coverage.enabled = false", "generation.max-examples = 60"]
    lines += ["[[operations]]", f"include-path = {json.dumps(ENDED)}"]
    lines += ["phases.stateful.enabled = false"]
    lines += ["[dictionaries]"]
    lines += [f"{name} = {{ values = {json.dumps(found)} }}" for name, found in names.items()]
    lines += ["[parameters]"]
    lines += [
        f"{json.dumps(place)} = {{ dictionary = {json.dumps(name)}, probability = 0.8 }}"
        for place, name in bound.items()
    ]
    path = tmp_path / "schemathesis.toml"
    path.write_text("\n".join(lines))
    return path


def names_of(primum: Primum) -> dict[str, list[str]]:
    """Values that are understood, by what they stand for."""
    knowledge = primum.release.knowledge
    return {
        "injury": [term.id for term in knowledge.injuries],
        "treatment": [term.slug for term in knowledge.treatments],
        "factor": [term.id for term in knowledge.factors],
        "finding": [term.id for term in knowledge.findings],
        "day": ["0", "1", "2.5", "7", "21"],
        "id": [rule.id for rule in knowledge.rules],
    }


def check(address: str, configuration: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Ask what the description of an address allows, and much that it does not."""
    return subprocess.run(
        [
            *(COMMANDS / "schemathesis", "--config-file", configuration),
            *("run", f"{address}/openapi.json", "--checks", "all", "--seed", "1"),
            *("--generation-database", "none", "--warnings", "off", "--no-color", *more),
        ],
        cwd=configuration.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_no_request_made_up_from_the_description_finds_it_wrong(configuration: Path) -> None:
    """Statuses, media types, headers, bodies and methods are as described, and nothing fails."""
    port = free_port()
    command = [str(COMMANDS / "primum"), "serve", "--port", str(port)]
    with running(command, port, "/healthz"):
        result = check(f"http://127.0.0.1:{port}", configuration, "--max-examples", str(EXAMPLES))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "No issues found" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("view", "path", "lie"),
    [
        ("vocabulary.sources", "/v1/sources", {"sources": [{"id": 1}]}),
        ("validations.validate", "/v1/validations", {"valid": True, "results": [{}]}),
        ("batches.assess_all", "/v1/assessments/batch", {"treatments": []}),
    ],
)
def test_an_answer_that_is_not_as_described_is_found(
    primum: Primum, configuration: Path, view: str, path: str, lie: dict[str, Any]
) -> None:
    """Planted in place of an answer, what lacks members fails the check."""
    app = create_app(primum)
    media = made_up.LINES if path.endswith("batch") else made_up.JSON
    app.view_functions[view] = lambda: Response(json.dumps(lie), content_type=media)
    with served(app) as address:
        result = check(address, configuration, "--max-examples", "1", "--include-path", path)
    assert result.returncode == 1
    assert "violates schema" in result.stdout
