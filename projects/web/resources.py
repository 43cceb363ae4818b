"""The resources of a program with what each has to do there, and the assignments of a task in its drawer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import Program, Resource
from programs.selectors import programs, resources
from projects.models import Assignment, Task
from projects.selectors import assignments, tasks
from projects.services import plan_edits
from projects.services.commands import Assign, Command, EditRefused, Reassign, Unassign
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.forms import DurationField
from tpm.lib.listing import Head, Listing


class AssignForm(forms.Form):
    """Who works on the task, and how much of the day."""

    resource = forms.ModelChoiceField(label=gettext_lazy("Resource"), queryset=Resource.objects.none())
    units = forms.DecimalField(
        label=gettext_lazy("Units"), min_value=0, max_value=9_999_999, decimal_places=4, initial=1,
        help_text=gettext_lazy("1 is full time"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, actor: Actor, task: Task) -> None:
        super().__init__(data, prefix="assign")
        taken = task.assignments.values("resource_id")
        free = resources.of_program(actor, task.program).filter(is_active=True).exclude(pk__in=taken)
        self.fields["resource"].queryset = free  # type: ignore[attr-defined]


class ReassignForm(forms.Form):
    """Units, delay, work and work done of one assignment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    units = forms.DecimalField(
        label=gettext_lazy("Units"), min_value=0, max_value=9_999_999, decimal_places=4
    )
    delay = DurationField(
        label=gettext_lazy("Starts later by"), required=False, help_text=gettext_lazy("after the task")
    )
    work = DurationField(
        label=gettext_lazy("Work"), required=False, help_text=gettext_lazy("empty: duration × units")
    )
    actual_work = DurationField(label=gettext_lazy("Done"), required=False)


@require_safe
def resource_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody and everything that the program's tasks may be assigned to."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    may_edit = policies.holds(actor, "resource.edit", program.scope)
    rows = [
        {"row": one, "may_edit": policies.holds(actor, "resource.edit", one.resource.scope)}
        for one in assignments.allocations(actor, program)
    ]
    table = Listing(request, rows, _heads())
    if kind := exports.wanted(request):
        return table.respond(kind, f"{program.code} resources")
    context = {
        "program": program,
        "tab": "resources",
        "rows": table.rows,
        "table": table,
        "may_edit": may_edit,
    }
    return render(request, "projects/resources/list.html", context)


@require_safe
def task_assignments(request: HttpRequest, pk: int) -> HttpResponse:
    """The section of a task's drawer."""
    actor = actors.from_request(request)
    return _section(request, actor, tasks.get_for(actor, pk))


@require_safe
def task_staffing(request: HttpRequest, pk: int) -> JsonResponse:
    """What the plan's cell "who" needs to be typed in: whom the task may be assigned to, and its assignments as they are."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    assigned = [
        {
            "id": one.pk,
            "version": one.version,
            "resource": one.resource_id,
            "units": f"{one.units.normalize():f}",
        }
        for one in assignments.of_task(task)
    ]
    return JsonResponse(staffing(actor, task.program, assigned))


def staffing(actor: Actor, program: Program, assigned: list[dict[str, Any]]) -> dict[str, Any]:
    """Return whom a task of the program may be assigned to, and ``assigned``, as the cell takes them."""
    free = resources.of_program(actor, program).filter(is_active=True)
    return {
        "resources": [{"id": one.pk, "name": one.name, "kind": one.kind} for one in free],
        "assignments": assigned,
    }


@require_POST
def task_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign a resource to the task."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    policies.authorize(actor, "plan.edit", task)
    form = AssignForm(request.POST, actor=actor, task=task)
    if not form.is_valid():
        return _section(request, actor, task, form)
    values = form.cleaned_data
    command = Assign(task.pk, values["resource"].pk, {"units": values["units"]})
    return _apply(request, actor, task, command, form)


@require_POST
def assignment_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how much; ``remove`` in the request takes the resource off the task."""
    actor = actors.from_request(request)
    found = assignments.get_for(actor, pk)
    task = tasks.get_for(actor, found.task_id)
    policies.authorize(actor, "plan.edit", task)
    if "remove" in request.POST:
        return _apply(request, actor, task, Unassign(found.pk, found.version))
    form = ReassignForm(request.POST)
    if not form.is_valid():
        return _section(request, actor, task, wrong=(found.pk, form))
    new = {name: form.cleaned_data[name] for name in ("units", "work", "actual_work", "delay")}
    new["actual_work"], new["delay"] = new["actual_work"] or 0, new["delay"] or 0
    return _apply(request, actor, task, Reassign(found.pk, form.cleaned_data["version"], new))


def _heads() -> list[Head[dict[str, Any]]]:
    def of(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda one: getattr(one["row"].resource, name)

    def hours(name: str) -> Callable[[dict[str, Any]], Any]:
        """Working minutes as hours; material and expenses have none."""
        return lambda one: round(getattr(one["row"], name) / 60, 2) if of("kind")(one) == "work" else None

    return [
        Head("name", _("Resource"), of("name"), width=30),
        Head("kind", _("Kind"), of("kind")),
        Head("role", _("Role and team"), lambda one: " · ".join(filter(None, (of("role")(one) or of("code")(one), of("team")(one)))), width=30),
        Head("calendar", _("Calendar"), lambda one: one["row"].resource.calendar.name if one["row"].resource.calendar else "", width=24),
        Head("units", _("Units"), of("max_units"), num=True),
        Head("tasks", _("Tasks"), lambda one: one["row"].tasks, num=True),
        Head("work", _("Work"), hours("work"), num=True, hint=_("in working hours in the file")),
        Head("done", _("Done"), hours("done"), num=True),
        Head("from", _("From – to"), lambda one: one["row"].start, width=18),
        Head("to", _("To"), lambda one: one["row"].finish, width=18, shown=False),
        Head("peak", _("Peak"), lambda one: one["row"].peak, num=True),
        Head("over", _("Over from"), lambda one: one["row"].over, shown=False),
    ]  # fmt: skip


def _apply(
    request: HttpRequest, actor: Actor, task: Task, command: Command, form: AssignForm | None = None
) -> HttpResponse:
    try:
        done = plan_edits.apply(actor=actor, program=task.program, commands=[command])
    except EditRefused as refused:
        if form is None:
            return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
        for error in refused.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return _section(request, actor, task, form)
    undo = ""
    if done.change_set:
        undo = reverse("projects:change-undo", args=[task.program_id, done.change_set])
    message = _("Saved. What follows from it is being computed.")
    return htmx.toast(_section(request, actor, task), message, undo_url=undo)


def _share(one: Assignment) -> str:
    """Return how much of the resource is assigned: part of its time, or how many."""
    units = f"{one.units.normalize():f}"
    if one.resource.kind != Resource.Kind.WORK:
        return f"× {units}"
    return _("full time") if one.units == 1 else f"{(one.units * 100).normalize():f} %"


def _hours(minutes: int) -> str:
    return f"{(Decimal(minutes) / 60).quantize(Decimal('0.01')).normalize():f}"


def _section(
    request: HttpRequest,
    actor: Actor,
    task: Task,
    form: AssignForm | None = None,
    wrong: tuple[int, ReassignForm] | None = None,
) -> HttpResponse:
    may_edit = policies.holds(actor, "plan.edit", task.scope)
    rows = []
    for one in assignments.of_task(task):
        initial = {"version": one.version, "units": f"{one.units.normalize():f}", "work": one.work}
        edit = ReassignForm(
            initial={**initial, "actual_work": one.actual_work or None, "delay": one.delay or None},
            auto_id=f"a{one.pk}_%s",
        )
        if wrong and wrong[0] == one.pk:
            edit = wrong[1]
        left = assignments.remaining_work(one)
        worked = {
            "planned": assignments.planned_work(one),
            "done": _hours(one.actual_work),
            "left": _hours(left or 0),
        }
        rows.append({"row": one, "edit": edit, "share": _share(one)} | worked)
    context = {
        "task": task,
        "rows": rows,
        "may_edit": may_edit,
        "form": form or AssignForm(actor=actor, task=task),
    }
    status = 422 if wrong or (form and form.errors) else 200
    return render(request, "projects/assignments/_section.html", context, status=status)
