"""Portfolios: the list, the table of programs, the form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from programs import policies
from programs.models import Portfolio
from programs.selectors import overviews, portfolios
from programs.services import portfolios as services
from tpm.accounts import actors
from tpm.accounts.models import User
from tpm.lib import htmx
from tpm.lib.forms import add_errors


class PortfolioForm(forms.ModelForm):
    """Name, description, currency."""

    class Meta:
        model = Portfolio
        fields = ("name", "description", "currency")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "currency": forms.TextInput(attrs={"size": 4}),
        }
        help_texts = {
            "currency": gettext_lazy("Three letters, such as EUR. All amounts of the portfolio are in it.")
        }

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class NewPortfolioForm(PortfolioForm):
    """A portfolio with the person who will own it."""

    owner = forms.EmailField(
        label=gettext_lazy("Owner"),
        help_text=gettext_lazy("E-mail address of the person who will give out the roles."),
    )

    def clean_owner(self) -> User:
        owner = User.objects.filter(email__iexact=self.cleaned_data["owner"], is_active=True).first()
        if owner is None:
            raise ValidationError(_("Nobody signs in with this address. Add the person first, under People."))
        return owner


COLUMNS = (
    {"key": "health", "label": gettext_lazy("Health"), "sort": True},
    {"key": "name", "label": gettext_lazy("Program"), "sort": True},
    {"key": "dimensions", "label": gettext_lazy("By dimension"), "hint": gettext_lazy("Schedule, cost, scope, risk")},
    {"key": "finish", "label": gettext_lazy("Finish"), "sort": True},
    {"key": "slip", "label": gettext_lazy("Slippage"), "unit": gettext_lazy("wd"), "num": True, "sort": True},
    {"key": "spi", "label": "SPI", "num": True, "sort": True, "hint": gettext_lazy("Schedule performance index: earned / planned value")},
    {"key": "cpi", "label": "CPI", "num": True, "sort": True, "hint": gettext_lazy("Cost performance index: earned value / actual cost")},
    {"key": "eac", "label": "EAC", "num": True, "sort": True, "hint": gettext_lazy("Estimate at completion")},
    {"key": "over", "label": gettext_lazy("To approved"), "num": True, "sort": True, "hint": gettext_lazy("Approved less EAC; negative is over budget")},
    {"key": "exposure", "label": gettext_lazy("Exposure"), "num": True, "sort": True, "hint": gettext_lazy("Expected cost of the open risks")},
    {"key": "behind", "label": gettext_lazy("Rev."), "sort": True},
)  # fmt: skip


@require_safe
def portfolio_list(request: HttpRequest) -> HttpResponse:
    """The portfolios that this person may open, each with how its programs stand."""
    actor = actors.from_request(request)
    rows = overviews.portfolios(actor)
    may_create = bool(actor.user and actor.user.is_administrator)
    return render(request, "programs/portfolios/list.html", {"rows": rows, "may_create": may_create})


@require_safe
def portfolio_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of a portfolio's programs, with sums; filtered and sorted by the address."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    query = {name: request.GET.get(name, "") for name in ("q", "health", "sort")}
    rows = overviews.of_portfolio(
        actor, portfolio, text=query["q"], level=query["health"], sort=query["sort"]
    )
    context = {
        "portfolio": portfolio,
        "rows": rows,
        "sums": overviews.sums(rows),
        "columns": COLUMNS,
        "query": query,
        "sort": query["sort"],
        "is_filtered": bool(query["q"] or query["health"]),
        "topics": " ".join(f"program:{row.program.pk}" for row in rows),
        "may": policies.capabilities_at(actor, portfolio.scope),
        "reads_plan": any(grant.portfolio_id == pk for grant in policies.holding(actor, "plan.read")),
    }
    template = "_table.html" if htmx.wants_fragment(request) else "detail.html"
    return render(request, f"programs/portfolios/{template}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def portfolio_create(request: HttpRequest) -> HttpResponse:
    """A new portfolio; administrators only."""
    actor = actors.from_request(request)
    if actor.user is None or not actor.user.is_administrator:
        raise policies.NotAllowed("portfolio.create")
    form = NewPortfolioForm(request.POST or None, initial={"owner": actor.user.email})
    if form.is_valid():
        try:
            made = services.create(actor=actor, **form.cleaned_data)
            messages.success(
                request, _("The portfolio is there. Give out roles next, or create its first program.")
            )
            visible = Portfolio.objects.visible_to(actor).filter(pk=made.pk).exists()
            return (
                redirect("programs:portfolio-detail", made.pk)
                if visible
                else redirect("programs:portfolio-list")
            )
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, _("New portfolio"), reverse("programs:portfolio-list"))


@require_http_methods(["GET", "HEAD", "POST"])
def portfolio_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, description and currency of a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    policies.authorize(actor, "portfolio.edit", portfolio)
    before = portfolios.get_for(
        actor, pk
    )  # the form writes into its instance; the service compares with this one
    form = PortfolioForm(request.POST or None, instance=portfolio)
    if form.is_valid():
        try:
            services.update(actor=actor, portfolio=before, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("programs:portfolio-detail", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _form(
        request,
        form,
        _("Settings of %(name)s") % {"name": before.name},
        reverse("programs:portfolio-detail", args=[pk]),
        before,
    )


def _form(
    request: HttpRequest, form: forms.BaseForm, title: str, back: str, portfolio: Portfolio | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "back": back, "portfolio": portfolio}
    return render(request, "programs/portfolios/form.html", context, status=422 if form.errors else 200)
