"""The drawer of a task: its fields, edited in place, its progress, why its dates are what they are, its links."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import WorkCalendar
from projects.models import Dependency, Task, TaskSchedule
from projects.selectors import dependencies, reasons, tasks
from projects.services import plan_edits
from projects.services.commands import Applied, Command, EditRefused, LinkTasks, Unlink, UpdateTask
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx
from tpm.lib.forms import DurationField, WallTimeFormField

STEPS_IN_DRAWER = 40


class FieldsForm(forms.Form):
    """What a person says about the work. ``contested``: somebody else changed the same field meanwhile."""

    contested = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=500)
    duration = DurationField(
        label=gettext_lazy("Duration"), help_text=gettext_lazy("such as 5 d or 4 h; 0 makes a milestone")
    )
    responsible = forms.CharField(label=gettext_lazy("Responsible"), max_length=200, required=False)
    constraint = forms.TypedChoiceField(
        label=gettext_lazy("Constraint"), coerce=int, choices=Task.Constraint.choices
    )
    constraint_at = WallTimeFormField(label=gettext_lazy("Constraint date"), required=False)
    deadline = WallTimeFormField(label=gettext_lazy("Deadline"), required=False)
    calendar = forms.ModelChoiceField(
        label=gettext_lazy("Calendar"), queryset=WorkCalendar.objects.none(), required=False
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, task: Task, schedule: TaskSchedule | None) -> None:
        names = (
            "version",
            "name",
            "duration",
            "responsible",
            "constraint",
            "constraint_at",
            "deadline",
            "calendar",
            "notes",
        )
        super().__init__(data, initial={name: getattr(task, name) for name in names}, prefix="task")
        self.schedule = schedule
        own = Q(portfolio=task.program.portfolio_id, program=None) | Q(program=task.program_id)
        calendar = self.fields["calendar"]
        calendar.queryset = WorkCalendar.objects.filter(own).order_by("name")  # type: ignore[attr-defined]
        calendar.empty_label = _("as the project")  # type: ignore[attr-defined]
        if schedule and schedule.is_summary:
            self.fields["duration"].disabled = True
            self.fields["duration"].help_text = _("follows from the tasks below it")

    def values(self) -> dict[str, Any]:
        """Return the fields that were changed, as commands take them; a constraint without a date gets the present one."""
        new = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in self.cleaned_data and name != "version"
        }
        dated = self.cleaned_data["constraint"] not in (Task.Constraint.ASAP, Task.Constraint.ALAP)
        if "constraint" in new and dated and not self.cleaned_data["constraint_at"] and self.schedule:
            ends = self.cleaned_data["constraint"] in (
                Task.Constraint.MFO,
                Task.Constraint.FNET,
                Task.Constraint.FNLT,
            )
            new["constraint_at"] = self.schedule.finish if ends else self.schedule.start
        if new.get("duration") == 0:
            new["is_milestone"] = True
        return new


class ProgressForm(forms.Form):
    """What was done."""

    contested = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    percent_complete = forms.FloatField(
        label=gettext_lazy("Percent complete"), min_value=0, max_value=100, required=False,
        widget=forms.NumberInput(attrs={"step": "5"}),
    )  # fmt: skip
    remaining = DurationField(
        label=gettext_lazy("Remaining duration"),
        required=False,
        help_text=gettext_lazy("empty: by the percentage"),
    )
    actual_start = WallTimeFormField(label=gettext_lazy("Actual start"), required=False)
    actual_finish = WallTimeFormField(label=gettext_lazy("Actual finish"), required=False)

    def __init__(self, data: Any = None, *, task: Task) -> None:
        names = ("version", "percent_complete", "remaining", "actual_start", "actual_finish")
        initial = {name: getattr(task, name) for name in names}
        initial["percent_complete"] = f"{task.percent_complete:g}"
        super().__init__(data, initial=initial, prefix="progress")

    def values(self) -> dict[str, Any]:
        """Return the fields that were changed."""
        new = {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}
        if new.get("percent_complete", 0) is None:
            new["percent_complete"] = 0.0
        return new


class LinkForm(forms.Form):
    """A predecessor, by its WBS code or name in this program."""

    predecessor = forms.CharField(
        label=gettext_lazy("Predecessor"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.TypedChoiceField(label=gettext_lazy("Kind"), coerce=int, choices=Dependency.Kind.choices)
    lag = DurationField(label=gettext_lazy("Lag"), required=False)


@require_safe
def task_drawer(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole drawer."""
    actor = actors.from_request(request)
    return _drawer(request, actor, tasks.get_for(actor, pk))


@require_POST
def task_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change fields in place."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    _authorize(actor, "plan.edit", task)
    form = FieldsForm(request.POST, task=task, schedule=tasks.schedule_of(task))
    if not form.is_valid():
        return _drawer(request, actor, task, fields=form)
    return _apply(
        request, actor, task, form, UpdateTask(pk, form.cleaned_data["version"], form.values()), fields=form
    )


@require_POST
def task_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Report progress."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    _authorize(actor, "progress.update", task)
    form = ProgressForm(request.POST, task=task)
    if not form.is_valid():
        return _drawer(request, actor, task, progress=form)
    return _apply(
        request, actor, task, form, UpdateTask(pk, form.cleaned_data["version"], form.values()), progress=form
    )


@require_POST
def task_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the task follow another of its program."""
    actor = actors.from_request(request)
    task = tasks.get_for(actor, pk)
    _authorize(actor, "plan.edit", task)
    form = LinkForm(request.POST, prefix="link")
    if not form.is_valid():
        return _drawer(request, actor, task, link=form)
    found = dependencies.task_named(actor, task.program_id, form.cleaned_data["predecessor"])
    if found is None:
        form.add_error("predecessor", _("No task of this program has this WBS code, or exactly this name."))
        return _drawer(request, actor, task, link=form)
    command = LinkTasks(found.pk, pk, form.cleaned_data["kind"], form.cleaned_data["lag"] or 0)
    return _apply(request, actor, task, form, command, link=form)


@require_POST
def task_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a link; the drawer of ``?task=`` follows."""
    actor = actors.from_request(request)
    link = dependencies.get_for(actor, pk)
    wanted = request.GET.get("task", "")
    shown = tasks.get_for(actor, int(wanted) if wanted.isdecimal() else link.successor_id)
    _authorize(actor, "plan.edit", tasks.get_for(actor, link.successor_id))
    return _apply(request, actor, shown, None, Unlink(pk, link.version))


def _authorize(actor: Actor, capability: str, task: Task) -> None:
    policies.authorize(actor, capability, task)


def _apply(
    request: HttpRequest, actor: Actor, task: Task, form: forms.Form | None, command: Command, **forms_: Any
) -> HttpResponse:
    """Carry one command out and show the drawer anew, with an undo in the toast; or with what is wrong beside its field."""
    if isinstance(command, UpdateTask) and not command.set:
        return _drawer(request, actor, task)
    try:
        applied = plan_edits.apply(actor=actor, program=task.program, commands=[command])
    except EditRefused as refused:
        if refused.is_conflict and isinstance(form, FieldsForm | ProgressForm):
            return _merge(request, actor, pk=task.pk, form=form)
        if refused.is_conflict or form is None:
            return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
        for error in refused.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return _drawer(request, actor, task, **forms_)
    return _done(_drawer(request, actor, tasks.get_for(actor, task.pk)), task, applied)


def _merge(request: HttpRequest, actor: Actor, *, pk: int, form: "FieldsForm | ProgressForm") -> HttpResponse:
    """Somebody was faster. Other fields than theirs are saved over the row as it is now; where both changed the same field
    the person sees both values and chooses: nothing that was typed is lost."""
    now = tasks.get_for(actor, pk)
    was = tasks.at_version(now, form.cleaned_data["version"])
    kind = "fields" if isinstance(form, FieldsForm) else "progress"
    theirs = _form(kind, now)
    data = request.POST.copy()
    data[theirs.add_prefix("version")] = str(now.version)
    contested = {}
    for bound in theirs.visible_fields():
        present, name = bound.value(), bound.html_name
        before = None if was is None else was.get(f"{bound.name}_id", was.get(bound.name))
        mine = was is None or bound.field.has_changed(before, data.get(name))
        if not mine:
            data[name] = _posted(bound)
        elif bound.field.has_changed(present, data.get(name)) and (
            was is None or bound.field.has_changed(before, present)
        ):
            contested[bound.name] = _said(bound)
    merged = _form(kind, now, data)
    shown: dict[str, Any] = {kind: merged}
    if not merged.is_valid():
        return _drawer(request, actor, now, **shown)
    if not contested:
        command = UpdateTask(pk, now.version, merged.values())
        return _apply(request, actor, now, merged, command, **shown)
    merged.contested = True
    for name, value in contested.items():
        merged.add_error(name, _("Somebody changed this meanwhile; it is now: %(value)s") % {"value": value})
    return _drawer(request, actor, now, **shown)


def _form(kind: str, task: Task, data: Any = None) -> "FieldsForm | ProgressForm":
    if kind == "fields":
        return FieldsForm(data, task=task, schedule=tasks.schedule_of(task))
    return ProgressForm(data, task=task)


def _said(bound: forms.BoundField) -> str:
    """Return the field's present value as people read it."""
    value = bound.value()
    for key, label in getattr(bound.field, "choices", ()):
        if str(key) == str(value):
            return str(label)
    return str(value) if value not in (None, "") else "–"


def _posted(bound: forms.BoundField) -> str:
    """Return the field's present value as the browser would send it."""
    value = bound.field.widget.format_value(bound.value())
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None else str(value)


def _done(response: HttpResponse, task: Task, applied: Applied) -> HttpResponse:
    undo = (
        reverse("projects:change-undo", args=[task.program_id, applied.change_set])
        if applied.change_set
        else ""
    )
    return htmx.toast(response, _("Saved. What follows from it is being computed."), undo_url=undo)


def _drawer(
    request: HttpRequest,
    actor: Actor,
    task: Task,
    *,
    fields: FieldsForm | None = None,
    progress: ProgressForm | None = None,
    link: LinkForm | None = None,
) -> HttpResponse:
    schedule = tasks.schedule_of(task)
    may_edit = policies.holds(actor, "plan.edit", task.scope)
    may_report = policies.holds(actor, "progress.update", task.scope) and not (
        schedule and schedule.is_summary
    )
    context = {
        "task": task,
        "program": task.program,
        "schedule": schedule,
        "behind": task.program.computation.behind,
        "reason": reasons.why(actor, task, most=STEPS_IN_DRAWER),
        "links": tasks.links_of(actor, task),
        "fields": fields or FieldsForm(task=task, schedule=schedule),
        "progress": progress or ProgressForm(task=task),
        "link": link or LinkForm(prefix="link"),
        "may_edit": may_edit,
        "may_report": may_report,
        "reads_actions": policies.holds(actor, "action.read", task.scope),
        "may_read_cost": policies.holds(actor, "budget.read", task.scope),
    }
    wrong = any(form is not None and form.errors for form in (fields, progress, link))
    return render(request, "projects/tasks/_drawer.html", context, status=422 if wrong else 200)
