"""Vendors of a portfolio in the browser."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from budgets.models import Vendor
from budgets.selectors import categories, procurement
from budgets.services import vendors
from budgets.web.approval_policies import readable_portfolio
from programs import policies
from programs.models import Portfolio
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import pages
from tpm.lib.forms import add_errors
from tpm.lib.listing import Head, Listing

SHOWN = 200
CONTACT = ("name", "role", "email", "phone")
BLANK_CONTACTS = 2


class VendorForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    key = forms.CharField(
        label=gettext_lazy("Key"), max_length=100, required=False,
        help_text=gettext_lazy("Its number in bookkeeping. Empty: made from the name."),
    )  # fmt: skip
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    is_active = forms.BooleanField(label=gettext_lazy("Offered for new orders"), required=False, initial=True)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, portfolio: Portfolio, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = list(categories.choices(portfolio.pk))
        self.fields["category"].choices = [("", _("not stated")), *offered]  # type: ignore[attr-defined]


@require_GET
def vendor_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The vendors of a portfolio with how they performed."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    found = list(procurement.vendors(actor).filter(portfolio=portfolio))
    scores = procurement.scores(actor, [one.pk for one in found])
    names = categories.names(portfolio.pk)
    rows = [(one, names.get(one.category, one.category), scores.get(one.pk)) for one in found]
    table = Listing(request, rows, _heads())
    data = {
        "portfolio": portfolio,
        "table": table,
        "vendors": table.rows,
        "may_edit": policies.holds(actor, "vendor.edit", portfolio.scope),
    }
    return render(request, "budgets/vendors/list.html", data)


@require_GET
def vendor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A vendor: whom to call, contracts, orders, performance."""
    actor = actors.from_request(request)
    vendor = procurement.vendor_for(actor, pk)
    contracts = pages.beginning(
        request, procurement.contracts(actor).filter(vendor=vendor), SHOWN, "contracts"
    )
    orders = pages.beginning(request, procurement.orders_of(actor, vendor=vendor), SHOWN, "orders")
    deliveries = pages.beginning(request, procurement.deliveries_by(actor, vendor), SHOWN, "deliveries")
    invoices = pages.beginning(request, procurement.invoices_by(actor, vendor), SHOWN, "invoices")
    data = {
        "vendor": vendor,
        "portfolio": vendor.portfolio,
        "category": categories.names(vendor.portfolio_id).get(vendor.category, vendor.category),
        "contacts": vendor.contacts.order_by("pk"),
        "contracts": procurement.with_milestones(actor, contracts.rows),
        "contracts_cut": contracts,
        "orders": orders.rows,
        "orders_cut": orders,
        "deliveries": deliveries.rows,
        "deliveries_cut": deliveries,
        "invoices": invoices.rows,
        "invoices_cut": invoices,
        "score": procurement.scores(actor, [vendor.pk]).get(vendor.pk),
        "may_edit": policies.holds(actor, "vendor.edit", vendor.scope),
        "today": timezone.localdate(),
        "currency": vendor.portfolio.currency,
    }
    return render(request, "budgets/vendors/detail.html", data)


@require_http_methods(["GET", "POST"])
def vendor_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a vendor."""
    actor = actors.from_request(request)
    portfolio = readable_portfolio(actor, pk)
    policies.authorize(actor, "vendor.edit", portfolio)
    return _vendor(request, actor, portfolio, None)


@require_http_methods(["GET", "POST"])
def vendor_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a vendor and its contacts."""
    actor = actors.from_request(request)
    vendor = procurement.vendor_for(actor, pk)
    policies.authorize(actor, "vendor.edit", vendor)
    return _vendor(request, actor, vendor.portfolio, vendor)


Scored = tuple[Vendor, str, procurement.Score | None]


def _heads() -> list[Head[Scored]]:
    return [
        Head("name", _("Vendor"), lambda row: row[0].name, width=36),
        Head("key", _("Key"), lambda row: row[0].key, shown=False),
        Head("category", _("Category"), lambda row: row[1], width=24),
        Head("on_time", _("On time"), lambda row: row[2].on_time if row[2] else None, num=True, hint=_("percent of the deliveries")),
        Head("first", _("Accepted first time"), lambda row: row[2].first_time if row[2] else None, num=True),
        Head("score", _("Score"), lambda row: row[2].total if row[2] else None, num=True, hint=_("the mean of the two")),
    ]  # fmt: skip


def _vendor(request: HttpRequest, actor: Actor, portfolio: Portfolio, vendor: Vendor | None) -> HttpResponse:
    names = ("name", "key", "category", "is_active", "note", "version")
    initial = {name: getattr(vendor, name) for name in names} if vendor else {"is_active": True}
    form = VendorForm(request.POST or None, initial=initial, portfolio=portfolio)
    kept: list[dict[str, str]] = []
    if request.method == "POST":
        columns = [[text.strip() for text in request.POST.getlist(f"contact_{name}")] for name in CONTACT]
        kept = [dict(zip(CONTACT, row, strict=True)) for row in zip(*columns, strict=False) if any(row)]
        if form.is_valid():
            values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
            try:
                if vendor is None:
                    made = vendors.create(actor=actor, portfolio=portfolio, contacts=kept, **values)
                else:
                    vendor.version = form.cleaned_data["version"] or vendor.version
                    made = vendors.update(actor=actor, vendor=vendor, contacts=kept, **values)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return redirect("budgets:vendor-detail", made.pk)
    elif vendor is not None:
        kept = list(vendor.contacts.order_by("pk").values(*CONTACT))
    data = {
        "form": form,
        "portfolio": portfolio,
        "vendor": vendor,
        "contacts": [*kept, *({} for _n in range(BLANK_CONTACTS))],
    }
    return render(request, "budgets/vendors/form.html", data, status=422 if form.is_bound else 200)
