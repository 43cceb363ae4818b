"""Prometheus metrics: requests by route, recomputations, streams. Gauges of the database are read when scraped."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Histogram(
    "tpm_request_seconds",
    "Time to answer, by route",
    ["method", "route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10),
)
STREAMS = Gauge("tpm_event_streams", "Open event streams of this process")
KICKS_LOST = Counter(
    "tpm_kicks_lost_total", "Wake-up calls that did not reach the broker; the sweeper finds the work"
)


class RequestMetricsMiddleware:
    """Measure every answer by its route, never by its path: paths hold ids."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else "unknown"
        elapsed = time.perf_counter() - started
        REQUESTS.labels(request.method or "", route, str(response.status_code)).observe(elapsed)
        response.headers["Server-Timing"] = f"app;dur={elapsed * 1000:.1f}"
        return response
