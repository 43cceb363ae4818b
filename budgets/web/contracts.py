"""Contracts of a program in the browser: the form, with what was agreed for which day."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budgets.models import Contract, Vendor
from budgets.selectors import procurement, rates, rows
from budgets.services import contracts
from budgets.web.order_forms import typed_day, typed_number
from budgets.web.pickers import TaskField, label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project, Task
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import AmountField, DayField, add_errors

MILESTONE = ("name", "task", "due_on", "amount")
BLANK_MILESTONES = 3


class ContractForm(forms.Form):
    vendor = forms.ModelChoiceField(Vendor.objects.none(), label=gettext_lazy("Vendor"))
    project = forms.ModelChoiceField(
        Project.objects.none(), label=gettext_lazy("Project"), required=False,
        empty_label=gettext_lazy("the program itself"),
    )  # fmt: skip
    reference = forms.CharField(label=gettext_lazy("Contract number"), max_length=100, required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    value = AmountField(label=gettext_lazy("Value"), required=False, min_value=0)
    starts_on = DayField(label=gettext_lazy("From"), required=False)
    ends_on = DayField(label=gettext_lazy("To"), required=False)
    renewal = forms.ChoiceField(label=gettext_lazy("At its end"), choices=Contract.Renewal.choices)
    notice_days = forms.IntegerField(
        label=gettext_lazy("Notice in days"), min_value=0, max_value=1000, initial=60,
        help_text=gettext_lazy("So long before its end it is shown among the contracts that need a decision."),
    )  # fmt: skip
    is_closed = forms.BooleanField(label=gettext_lazy("Closed"), required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = procurement.vendors(actor).filter(portfolio=program.portfolio_id)
        self.fields["vendor"].queryset = offered  # type: ignore[attr-defined]
        self.fields["project"].queryset = rows.projects_for(actor, program, "budget.edit")  # type: ignore[attr-defined]
        self.fields["currency"].choices = rates.names(program.portfolio)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def contract_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a contract down."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if not programs.may_somewhere(actor, "budget.edit", program):
        raise policies.NotAllowed("budget.edit")
    return _contract(request, actor, program, None)


@require_http_methods(["GET", "POST"])
def contract_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contract."""
    actor = actors.from_request(request)
    contract = procurement.contract_for(actor, pk)
    policies.authorize(actor, "budget.edit", contract)
    return _contract(request, actor, contract.program, contract)


def _contract(
    request: HttpRequest, actor: Actor, program: Program, contract: Contract | None
) -> HttpResponse:
    initial: dict[str, Any] = {"currency": program.portfolio.currency}
    if contract is not None:
        initial = {name: getattr(contract, name) for name in ContractForm.base_fields}
        initial["currency"] = contract.currency or program.portfolio.currency
        if contract.original_amount is not None:
            initial["value"] = contract.original_amount
    form = ContractForm(request.POST or None, initial=initial, actor=actor, program=program)
    kept = _kept(actor, contract)
    typed, given, errors = (
        _milestones(request, actor, program, kept) if request.method == "POST" else (kept, [], [])
    )
    if request.method == "POST" and form.is_valid() and not errors:
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        values["milestones"] = given
        try:
            if contract is None:
                contracts.create(actor=actor, program=program, **values)
            else:
                contract.version = form.cleaned_data["version"] or contract.version
                contracts.update(actor=actor, contract=contract, **values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("budgets:program-orders", program.pk)
    for one in errors:
        form.add_error(None, one)
    data = {
        "form": form,
        "program": program,
        "contract": contract,
        "milestones": [*typed, *({} for _n in range(BLANK_MILESTONES))],
        "tab": "money",
    }
    return render(request, "budgets/contracts/form.html", data, status=422 if form.is_bound else 200)


def _kept(actor: Actor, contract: Contract | None) -> list[dict[str, Any]]:
    """Return the milestones as the grid writes them; a task that the actor may not see has its number only."""
    if contract is None:
        return []
    [found] = procurement.with_milestones(actor, [contract])
    return [
        {
            "name": one.milestone.name, "task": label(one.task) if one.task else _hidden(one.milestone.task_id),
            "due_on": one.milestone.due_on.isoformat() if one.milestone.due_on else "",
            "amount": "" if one.milestone.amount is None else str(one.milestone.amount), "pk": one.milestone.task_id,
        }
        for one in found.agreed
    ]  # fmt: skip


def _hidden(task: int | None) -> str:
    return f"#{task}" if task else ""


def _milestones(
    request: HttpRequest, actor: Actor, program: Program, kept: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Return the grid as typed, its filled rows, and what is wrong with them by row and column."""
    columns = [[text.strip() for text in request.POST.getlist(f"milestone_{name}")] for name in MILESTONE]
    typed = [dict(zip(MILESTONE, row, strict=True)) for row in zip(*columns, strict=False) if any(row)]
    picker = TaskField(required=False)
    picker.bind_to(actor, program, "")
    there = {row["task"]: row["pk"] for row in kept if row["pk"]}
    given, errors = [], []
    for number, row in enumerate(typed, 1):
        read: dict[str, Any] = {"name": row["name"]}
        for column in ("task", "due_on", "amount"):
            text = row[column]
            try:
                if column == "task":
                    known = there.get(text)
                    read["task"] = Task.objects.get(pk=known) if known else picker.clean(text)
                elif column == "due_on":
                    read["due_on"] = typed_day(text)
                else:
                    read["amount"] = _amount(text)
            except ValidationError as error:
                where = {"row": number, "column": column, "why": " ".join(error.messages)}
                errors.append(_("Row %(row)s, %(column)s: %(why)s") % where)
        given.append(read)
    return typed, given, errors


def _amount(text: str) -> Any:
    if not text:
        return None
    amount = typed_number(text)
    if amount < 0 or amount != round(amount, 2):
        raise ValidationError(_("An amount is not negative and has at most two decimals."))
    return amount
