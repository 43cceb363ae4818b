"""Money settings of a portfolio: exchange rates, fiscal calendar and periods, cost categories."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import dates, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budgets.engine import currencies
from budgets.models import FiscalCalendar
from budgets.selectors import categories, periods, rates
from budgets.services import categories as category_services
from budgets.services import periods as period_services
from budgets.services import rates as rate_services
from programs import policies
from programs.models import Portfolio
from programs.selectors import portfolios
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import pages
from tpm.lib.forms import DayField, add_errors

RATES, PERIODS = 200, 60


class RateForm(forms.Form):
    """What one unit of a currency is worth in the portfolio's, from a day on."""

    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        min_length=3,
        max_length=3,
        widget=forms.TextInput(attrs={"size": 4, "list": "currency-codes", "autocomplete": "off"}),
    )
    on = DayField(label=gettext_lazy("From"))
    rate = forms.DecimalField(
        label=gettext_lazy("Rate"),
        max_digits=20,
        decimal_places=10,
        min_value=Decimal("0.0000000001"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 12, "autocomplete": "off"}),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)


class CorrectionForm(forms.Form):
    rate = RateForm.base_fields["rate"]
    source = RateForm.base_fields["source"]
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CalendarForm(forms.Form):
    pattern = forms.ChoiceField(label=gettext_lazy("Periods"), choices=FiscalCalendar.Pattern.choices)
    starts_in = forms.TypedChoiceField(
        label=gettext_lazy("The fiscal year begins in"), choices=list(dates.MONTHS.items()), coerce=int
    )
    week_starts_on = forms.TypedChoiceField(
        label=gettext_lazy("Weeks begin on"),
        choices=list(dates.WEEKDAYS.items()),
        coerce=int,
        help_text=gettext_lazy(
            "For weeks: the year begins on this weekday nearest to the first of the month."
        ),
    )
    named_by_end = forms.BooleanField(
        label=gettext_lazy("Named by the year in which it ends"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class YearForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Fiscal year"), min_value=1901, max_value=2998)


class CategoryForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=32)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    is_active = forms.BooleanField(label=gettext_lazy("Offered"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


@require_safe
def money_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page."""
    actor = actors.from_request(request)
    portfolio = periods.portfolio_for(actor, pk)
    return _page(request, actor, portfolio)


@require_POST
def rate_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a rate."""
    form = RateForm(request.POST)

    def act(actor: Actor, portfolio: Portfolio) -> str:
        made = rate_services.create(actor=actor, portfolio=portfolio, **form.cleaned_data)
        return _("The rate of %(code)s was added.") % {"code": made.currency}

    return _acted(request, pk, "rates", form, act)


@require_http_methods(["GET", "POST"])
def rate_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a rate: what was posted at it is converted anew."""
    actor = actors.from_request(request)
    rate = rates.get_for(actor, pk)
    policies.authorize(actor, "money.configure", rate)
    initial = {"rate": rate.rate.normalize(), "source": rate.source, "version": rate.version}
    form = CorrectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        rate.version = form.cleaned_data.pop("version") or rate.version
        try:
            rate_services.correct(actor=actor, row=rate, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The rate was corrected."))
            return redirect("budgets:money-settings", rate.portfolio_id)
    data = {"form": form, "rate": rate, "portfolio": rate.portfolio, "uses": rates.uses(rate)}
    return render(request, "budgets/settings/rate.html", data, status=422 if form.is_bound else 200)


@require_POST
def rate_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rate back that nothing was converted at."""
    actor = actors.from_request(request)
    rate = rates.get_for(actor, pk)
    policies.authorize(actor, "money.configure", rate)
    rate.version = int(request.POST.get("version") or rate.version)
    try:
        rate_services.delete(actor=actor, rate=rate)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The rate was taken back."))
    return redirect("budgets:money-settings", rate.portfolio_id)


@require_POST
def calendar_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how the fiscal years run."""
    form = CalendarForm(request.POST)

    def act(actor: Actor, portfolio: Portfolio) -> str:
        period_services.set_calendar(actor=actor, portfolio=portfolio, **form.cleaned_data)
        return _("The fiscal calendar was saved; the programs are computed by it.")

    return _acted(request, pk, "calendar", form, act)


@require_POST
def year_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a fiscal year."""
    form = YearForm(request.POST)

    def act(actor: Actor, portfolio: Portfolio) -> str:
        period_services.open_year(actor=actor, portfolio=portfolio, **form.cleaned_data)
        return _("Fiscal year %(year)s is open.") % form.cleaned_data

    return _acted(request, pk, "year", form, act)


@require_POST
def period_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Close a period, ask to open it again, confirm that, or leave it closed."""
    actor = actors.from_request(request)
    period = periods.get_for(actor, pk)
    policies.authorize(actor, "period.close", period)
    period.version = int(request.POST.get("version") or period.version)
    now, reason = timezone.now(), request.POST.get("reason", "")
    acts: dict[str, Callable[[], Any]] = {
        "close": lambda: period_services.close(actor=actor, period=period, at=now),
        "reopen": lambda: period_services.ask_to_reopen(actor=actor, period=period, reason=reason, at=now),
        "confirm": lambda: period_services.confirm_reopening(actor=actor, period=period, at=now),
        "refuse": lambda: period_services.refuse_reopening(actor=actor, period=period),
    }
    said = {
        "close": _("%(period)s is closed."),
        "reopen": _("Another person must confirm that %(period)s is opened again."),
        "confirm": _("%(period)s is open again."),
        "refuse": _("%(period)s stays closed."),
    }
    try:
        acts[act]()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said[act] % {"period": period})
    return redirect("budgets:money-settings", period.portfolio_id)


@require_POST
def category_put(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a category, or rename or retire one."""
    form = CategoryForm(request.POST)

    def act(actor: Actor, portfolio: Portfolio) -> str:
        made = category_services.put(actor=actor, portfolio=portfolio, **form.cleaned_data)
        return _("“%(name)s” was saved.") % {"name": made.name}

    return _acted(request, pk, "category", form, act)


def _acted(
    request: HttpRequest, pk: int, name: str, form: forms.Form, act: Callable[[Actor, Portfolio], str]
) -> HttpResponse:
    """Do what a form of the page says, or show the page with what is wrong."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    policies.authorize(actor, "money.configure", portfolio)
    if form.is_valid():
        try:
            messages.success(request, act(actor, portfolio))
            return redirect("budgets:money-settings", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, actor, portfolio, {f"{name}_form": form}, status=422)


def _page(
    request: HttpRequest,
    actor: Actor,
    portfolio: Portfolio,
    bound: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    calendar = periods.calendar_of(portfolio.pk)
    fields = ("pattern", "starts_in", "week_starts_on", "named_by_end", "version")
    shown = {name: getattr(calendar, name) for name in fields} if calendar else {"starts_in": 1}
    known = pages.beginning(request, rates.rows(actor, portfolio), RATES, "rates")
    opened = pages.beginning(request, periods.rows(actor, portfolio), PERIODS, "periods")
    data = {
        "portfolio": portfolio,
        "currency": portfolio.currency,
        "rates": known.rows,
        "rates_cut": known,
        "codes": currencies.codes(),
        "calendar": calendar,
        "periods": opened.rows,
        "periods_cut": opened,
        "categories": categories.of(portfolio.pk),
        "may_configure": policies.holds(actor, "money.configure", portfolio.scope),
        "may_close": policies.holds(actor, "period.close", portfolio.scope),
        "me": actor.user_id,
        "rates_form": RateForm(),
        "calendar_form": CalendarForm(initial=shown),
        "year_form": YearForm(initial={"year": timezone.now().year}),
        "category_form": CategoryForm(),
    }
    return render(request, "budgets/settings/detail.html", data | (bound or {}), status=status)
