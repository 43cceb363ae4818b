"""Approved budgets in the browser: each stands in the row of its project."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budgets.models import Budget, BudgetRevision
from budgets.selectors import categories, revisions, rows
from budgets.services import budgets
from budgets.services.revisions import Line
from programs import policies
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.forms import AmountField, DayField, add_errors

Kind = BudgetRevision.Kind


class BudgetForm(forms.Form):
    approved = AmountField(label=gettext_lazy("Approved"), min_value=Decimal(0))
    contingency = AmountField(
        label=gettext_lazy("Contingency"),
        min_value=Decimal(0),
        initial=Decimal(0),
        help_text=gettext_lazy("Stands apart and is not part of the approved amount."),
    )
    reserve = AmountField(
        label=gettext_lazy("Management reserve"),
        min_value=Decimal(0),
        initial=Decimal(0),
        required=False,
        help_text=gettext_lazy("For what nobody knows yet; stands apart, too."),
    )
    effective_on = DayField(label=gettext_lazy("Effective from"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = [code for code, _name in offered]
        self.fields["approved"].required = False
        for code, name in offered:
            self.fields[f"line_{code}"] = AmountField(label=name, min_value=Decimal(0), required=False)

    def values(self) -> dict[str, Any]:
        """What the service takes: amounts by category where some are given, else the one amount."""
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in ("contingency", "note", "effective_on", "reason")}
        kept["reserve"] = cleaned["reserve"] or Decimal(0)
        lines = [Line(code, cleaned[f"line_{code}"]) for code in self.offered if cleaned[f"line_{code}"]]
        if cleaned["approved"] is not None and lines:
            rest = cleaned["approved"] - sum((line.amount or Decimal(0) for line in lines), Decimal(0))
            if rest > 0:
                lines.append(Line("", rest))
        if lines:
            kept["lines"] = lines
        if cleaned["approved"] is not None:
            kept["approved"] = cleaned["approved"]
        return kept

    @property
    def head(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith("line_")]

    @property
    def breakdown(self) -> list[Any]:
        return [self[f"line_{code}"] for code in self.offered]


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
        names = ("approved", "contingency", "reserve", "note", "version")
        initial = {name: getattr(budget, name) for name in names}
        approved = revisions.latest([program.pk], [Kind.APPROVED]).get((program.pk, project_id))
        lines = approved.lines.all() if approved else ()
        initial |= {f"line_{line.category}": line.amount for line in lines if line.category}
    offered = categories.choices(program.portfolio_id)
    form = BudgetForm(request.POST or None, initial=initial, offered=offered)
    if request.method == "POST" and budget and "delete" in request.POST:
        budget.version = int(request.POST.get("version") or budget.version)
        budgets.delete(actor=actor, budget=budget)
        return htmx.done(_("The budget was taken back."), events=("tpm:close", "money-changed"))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            if budget:
                if _as_before(values, initial):
                    values.pop("lines", None)
                budget.version = form.cleaned_data["version"] or budget.version
                budgets.update(actor=actor, budget=budget, **values)
            else:
                budgets.approve(actor=actor, program=program, project=project, **values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return htmx.done(_("The budget was saved."), events=("tpm:close", "money-changed"))
    data = {"form": form, "program": program, "project": project, "project_id": project_id, "budget": budget}
    return render(request, "budgets/budgets/_form.html", data, status=422 if form.is_bound else 200)


def _as_before(values: dict[str, Any], initial: dict[str, Any]) -> bool:
    """Tell whether neither the amount nor its parts were changed: then saving approves nothing anew."""
    given = {f"line_{line.category}": line.amount for line in values.get("lines", ()) if line.category}
    known = {name: amount for name, amount in initial.items() if name.startswith("line_") and amount}
    return given == known and values.get("approved", initial.get("approved")) == initial.get("approved")


class ForecastForm(forms.Form):
    amount = AmountField(label=gettext_lazy("It will cost"), min_value=Decimal(0))
    effective_on = DayField(label=gettext_lazy("As seen on"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@require_http_methods(["GET", "POST"])
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """Forecast what a budget's work will cost, in a dialog."""
    actor = actors.from_request(request)
    found = Budget.objects.visible_to(actor).select_related("program__portfolio", "project")
    budget = found.get(pk=pk)
    policies.authorize(actor, "budget.edit", budget)
    initial = {
        "amount": budget.in_force if budget.forecast is None else budget.forecast,
        "version": budget.version,
    }
    form = ForecastForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        budget.version = values.pop("version") or budget.version
        try:
            budgets.forecast(actor=actor, budget=budget, **values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return htmx.done(_("The forecast was saved."), events=("tpm:close", "money-changed"))
    data = {"form": form, "budget": budget}
    return render(request, "budgets/budgets/_forecast.html", data, status=422 if form.is_bound else 200)
