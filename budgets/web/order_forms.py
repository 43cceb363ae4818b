"""Drafts of purchase orders in the browser: the form and its grid of lines."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budgets.models import Contract, Nature, PurchaseOrder, Vendor
from budgets.selectors import categories, procurement, rates, rows
from budgets.services import orders
from budgets.web.pickers import TaskField, label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import DayField, add_errors

LINE = ("description", "category", "nature", "quantity", "unit_price", "task", "expected_on", "acceptance")
BLANK_LINES = 4


class OrderForm(forms.Form):
    """An order; its lines stand in a grid of their own."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    vendor = forms.ModelChoiceField(Vendor.objects.none(), label=gettext_lazy("Vendor"))
    project = forms.ModelChoiceField(
        Project.objects.none(), label=gettext_lazy("Project"), required=False,
        empty_label=gettext_lazy("the program itself"),
    )  # fmt: skip
    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=gettext_lazy("Contract"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    expected_on = DayField(label=gettext_lazy("Expected"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = procurement.vendors(actor).filter(portfolio=program.portfolio_id, is_active=True)
        self.fields["vendor"].queryset = offered  # type: ignore[attr-defined]
        self.fields["project"].queryset = rows.projects_for(actor, program, "purchase.order")  # type: ignore[attr-defined]
        let = procurement.contracts(actor).filter(program=program, is_closed=False)
        self.fields["contract"].queryset = let  # type: ignore[attr-defined]
        self.fields["currency"].choices = rates.names(program.portfolio)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft an order."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if not programs.may_somewhere(actor, "purchase.order", program):
        raise policies.NotAllowed("purchase.order")
    return _form(request, actor, program, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite a draft."""
    actor = actors.from_request(request)
    order = procurement.order_for(actor, pk)
    policies.authorize(actor, "purchase.order", order)
    return _form(request, actor, order.program, order)


def _form(request: HttpRequest, actor: Actor, program: Program, order: PurchaseOrder | None) -> HttpResponse:
    initial: dict[str, Any] = {"currency": program.portfolio.currency}
    typed: list[dict[str, Any]] = []
    if order is not None:
        initial = {name: getattr(order, name) for name in OrderForm.base_fields}
        typed = [
            {name: getattr(one, name) for name in LINE if name not in ("task", "acceptance")}
            | {"task": label(one.task), "acceptance": "yes" if one.needs_acceptance else ""}
            for one in order.lines.select_related("task").order_by("position")
        ]
    form = OrderForm(request.POST or None, initial=initial, actor=actor, program=program)
    if request.method == "POST":
        typed, given, errors = _lines(request, actor, program)
        if form.is_valid() and not errors:
            values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
            today = timezone.localdate()
            try:
                if order is None:
                    made = orders.create(actor=actor, program=program, day=today, lines=given, **values)
                else:
                    order.version = form.cleaned_data["version"] or order.version
                    made = orders.update(actor=actor, order=order, day=today, lines=given, **values)
            except ValidationError as error:
                add_errors(form, error)
            else:
                return redirect("budgets:order-detail", made.pk)
        for one in errors:
            form.add_error(None, one)
    data = {
        "form": form,
        "program": program,
        "order": order,
        "lines": [*typed, *({} for _n in range(BLANK_LINES))],
        "categories": list(categories.choices(program.portfolio_id)),
        "natures": Nature.choices,
        "tab": "money",
    }
    return render(request, "budgets/orders/form.html", data, status=422 if form.is_bound else 200)


def _lines(
    request: HttpRequest, actor: Actor, program: Program
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Return the grid as typed, its filled rows, and what is wrong with them."""
    columns = [[text.strip() for text in request.POST.getlist(f"line_{name}")] for name in LINE]
    typed = [dict(zip(LINE, row, strict=True)) for row in zip(*columns, strict=False)]
    picker = TaskField(required=False)
    picker.bind_to(actor, program, "")
    typed = [row for row in typed if row["description"] or row["quantity"] or row["unit_price"]]
    given, errors = [], []
    for number, row in enumerate(typed, 1):
        try:
            given.append(
                {
                    "description": row["description"],
                    "category": row["category"],
                    "nature": row["nature"] if row["nature"] in Nature.values else Nature.OPEX,
                    "quantity": typed_number(row["quantity"]),
                    "unit_price": typed_number(row["unit_price"]),
                    "task": picker.clean(row["task"]),
                    "expected_on": typed_day(row["expected_on"]),
                    "needs_acceptance": row["acceptance"] == "yes",
                }
            )
        except ValidationError as error:
            errors.append(_("Line %(n)s: %(why)s") % {"n": number, "why": " ".join(error.messages)})
    return typed, given, errors


def typed_number(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(" ", "").replace("\u00a0", "").replace("−", "-"))
    except InvalidOperation as error:
        raise ValidationError(_("“%(text)s” is no number. Write 1250.50.") % {"text": text}) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 11 or value != round(value, 4):
        raise ValidationError(_("“%(text)s” is no number. Write 1250.50.") % {"text": text})
    return value


def typed_day(text: str) -> Any:
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise ValidationError(_("“%(text)s” is no date.") % {"text": text})
    return found
