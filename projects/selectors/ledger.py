"""The slippage ledger as people read it: how far an item moved since when, and by which causes, which sum exactly to it.

Dates are measured on one calendar, that of today: the item's own, else its project's, else the program's. Working minutes and
calendar days of the lines telescope, so both sum to the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import Program, StatusReport, WorkCalendar
from programs.selectors import calendars, computation
from projects.engine.causes import Cause
from projects.models import (
    Baseline,
    BaselineTask,
    LedgerEntry,
    LedgerState,
    Plan,
    Project,
    Task,
    TaskSchedule,
)
from projects.selectors import ledger_names
from projects.selectors.ledger_lines import Line, by_cause, headline, measured
from projects.selectors.ledger_names import Because
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSetRevision
from tpm.lib.templatetags.tpm_ui import day


@dataclass(frozen=True)
class Item:
    """What moves: a milestone, a project's finish, or the program's (neither id)."""

    program: Program
    name: str
    calendar_id: int
    project_id: int | None = None
    task_id: int | None = None


@dataclass(frozen=True)
class Since:
    """From where a movement is told: behind a revision or an instant, or from a baseline's date."""

    key: str
    words: str
    revision: int = 0
    at: datetime | None = None
    baseline: Baseline | None = None


@dataclass(frozen=True)
class Movement:
    """How an item moved; the lines sum to ``minutes``, ``days`` and ``shown``."""

    item: Item
    since: Since
    start: datetime | None
    end: datetime | None
    minutes: int
    days: int
    shown: Decimal
    lines: list[Line]
    causes: list[Line]
    posted_revision: int
    computed_revision: int

    @property
    def is_behind(self) -> bool:
        """Results are published whose reasons are not worked out yet."""
        return self.posted_revision < self.computed_revision


def of_program(program: Program) -> Item:
    """Return the program's finish as an item."""
    return Item(program, program.name, program.calendar_id)


def of_project(project: Project) -> Item:
    """Return a project's finish as an item."""
    return Item(project.program, project.name, project.calendar_id or project.program.calendar_id, project.pk)


def of_task(task: Task) -> Item:
    """Return a milestone as an item. ``task`` was read with its project and program."""
    own = task.calendar_id or task.project.calendar_id or task.program.calendar_id
    return Item(task.program, task.name, own, task.project_id, task.pk)


def beginning() -> Since:
    """Return the whole record."""
    return Since("record", _("since the record began"))


def since_instant(at: datetime) -> Since:
    """Return what was done after an instant."""
    return Since("instant", _("since %(at)s") % {"at": date_format(at, "DATETIME_FORMAT")}, at=at)


def since_data_date(program: Program) -> Since | None:
    """Return what happened with the last move of the data date and after it, None where it never moved: one query."""
    rows = ChangeSetRevision.objects.filter(program_id=program.pk, change_set__event=events.DATA_DATE_MOVED)
    last = rows.aggregate(last=Max("revision"))["last"]
    if last is None or program.data_date is None:
        return None
    words = _("since the data date went to %(date)s") % {"date": day(program.data_date)}
    return Since("data_date", words, revision=last - 1)


def since_report(actor: Actor, program: Program) -> Since | None:
    """Return what happened after the last published report that the actor sees, None where there is none: one query."""
    reports = StatusReport.objects.visible_to(actor).filter(
        program=program, state=StatusReport.State.PUBLISHED
    )
    report = reports.order_by("-number").first()
    if report is None or report.revision is None:
        return None
    return Since("report", _("since report %(n)s") % {"n": report.number}, revision=report.revision)


def since_baseline(baseline: Baseline | None) -> Since | None:
    """Return the comparison with a baseline, None where there is none."""
    if baseline is None:
        return None
    words = _("against the baseline “%(name)s”") % {"name": baseline.name}
    return Since("baseline", words, revision=baseline.revision, baseline=baseline)


def reference(program: Program) -> Baseline | None:
    """Return the baseline that the program's slippage is measured against: one query."""
    plan = Plan.objects.filter(pk=program.pk).select_related("baseline").first()
    return plan.baseline if plan else None


def movement(actor: Actor, item: Item, since: Since) -> Movement:
    """Return how an item moved and why: a fixed number of queries. The caller has checked that the actor sees the item."""
    rows = LedgerEntry.objects.visible_to(actor).filter(program=item.program, task_id=item.task_id)
    if item.task_id is None:
        rows = rows.filter(project_id=item.project_id)
    rows = rows.select_related("change_set__actor").order_by("pk")
    entries = list(rows.filter(at__gt=since.at) if since.at else rows.filter(revision__gt=since.revision))
    start = _baseline_finish(item, since.baseline) if since.baseline else None
    if start is not None:
        before = None if entries else rows.last()
        here = entries[0].from_at if entries else before.to_at if before else None
        if here is not None and here != start:
            entries.insert(0, _before_the_record(since.baseline, start, here))
    clock = _clocks([item])[item.calendar_id]
    told = _told(actor, item.program, entries)
    lines = measured(clock, entries, told)
    end = next((entry.to_at for entry in reversed(entries) if entry.to_at), None)
    if not entries:
        last = rows.last()
        end = last.to_at if last else None
    state = LedgerState.objects.filter(pk=item.program.pk).first()
    return Movement(
        item=item,
        since=since,
        start=next((date for one in entries for date in (one.from_at, one.to_at) if date), end),
        end=end,
        minutes=sum(line.minutes for line in lines),
        days=sum(line.days for line in lines),
        shown=sum((line.shown for line in lines), Decimal(0)),
        lines=lines,
        causes=by_cause(lines),
        posted_revision=state.posted_revision if state else 0,
        computed_revision=computation.revisions(item.program.pk)["computed_revision"],
    )


@dataclass(frozen=True)
class Moved:
    """A program's or project's finish that moved, for lists; ``milestones``: how many of the program's moved."""

    program: Program
    item: Item
    start: datetime | None
    end: datetime | None
    minutes: int
    shown: Decimal
    causes: list[Line]
    milestones: int


def moved(actor: Actor, programs: Sequence[Program], since: datetime, most: int = 8) -> list[Moved]:
    """Return the finishes that moved after an instant, those that moved most first: of programs, and of projects where the
    actor does not read the whole plan. What moved while a plan was made, before its first baseline, was no promise and does not
    count. A fixed number of queries."""
    by_id = {program.pk: program for program in programs}
    visible = LedgerEntry.objects.visible_to(actor).filter(program__in=by_id, at__gt=since)
    agreed = dict(
        Baseline.objects.filter(program__in=by_id)
        .values_list("program_id")
        .annotate(first=Min("revision"))
        .order_by("program_id")
    )
    finishes = visible.filter(task_id=None).select_related("change_set__actor").order_by("pk")
    rows = [row for row in finishes if row.revision > agreed.get(row.program_id, 0)]
    whole = {row.program_id for row in rows if row.project_id is None}
    chains: dict[tuple[int, int | None], list[LedgerEntry]] = {}
    for row in rows:
        if row.project_id is None or row.program_id not in whole:
            chains.setdefault((row.program_id, row.project_id), []).append(row)
    names = Project.objects.visible_to(actor).in_bulk({pk for _program, pk in chains if pk})
    counts = dict(
        visible.exclude(task_id=None)
        .values_list("program_id")
        .annotate(count=Count("task_id", distinct=True))
        .order_by("program_id")
    )
    items = {}
    for program_id, project_id in chains:
        project = names.get(project_id) if project_id else None
        if project is not None:
            project.program = by_id[program_id]
            items[program_id, project_id] = of_project(project)
        elif project_id is None:
            items[program_id, project_id] = of_program(by_id[program_id])
    clocks = _clocks(items.values())
    told = {
        pk: _told(
            actor, by_id[pk], [row for key in chains if key[0] == pk for row in chains[key]], named=False
        )
        for pk in {key[0] for key in chains}
    }
    found = []
    for key, item in items.items():
        lines = measured(clocks[item.calendar_id], chains[key], told[key[0]])
        dates = [date for row in chains[key] for date in (row.from_at, row.to_at) if date]
        if (minutes := sum(line.minutes for line in lines)) or dates[0] != dates[-1]:
            shown = sum((line.shown for line in lines), Decimal(0))
            moved_tasks = counts.get(item.program.pk, 0)
            found.append(
                Moved(
                    item.program,
                    item,
                    dates[0],
                    dates[-1],
                    minutes,
                    shown,
                    headline(by_cause(lines)),
                    moved_tasks,
                )
            )
    return sorted(found, key=lambda one: -abs(one.minutes))[:most]


def _baseline_finish(item: Item, baseline: Baseline) -> datetime | None:
    """Return what a baseline promised for an item; for finishes as the published slippage counts it: its live tasks."""
    if item.task_id is not None:
        row = BaselineTask.objects.filter(baseline=baseline, task_id=item.task_id).first()
        return row.finish if row else None
    live = TaskSchedule.objects.filter(program=item.program, is_summary=False, start__isnull=False)
    if item.project_id is not None:
        live = live.filter(project_id=item.project_id)
    agreed = BaselineTask.objects.filter(baseline=baseline, task_id__in=live.values("task_id"))
    latest: datetime | None = agreed.aggregate(latest=Max("finish"))["latest"]
    return latest


def _before_the_record(baseline: Baseline | None, start: datetime, here: datetime) -> LedgerEntry:
    revision = baseline.revision if baseline else 0
    return LedgerEntry(
        cause=Cause.RECORD, from_at=start, to_at=here, first_revision=revision, revision=revision
    )


def _clocks(items: Iterable[Item]) -> dict[int, Any]:
    """Compile the calendars of items: two queries."""
    rows = list(WorkCalendar.objects.filter(pk__in={item.calendar_id for item in items}))
    return dict(zip([row.pk for row in rows], calendars.compiled(rows), strict=True))


def _told(
    actor: Actor, program: Program, entries: Sequence[LedgerEntry], *, named: bool = True
) -> dict[int, Because] | None:
    """Return who and what stands behind the change sets; None for those who do not read the whole plan, whose parts it names."""
    if not policies.holds(actor, "plan.read", program.scope):
        return None
    return ledger_names.because(program, entries) if named else {}
