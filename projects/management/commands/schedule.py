"""The scheduler by itself: a plan file in, dates and float of every task out."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import NONE
from projects.importers import assessments
from projects.management.plan_command import PlanCommand, Scheduled

COLUMNS = ("uid", "name", "es", "ef", "ls", "lf", "ts", "ff", "crit", "start", "finish", "svar", "fvar")
AT_ONCE = 1000
Ints = NDArray[np.int64]


class Command(PlanCommand):
    help = (
        "Schedule an MS Project XML or Primavera XER file, without a database, and print for every task:"
        f" {','.join(COLUMNS)}. Dates are ISO 8601 in the plan's wall-clock time; ts ff svar fvar are working minutes of the"
        " task's own calendar (variance against baseline 0, empty without one); crit is 1 or 0; inactive tasks have no dates."
    )
    formats = ("csv", "json")
    codes = """  0  scheduled and printed
  2  wrong arguments
  3  the file can not be read: not there, damaged, or no plan
  4  the plan can not be scheduled (a circle of links, a calendar without working time, dates out of range)"""

    def answer(self, computed: Scheduled, options: dict[str, Any]) -> int:
        self.write(_json(computed) if options["format"] == "json" else _csv(computed))
        return 0


def rows(computed: Scheduled) -> Iterator[tuple[Any, ...]]:
    """One row a task in the order of the file, the cells of ``COLUMNS``; None where there is no value."""
    plan, network, schedule = computed
    moved = assessments.variances(plan, network, schedule)
    live = schedule.is_live
    yield from zip(
        network.task_id.tolist(),
        (task.name for task in plan.tasks),
        _dates(schedule.early_start),
        _dates(schedule.early_finish),
        _dates(schedule.late_start),
        _dates(schedule.late_finish),
        _numbers(np.where(live, schedule.total_float, NONE)),
        _numbers(np.where(live, schedule.free_float, NONE)),
        schedule.critical.astype(np.int64).tolist(),
        _dates(schedule.start),
        _dates(schedule.finish),
        _numbers(moved.start_minutes),
        _numbers(moved.finish_minutes),
        strict=True,
    )


def _dates(minutes: Ints) -> list[str | None]:
    iso = np.datetime_as_string(np.where(minutes == NONE, 0, minutes).astype("datetime64[m]"))
    return [
        None if missing else text
        for missing, text in zip((minutes == NONE).tolist(), iso.tolist(), strict=True)
    ]


def _numbers(values: Ints) -> list[int | None]:
    return [None if value == NONE else value for value in values.tolist()]


def _csv(computed: Scheduled) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows(computed), 1):
        writer.writerow(row)
        if not number % AT_ONCE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _json(computed: Scheduled) -> Iterator[str]:
    """A list with one object a task, one line each."""
    before = "[\n"
    for row in rows(computed):
        yield before + json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"
