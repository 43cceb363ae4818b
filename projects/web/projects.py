"""Component projects: the panel of the overview, create, edit, delete."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Program, WorkCalendar
from programs.selectors import programs
from projects.models import Project
from projects.selectors import commitments, gates, projects
from projects.services import projects as services
from tpm.accounts import actors
from tpm.accounts.models import User
from tpm.lib.forms import DayInput, add_errors


class ProjectForm(forms.ModelForm):
    """A component project's own fields; its manager is somebody who holds a role in the program."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Project
        fields = ("name", "code", "kind", "description", "manager", "starts_on", "calendar")
        widgets = {"starts_on": DayInput(), "description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "starts_on": gettext_lazy("Tasks without predecessors start here; empty: with the program."),
            "calendar": gettext_lazy("Empty: the program's calendar."),
        }

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Q(grants__program=program) | Q(grants__portfolio=program.portfolio_id, grants__program=None)
        people = (
            User.objects.filter(here | Q(pk=self.instance.manager_id), is_active=True)
            .distinct()
            .order_by("name", "pk")
        )
        self.fields["manager"].queryset = people  # type: ignore[attr-defined]
        own = Q(portfolio=program.portfolio_id, program=None) | Q(program=program)
        self.fields["calendar"].queryset = WorkCalendar.objects.filter(own).order_by("name")  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_safe
def project_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The component projects of a program with their figures."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    standings = commitments.standings(commitments.of_program(actor, program))
    passes = gates.next_by_project(gates.of_program(actor, program))
    rows = [
        {
            "row": row,
            "gate": passes.get(row.project.pk),
            "may_edit": policies.holds(actor, "project.edit", _scope(program, row.project)),
            "standing": standings.get(row.project.pk),
        }
        for row in projects.rows(actor, program)
    ]
    may = policies.capabilities_at(actor, program.scope)
    return render(request, "projects/projects/_panel.html", {"program": program, "rows": rows, "may": may})


@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new component project."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, "project.edit", program)
    form = ProjectForm(request.POST or None, program=program)
    if form.is_valid():
        try:
            services.create(actor=actor, program=program, **form.values())
            messages.success(request, _("The project is there. Add its tasks in the plan."))
            return redirect("projects:program-plan", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, program, _("New project"))


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a component project."""
    actor = actors.from_request(request)
    project = projects.get_for(actor, pk)
    policies.authorize(actor, "project.edit", project)
    form = ProjectForm(request.POST or None, instance=projects.get_for(actor, pk), program=project.program)
    if form.is_valid():
        project.version = form.cleaned_data["version"] or project.version
        try:
            services.update(actor=actor, project=project, **form.values())
            messages.success(request, _("Saved. What follows from it is being computed."))
            return redirect("programs:program-detail", project.program_id)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, project.program, project.name, project)


@require_POST
def project_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a project with its tasks; the Changes tab brings them back."""
    actor = actors.from_request(request)
    project = projects.get_for(actor, pk)
    services.delete(actor=actor, project=project)
    text = _("“%(name)s” and its tasks are deleted. The Changes tab can take that back.")
    messages.success(request, text % {"name": project.name})
    return redirect("programs:program-detail", project.program_id)


def _scope(program: Program, project: Project) -> policies.Scope:
    return policies.Scope(program.portfolio_id, program.pk, project.pk)


def _form(
    request: HttpRequest, form: ProjectForm, program: Program, title: str, project: Project | None = None
) -> HttpResponse:
    back = reverse("programs:program-detail", args=[program.pk])
    context = {"form": form, "program": program, "project": project, "title": title, "back": back}
    return render(request, "projects/projects/form.html", context, status=422 if form.errors else 200)
