"""Why a date moved, in the field's own words."""

from enum import IntEnum


class Cause(IntEnum):
    """What moved a date. The numbers are stored; a step applies its causes in ascending order."""

    RECORD = 0  # before the record began
    ACTUALS = 1
    DATA_DATE = 2
    CALENDARS = 3
    SCOPE = 4
    ESTIMATES = 5
    DEPENDENCIES = 6
    CONSTRAINTS = 7
    OPTIONS = 8
    OTHER_PROGRAM = 9
    UNEXPLAINED = 10  # none of the plan's inputs: computed by another version of the engine
