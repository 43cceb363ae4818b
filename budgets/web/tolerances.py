"""The tolerance of the three-way match: what an invoice may differ by; one person writes a version, another confirms it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from budgets.models import Tolerance
from budgets.selectors import matches, procurement, tolerances
from budgets.services import tolerances as services
from budgets.web.approval_policies import readable_portfolio
from programs import policies
from tpm.accounts import actors
from tpm.lib.forms import AmountField, DayField, add_errors


def _percent(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(0), max_value=Decimal(50), decimal_places=2)


class ToleranceForm(forms.Form):
    """The next version, filled with what is in force."""

    effective_from = DayField(label=gettext_lazy("In force from"))
    price_percent = _percent(gettext_lazy("Price, %"))
    quantity_percent = _percent(gettext_lazy("Quantity, %"))
    amount = AmountField(
        label=gettext_lazy("Amount of a line"),
        min_value=Decimal(0),
        help_text=gettext_lazy("A line passes if it is within the percentage and within this amount, both."),
    )


@require_http_methods(["GET", "POST"])
def tolerance_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions with who agreed when; a POST writes the next one."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    if request.method == "POST":
        policies.authorize(actor, "policy.edit", portfolio)
    today = timezone.localdate()
    now = matches.tolerance_on(pk, today)
    initial: dict[str, Any] = {"effective_from": today}
    for name in ("price_percent", "quantity_percent", "amount"):
        initial[name] = getattr(now, name) if now else Decimal(0)
    form = ToleranceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.draft(actor=actor, portfolio=portfolio, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Written. It counts once another person has confirmed it."))
            return redirect("budgets:portfolio-tolerances", pk)
    data = {
        "portfolio": portfolio,
        "versions": tolerances.versions(actor, portfolio, today),
        "form": form,
        "may_edit": policies.holds(actor, "policy.edit", portfolio.scope),
        "currency": portfolio.currency,
    }
    return render(request, "budgets/tolerances/list.html", data, status=422 if form.is_bound else 200)


@require_POST
def settle(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """``confirm`` it as the second person, or ``discard`` a draft; at the version that the page showed."""
    actor = actors.from_request(request)
    found: Tolerance = procurement.tolerance_for(actor, pk)
    policies.authorize(actor, "policy.edit", found)
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < 10:
        found.version = int(version)
    try:
        if act == "confirm":
            services.confirm(actor=actor, tolerance=found)
            messages.success(request, _("It is in force from its day on."))
        else:
            services.discard(actor=actor, tolerance=found)
            messages.success(request, _("The draft was discarded."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("budgets:portfolio-tolerances", found.portfolio_id)
