"""The policy editor: versions, effective dates, tiers and steps; a second person puts a version in force."""

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
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import ApprovalPolicy
from budgets.selectors import approvals
from budgets.services import approvals as services
from programs import policies
from programs.models import Portfolio
from programs.policies import CAPABILITIES, Role
from programs.selectors import portfolios
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import DayField, add_errors

TIERS, STEPS = 4, 3
APPROVING = [(role, Role(role).label) for role in Role.values if role in CAPABILITIES["capex.approve"]]


class PolicyForm(forms.Form):
    """A version of the policy; tiers and steps stand in a grid of their own."""

    effective_from = DayField(label=gettext_lazy("In force from"))
    effective_to = DayField(label=gettext_lazy("to"), required=False)
    discount_rate = forms.DecimalField(
        label=gettext_lazy("Discount rate in %"), min_value=Decimal(0), max_value=Decimal(100), decimal_places=2,
        initial=Decimal("8.00"), help_text=gettext_lazy("For the net present value of requests."),
    )  # fmt: skip
    overrun_threshold = forms.DecimalField(
        label=gettext_lazy("Warn above % of what is authorised"), min_value=Decimal(50), max_value=Decimal(150),
        decimal_places=0, initial=Decimal(100),
    )  # fmt: skip
    split_days = forms.IntegerField(
        label=gettext_lazy("Days over which split requests count together"), min_value=0, max_value=366, initial=90
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {
            "discount_rate": self.cleaned_data["discount_rate"] / 100,
            "overrun_threshold": self.cleaned_data["overrun_threshold"] / 100,
        }


def readable_portfolio(actor: Actor, pk: int) -> Portfolio:
    """Return a portfolio in which the actor reads money somewhere.

    :raises Portfolio.DoesNotExist: if there is none.
    """
    portfolio = portfolios.get_for(actor, pk)
    held = {grant.portfolio_id for grant in policies.holding(actor, "budget.read")}
    if not actor.is_system and pk not in held:
        raise Portfolio.DoesNotExist
    return portfolio


@require_GET
def policy_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, the newest first."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    found = list(approvals.policy_rows(actor, portfolio)[:50])
    in_force = approvals.policy_in_force(pk, timezone.localdate())
    data = {
        "portfolio": portfolio,
        "policies": [(one, approvals.tiers_of(one)) for one in found],
        "in_force": in_force.pk if in_force else None,
        "may_edit": policies.holds(actor, "policy.edit", portfolio.scope),
        "currency": portfolio.currency,
    }
    return render(request, "budgets/approval_policies/list.html", data)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, filled with what is in force."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    policies.authorize(actor, "policy.edit", portfolio)
    before = approvals.policy_in_force(pk, timezone.localdate())
    initial: dict[str, Any] = {"effective_from": timezone.localdate()}
    if before is not None:
        initial |= {
            "discount_rate": round(before.discount_percent, 2),
            "overrun_threshold": round(before.threshold_percent),
            "split_days": before.split_days,
        }
    form = PolicyForm(request.POST or None, initial=initial)
    grid = _grid(before.tiers if before else [])
    if request.method == "POST":
        tiers = _tiers(request)
        grid = _grid(tiers)
        if form.is_valid():
            try:
                services.draft_policy(actor=actor, portfolio=portfolio, tiers=tiers, **form.values())
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("Written. It counts once another person has confirmed it."))
                return redirect("budgets:approval-policy-list", pk)
    data = {
        "portfolio": portfolio,
        "form": form,
        "grid": grid,
        "roles": APPROVING,
        "currency": portfolio.currency,
    }
    return render(request, "budgets/approval_policies/form.html", data, status=422 if form.is_bound else 200)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in force, as the second person."""
    actor = actors.from_request(request)
    policy = approvals.policy_for(actor, pk)
    return _done(
        request, policy, lambda: services.confirm_policy(actor=actor, policy=policy, at=timezone.now())
    )


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the last day; empty: without end."""
    actor = actors.from_request(request)
    policy = approvals.policy_for(actor, pk)
    policies.authorize(actor, "policy.edit", policy)
    field = DayField(required=False)

    def work() -> None:
        services.end_policy(actor=actor, policy=policy, on=field.clean(request.POST.get("effective_to", "")))

    return _done(request, policy, work)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actor = actors.from_request(request)
    policy = approvals.policy_for(actor, pk)
    return _done(request, policy, lambda: services.discard_policy(actor=actor, policy=policy))


def _done(request: HttpRequest, policy: ApprovalPolicy, work: Any) -> HttpResponse:
    try:
        work()
        messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("budgets:approval-policy-list", policy.portfolio_id)


def _grid(tiers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tiers as the form shows them: a fixed number of rows, the last without an upper end."""
    ended, last = tiers[:-1], tiers[-1:] or [{"up_to": None, "steps": []}]
    blank: dict[str, Any] = {"up_to": "", "steps": []}
    rows = [*ended, *([blank] * (TIERS - 1 - len(ended))), *last]
    return [
        {
            "number": number,
            "up_to": row["up_to"] or "",
            "is_last": number == len(rows) - 1,
            "steps": [
                {"number": step, "roles": [], "quorum": ""}
                | (dict(row["steps"][step]) if step < len(row["steps"]) else {})
                for step in range(STEPS)
            ],
        }
        for number, row in enumerate(rows)
    ]


def _tiers(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the tiers that were filled in."""
    found = []
    for tier in range(TIERS):
        up_to = request.POST.get(f"up_to_{tier}", "").replace(" ", "") or None
        steps = []
        for step in range(STEPS):
            roles = request.POST.getlist(f"roles_{tier}_{step}")
            quorum = request.POST.get(f"quorum_{tier}_{step}", "").strip() or "1"
            if roles:
                number = int(quorum) if quorum.isdecimal() and len(quorum) < 4 else 0
                steps.append({"roles": roles, "quorum": number})
        if steps or (up_to and tier < TIERS - 1):
            found.append({"up_to": up_to if tier < TIERS - 1 else None, "steps": steps})
    return found
