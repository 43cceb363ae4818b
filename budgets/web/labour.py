"""Rate cards of a portfolio and its programs, and what assigned work costs, in the browser."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import LabourRate
from budgets.selectors import rate_cards, rates
from budgets.services import cost_lines, labour_rates
from budgets.web.approval_policies import readable_portfolio
from programs import policies
from programs.models import Portfolio, Program, Resource
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports
from tpm.lib.exports import Column
from tpm.lib.forms import DayField, add_errors

DATED = ("rate", "currency", "starts_on", "ends_on", "source")


class CorrectionForm(forms.Form):
    rate = forms.DecimalField(
        label=gettext_lazy("Rate per hour"), max_digits=12, decimal_places=4, min_value=Decimal(0),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 10, "autocomplete": "off"}),
    )  # fmt: skip
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("To"), required=False, help_text=gettext_lazy("Empty: until the next rate.")
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, portfolio: Portfolio, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["currency"].choices = rates.names(portfolio)  # type: ignore[attr-defined]


class RateForm(CorrectionForm):
    """A new line of a card: of a resource or of a role."""

    resource = forms.ModelChoiceField(
        Resource.objects.none(), label=gettext_lazy("Resource"), required=False,
        empty_label=gettext_lazy("all of a role"),
    )  # fmt: skip
    role = forms.CharField(
        label=gettext_lazy("Role or skill"), max_length=200, required=False,
        help_text=gettext_lazy("Counts for all resources of this role that have no rate of their own."),
        widget=forms.TextInput(attrs={"list": "rate-roles", "autocomplete": "off"}),
    )  # fmt: skip
    reason = None  # type: ignore[assignment]
    version = None  # type: ignore[assignment]
    field_order = ("resource", "role", *DATED)

    def __init__(self, *args: Any, portfolio: Portfolio, program: Program | None, **options: Any) -> None:
        super().__init__(*args, portfolio=portfolio, **options)
        usable = Resource.objects.filter(portfolio=portfolio, program=None)
        if program is not None:
            usable = Resource.objects.usable_in(portfolio.pk, program.pk)
        workers = usable.filter(kind=Resource.Kind.WORK).order_by("name")
        self.fields["resource"].queryset = workers  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def portfolio_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The portfolio's rate card, and those of its programs."""
    actor = actors.from_request(request)
    return _card(request, actor, readable_portfolio(actor, pk), None)


@require_http_methods(["GET", "POST"])
def program_card(request: HttpRequest, pk: int) -> HttpResponse:
    """A program's own rate card, which comes first, and the portfolio's."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    return _card(request, actor, program.portfolio, program)


def _card(request: HttpRequest, actor: Actor, portfolio: Portfolio, program: Program | None) -> HttpResponse:
    scope = (program or portfolio).scope
    may = policies.holds(actor, "money.configure", scope)
    if request.method == "POST" and not may:
        raise policies.NotAllowed("money.configure")
    form = RateForm(request.POST or None, portfolio=portfolio, program=program)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value is not None}
        try:
            made = labour_rates.create(actor=actor, portfolio=portfolio, program=program, **given)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, _("The rate of “%(whom)s” was added.") % {"whom": made.resource or made.role}
            )
            return redirect(request.path)
    data = {
        "portfolio": portfolio,
        "program": program,
        "tab": "money",
        "cards": rate_cards.cards(actor, portfolio, timezone.localdate(), program),
        "form": form,
        "roles": rate_cards.roles(portfolio.pk) if may else [],
        "may_configure": may,
        "export": reverse(
            "budgets:program-rate-card-export" if program else "budgets:rate-card-export",
            args=[(program or portfolio).pk, "csv"],
        ).removesuffix("csv"),
    }
    name = "program_card" if program else "portfolio_card"
    return render(request, f"budgets/labour/{name}.html", data, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def rate_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a rate, or say when it ends."""
    actor = actors.from_request(request)
    rate = rate_cards.get_for(actor, pk)
    policies.authorize(actor, "money.configure", rate)
    initial = {name: getattr(rate, name) for name in DATED} | {
        "rate": rate.rate.normalize(), "version": rate.version,
    }  # fmt: skip
    form = CorrectionForm(request.POST or None, initial=initial, portfolio=rate.portfolio)
    if form.is_valid():
        rate.version = form.cleaned_data.pop("version") or rate.version
        try:
            labour_rates.correct(actor=actor, row=rate, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The rate was corrected; plans are costed anew."))
            return redirect(_home(rate))
    data = {"form": form, "rate": rate, "portfolio": rate.portfolio, "back": _home(rate)}
    return render(request, "budgets/labour/rate.html", data, status=422 if form.is_bound else 200)


@require_POST
def rate_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rate back."""
    actor = actors.from_request(request)
    rate = rate_cards.get_for(actor, pk)
    policies.authorize(actor, "money.configure", rate)
    rate.version = int(request.POST.get("version") or rate.version)
    labour_rates.delete(actor=actor, row=rate)
    messages.success(request, _("The rate was taken back."))
    return redirect(_home(rate))


def _home(rate: LabourRate) -> str:
    if rate.program_id:
        return reverse("budgets:program-rate-card", args=[rate.program_id])
    return reverse("budgets:rate-card", args=[rate.portfolio_id])


@require_GET
def card_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The rate cards of a portfolio and its programs as CSV or XLSX."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    return _export_card(actor, portfolio, None, kind)


@require_GET
def program_card_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The cards that hold in a program as CSV or XLSX."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    return _export_card(actor, program.portfolio, program, kind)


def _export_card(actor: Actor, portfolio: Portfolio, program: Program | None, kind: str) -> HttpResponse:
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Card"), 30), Column(_("Resource"), 30), Column(_("Role or skill"), 30), Column(_("Rate per hour")),
        Column(_("Currency")), Column(_("From"), 12), Column(_("To"), 12), Column(_("Source"), 30),
    ]  # fmt: skip
    body = (
        (
            card.program.name if card.program else portfolio.name,
            line.rate.resource.name if line.rate.resource else "",
            line.rate.role,
            line.rate.rate,
            line.rate.currency,
            line.rate.starts_on,
            line.until,
            line.rate.source,
        )
        for card in rate_cards.cards(actor, portfolio, timezone.localdate(), program)
        for line in card.lines
    )
    return exports.respond(kind, f"{program.code if program else portfolio.name} rate card", columns, body)


@require_GET
def program_labour(request: HttpRequest, pk: int) -> HttpResponse:
    """What assigned work costs: by resource, by part, and where a rate is missing."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    line, after = (_number(request.GET.get(name, "")) for name in ("line", "after"))
    found = rate_cards.of_program(actor, program, line=line or None, after=after)
    data = {
        "program": program,
        "tab": "money",
        "currency": program.portfolio.currency,
        "found": found,
        "line": line,
        "people": [(name, Decimal(minutes) / 60, amount) for name, minutes, amount in found.people],
        "may_edit": programs.may_somewhere(actor, "budget.edit", program),
    }
    return render(request, "budgets/labour/program.html", data)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@require_POST
def cost_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line from assignments to all tasks that have people at work and none yet."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    made = cost_lines.cost_assigned_work(actor=actor, program=program)
    text = ngettext("%(n)s task is costed now.", "%(n)s tasks are costed now.", made) % {"n": made}
    messages.success(request, text if made else _("All tasks with people at work are costed already."))
    return redirect("budgets:program-labour", program.pk)


@require_GET
def labour_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Assigned work with its rates as CSV or XLSX."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if kind not in exports.FORMATS:
        raise Http404
    columns: Sequence[Column] = [
        Column(_("Project"), 30), Column(_("Task"), 40), Column(_("Resource"), 30), Column(_("Role or skill"), 24),
        Column(_("From"), 18), Column(_("To"), 18), Column(_("Hours")), Column(_("Rate per hour")),
        Column(_("Amount")), Column(_("Missing"), 24),
    ]  # fmt: skip
    words = {"rate": _("no rate"), "exchange": _("no exchange rate"), "": ""}
    body: Iterable[Sequence[Any]] = (
        (
            one.project, one.task, one.resource, one.role, one.cost.starts, one.cost.ends, one.hours, one.cost.rate,
            one.cost.amount, words[one.missing],
        )
        for one in rate_cards.of_program(actor, program, most=None).parts
    )  # fmt: skip
    return exports.respond(kind, f"{program.code} labour", columns, body)


@require_GET
def people_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hours and cost by resource as CSV or XLSX."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if kind not in exports.FORMATS:
        raise Http404
    columns = [Column(_("Resource"), 30), Column(_("Hours")), Column(_("Amount"))]
    found = rate_cards.of_program(actor, program).people
    body = (
        (name, (Decimal(minutes) / 60).quantize(Decimal("0.01")), amount) for name, minutes, amount in found
    )
    return exports.respond(kind, f"{program.code} labour by resource", columns, body)
