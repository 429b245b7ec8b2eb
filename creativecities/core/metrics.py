"""Counters for Prometheus. With several workers, PROMETHEUS_MULTIPROC_DIR joins them (the supervisor sets it)."""

import contextlib
import os

from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

REQUESTS = Counter("http_requests_total", "Answers by view and status.", ["view", "status"])
SECONDS = Histogram(
    "http_request_seconds",
    "Time to answer.",
    ["view"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
MAILS = Counter("outbox_mails_total", "Mails of the outbox by what became of them.", ["outcome"])


def answered(request: HttpRequest, status: int, seconds: float) -> None:
    """Count one answer under the name of its view; what no view answered is `-`. A full disk spoils no page."""
    match = request.resolver_match
    view = match.view_name if match else "-"
    with contextlib.suppress(OSError):
        REQUESTS.labels(view, str(status)).inc()
        SECONDS.labels(view).observe(seconds)


def page() -> bytes:
    """All counters in Prometheus' text format."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest()
