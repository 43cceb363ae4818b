"""Why dates moved: the step from one plan to the next, taken cause by cause."""

from __future__ import annotations

from enum import IntEnum


class Cause(IntEnum):
    """What moved a date. A step applies its causes in this order; see ``attribute``."""

    RECORD = 0  # before the record: a baseline older than the first entry
    ACTUALS = 1
    DATA_DATE = 2
    CALENDARS = 3
    SCOPE = 4
    ESTIMATES = 5
    DEPENDENCIES = 6
    CONSTRAINTS = 7
    OPTIONS = 8
    OTHER_PROGRAM = 9
    UNEXPLAINED = 10  # none of the plan's inputs: a computation by another version of the engine
