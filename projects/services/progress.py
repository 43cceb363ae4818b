"""What follows from a progress entry, so that actual dates, percent and remaining work never contradict each other."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.models import Task, TaskSchedule

FIELDS = frozenset({"actual_start", "actual_finish", "percent_complete", "remaining"})


def completed(
    task: Task, new: dict[str, Any], schedule: TaskSchedule | None, *, fallback: datetime
) -> dict[str, Any]:
    """Return ``new`` with what it implies; entries without progress come back unchanged.

    Work that is said to be done started and, at 100 %, finished when the schedule said it would (``fallback`` where nothing is
    computed yet), unless the entry says otherwise.

    :raises ValidationError: if actual dates contradict each other.
    """
    if not FIELDS & new.keys():
        return new
    new = dict(new)
    percent = new.get("percent_complete", task.percent_complete)
    finish = new.get("actual_finish", task.actual_finish)
    start = new.get("actual_start", task.actual_start)
    if new.get("actual_finish"):
        percent = new["percent_complete"] = 100.0
    elif "percent_complete" in new and percent < 100 and "actual_finish" not in new:
        finish = new["actual_finish"] = None
    elif (
        "actual_finish" in new
        and new["actual_finish"] is None
        and "percent_complete" not in new
        and percent >= 100
    ):
        percent = new["percent_complete"] = 99.0
    if "actual_start" in new and start is None and percent > 0 and "percent_complete" not in new:
        percent = new["percent_complete"] = 0.0
        finish = new["actual_finish"] = None
    if percent > 0 and start is None:
        start = new["actual_start"] = (schedule.start if schedule else None) or fallback
    if percent >= 100 and finish is None:
        expected = (schedule.finish if schedule else None) or start
        finish = new["actual_finish"] = max(expected, start)
    if percent == 0 and "percent_complete" in new and "actual_start" not in new:
        start = new["actual_start"] = None
    if "remaining" not in new and {"percent_complete", "actual_finish"} & new.keys():
        new["remaining"] = None
    if start and finish and finish < start:
        raise ValidationError({"actual_finish": _("The actual finish lies before the actual start.")})
    return new
