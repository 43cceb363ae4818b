"""Capital requests in the browser: the board, a request with all that explains it, what is done with it, the report."""

from collections.abc import Sequence
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
from django.views.decorators.http import require_GET, require_POST

from budgets.models import CapitalRequest
from budgets.selectors import approvals as votes
from budgets.selectors import capex, capital_money
from budgets.services import capex as services
from budgets.services import capital_bookings
from budgets.web import simulations
from budgets.web.approval_policies import readable_portfolio
from programs import policies
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import AmountField, DayField

State = CapitalRequest.State
NAMES = {
    "program": gettext_lazy("program"), "project": gettext_lazy("project"), "title": gettext_lazy("title"),
    "business_case": gettext_lazy("business case"), "asset_class": gettext_lazy("asset class"),
    "alternatives": gettext_lazy("alternatives"), "benefits": gettext_lazy("benefits"), "risks": gettext_lazy("risks"),
    "vendor": gettext_lazy("vendor"), "cost_line": gettext_lazy("budget line"), "currency": gettext_lazy("currency"),
    "planned_in_service_on": gettext_lazy("planned in service"), "scenario": gettext_lazy("what-if"),
    "simulation": gettext_lazy("what it would change"),
}  # fmt: skip


class FactsForm(forms.Form):
    """What is known after the approval."""

    in_service_on = DayField(label=gettext_lazy("In service since"), required=False)
    still_expected = AmountField(
        label=gettext_lazy("Still expected"),
        required=False,
        min_value=Decimal(0),
        help_text=gettext_lazy("Beyond what is committed and spent. Empty: as the budget line says."),
    )


@require_GET
def program_board(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests of a program by state."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    columns = capex.board(actor, program=program)
    data = {
        "program": program,
        "columns": columns,
        "is_empty": not any(column.cards for column in columns),
        "currency": program.portfolio.currency,
        "may_request": programs.may_somewhere(actor, "capex.request", program),
        "tab": "money",
    }
    return render(request, "budgets/capex/list.html", data)


@require_GET
def portfolio_board(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests of all programs of a portfolio by state."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    columns = capex.board(actor, portfolio=portfolio)
    data = {
        "portfolio": portfolio,
        "columns": columns,
        "is_empty": not any(column.cards for column in columns),
        "currency": portfolio.currency,
    }
    return render(request, "budgets/capex/portfolio.html", data)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what it is worth, which steps it takes and why, who agreed, what happens next."""
    actor = actors.from_request(request)
    return _detail(request, actor, capex.get_for(actor, pk))


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for approval."""
    actor = actors.from_request(request)
    found = _versioned(request, capex.get_for(actor, pk))
    try:
        services.submit(actor=actor, request=found, at=timezone.now())
    except ValidationError as error:
        return _detail(request, actor, capex.get_for(actor, pk), errors=error.messages)
    messages.success(request, _("It waits for approval now."))
    return redirect("budgets:capex-detail", pk)


@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reject what was read: the form carries its hash."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    principal = request.POST.get("principal", "")
    try:
        services.vote(
            actor=actor,
            request=found,
            content_sha256=request.POST.get("content_sha256", ""),
            decision=request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
            principal=int(principal) if principal.isdecimal() and len(principal) < 19 else None,
            at=timezone.now(),
        )
    except services.Stale as stale:
        told = None if stale.differences is None else _told(stale.differences)
        return _detail(request, actor, capex.get_for(actor, pk), changed=told, stale=True, status=409)
    except ValidationError as error:
        return _detail(request, actor, capex.get_for(actor, pk), errors=error.messages)
    messages.success(request, _("Your vote is recorded."))
    return redirect("budgets:capex-detail", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    actor = actors.from_request(request)
    found = _versioned(request, capex.get_for(actor, pk))
    reason = request.POST.get("reason", "")
    return _done(
        request,
        actor,
        pk,
        lambda: services.withdraw(actor=actor, request=found, at=timezone.now(), reason=reason),
    )


@require_POST
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """In service since, and what is still expected."""
    actor = actors.from_request(request)
    found = _versioned(request, capex.get_for(actor, pk))
    policies.authorize(actor, "capex.request", found)
    form = FactsForm(request.POST)
    if not form.is_valid():
        return _detail(request, actor, capex.get_for(actor, pk), facts_form=form)
    return _done(request, actor, pk, lambda: services.record(actor=actor, request=found, **form.cleaned_data))


@require_POST
def book_actual(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a posting against the authorisation (``row``: its id; ``nature``: capex or opex)."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    policies.authorize(actor, "actuals.post", found)
    nature = "opex" if request.POST.get("nature") == "opex" else None
    return _book(request, actor, found, capital_money.bookable_actuals(actor, found), nature)


@require_POST
def book_contract(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a contract against the authorisation (``row``: its id)."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    policies.authorize(actor, "budget.edit", found)
    return _book(request, actor, found, capital_money.bookable_contracts(actor, found), None)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is booked against it any more."""
    actor = actors.from_request(request)
    found = _versioned(request, capex.get_for(actor, pk))
    return _done(request, actor, pk, lambda: services.close(actor=actor, request=found, at=timezone.now()))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    actor = actors.from_request(request)
    found = _versioned(request, capex.get_for(actor, pk))
    try:
        services.delete(actor=actor, request=found)
    except ValidationError as error:
        return _detail(request, actor, capex.get_for(actor, pk), errors=error.messages)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": found.title})
    return redirect("budgets:program-capex", found.program_id)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was capitalised and expensed, by asset class and fiscal year."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    found = capital_money.report(actor, program=program)
    data = {
        "program": program,
        "rows": found,
        "totals": capital_money.report_totals(found),
        "currency": program.portfolio.currency,
        "tab": "money",
    }
    return render(request, "budgets/capex/report.html", data)


# ---- the page of a request ------------------------------------------------------------------------------------------


def _detail(request: HttpRequest, actor: Actor, found: CapitalRequest, **more: Any) -> HttpResponse:
    now = timezone.now()
    program = programs.get_for(actor, found.program_id, "budget.read")
    rounds = list(votes.rounds_of(found.pk))
    current = rounds[0] if rounds else None
    live = current if found.state not in (State.DRAFT, State.WITHDRAWN) else None
    policy = capex.policy_of(found, current, now.date())
    amounts = capex.amounts_of(found)
    may_request = policies.holds(actor, "capex.request", found.scope)
    ways = votes.ways(actor, live, now) if live else []
    out = votes.kept_out("capital_request", found.pk)
    errors = more.get("errors", [])
    status = more.get("status") or (422 if errors or more.get("facts_form") else 200)
    data = {
        "program": program,
        "found": found,
        "amounts": amounts,
        "appraisal": capex.appraisal(amounts, policy.discount_rate) if policy else None,
        "policy": policy,
        "round": live,
        "impact": capex.impact(found, live) if live else None,
        "steps": votes.steps_of(live, day=now.date()) if live else [],
        "tier": votes.tiers_of(live.policy)[live.tier] if live else None,
        "counted_with": capex.counted_with(actor, live) if live else None,
        "past": [(one, votes.votes_of(one)) for one in rounds if one is not live][:10],
        "ways": ways,
        "kept_out": out,
        "is_kept_out": actor.user_id in out and live is not None and live.state == "open",
        "spend": capital_money.spend([found])[found.pk],
        "booked": capital_money.booked(actor, found) if found.authorised is not None else None,
        "bookable_actuals": capital_money.bookable_actuals(actor, found)[:50]
        if found.state == State.APPROVED and policies.holds(actor, "actuals.post", found.scope)
        else [],
        "bookable_contracts": capital_money.bookable_contracts(actor, found)[:50]
        if found.state == State.APPROVED and policies.holds(actor, "budget.edit", found.scope)
        else [],
        "may_request": may_request,
        "may_edit": may_request and found.state != State.CLOSED,
        "facts_form": more.get("facts_form")
        or FactsForm(initial={"in_service_on": found.in_service_on, "still_expected": found.still_expected}),
        "errors": errors,
        "changed": more.get("changed"),
        "stale": more.get("stale", False),
        "currency": program.portfolio.currency,
        "tab": "money",
    }
    data |= simulations.context(actor, found)
    return render(request, "budgets/capex/detail.html", data, status=status)


def _done(request: HttpRequest, actor: Actor, pk: int, work: Any) -> HttpResponse:
    try:
        work()
    except ValidationError as error:
        return _detail(request, actor, capex.get_for(actor, pk), errors=error.messages)
    messages.success(request, _("Saved."))
    return redirect("budgets:capex-detail", pk)


def _book(
    request: HttpRequest, actor: Actor, found: CapitalRequest, rows: Any, nature: str | None
) -> HttpResponse:
    wanted = request.POST.get("row", "")
    row = rows.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 19 else None

    def work() -> None:
        if row is None:
            raise ValidationError(_("Choose a row from the list."))
        capital_bookings.book(actor=actor, row=row, request=found, nature=nature)

    return _done(request, actor, found.pk, work)


def _versioned(request: HttpRequest, found: CapitalRequest) -> CapitalRequest:
    """Give the row the version that the page was read at, so that somebody else's change in between is met."""
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < 10:
        found.version = int(version)
    return found


def _told(differences: Sequence[capex.Difference]) -> list[tuple[str, Any, Any]]:
    told = []
    for one in differences:
        name, _space, year = one.name.partition(" ")
        if year:
            label = _("amount of %(year)s") if name == "amount" else _("benefit of %(year)s")
            told.append((label % {"year": year}, one.before, one.after))
        else:
            told.append((str(NAMES.get(one.name, one.name)), one.before, one.after))
    return told
