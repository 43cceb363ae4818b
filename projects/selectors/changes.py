"""The audit of a program as people read it: who changed what, when, through which door, why, and what it was before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs import policies
from programs.models import Program, Resource
from programs.policies import Scope
from projects import events
from projects.models import Assignment, Task
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity.models import ChangeSet, ChangeSetRevision
from tpm.activity.reverting import tracked_models
from tpm.activity.selectors import RowChange, rows_changed
from tpm.activity.tracking import DELETE, INSERT, event_model
from tpm.lib.templatetags.tpm_ui import day, duration

PAGE = 30
MOST_ROWS = 200
UNDOABLE = frozenset({events.PLAN_CHANGED, events.PROGRESS_UPDATED, events.CHANGE_REVERTED})
READS = {
    "programs": "plan.read",
    "projects": "plan.read",
    "budgets": "budget.read",
    "risks": "risk.read_confidential",
}
"""What it takes to see the rows of an app's tables in the audit. The register's history may name confidential risks."""
_MINUTES = {"duration", "remaining", "lag", "gap", "critical_threshold", "work", "actual_work", "delay"}
_UNSAID = {
    "external_key", "gap_ahead", "program_id", "portfolio_id", "predecessor_program_id", "content", "simulation", "vendor_key",
}  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    """One field: its name and its values as text."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowDiff:
    """One row of a change set: what it is, its name, ``label`` insert, update or delete, and its fields."""

    kind: str
    name: str
    label: str
    fields: list[FieldChange]
    task_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """One change set of a program."""

    change_set: ChangeSet
    revision: int
    title: str
    counts: list[str] = field(default_factory=list)
    may_undo: bool = False


@dataclass(frozen=True)
class Which:
    """Which change sets are asked for: those of a person (0: of the system), of a kind of act; None and empty are all."""

    person: int | None = None
    kind: str = ""


ALL = Which()


def of_program(
    actor: Actor, program: Program, *, which: Which = ALL, before: int | None = None, most: int = PAGE
) -> list[Entry]:
    """Return a page of the program's change sets, the newest first, those below revision ``before``. Two queries.

    The caller has checked that the actor reads the plan of the whole program.
    """
    rows = _rows(actor, program).select_related("change_set__actor")
    if which.person is not None:
        rows = rows.filter(change_set__actor=which.person or None)
    if which.kind:
        rows = rows.filter(change_set__event=which.kind)
    if before is not None:
        rows = rows.filter(revision__lt=before)
    page = list(rows.order_by("-revision")[:most])
    counted = _counts(_readable(actor, program.scope), [row.change_set for row in page])
    may_edit = policies.holds(actor, "plan.edit", program.scope)
    return [
        Entry(
            row.change_set,
            row.revision,
            title(row.change_set),
            counted.get(row.change_set.pk, []),
            row.change_set.event in UNDOABLE and (may_edit or row.change_set.actor_id == actor.user_id),
        )
        for row in page
    ]


def choices(actor: Actor, program: Program) -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """Return who changed the program, and by which kinds of act, each with its name: two queries."""
    pairs = set(
        _rows(actor, program).values_list("change_set__actor", "change_set__event").distinct().order_by()
    )
    users = User.objects.filter(pk__in={pk for pk, _event in pairs if pk}).order_by("name", "pk")
    people = [(one.pk, str(one)) for one in users]
    if any(pk is None for pk, _event in pairs):
        people.append((0, _("the system")))
    kinds = sorted({(event, event_title(event)) for _pk, event in pairs}, key=lambda one: one[1])
    return people, kinds


def _rows(actor: Actor, program: Program) -> models.QuerySet[ChangeSetRevision]:
    """Return the program's change sets of the apps whose rows the actor reads."""
    rows = ChangeSetRevision.objects.filter(program_id=program.pk)
    for app, capability in READS.items():
        if not policies.holds(actor, capability, program.scope):
            rows = rows.exclude(change_set__event__startswith=f"{app}.")
    return rows


def get_for(program: Program, pk: int) -> ChangeSet:
    """Return a change set that touched the program.

    :raises ChangeSet.DoesNotExist: if there is none.
    """
    return ChangeSet.objects.filter(revisions__program_id=program.pk).select_related("actor").get(pk=pk)


def diff(actor: Actor, program: Program, change_set: ChangeSet) -> list[RowDiff] | None:
    """Return what a change set did, row by row; None if it wrote more than ``MOST_ROWS`` rows (an import)."""
    readable = _readable(actor, program.scope)
    if sum(number for *_rest, number in _count_rows(readable, [change_set])) > MOST_ROWS:
        return None
    rows = [row for row in rows_changed(change_set, readable) if _in_program(row, program)]
    found = names(actor, rows)
    return [told(row, found) for row in rows]


def of_row(
    actor: Actor, model: type[models.Model], pk: int, most: int = 12
) -> list[tuple[ChangeSet, RowDiff]]:
    """Return the newest changes of one tracked row, newest first: a fixed number of queries.

    The caller has checked that the actor reads it.
    """
    fields = [
        one.attname for one in model._meta.concrete_fields if one.attname not in ("id", "version", "position")
    ]
    rows = list(
        event_model(model)._base_manager.filter(pgh_obj_id=pk).order_by("-pgh_id").values()[: most + 1]
    )
    sets = {
        one.context_id: one
        for one in ChangeSet.objects.filter(
            context_id__in=[r["pgh_context_id"] for r in rows]
        ).select_related("actor")
    }
    changes: list[tuple[ChangeSet, RowChange]] = []
    for row, old in zip(rows, [*rows[1:], None], strict=True):
        if old is None and row["pgh_label"] != INSERT:
            continue
        different = [name for name in fields if old is not None and old[name] != row[name]]
        before = {name: old[name] for name in different} if old else {}
        after = {name: row[name] for name in different}
        if row["pgh_label"] == INSERT or different:
            changes.append(
                (sets[row["pgh_context_id"]], RowChange(model, pk, row["pgh_label"], before, after))
            )
    found = names(actor, [change for _set, change in changes])
    return [(change_set, told(change, found)) for change_set, change in changes[:most]]


def door(via: str) -> str:
    """Return through which door something was done."""
    return {
        "web": _("in the browser"), "api": _("by API"), "import": _("by import"), "command": _("by command line"),
    }.get(via, _("by itself"))  # fmt: skip


def title(change_set: ChangeSet) -> str:
    """Return what kind of act it was."""
    return event_title(change_set.event)


def event_title(event: str) -> str:
    """Return what kind of act an event is."""
    return {
        "programs.portfolio.changed": _("Portfolio changed"),
        "programs.program.changed": _("Program changed"),
        "programs.members.changed": _("Roles changed"),
        "programs.calendar.changed": _("Calendar changed"),
        "programs.resource.changed": _("Resource changed"),
        "programs.data_date.moved": _("Data date moved"),
        "projects.plan.changed": _("Plan changed"),
        "projects.progress.updated": _("Progress reported"),
        "projects.baseline.taken": _("Baseline taken"),
        "projects.plan.imported": _("Plan imported"),
        "projects.change.reverted": _("Change taken back"),
        "projects.boundary.moved": _("A date in another program moved"),
        "projects.commitment.changed": _("Promise between projects changed"),
        "budgets.budget.changed": _("Budget changed"),
        "budgets.actuals.posted": _("Actual cost posted"),
        "budgets.rates.changed": _("Exchange rate changed"),
        "budgets.periods.changed": _("Fiscal calendar changed"),
        "budgets.categories.changed": _("Cost categories changed"),
        "budgets.capital_request.changed": _("Capital request changed"),
        "budgets.approval.asked": _("Approval asked for"),
        "budgets.approval.voted": _("Vote on a capital request"),
        "budgets.approval_policy.changed": _("Approval policy changed"),
        "budgets.delegation.changed": _("Vote delegated"),
        "budgets.vendors.changed": _("Vendors changed"),
        "budgets.procurement.changed": _("Purchases changed"),
        "budgets.tolerance.changed": _("Tolerance changed"),
        "programs.indicators.changed": _("KPIs changed"),
        "programs.objectives.changed": _("Objectives changed"),
        "programs.report.drafted": _("Report drafted"),
        "programs.report.published": _("Report published"),
        "programs.actions.changed": _("Actions changed"),
        "projects.gates.changed": _("Gates changed"),
        "projects.alignment.changed": _("Contribution to an objective changed"),
        "projects.board.changed": _("Board changed"),
        "projects.scenario.changed": _("What-if scenario changed"),
        "risks.register.changed": _("Risk register changed"),
    }.get(event, event)


def _readable(actor: Actor, scope: Scope) -> list[type[models.Model]]:
    apps = {app for app, capability in READS.items() if policies.holds(actor, capability, scope)}
    return [model for model in tracked_models() if model._meta.app_label in apps]


def _in_program(row: RowChange, program: Program) -> bool:
    values = {**row.before, **row.after}
    return values.get("program_id", program.pk) in (program.pk, None) or "predecessor_program_id" in values


def _count_rows(
    tables: Sequence[type[models.Model]], sets: Sequence[ChangeSet]
) -> list[tuple[Any, int, str, int]]:
    """Return (context id, index of the model, label, rows): one statement."""
    if not tables or not sets:
        return []
    parts = [
        f'SELECT pgh_context_id, {index}, pgh_label, count(*) FROM "{event_model(model)._meta.db_table}"'
        " WHERE pgh_context_id = ANY(%(contexts)s::uuid[]) GROUP BY pgh_context_id, pgh_label"
        for index, model in enumerate(tables)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"contexts": [str(one.context_id) for one in sets]})
        return [(str(context), index, label, rows) for context, index, label, rows in cursor.fetchall()]


def _counts(tables: Sequence[type[models.Model]], sets: Sequence[ChangeSet]) -> dict[int, list[str]]:
    by_context = {str(one.context_id): one.pk for one in sets}
    found: dict[int, list[str]] = {}
    for context, index, label, rows in sorted(_count_rows(tables, sets), key=lambda one: (one[1], one[2])):
        found.setdefault(by_context[context], []).append(_counted(tables[index], label, rows))
    return found


def _counted(model: type[models.Model], label: str, rows: int) -> str:
    what = _noun(model, rows)
    if label == INSERT:
        return _("%(what)s added") % {"what": what}
    if label == DELETE:
        return _("%(what)s deleted") % {"what": what}
    return _("%(what)s changed") % {"what": what}


def _noun(model: type[models.Model], rows: int) -> str:
    """Return how many of what, such as *9 links*."""
    known = {
        "task": ngettext("%(n)s task", "%(n)s tasks", rows),
        "dependency": ngettext("%(n)s link", "%(n)s links", rows),
        "assignment": ngettext("%(n)s assignment", "%(n)s assignments", rows),
        "resource": ngettext("%(n)s resource", "%(n)s resources", rows),
        "project": ngettext("%(n)s project", "%(n)s projects", rows),
        "program": ngettext("%(n)s program", "%(n)s programs", rows),
        "baseline": ngettext("%(n)s baseline", "%(n)s baselines", rows),
        "plan": ngettext("%(n)s set of plan options", "%(n)s sets of plan options", rows),
        "budget": ngettext("%(n)s budget", "%(n)s budgets", rows),
        "costline": ngettext("%(n)s cost line", "%(n)s cost lines", rows),
        "actual": ngettext("%(n)s posting", "%(n)s postings", rows),
        "risk": ngettext("%(n)s risk", "%(n)s risks", rows),
        "workcalendar": ngettext("%(n)s calendar", "%(n)s calendars", rows),
        "calendarexception": ngettext("%(n)s calendar exception", "%(n)s calendar exceptions", rows),
        "grant": ngettext("%(n)s role", "%(n)s roles", rows),
    }
    name = str(model._meta.model_name)
    if name in known:
        return known[name] % {"n": rows}
    return f"{rows} {model._meta.verbose_name if rows == 1 else model._meta.verbose_name_plural}"


Names = dict[tuple[type[models.Model], Any], str]


def names(actor: Actor, rows: Iterable[RowChange]) -> Names:
    """Return names of the rows themselves and of what they refer to, as far as the actor sees them: a query per model."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        wanted.setdefault(row.model, set()).add(row.pk)
        for one in row.model._meta.concrete_fields:
            if one.is_relation and one.related_model and one.attname not in _UNSAID:
                values = {row.before.get(one.attname), row.after.get(one.attname)} - {None}
                wanted.setdefault(one.related_model, set()).update(values)
    found: Names = {}
    for model, ids in wanted.items():
        if not ids:
            continue
        manager: Any = model._default_manager
        rows_of = manager.visible_to(actor) if hasattr(manager, "visible_to") else manager
        found.update({(model, one.pk): str(one) for one in rows_of.filter(pk__in=ids)})
    return found


def told(row: RowChange, names: Names) -> RowDiff:
    """Return what happened to a row as people read it."""
    values = {**row.before, **row.after}
    name = names.get((row.model, row.pk)) or str(values.get("name") or values.get("title") or "")
    if "predecessor_id" in values:
        ends = [
            names.get((Task, values.get(end)), _("a task you can not see"))
            for end in ("predecessor_id", "successor_id")
        ]
        name = f"{ends[0]} → {ends[1]}"
    elif row.model is Assignment:
        who = names.get((Resource, values.get("resource_id")), _("not visible"))
        name = f"{who} → {names.get((Task, values.get('task_id')), _('a task you can not see'))}"
    fields = []
    if row.label not in (INSERT, DELETE):
        for one in row.model._meta.concrete_fields:
            if one.attname in row.after and one.attname not in _UNSAID:
                old, new = row.before.get(one.attname), row.after[one.attname]
                fields.append(
                    FieldChange(str(one.verbose_name), text(one, old, names), text(one, new, names))
                )
    task = row.pk if row.model is Task and row.label != DELETE else None
    return RowDiff(str(row.model._meta.verbose_name), name, row.label, fields, task)


def text(one: Any, value: Any, names: Names) -> str:
    """Return a field's value as people read it."""
    if value is None or value == "":
        return "–"
    if one.is_relation:
        return names.get((one.related_model, value), _("not visible"))
    if one.choices:
        return str(dict(one.flatchoices).get(value, value))
    if one.name in _MINUTES:
        return duration(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number_format(
            value.to_integral_value() if value % 1 == 0 else value, use_l10n=True, force_grouping=True
        )
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


__all__ = [
    "ALL",
    "Entry",
    "FieldChange",
    "RowDiff",
    "Which",
    "choices",
    "diff",
    "door",
    "event_title",
    "get_for",
    "names",
    "of_program",
    "text",
    "title",
    "told",
]
