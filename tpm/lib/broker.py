"""The broker as a wake-up channel: short time-outs, a pause after a failure, and no call that raises.

What must not be lost is a row in PostgreSQL; a sweeper finds what a lost call left behind.
"""

import threading
import time

import redis
import structlog
from django.conf import settings

from tpm.lib import metrics

log = structlog.get_logger(__name__)
PAUSE_SECONDS = 5.0
_lock = threading.Lock()
_state: dict[str, float] = {"closed_until": 0.0}
_clients: dict[str, redis.Redis] = {}


def client() -> redis.Redis:
    """Return this process's connection pool to Valkey, with sub-second time-outs and no retries."""
    with _lock:
        if "default" not in _clients:
            timeout = settings.BROKER_TIMEOUT_SECONDS
            _clients["default"] = redis.Redis.from_url(
                settings.REDIS_URL, socket_timeout=timeout, socket_connect_timeout=timeout, retry=None
            )
        return _clients["default"]


def is_resting() -> bool:
    """Tell whether calls are being skipped because the last one failed."""
    return time.monotonic() < _state["closed_until"]


def rest() -> None:
    """Skip calls for a few seconds: an editor must not wait for a broken broker with every edit."""
    _state["closed_until"] = time.monotonic() + PAUSE_SECONDS
    metrics.KICKS_LOST.inc()


def is_reachable() -> bool:
    """Ask the broker for a sign of life, for a fraction of a second; a failure lets it rest.

    Kombu retries inside its transport for seconds whatever it is told, so nothing of it is called before this is true.
    """
    if is_resting():
        return False
    try:
        client().ping()
    except redis.RedisError as error:
        log.warning("broker_unreachable", error=str(error))
        rest()
        return False
    return True


def publish(channel: str, message: str) -> bool:
    """Publish to listeners that happen to be there; False if the broker could not be reached."""
    if is_resting():
        return False
    try:
        client().publish(channel, message)
    except redis.RedisError as error:
        log.warning("broker_unreachable", error=str(error))
        rest()
        return False
    return True
