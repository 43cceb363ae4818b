"""Approved budgets in the browser: each stands in the row of its project."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budgets.models import Budget
from budgets.selectors import rows
from budgets.services import budgets
from programs import policies
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.forms import AmountField, add_errors


class BudgetForm(forms.Form):
    approved = AmountField(label=gettext_lazy("Approved"), min_value=Decimal(0))
    contingency = AmountField(
        label=gettext_lazy("Contingency"),
        min_value=Decimal(0),
        initial=Decimal(0),
        help_text=gettext_lazy("Stands apart and is not part of the approved amount."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, project_id: int) -> HttpResponse:
    """Approve, change or take back the budget of a project (0: of the program's own cost), in a dialog."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    project = (
        Project.objects.visible_to(actor, "budget.read").get(pk=project_id, program=program)
        if project_id
        else None
    )
    budget = rows.budget_for(actor, program, project_id)
    policies.authorize(actor, "budget.edit", budget or Budget(program=program, project=project))
    initial: dict[str, Any] = {}
    if budget:
        initial = {name: getattr(budget, name) for name in ("approved", "contingency", "note", "version")}
    form = BudgetForm(request.POST or None, initial=initial)
    if request.method == "POST" and budget and "delete" in request.POST:
        budget.version = int(request.POST.get("version") or budget.version)
        budgets.delete(actor=actor, budget=budget)
        return htmx.done(_("The budget was taken back."), events=("tpm:close", "money-changed"))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("approved", "contingency", "note")}
        try:
            if budget:
                budget.version = form.cleaned_data["version"] or budget.version
                budgets.update(actor=actor, budget=budget, **values)
            else:
                budgets.approve(actor=actor, program=program, project=project, **values)
        except ValidationError as error:
            add_errors(form, error)
        except IntegrityError:
            form.add_error(None, _("Somebody else approved a budget here meanwhile. Open it again."))
        else:
            return htmx.done(_("The budget was saved."), events=("tpm:close", "money-changed"))
    data = {"form": form, "program": program, "project": project, "project_id": project_id, "budget": budget}
    return render(request, "budgets/budgets/_form.html", data, status=422 if form.is_bound else 200)
