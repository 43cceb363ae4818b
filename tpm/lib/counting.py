"""Counts in Valkey over all processes, in fixed windows: how often something may be done."""

import time

import redis

from tpm.lib import broker


def used(key: str, period: int) -> int | None:
    """Count one use of ``key`` and return how many there were in the present window of ``period`` seconds.

    None while Valkey can not be reached: a broken broker must not lock people out.
    """
    if broker.is_resting():
        return None
    try:
        with broker.client().pipeline(transaction=False) as pipeline:
            window = f"{key}:{int(time.time() // period)}"
            pipeline.incr(window)
            pipeline.expire(window, period + 1)
            return int(pipeline.execute()[0])
    except redis.RedisError:
        broker.rest()
        return None
