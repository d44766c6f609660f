"""Metrics: how often and how fast, by route; each application counts for itself."""

import re
import subprocess
import sys
from pathlib import Path

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from primum.use_cases.service import Primum
from primum.web.app import create_app

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]
TWO_PROCESSES = """
import os
from primum.use_cases.service import Primum
from primum.web.app import create_app
client = create_app(Primum.load()).test_client()
if os.fork() == 0:
    client.get("/healthz")
    client.get("/healthz")
    os._exit(0)
os.wait()
client.get("/healthz")
print(client.get("/metrics").text)
"""


def read(text: str) -> Samples:
    """The samples of an exposition, by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def requests(samples: Samples, *, route: str, method: str, status: str) -> float | None:
    """How many requests were counted, None where none of the kind was."""
    labels = (("method", method), ("route", route), ("status", status))
    return samples.get(("primum_http_requests_total", labels))


def scraped(client: FlaskClient) -> Samples:
    """The samples that are served."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    return read(response.text)


def test_requests_are_counted_by_rule_method_and_class_of_status(primum: Primum) -> None:
    """Each class for itself; a path that is none of ours is counted without its text."""
    client = create_app(primum).test_client()
    client.get("/v1/contraindications?injury=ITBS")
    client.get("/v1/contraindications?injury=nobody")
    client.get("/v1/rules/nobody")
    client.get("/v1/nowhere")
    client.open("/", method="ODD")
    found = scraped(client)
    ask = "/v1/contraindications"
    assert requests(found, route=ask, method="GET", status="2xx") == 1
    assert requests(found, route=ask, method="GET", status="4xx") == 1
    assert requests(found, route="/v1/rules/<path:id>", method="GET", status="4xx") == 1
    assert requests(found, route="", method="GET", status="4xx") == 1
    assert not [key for key in found if "nobody" in str(key) or "ODD" in str(key)]


def test_durations_are_counted_by_route(primum: Primum) -> None:
    """A histogram in seconds, up to ten and beyond."""
    client = create_app(primum).test_client()
    client.get("/healthz")
    found = scraped(client)
    assert found["primum_http_request_seconds_count", (("route", "/healthz"),)] == 1
    most = (("le", "10.0"), ("route", "/healthz"))
    assert found["primum_http_request_seconds_bucket", most] == 1
    assert 0 < found["primum_http_request_seconds_sum", (("route", "/healthz"),)] < 10


def test_the_knowledge_that_is_served_is_told(primum: Primum) -> None:
    """A gauge whose labels are version and digest."""
    edition = primum.release.knowledge.edition
    labels = (("digest", edition.digest), ("version", edition.version))
    found = scraped(create_app(primum).test_client())
    assert found["primum_knowledge_info", labels] == 1


def test_applications_count_apart(primum: Primum) -> None:
    """No state is shared between two of them."""
    one, other = (create_app(primum).test_client() for _ in range(2))
    one.get("/healthz")
    counted = {"route": "/healthz", "method": "GET", "status": "2xx"}
    assert requests(scraped(one), **counted) == 1
    assert requests(scraped(other), **counted) is None


def test_verdicts_are_not_measured(primum: Primum) -> None:
    """What was answered to whom is nobody's business."""
    client = create_app(primum).test_client()
    client.get("/v1/contraindications?injury=ITBS")
    told = client.get("/metrics").text.replace("/v1/contraindications", "")
    assert not re.search("verdict|contraindicat|IliotibialBandSyndrome", told)


def test_processes_that_share_a_folder_are_counted_together(tmp_path: Path) -> None:
    """Two requests in a fork and one in its parent are three, and the knowledge is told once."""
    result = subprocess.run(
        [sys.executable, "-c", TWO_PROCESSES],
        env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr
    found = read(result.stdout)
    assert requests(found, route="/healthz", method="GET", status="2xx") == 3
    assert len([key for key in found if key[0] == "primum_knowledge_info"]) == 1
