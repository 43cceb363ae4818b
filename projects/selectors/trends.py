"""How the dates of milestones moved from data date to data date: what the slippage ledger holds, read at past reports."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from programs.models import Program
from programs.selectors import readings
from projects.models import LedgerEntry, Task
from tpm.accounts import actors
from tpm.accounts.actors import Actor

MOST = 400


@dataclass(frozen=True)
class Track:
    """A milestone with the date that was expected at each data date; None where it was not known, or reached long ago."""

    task: Task
    dates: list[datetime | None]

    @property
    def moved(self) -> int | None:
        """Calendar days from the first known date to the last."""
        known = [at for at in self.dates if at]
        return (known[-1].date() - known[0].date()).days if known else None


@dataclass(frozen=True)
class Trend:
    """``reported`` are the data dates, oldest first; the tracks with the greatest movement come first."""

    reported: list[date]
    tracks: list[Track]


def of_program(actor: Actor, program: Program, *, project: int | None = None, last: int = 12) -> Trend:
    """Return the milestones that the actor sees over the newest ``last`` data dates: three queries.

    A date of a report is the one that the ledger held at the last revision computed for that data date; of the present
    data date it is the schedule's.
    """
    # Data dates and revisions say nothing of a plan: they are read as the system, the dates themselves as the actor.
    past = readings.history(actors.system(), program.pk, ("plan.finish",), last=last)
    rows = (
        Task.objects.visible_to(actor)
        .filter(program=program, is_milestone=True, is_active=True, schedule__finish__isnull=False)
        .select_related("schedule", "project")
    )
    if project is not None:
        rows = rows.filter(project=project)
    tasks = list(rows.order_by("schedule__finish", "pk")[:MOST])
    chains: dict[int, tuple[list[int], list[datetime | None]]] = defaultdict(lambda: ([], []))
    entries = LedgerEntry.objects.visible_to(actor).filter(
        program=program, task_id__in=[one.pk for one in tasks]
    )
    for task_id, revision, to_at in entries.order_by("task_id", "id").values_list(
        "task_id", "revision", "to_at"
    ):
        if task_id is None:
            continue
        revisions, dates = chains[task_id]
        revisions.append(revision)
        dates.append(to_at)
    tracks = []
    for task in tasks:
        revisions, dates = chains[task.pk]
        told = [_at(revisions, dates, one.figures.revision) for one in past]
        if past and past[-1].data_date == program.data_date:
            told[-1] = task.schedule.finish
        tracks.append(Track(task, _until_reached(task, told, [one.data_date for one in past])))
    begun = past[0].data_date if past else None
    tracks = [one for one in tracks if any(one.dates) and not (begun and _is_history(one.task, begun))]
    tracks.sort(key=lambda one: (-abs(one.moved or 0), one.task.schedule.finish, one.task.pk))
    return Trend([one.data_date for one in past], tracks)


def _at(revisions: list[int], dates: list[datetime | None], revision: int) -> datetime | None:
    index = bisect_right(revisions, revision)
    return dates[index - 1] if index else None


def _is_history(task: Task, begun: date) -> bool:
    return task.actual_finish is not None and task.actual_finish.date() < begun


def _until_reached(task: Task, told: list[datetime | None], reported: list[date]) -> list[datetime | None]:
    """Leave out what lies behind the first report after the milestone was reached: its line has met the diagonal."""
    if task.actual_finish is None:
        return told
    reached = task.actual_finish.date()
    after = [index for index, day in enumerate(reported) if day >= reached]
    return [at if not after or index <= after[0] else None for index, at in enumerate(told)]
