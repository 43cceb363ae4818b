"""Between naive ``datetime`` and wall minutes (``int64`` minutes since 1970-01-01T00:00 on the wall clock)."""

from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

NONE: int = int(np.iinfo(np.int64).min)
EPOCH = datetime(1970, 1, 1)
MINUTE = timedelta(minutes=1)


def to_minutes(value: datetime | date | None) -> int:
    """Return wall minutes; midnight for a plain date, ``NONE`` for None. Seconds are dropped."""
    if value is None:
        return NONE
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return (value - EPOCH) // MINUTE


def to_datetime(minutes: int | None) -> datetime | None:
    """Return the naive datetime of wall minutes, None for ``NONE``."""
    return None if minutes is None or minutes == NONE else EPOCH + int(minutes) * MINUTE


def texts(minutes: NDArray[np.int64]) -> list[str | None]:
    """Return ISO 8601 texts for a whole array, None where missing."""
    iso = np.datetime_as_string(np.where(minutes == NONE, 0, minutes).astype("datetime64[m]"))
    return [None if m == NONE else str(text) for m, text in zip(minutes.tolist(), iso, strict=True)]
