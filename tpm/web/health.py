"""Is the process alive, is the installation ready, and what do the figures say."""

from typing import Any

import redis
from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest

from programs.selectors import computation
from tpm.lib import broker

HEARTBEAT_KEY = "tpm:worker-heartbeat"
LATE_SECONDS = 60
OLDEST = Gauge("tpm_recompute_oldest_pending_seconds", "Age of the oldest recomputation that waits")
PENDING = Gauge("tpm_recompute_pending", "Programs whose results are behind")
STUCK = Gauge("tpm_recompute_stuck", "Programs whose computation failed again and again")
QUEUE = Gauge("tpm_queue_length", "Messages that wait in the broker", ["queue"])


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker, worker heartbeat, oldest waiting recomputation: 503 if the database is gone or work is late."""
    found: dict[str, Any] = {}
    try:
        backlog = computation.backlog()
        found["database"] = "ok"
        found["oldest_pending_seconds"] = round(backlog.oldest_seconds, 1)
        found["pending"] = backlog.pending
        found["stuck"] = backlog.stuck
    except DatabaseError:
        found["database"] = "unreachable"
    try:
        heartbeat = broker.client().ttl(HEARTBEAT_KEY)
        found["broker"] = "ok"
        found["worker"] = "ok" if int(str(heartbeat)) > 0 else "silent"
    except redis.RedisError:
        found["broker"] = "unreachable"
        found["worker"] = "unknown"
    ready = bool(found["database"] == "ok" and found["oldest_pending_seconds"] < LATE_SECONDS)
    degraded = found["broker"] != "ok" or found["worker"] != "ok"
    found["status"] = "ok" if ready and not degraded else "degraded" if ready else "unavailable"
    return JsonResponse(found, status=200 if ready else 503)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text format. It holds counts only, no names; still, keep it off the public internet at the proxy."""
    backlog = computation.backlog()
    OLDEST.set(backlog.oldest_seconds)
    PENDING.set(backlog.pending)
    STUCK.set(backlog.stuck)
    try:
        for queue in ("recompute", "default"):
            QUEUE.labels(queue).set(broker.client().llen(queue))
    except redis.RedisError:
        QUEUE.clear()
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
