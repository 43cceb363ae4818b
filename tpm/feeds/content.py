"""What stands in a calendar: whole days, as its person may see them at this moment."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import icalendar
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import Action, Grant, Program
from programs.policies import Role
from programs.selectors import actions as to_do
from projects.models import Task
from projects.selectors import gates as gates_of
from projects.selectors.gates import GateRow
from tpm.accounts.actors import Actor
from tpm.lib.templatetags.tpm_ui import slip_words

DAY = timedelta(days=1)
PAST = timedelta(days=366)
"""So far back entries stay in a calendar."""
MOST = 5000
PRIORITIES = {Action.Priority.HIGH: 1, Action.Priority.MEDIUM: 5, Action.Priority.LOW: 9}
STATUSES = {
    Action.State.OPEN: "NEEDS-ACTION",
    Action.State.IN_PROGRESS: "IN-PROCESS",
    Action.State.DONE: "COMPLETED",
    Action.State.DROPPED: "CANCELLED",
}


def calendar(actor: Actor, program: Program | None, *, today: date, base: str, host: str) -> bytes:
    """Return an iCalendar file (RFC 5545): of a program, or of what is the person's own: a fixed number of queries.

    :param base: the address of this installation, without a slash at the end. :param host: what makes identities unique.
    """
    made = icalendar.Calendar()
    made.add("prodid", "-//TPM//Program portfolio tracker//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    name = program.name if program else _("Mine: %(name)s") % {"name": actor.user}
    made.add("x-wr-calname", name)
    made.add("name", name)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    since = today - PAST
    own = None if program else _own_programs(actor)
    for task in _milestones(actor, program, own, since):
        made.add_component(_milestone(task, base, host))
    for row in _gates(actor, program, own, since):
        made.add_component(_gate(row, base, host))
    for one in _actions(actor, program, since):
        made.add_component(_todo(one, base, host))
    return bytes(made.to_ical())


def _own_programs(actor: Actor) -> set[int]:
    """Programs that the person manages: the role held for just that program."""
    held = Grant.objects.filter(user=actor.user, role=Role.TPM, program__isnull=False, project_id=None)
    return set(held.values_list("program_id", flat=True))


def _milestones(actor: Actor, program: Program | None, own: set[int] | None, since: date) -> Iterable[Task]:
    found = Task.objects.visible_to(actor).filter(
        is_milestone=True, is_active=True, schedule__is_summary=False, schedule__finish__gte=_midnight(since)
    )
    if program is not None:
        found = found.filter(program=program)
    else:
        assert actor.user is not None
        mine = Q(project__manager=actor.user) | Q(responsible__iexact=actor.user.email)
        mine |= Q(program__in=own or ())
        if actor.user.name:
            mine |= Q(responsible__iexact=actor.user.name)
        found = found.filter(mine, program__archived_at=None)
    related = ("schedule", "project", "program__computation")
    return found.select_related(*related).order_by("schedule__finish", "pk")[:MOST]


def _gates(actor: Actor, program: Program | None, own: set[int] | None, since: date) -> Iterator[GateRow]:
    found = gates_of.visible(actor)
    if program is not None:
        found = found.filter(program=program)
    else:
        mine = Q(project__manager=actor.user) | Q(project=None, program__in=own or ())
        found = found.filter(mine, program__archived_at=None)
    rows = gates_of.measured(found.select_related("program__computation").order_by("pk")[:MOST])
    return (row for row in rows if row.forecast is not None and row.forecast >= since)


def _actions(actor: Actor, program: Program | None, since: date) -> Iterable[Action]:
    """One's own actions, in a program's calendar those of that program."""
    found = to_do.visible(actor).filter(owner=actor.user, due_on__isnull=False)
    found = found.filter(Q(closed_on=None) | Q(closed_on__gte=since))
    found = found.filter(program=program) if program is not None else found.filter(program__archived_at=None)
    return found.order_by("due_on", "pk")[:MOST]


def _milestone(task: Task, base: str, host: str) -> icalendar.Event:
    on = task.schedule.finish.date()
    words = [task.project.name, task.program.name]
    slip = task.schedule.finish_slip
    if slip is not None:
        words.append(slip_words(round(slip / 480, 1)))
    link = f"{base}{reverse('projects:program-plan', args=[task.program_id])}?task={task.pk}"
    event = _event(f"task-{task.pk}@{host}", f"◆ {task.name}", on, link, words)
    event.add("dtstamp", _computed(task.program))
    event.add("sequence", task.schedule.changed_at_revision)
    event.add("categories", [_("Milestone")])
    return event


def _gate(row: GateRow, base: str, host: str) -> icalendar.Event:
    gate = row.gate
    words = [gate.project.name if gate.project else gate.program.name, str(gate.get_state_display())]
    if row.open and gate.is_open:
        words.append(ngettext("%(n)s criterion open", "%(n)s criteria open", row.open) % {"n": row.open})
    if row.slip_wd is not None:
        words.append(slip_words(row.slip_wd))
    assert row.forecast is not None  # by the caller
    link = f"{base}{reverse('projects:gate-detail', args=[gate.pk])}"
    text = _("Gate “%(name)s”") % {"name": gate.name}
    event = _event(f"gate-{gate.pk}@{host}", text, row.forecast, link, words)
    event.add("dtstamp", _computed(gate.program))
    schedule = gate.task.schedule if gate.task and hasattr(gate.task, "schedule") else None
    event.add("sequence", gate.version + (schedule.changed_at_revision if schedule else 0))
    event.add("categories", [_("Gate")])
    return event


def _event(uid: str, text: str, on: date, link: str, words: Iterable[str]) -> icalendar.Event:
    """A whole day: a date without a time and without a zone, so that it is the same day everywhere."""
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("summary", text)
    event.add("dtstart", on)
    event.add("dtend", on + DAY)
    event.add("transp", "TRANSPARENT")
    event.add("url", link)
    event.add("description", "\n".join(words))
    return event


def _todo(one: Action, base: str, host: str) -> icalendar.Todo:
    todo = icalendar.Todo()
    todo.add("uid", f"action-{one.pk}@{host}")
    todo.add("dtstamp", one.raised_at)
    todo.add("sequence", one.version)
    todo.add("summary", str(one))
    todo.add("due", one.due_on)
    todo.add("status", STATUSES[Action.State(one.state)])
    todo.add("priority", PRIORITIES[Action.Priority(one.priority)])
    todo.add("categories", [_("Action")])
    todo.add(
        "url", f"{base}{reverse('programs:action-list', args=[one.program_id])}?show=all&action={one.pk}"
    )
    if one.closed_on:
        todo.add(
            "completed", datetime(one.closed_on.year, one.closed_on.month, one.closed_on.day, tzinfo=UTC)
        )
    todo.add("description", "\n".join(filter(None, (one.program.name, one.detail))))
    return todo


def _computed(program: Program) -> datetime:
    return program.computation.computed_at or datetime(2000, 1, 1, tzinfo=UTC)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
