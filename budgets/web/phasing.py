"""Phase a cost line by hand: an amount for each fiscal period, in a dialog."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budgets.engine import allocation
from budgets.engine.periods import Period
from budgets.models import CostLine
from budgets.selectors import periods, rows
from budgets.services import cost_lines
from programs import policies
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.forms import AmountField, add_errors

MOST = 120


class PhasingForm(forms.Form):
    """One amount per period, in the line's own currency."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, spanned: list[Period], by_month: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for period in spanned:
            label = formats.date_format(period.starts_on, "M Y") if by_month else period_label(period)
            self.fields[period.starts_on.isoformat()] = AmountField(label=label, required=False)

    def portions(self) -> list[cost_lines.Portion]:
        return [
            cost_lines.Portion(date.fromisoformat(name), amount)
            for name, amount in self.cleaned_data.items()
            if name != "version" and amount
        ]


def period_label(period: Period) -> str:
    """Return how a period of a fiscal year is called."""
    return _("FY%(year)s P%(number)s") % {"year": period.year, "number": period.number}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The amounts as they stand (at first: even parts); saving needs them to sum to the line."""
    actor = actors.from_request(request)
    line = rows.cost_line_for(actor, pk)
    policies.authorize(actor, "budget.edit", line)
    rule = periods.rule_of(line.program.portfolio_id)
    spanned = (
        periods.span(rule, line.starts_on, line.ends_on)[:MOST] if line.starts_on and line.ends_on else []
    )
    form = PhasingForm(
        request.POST or None,
        initial=_present(line, spanned) | {"version": line.version},
        spanned=spanned,
        by_month=rule.pattern == "months",
    )
    if request.method == "POST" and form.is_valid():
        line.version = form.cleaned_data["version"] or line.version
        portions = [] if "even" in request.POST else form.portions()
        try:
            cost_lines.update(actor=actor, line=line, portions=portions)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return htmx.done(
                _("The phasing was saved."), events=("tpm:close", "cost-lines-changed", "money-changed")
            )
    data = {"form": form, "line": line, "currency": line.currency or line.program.portfolio.currency}
    data["whole"] = line.original_amount if line.currency else line.amount
    return render(request, "budgets/cost_lines/_phasing.html", data, status=422 if form.is_bound else 200)


def _present(line: CostLine, spanned: list[Period]) -> dict[str, Any]:
    """Return what each period has now in the line's own currency: its portion, or an even part."""
    whole = line.original_amount if line.currency else line.amount
    cents = int((whole or Decimal(0)) * 100)
    if line.by_hand:
        kept = {part.starts_on: abs(int(part.amount * 100)) for part in line.portions.all()}
        weights = [kept.get(period.starts_on, 0) for period in spanned]
    else:
        weights = [1] * len(spanned)
    if not any(weights):
        return {}
    parts = allocation.allocate(cents, weights)
    return {
        period.starts_on.isoformat(): Decimal(part) / 100
        for period, part in zip(spanned, parts, strict=True)
        if part
    }
