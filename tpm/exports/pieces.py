"""Where an interrupted task works: pieces from how long it rests, behind the work done and ahead of it.

The tables keep how long a task is interrupted, not where (docs/adr/0009-resources.md says why): each interruption is put into
the middle of the work that it belongs to.
"""

from programs.engine.calendars import WorkCalendar, add_working, next_working
from projects.importers.plan import NONE, Interval
from tpm.exports.reading import TaskRow


def pieces_of(task: TaskRow, calendar: WorkCalendar) -> tuple[tuple[Interval, ...], int]:
    """Return the working pieces of a task, and until when work is done (``stop``, NONE where nothing is): no pieces where the
    task is too short, or not scheduled."""
    work, start = task.duration, task.s_start
    if start == NONE or task.gap <= 0 or task.is_elapsed or work < 2:
        return (), NONE
    behind = task.gap - task.gap_ahead
    remaining = (
        task.remaining if task.remaining is not None else round(work * (1 - task.percent_complete / 100))
    )
    done = work - min(max(remaining, 0), work) if task.actual_start != NONE else 0
    rests: list[tuple[int, int]] = []  # (after this much work, so long)
    if behind:
        rests.append((max(1, done // 2), behind))
    if task.gap_ahead:
        rests.append((min(work - 1, done + max(1, (work - done) // 2)), task.gap_ahead))
    if len(rests) == 2 and rests[0][0] >= rests[1][0]:
        return (), NONE
    found: list[Interval] = []
    worked = rested = 0
    for after, rest in rests:
        found.append((_begin(calendar, start, worked + rested), _end(calendar, start, after + rested)))
        worked, rested = after, rested + rest
    found.append((_begin(calendar, start, worked + rested), _end(calendar, start, work + rested)))
    stop = _end(calendar, start, done + behind) if done else NONE
    return tuple(found), stop


def _begin(calendar: WorkCalendar, start: int, worked: int) -> int:
    return int(next_working(calendar, add_working(calendar, start, worked)))


def _end(calendar: WorkCalendar, start: int, worked: int) -> int:
    return int(add_working(calendar, start, worked))
