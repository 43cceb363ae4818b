"""The budget of a program: what is in force by project and category, how it came to be, and moving it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from budgets.selectors import categories, revisions, rows
from budgets.services import transfers
from budgets.services.transfers import CONTINGENCY, RESERVE, Move
from programs import policies
from programs.models import Program
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import pages
from tpm.lib.forms import AmountField, DayField, add_errors

SHOWN = 100


class TransferForm(forms.Form):
    """From one place to another; a place is ``<project or 0>:<category>``."""

    source = forms.ChoiceField(label=gettext_lazy("From"))
    target = forms.ChoiceField(label=gettext_lazy("To"))
    amount = AmountField(label=gettext_lazy("Amount"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    effective_on = DayField(label=gettext_lazy("Effective from"), required=False)
    accept_shortfall = forms.BooleanField(
        label=gettext_lazy("Although less would be left than is committed or spent"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        projects = rows.projects_for(actor, program, "budget.edit")
        self.projects: dict[str, Any] = {str(one.pk): one for one in projects}
        scopes = [(key, one.name) for key, one in self.projects.items()]
        if policies.holds(actor, "budget.edit", program.scope):
            self.projects["0"] = None
            scopes.append(("0", _("the program itself")))
        places = [("", _("not broken down")), *categories.choices(program.portfolio_id)]
        places += [(CONTINGENCY, _("contingency")), (RESERVE, _("management reserve"))]
        groups = [
            (name, [(f"{key}:{code}", f"{name}: {label}") for code, label in places]) for key, name in scopes
        ]
        for field in ("source", "target"):
            self.fields[field].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            raise ValidationError(_("Both places are the same."))
        if cleaned.get("amount") is not None and cleaned["amount"] <= 0:
            self.add_error("amount", _("Give an amount above zero."))
        return cleaned

    def moves(self) -> list[Move]:
        amount = self.cleaned_data["amount"]
        return [self._move("source", -amount), self._move("target", amount)]

    def _move(self, field: str, amount: Any) -> Move:
        key, _colon, category = self.cleaned_data[field].partition(":")
        return Move(self.projects[key], category, amount)


@require_safe
def program_budget(request: HttpRequest, pk: int) -> HttpResponse:
    """What is in force by project and category, and every revision that led there."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    found = revisions.of_program(actor, program)
    names = categories.names(program.portfolio_id) | {"": _("not broken down")}
    codes = found.categories
    numbered = pages.beginning(request, revisions.rows(actor, program), SHOWN, "revisions")
    data = {
        "program": program,
        "tab": "money",
        "currency": program.portfolio.currency,
        "found": found,
        "by_category": [
            (
                names.get(code, code),
                [scope.sums.lines.get(code) for scope in found.scopes],
                found.total.lines[code],
            )
            for code in codes
        ],
        "revisions": numbered.rows,
        "revisions_cut": numbered,
        "categories": names,
        "may_edit_budget": programs.may_somewhere(actor, "budget.edit", program),
        "whole": policies.holds(actor, "budget.read", program.scope),
    }
    return render(request, "budgets/revisions/detail.html", data)


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Move budget between two places."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if not programs.may_somewhere(actor, "budget.edit", program):
        raise policies.NotAllowed("budget.edit")
    form = TransferForm(request.POST or None, actor=actor, program=program)
    if form.is_valid():
        kept = {name: form.cleaned_data[name] for name in ("reason", "effective_on", "accept_shortfall")}
        try:
            transfers.move(actor=actor, program=program, moves=form.moves(), **kept)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("budgets:program-budget", program.pk)
    data = {"form": form, "program": program, "tab": "money"}
    return render(request, "budgets/revisions/transfer.html", data, status=422 if form.is_bound else 200)
