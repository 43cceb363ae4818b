"""Timesheets: enter hours, submit them, agree and post them, take them back."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import labour as engine
from budgets.engine.allocation import NONE
from budgets.models import Actual, Category, TimeEntry, Timesheet
from budgets.models.timesheets import DAY
from budgets.selectors import labour, periods
from budgets.selectors import timesheets as selectors
from budgets.services import actuals
from budgets.services.row_errors import RowError, RowsRefused
from programs import policies
from programs.policies import NotAllowed
from projects.models import Task
from projects.services.assignments import count_work
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.accounts.models import User

State = Timesheet.State
MOST_ROWS = 5000


@dataclass(frozen=True)
class Hours:
    """What a person worked on a task on a day; 0 minutes take an entry back. ``row`` says where errors belong."""

    row: int
    person: User
    task: Task
    day: date
    minutes: int
    note: str = ""


@dataclass(frozen=True)
class Entered:
    """How many entries were (or, in a dry run, would be) added, changed and taken back."""

    added: int
    changed: int
    removed: int


def enter(*, actor: Actor, rows: Sequence[Hours], dry_run: bool = False) -> Entered:
    """Enter hours, one's own or (``time.import``) those of others, in one change: all rows or none.

    :raises RowsRefused: naming row, column and reason of everything that can not be entered.
    """
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("At most %(n)s rows at a time.") % {"n": MOST_ROWS})
    sheets = selectors.sheets_for((one.task.project_id, one.person.pk, monday(one.day)) for one in rows)
    entries = selectors.entries_of(sheets.values())
    errors = _wrong(actor, rows, sheets)
    if not errors:
        errors = _crowded(rows)
    if errors:
        raise RowsRefused(errors)
    there = {(e.sheet.person_id, e.task_id, e.day): e for e in entries}
    known = {one: there.get((one.person.pk, one.task.pk, one.day)) for one in rows}
    added = [one for one in rows if one.minutes and known[one] is None]
    changed = [
        (one, entry) for one, entry in known.items()
        if entry and one.minutes and (entry.minutes, entry.note) != (one.minutes, one.note)
    ]  # fmt: skip
    removed = [entry for one, entry in known.items() if entry and not one.minutes]
    found = Entered(len(added), len(changed), len(removed))
    if dry_run or found == Entered(0, 0, 0):
        return found
    with activity.change(actor=actor, event=events.TIME_CHANGED) as change:
        for one in added:
            key = (one.task.project_id, one.person.pk, monday(one.day))
            if key not in sheets:
                sheets[key] = change.create(
                    Timesheet(
                        program=one.task.program, project=one.task.project, person=one.person, week=key[2]
                    )
                )
        change.bulk_create(
            TimeEntry(
                sheet=sheets[one.task.project_id, one.person.pk, monday(one.day)], task=one.task, day=one.day,
                minutes=one.minutes, note=one.note,
            )
            for one in added
        )  # fmt: skip
        for one, entry in changed:
            change.update(entry, minutes=one.minutes, note=one.note)
        for entry in removed:
            change.delete(entry)
    return found


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _wrong(
    actor: Actor, rows: Sequence[Hours], sheets: Mapping[tuple[int, int, date], Timesheet]
) -> list[RowError]:
    errors: list[RowError] = []
    seen: dict[tuple[int, int, date], int] = {}
    workers: dict[int, Actor] = {}
    books = functools.cache(periods.books)
    for one in rows:

        def wrong(column: str, reason: str, row: int = one.row) -> None:
            errors.append(RowError(row, column, reason))

        key = (one.person.pk, one.task.pk, one.day)
        if key in seen:
            wrong("day", _("Row %(row)s is of the same person, task and day.") % {"row": seen[key]})
        seen[key] = one.row
        mine = actor.user is not None and one.person.pk == actor.user.pk
        if not policies.holds(actor, "time.enter" if mine else "time.import", one.task.scope):
            wrong("task", _("You may not enter these hours on “%(task)s”.") % {"task": one.task})
        elif not mine:
            worker = workers.setdefault(one.person.pk, Actor(user=one.person, via=actor.via))
            if not policies.holds(worker, "time.enter", one.task.scope):
                wrong("person", _("%(person)s does not work on this project.") % {"person": one.person})
        if not 0 <= one.minutes <= DAY:
            wrong("hours", _("Hours of a day are from 0 to 24."))
        if len(one.note) > 300:
            wrong("note", _("A note has at most 300 characters."))
        if not one.task.is_active:
            wrong("task", _("“%(task)s” is not active.") % {"task": one.task})
        if one.minutes and (said := periods.why_not(books(one.task.program.portfolio_id), one.day)):
            wrong("day", said)
        sheet = sheets.get((one.task.project_id, one.person.pk, monday(one.day)))
        if sheet is not None and not sheet.is_open:
            wrong(
                "day",
                _("The week of %(day)s is %(state)s already.")
                % {"day": sheet.week.isoformat(), "state": sheet.get_state_display().lower()},
            )
    return errors


def _crowded(rows: Sequence[Hours]) -> list[RowError]:
    """Refuse days of more than 24 hours, what is entered elsewhere included."""
    given = {(one.person.pk, one.task.pk, one.day) for one in rows}
    total: dict[tuple[int, date], int] = defaultdict(int)
    for person, task, day, minutes in selectors.minutes_of(
        {one.person.pk for one in rows}, {one.day for one in rows}
    ):
        if (person, task, day) not in given:
            total[person, day] += minutes
    errors = []
    for one in rows:
        total[one.person.pk, one.day] += one.minutes
        if total[one.person.pk, one.day] > DAY:
            errors.append(RowError(one.row, "hours", _("This day has more than 24 hours in all.")))
    return errors


def submit(*, actor: Actor, sheets: Iterable[Timesheet], at: datetime) -> list[Timesheet]:
    """Ask for agreement to drafts: one's own, or those that one entered for others.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if one is no draft, or has no hours.
    """
    done = []
    wanted = list(sheets)
    for sheet in wanted:
        _authorize_own(actor, sheet)
        if not sheet.is_open:
            raise ValidationError(
                _("It is %(state)s already.") % {"state": sheet.get_state_display().lower()}
            )
        if not sheet.entries.exists():
            raise ValidationError(_("There are no hours to submit."))
    with activity.change(actor=actor, event=events.TIME_CHANGED) as change:
        for sheet in wanted:
            new = {"state": State.SUBMITTED, "submitted_by": actor.user, "submitted_at": at, "reason": ""}
            done.append(change.update(sheet, **new, decided_by=None, decided_at=None))
    return done


def withdraw(*, actor: Actor, sheet: Timesheet) -> Timesheet:
    """Take a submitted timesheet back to change it.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _authorize_own(actor, sheet)
    _expect(sheet, State.SUBMITTED)
    with activity.change(actor=actor, event=events.TIME_CHANGED) as change:
        return change.update(sheet, state=State.DRAFT)


def send_back(*, actor: Actor, sheet: Timesheet, reason: str, at: datetime) -> Timesheet:
    """Do not agree: the person changes it and submits it again.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _authorize_decision(actor, sheet)
    _expect(sheet, State.SUBMITTED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is to be changed.")})
    with activity.change(actor=actor, event=events.TIME_CHANGED, reason=reason) as change:
        new = {"decided_by": actor.user, "decided_at": at, "reason": reason.strip()}
        return change.update(sheet, state=State.DRAFT, **new)


def approve(*, actor: Actor, sheet: Timesheet, at: datetime) -> list[Actual]:
    """Agree to the hours and post them: each entry at the rate of its day, rounded once, into open periods only. They are work
    done of the person's assignment to the task.

    :raises NotAllowed: unless the actor answers for the project, and neither worked these hours nor submitted them.
    :raises Conflict:
    :raises RowsRefused: for entries without a rate, or on days that can not be posted to; then nothing is posted.
    """
    _authorize_decision(actor, sheet)
    _expect(sheet, State.SUBMITTED)
    entries = list(sheet.entries.select_related("task__project", "task__program").order_by("day", "task_id"))
    postings = prepare(sheet, entries)
    rows = actuals.prepare(sheet.program, [row for _entry, row in postings], Actual.Kind.POSTING)
    with actuals.Posting(actor, [sheet.program], _("Hours of %(sheet)s") % {"sheet": sheet}) as change:
        change.update(sheet, state=State.APPROVED, decided_by=actor.user, decided_at=at, reason="")
        made = actuals.insert(change, rows)
        posted = {entry.pk: actual for (entry, _row), actual in zip(postings, made, strict=True)}
        theirs = selectors.assignments_of(sheet.person_id, sheet.program, {one.task_id for one in entries})
        for entry in entries:
            change.update(entry, actual=posted.get(entry.pk), assignment=theirs.get(entry.task_id))
        count_work(change, _counted(entries))
    return made


def _counted(entries: Iterable[TimeEntry], sign: int = 1) -> dict[int, int]:
    """Return the minutes of entries by the assignment that they count for."""
    minutes: dict[int, int] = defaultdict(int)
    for one in entries:
        if one.assignment_id is not None:
            minutes[one.assignment_id] += sign * one.minutes
    return minutes


def prepare(sheet: Timesheet, entries: Sequence[TimeEntry]) -> list[tuple[TimeEntry, dict[str, Any]]]:
    """Return the posting of each entry; entries that cost nothing have none.

    :raises RowsRefused:
    """
    resource = selectors.resource_of(sheet.person_id, sheet.program)
    if resource is None:
        reason = _("No resource of this program stands for %(person)s, so there is no rate.")
        raise RowsRefused([RowError(1, "person", reason % {"person": sheet.person})])
    steps = labour.rates_of(sheet.program, [resource])[resource.pk]
    books = periods.books(sheet.program.portfolio_id)
    errors, found = [], []
    for row, entry in enumerate(entries, 1):
        step = engine.at(steps, entry.day)
        if said := periods.why_not(books, entry.day):
            errors.append(RowError(row, "day", f"{entry.day}: {said}"))
        elif step.value == NONE:
            missing = _("no exchange rate") if step.row else _("no rate")
            reason = _("%(day)s: %(missing)s of %(who)s holds on this day.")
            errors.append(
                RowError(row, "rate", reason % {"day": entry.day, "missing": missing, "who": resource})
            )
        cents = 0 if step.value == NONE else engine.amount_of(entry.minutes, step.value)
        if cents:
            rate = Decimal(step.value) / engine.SCALE
            hours = (Decimal(entry.minutes) / 60).quantize(Decimal("0.01")).normalize()
            said = f"{sheet.person}: {hours:f} h × {rate.normalize():f}"
            given = {"task": entry.task, "posted_on": entry.day, "amount": Decimal(cents).scaleb(-2)}
            found.append((entry, given | {"category": Category.LABOUR, "description": said[:300]}))
    if errors:
        raise RowsRefused(errors)
    return found


def reopen(*, actor: Actor, sheet: Timesheet, reason: str) -> Timesheet:
    """Correct what was agreed: its postings are taken back by reversals (into an open period), the work done as well, and it is
    a draft again.

    :raises NotAllowed, Conflict, ValidationError:
    """
    _authorize_decision(actor, sheet)
    _expect(sheet, State.APPROVED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is opened again.")})
    entries = list(sheet.entries.select_related("actual"))
    books = periods.books(sheet.program.portfolio_id)
    opposites = [
        actuals.opposite(e.actual, actuals.day_of_reversal(books, e.actual)) for e in entries if e.actual
    ]
    with actuals.Posting(actor, [sheet.program], reason) as change:
        actuals.insert(change, opposites)
        count_work(change, _counted(entries, -1))
        for entry in entries:
            change.update(entry, actual=None, assignment=None)
        return change.update(sheet, state=State.DRAFT, reason=reason.strip()[:300])


def _authorize_own(actor: Actor, sheet: Timesheet) -> None:
    if actor.is_system or (actor.user is not None and sheet.person_id == actor.user.pk):
        return
    policies.authorize(actor, "time.import", sheet)


def _authorize_decision(actor: Actor, sheet: Timesheet) -> None:
    policies.authorize(actor, "time.approve", sheet)
    if (
        actor.user is None
        or actor.user.is_service
        or actor.user.pk in (sheet.person_id, sheet.submitted_by_id)
    ):
        raise NotAllowed("time.approve")


def _expect(sheet: Timesheet, state: str) -> None:
    if sheet.state != state:
        raise ValidationError(_("It is %(state)s.") % {"state": sheet.get_state_display().lower()})
