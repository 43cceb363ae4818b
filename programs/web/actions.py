"""Action items in the browser: the list of a program, a drawer for one, and the section on the page of what they came from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Action, Program
from programs.models.actions import ORIGINS
from programs.selectors import actions as read
from programs.selectors import programs
from programs.services import actions as services
from programs.web import action_bulk
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity import subjects
from tpm.activity.subjects import Seen
from tpm.lib import exports, htmx
from tpm.lib.exports import Column
from tpm.lib.forms import DayField, add_errors

FIELDS = ("title", "detail", "owner", "due_on", "priority", "state", "outcome")
MOST = 300
"""Rows on the page; the file has all."""


class ActionForm(forms.Form):
    """An action as people enter it."""

    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Owner"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )
    due_on = DayField(label=gettext_lazy("Due"), required=False)
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=Action.Priority.choices,
        coerce=int,
        initial=Action.Priority.MEDIUM,
    )
    project = forms.TypedChoiceField(
        label=gettext_lazy("Project"), required=False, coerce=int, empty_value=None
    )
    detail = forms.CharField(
        label=gettext_lazy("Detail"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        owner: Any = self.fields["owner"]
        owner.queryset = read.people_of(program)
        own = read.projects(actor, program, "action.edit")
        whole = policies.holds(actor, "action.edit", program.scope)
        project: Any = self.fields["project"]
        project.choices = [*([("", _("the program itself"))] if whole else []), *own]
        project.required = not whole

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        given = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return given | {"project_id": self.cleaned_data["project"]}


class EditForm(ActionForm):
    """With how far it is."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Action.State.choices)
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Where it is dropped: why."),
    )


class OwnForm(forms.Form):
    """How far it is: what the person who has to do it says, whatever their role."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Action.State.choices)
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Where it is dropped: why."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: self.cleaned_data[name] for name in ("state", "outcome")}


@require_safe
def action_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The actions of a program, filtered and sorted by the address; as a file too."""
    actor, program = _opened(request, pk)
    context = _list(request, actor, program)
    if kind := exports.wanted(request):
        found = read.rows(actor, list(context["found"]), timezone.localdate())
        names = dict(read.projects(actor, program))
        cells = (_cells(row, names) for row in found)
        return exports.respond(kind, f"{program.code} actions", _file_columns(), cells)
    if htmx.wants_fragment(request):
        return render(request, "programs/actions/_list.html", context)
    if context["may_bulk"]:
        bar = {
            "bulk_url": reverse("programs:action-bulk", args=[pk]),
            "bulk_fields": action_bulk.fields(context["people"]),
        }
        context |= bar
    return render(request, "programs/actions/list.html", context | {"tab": "actions"})


@require_http_methods(["GET", "HEAD", "POST"])
def action_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise an action, in a dialog; ``?origin=risk:12`` says what it came from."""
    actor, program = _opened(request, pk)
    policies.authorize_within(actor, services.CAPABILITY, program)
    origin = _origin(actor, request.GET.get("origin", ""))
    initial = {"project": origin.row.scope.project_id} if origin else {}
    form = ActionForm(request.POST or None, actor=actor, program=program, initial=initial)
    if form.is_valid():
        try:
            made = services.create(
                actor=actor, program=program, today=timezone.localdate(), origin=origin, **form.values()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            said = _("Action A-%(number)s was raised.") % {"number": made.number}
            return htmx.done(said, events=("tpm:close", "actions-changed"))
    query = f"?origin={origin.kind}:{origin.pk}" if origin else ""
    context = {
        "form": form,
        "action": None,
        "origin": origin,
        "url": reverse("programs:action-create", args=[pk]) + query,
    }
    return render(request, "programs/actions/_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def action_drawer(request: HttpRequest, pk: int) -> HttpResponse:
    """One action, to read."""
    actor = actors.from_request(request)
    return _drawer(request, actor, read.get_for(actor, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One action, to change: all of it, or how far it is where one only has to do it."""
    actor = actors.from_request(request)
    action = read.get_for(actor, pk)
    if not read.may_update(actor, action):
        raise policies.NotAllowed(services.CAPABILITY)
    initial = {name: getattr(action, name) for name in FIELDS} | {"version": action.version}
    initial["project"] = action.project_id
    form: EditForm | OwnForm
    if policies.holds(actor, services.CAPABILITY, action.scope):
        form = EditForm(request.POST or None, initial=initial, actor=actor, program=action.program)
    else:
        form = OwnForm(request.POST or None, initial=initial)
    if form.is_valid():
        action.version = form.cleaned_data["version"] or action.version
        try:
            action = services.update(actor=actor, action=action, today=timezone.localdate(), **form.values())
        except ValidationError as error:
            add_errors(form, error)
            action = read.get_for(actor, pk)
        else:
            return htmx.trigger(_drawer(request, actor, read.get_for(actor, pk)), "actions-changed")
    context = {"form": form, "action": action, "url": reverse("programs:action-edit", args=[pk])}
    return render(request, "programs/actions/_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def action_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one field of an action in its row: ``field`` is state, owner or due_on; answers with the row as it is now."""
    actor = actors.from_request(request)
    action = read.get_for(actor, pk)
    version = request.POST.get("version", "")
    action.version = int(version) if version.isdecimal() and len(version) < 10 else action.version
    try:
        new = action_bulk.value(action.program, request.POST.get("field", ""), request.POST.get("value", ""))
        services.update(actor=actor, action=action, today=timezone.localdate(), **new)
    except ValidationError as refused:
        return HttpResponse(refused.messages[0], status=422, content_type="text/plain; charset=utf-8")
    return htmx.done(_("Saved."), events=("actions-changed",))


@require_POST
def action_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an action that was raised by mistake."""
    actor = actors.from_request(request)
    action = read.get_for(actor, pk)
    version = request.POST.get("version", "")
    action.version = int(version) if version.isdecimal() and len(version) < 10 else action.version
    services.delete(actor=actor, action=action)
    return htmx.go(reverse("programs:action-list", args=[action.program_id]))


@require_safe
def action_panel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The actions that came from a thing, as a section of its page or drawer; ``?program=`` where the thing is of a portfolio."""
    actor = actors.from_request(request)
    if kind not in ORIGINS:
        raise Http404
    seen = subjects.look(actor, kind, pk)
    program = programs.get_for(actor, seen.program_id, "action.read") if seen.program_id else None
    scope = seen.row.scope
    context = {
        "seen": seen,
        "program": program,
        "rows": read.rows(actor, list(read.of_origin(seen)[:50]), timezone.localdate()),
        "may_raise": program is not None and policies.holds(actor, services.CAPABILITY, scope),
        "in_drawer": request.GET.get("in") == "drawer",
    }
    return render(request, "programs/actions/_panel.html", context)


# ---- pieces ---------------------------------------------------------------------------------------------------------


def _opened(request: HttpRequest, pk: int) -> tuple[Actor, Program]:
    actor = actors.from_request(request)
    return actor, programs.get_for(actor, pk, "action.read")


def _origin(actor: Actor, text: str) -> Seen | None:
    kind, _colon, number = text.partition(":")
    if kind not in ORIGINS or not number.isdecimal() or len(number) > 18:
        return None
    return subjects.look(actor, kind, int(number))


def _list(request: HttpRequest, actor: Actor, program: Program) -> dict[str, Any]:
    query = _query(request)
    today = timezone.localdate()
    found = read.of_program(
        actor, program, today=today, show=query["show"], text=query["q"], owner=int(query["owner"] or 0),
        origin=query["origin"], sort=query["sort"],
    )  # fmt: skip
    rows = read.rows(actor, list(found[:MOST]), today)
    people = list(read.people_of(program))
    may_edit = programs.may_somewhere(actor, services.CAPABILITY, program)
    here = reverse("programs:action-list", args=[program.pk])
    return {
        "program": program,
        "found": found,
        "rows": rows,
        "most": MOST,
        "total": len(rows) if len(rows) < MOST else found.count(),
        "names": dict(read.projects(actor, program)),
        "people": people,
        "origins": read.origins(ORIGINS),
        "query": query,
        "here": here,
        "sort": query["sort"] or "due",
        "shows": [(key, label, key == query["show"]) for key, label in read.SHOWS.items()],
        "columns": _columns(),
        "filtered": bool(query["q"] or query["owner"] or query["origin"]),
        "may_edit": may_edit,
        "may_bulk": may_edit,
        "states": [choice for choice in Action.State.choices if choice[0] != Action.State.DROPPED],
    }


def _query(request: HttpRequest) -> dict[str, str]:
    """What the address says, as far as it makes sense."""
    get = request.GET
    show, owner, origin = get.get("show", ""), get.get("owner", ""), get.get("origin", "")
    return {
        "show": show if show in read.SHOWS else "live",
        "q": get.get("q", "")[:100],
        "owner": owner if owner.isascii() and owner.isdecimal() and len(owner) < 18 else "",
        "origin": origin if origin in ORIGINS else "",
        "sort": get.get("sort", ""),
    }


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "number", "label": "A", "sort": True},
        {"key": "title", "label": _("Action"), "sort": True},
        {"key": "owner", "label": _("Owner"), "sort": True},
        {"key": "due", "label": _("Due"), "sort": True},
        {"key": "priority", "label": _("Priority"), "sort": True},
        {"key": "state", "label": _("State"), "sort": True},
        {"key": "origin", "label": _("Came from")},
    ]


def _file_columns() -> list[Column]:
    return [
        Column(_("Number"), 8), Column(_("What is to be done"), 50), Column(_("Owner"), 24), Column(_("Due"), 12),
        Column(_("Priority"), 10), Column(_("State"), 12), Column(_("Project"), 30), Column(_("Came from"), 40),
        Column(_("Raised by"), 24), Column(_("Raised"), 20), Column(_("Closed on"), 12), Column(_("What came of it"), 50),
        Column(_("Detail"), 60),
    ]  # fmt: skip


def _cells(row: read.ActionRow, names: dict[int, str]) -> tuple[Any, ...]:
    one = row.action
    origin = f"{row.origin.subject.noun()}: {row.origin.name}" if row.origin else ""
    return (
        one.number, one.title, str(one.owner or ""), one.due_on, one.get_priority_display(), one.get_state_display(),
        names.get(one.project_id or 0, ""), origin, str(one.raised_by or ""), one.raised_at, one.closed_on, one.outcome,
        one.detail,
    )  # fmt: skip


def _drawer(request: HttpRequest, actor: Actor, action: Action) -> HttpResponse:
    [row] = read.rows(actor, [action], timezone.localdate())
    context = {
        "action": action,
        "row": row,
        "project": dict(read.projects(actor, action.program)).get(action.project_id or 0, ""),
        "may_delete": policies.holds(actor, services.CAPABILITY, action.scope),
    }
    return render(request, "programs/actions/_drawer.html", context)
