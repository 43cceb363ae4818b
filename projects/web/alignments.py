"""The projects behind an objective: a panel of its page, where they are aligned and taken off."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from programs import policies
from programs.models import Objective
from programs.selectors import objectives
from projects.models import Project
from projects.selectors import alignments
from projects.services import alignments as services
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import add_errors


class ProjectChoice(forms.ModelChoiceField):
    """Projects by the name of their program and their own."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.program.code} · {obj.name}"


class AlignForm(forms.Form):
    """Which project serves it too."""

    project = ProjectChoice(label=gettext_lazy("Project"), queryset=Project.objects.none())

    def __init__(self, data: Any = None, *, actor: Actor, objective: Objective) -> None:
        super().__init__(data)
        self.fields["project"].queryset = alignments.free(actor, objective)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def alignment_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel; by POST one project more."""
    actor = actors.from_request(request)
    objective = objectives.get_for(actor, pk)
    form = AlignForm(request.POST or None, actor=actor, objective=objective)
    if form.is_valid():
        try:
            services.align(actor=actor, project=form.cleaned_data["project"], objective=objective)
            form = AlignForm(actor=actor, objective=objective)
        except ValidationError as error:
            add_errors(form, error)
    return _panel(request, actor, objective, form)


@require_POST
def alignment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a project off the objective."""
    actor = actors.from_request(request)
    found = alignments.get_for(actor, pk)
    services.drop(actor=actor, alignment=found)
    objective = objectives.get_for(actor, found.objective_id)
    return _panel(request, actor, objective, AlignForm(actor=actor, objective=objective))


def _panel(request: HttpRequest, actor: Actor, objective: Objective, form: AlignForm) -> HttpResponse:
    rows = [
        {"row": one, "may_edit": policies.holds(actor, "project.edit", one.project.scope)}
        for one in alignments.of_objective(actor, objective)
    ]
    choice: Any = form.fields["project"]
    context = {"objective": objective, "rows": rows, "form": form, "may_add": choice.queryset.exists()}
    return render(request, "projects/alignments/_panel.html", context, status=422 if form.errors else 200)
