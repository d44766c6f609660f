"""`GET /metrics`: how often and how fast routes answer, in the text format of Prometheus.

Each application has its own registry. Where PROMETHEUS_MULTIPROC_DIR names a folder, the
processes that share it are counted together.
"""

import os
from collections.abc import Iterator
from functools import lru_cache

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from primum.model.knowledge import Edition
from primum.web.observed import Observed
from primum.web.served import serving

_SERIES = 1024
_SHARED = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The measurements of one application."""

    def __init__(self) -> None:
        """Start to count."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "primum_http_requests",
            "Requests answered, by rule of the route, method and class of status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "primum_http_request_seconds",
            "Time until the answer is written, or its last piece sent, in seconds.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )

        # Looking up a child by its labels takes longer than counting with it.
        self._requests_of = lru_cache(maxsize=_SERIES)(self._requests.labels)
        self._seconds_of = lru_cache(maxsize=_SERIES)(self._seconds.labels)

    def count(self, seen: Observed) -> None:
        """Count one request."""
        self._requests_of(seen.route, seen.method, f"{seen.status // 100}xx").inc()
        self._seconds_of(seen.route).observe(seen.seconds)

    def exposition(self, edition: Edition) -> bytes:
        """All measurements, and which knowledge is served."""
        info = CollectorRegistry()
        info.register(_KnowledgeInfo(edition))
        registry = self.registry
        if _SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry) + generate_latest(info)

    def blueprint(self) -> Blueprint:
        """The route."""
        blueprint = Blueprint("metrics", __name__)

        @blueprint.get("/metrics")
        def metrics() -> Response:
            """Give all measurements."""
            body = self.exposition(serving().edition)
            return Response(body, content_type=CONTENT_TYPE_PLAIN_0_0_4)

        return blueprint


class _KnowledgeInfo(Collector):
    """A gauge that is always 1 and whose labels say which knowledge is served."""

    def __init__(self, edition: Edition) -> None:
        """Tell of one edition."""
        self._edition = edition

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauge."""
        gauge = GaugeMetricFamily(
            "primum_knowledge_info", "The knowledge served.", labels=("version", "digest")
        )
        gauge.add_metric((self._edition.version, self._edition.digest), 1)
        yield gauge
