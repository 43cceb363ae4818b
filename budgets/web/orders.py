"""Purchase orders in the browser: the list, the form, and the page of an order with all that happens to it."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import Acceptance, Contract, Nature, PurchaseOrder, Vendor
from budgets.selectors import categories, matches, procurement, rates, rows
from budgets.services import deliveries, invoices, orders
from budgets.web.pickers import TaskField, label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, pages
from tpm.lib.exports import Column
from tpm.lib.forms import DayField, add_errors
from tpm.lib.listing import Head, Listing

SHOWN = 500
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


@require_GET
def order_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Orders, contracts and what expires in a program; what is committed by period."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    found = list(procurement.orders_of(actor, program=program))
    months = procurement.committed_by_month(actor, program)
    table = Listing(request, found, _heads())
    orders = pages.beginning(request, table.rows, SHOWN, "orders")
    contracts = pages.beginning(
        request, procurement.contracts(actor).filter(program=program), SHOWN, "contracts"
    )
    data = {
        "program": program,
        "orders": orders.rows,
        "orders_cut": orders,
        "columns": table.columns,
        "sort": table.sort,
        "contracts": contracts.rows,
        "contracts_cut": contracts,
        "expiring": procurement.expiring(actor, program.data_date or timezone.localdate(), program),
        "months": list(months.items()),
        "committed": sum(months.values(), Decimal(0)),
        "waiting": procurement.waiting_invoices(actor, program),
        "may_order": programs.may_somewhere(actor, "purchase.order", program),
        "may_edit": programs.may_somewhere(actor, "budget.edit", program),
        "currency": program.portfolio.currency,
        "tab": "money",
    }
    return render(request, "budgets/orders/list.html", data)


def _heads() -> list[Head[PurchaseOrder]]:
    return [
        Head("order", _("Order"), lambda one: one.number),
        Head("vendor", _("Vendor"), lambda one: one.vendor.name),
        Head("for", _("For"), lambda one: one.project.name if one.project else one.program.name),
        Head("state", _("State"), lambda one: one.get_state_display()),
        Head("expected", _("Expected"), lambda one: one.expected_on),
        Head("ordered", _("Ordered"), lambda one: getattr(one, "total", None), num=True),
        Head("left", _("Still committed"), lambda one: getattr(one, "left", None), num=True),
    ]


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
                    "quantity": _number(row["quantity"]),
                    "unit_price": _number(row["unit_price"]),
                    "task": picker.clean(row["task"]),
                    "expected_on": _day(row["expected_on"]),
                    "needs_acceptance": row["acceptance"] == "yes",
                }
            )
        except ValidationError as error:
            errors.append(_("Line %(n)s: %(why)s") % {"n": number, "why": " ".join(error.messages)})
    return typed, given, errors


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(" ", "").replace("\u00a0", "").replace("−", "-"))
    except InvalidOperation as error:
        raise ValidationError(_("“%(text)s” is no number. Write 1250.50.") % {"text": text}) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 11 or value != round(value, 4):
        raise ValidationError(_("“%(text)s” is no number. Write 1250.50.") % {"text": text})
    return value


def _day(text: str) -> Any:
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise ValidationError(_("“%(text)s” is no date.") % {"text": text})
    return found


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: lines, deliveries, acceptance, invoices and how they match."""
    actor = actors.from_request(request)
    return _detail(request, actor, procurement.order_for(actor, pk))


def _detail(
    request: HttpRequest, actor: Actor, order: PurchaseOrder, errors: Sequence[str] = ()
) -> HttpResponse:
    done = matches.progress([order])
    can = policies.capabilities_at(actor, order.scope)
    accepted = (
        Acceptance.objects.filter(order=order)
        .select_related("delivery_line__delivery", "delivery_line__order_line", "task", "decided_by")
        .prefetch_related("steps")
        .order_by("pk")
    )
    data = {
        "order": order,
        "program": order.program,
        "lines": list(done.values()),
        "came": order.deliveries.select_related("received_by")
        .prefetch_related("lines__order_line")
        .order_by("number"),
        "acceptances": [(one, sorted(one.steps.all(), key=lambda step: step.position)) for one in accepted],
        "invoices": [
            (
                one,
                found,
                [said for line in found for said in line.blocking],
                [s for f in found for s in f.passing],
            )
            for one, found in matches.invoices_of(order, timezone.localdate(), done)
        ],
        "may_order": "purchase.order" in can,
        "may_receive": "purchase.receive" in can,
        "may_enter": "invoice.enter" in can,
        "may_post": "actuals.post" in can,
        "is_orderer": actor.user_id is not None and actor.user_id == order.ordered_by_id,
        "today": timezone.localdate(),
        "currency": order.program.portfolio.currency,
        "errors": errors,
        "tab": "money",
    }
    return render(request, "budgets/orders/detail.html", data, status=422 if errors else 200)


def _done(request: HttpRequest, actor: Actor, pk: int, work: Callable[[], Any]) -> HttpResponse:
    try:
        work()
    except ValidationError as error:
        return _detail(request, actor, procurement.order_for(actor, pk), errors=error.messages)
    messages.success(request, _("Saved."))
    return redirect("budgets:order-detail", pk)


def _versioned(request: HttpRequest, found: Any) -> Any:
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < 10:
        found.version = int(version)
    return found


@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Place, close or cancel an order."""
    actor = actors.from_request(request)
    order = _versioned(request, procurement.order_for(actor, pk))
    policies.authorize(actor, "purchase.order", order)
    if act == "place":
        return _done(
            request, actor, pk, lambda: orders.place(actor=actor, order=order, on=timezone.localdate())
        )
    work = orders.close if act == "close" else orders.cancel
    return _done(request, actor, pk, lambda: work(actor=actor, order=order))


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what came: a quantity beside each line."""
    actor = actors.from_request(request)
    order = procurement.order_for(actor, pk)
    policies.authorize(actor, "purchase.receive", order)

    def work() -> None:
        given = []
        for line in order.lines.order_by("position"):
            came = request.POST.get(f"came_{line.pk}", "").strip()
            back = request.POST.get(f"back_{line.pk}", "").strip()
            if came:
                given.append(
                    {"order_line": line.pk, "quantity": _number(came), "rejected": _number(back or "0")}
                )
        day = _day(request.POST.get("delivered_on", "")) or timezone.localdate()
        note = request.POST.get("note", "")[:300]
        deliveries.receive(actor=actor, order=order, delivered_on=day, rows=given, note=note)

    return _done(request, actor, pk, work)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do a step of an acceptance."""
    actor = actors.from_request(request)
    found = procurement.step_for(actor, pk)
    policies.authorize(actor, "purchase.receive", found.acceptance)
    return _done(
        request,
        actor,
        found.acceptance.order_id,
        lambda: deliveries.set_step(
            actor=actor,
            step=found,
            done_on=_day(request.POST.get("done_on", "")),
            evidence=request.POST.get("evidence", ""),
            responsible=request.POST.get("responsible", "")[:200],
        ),
    )


@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept, reject, or begin the next attempt."""
    actor = actors.from_request(request)
    found = _versioned(request, procurement.acceptance_for(actor, pk))
    policies.authorize(actor, "purchase.receive", found)
    if act == "retry":
        return _done(request, actor, found.order_id, lambda: deliveries.retry(actor=actor, acceptance=found))
    note = request.POST.get("note", "")
    return _done(
        request,
        actor,
        found.order_id,
        lambda: deliveries.decide(
            actor=actor, acceptance=found, accept=act == "accept", on=timezone.localdate(), note=note
        ),
    )


@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an invoice down: quantity and price beside each line."""
    actor = actors.from_request(request)
    order = procurement.order_for(actor, pk)
    policies.authorize(actor, "invoice.enter", order)

    def work() -> None:
        given = []
        for line in order.lines.order_by("position"):
            quantity = request.POST.get(f"quantity_{line.pk}", "").strip()
            if quantity:
                price = request.POST.get(f"price_{line.pk}", "").strip()
                given.append(
                    {
                        "order_line": line.pk,
                        "quantity": _number(quantity),
                        "unit_price": _number(price) if price else line.unit_price,
                    }
                )
        number = request.POST.get("number", "").strip()[:60]
        if not number:
            raise ValidationError(_("An invoice has a number."))
        invoices.enter(
            actor=actor,
            order=order,
            rows=given,
            number=number,
            invoiced_on=_day(request.POST.get("invoiced_on", "")) or timezone.localdate(),
            due_on=_day(request.POST.get("due_on", "")),
            total=_number(request.POST.get("total", "")),
        )

    return _done(request, actor, pk, work)


@require_POST
def settle(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Post, reverse or remove an invoice."""
    actor = actors.from_request(request)
    invoice = _versioned(request, procurement.invoice_for(actor, pk))
    policies.authorize(actor, "invoice.enter" if act == "delete" else "actuals.post", invoice)

    def work() -> None:
        if act == "delete":
            invoices.delete(actor=actor, invoice=invoice)
        elif act == "reverse":
            invoices.reverse(actor=actor, invoice=invoice, reason=request.POST.get("reason", ""))
        else:
            day = _day(request.POST.get("on", "")) or timezone.localdate()
            invoices.post(actor=actor, invoice=invoice, on=day)

    return _done(request, actor, invoice.order_id, work)


@require_GET
def export(request: HttpRequest, pk: int, table: str, kind: str) -> HttpResponse:
    """Orders by line, or contracts, as a file."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if table not in TABLES or kind not in exports.FORMATS:
        raise Http404
    columns, body = TABLES[table](actor, program)
    return exports.respond(kind, f"{program.code} {table}", columns, body)


Table = tuple[Sequence[Column], Iterable[Sequence[Any]]]


def _order_rows(actor: Actor, program: Program) -> Table:
    found = {one.pk: one for one in procurement.orders_of(actor, program=program)}
    columns = [
        Column(_("Order")), Column(_("Title"), 40), Column(_("Vendor"), 30), Column(_("State")), Column(_("Ordered"), 12),
        Column(_("No.")), Column(_("Description"), 40), Column(_("Category")), Column(_("Opex or capex")),
        Column(_("Quantity")), Column(_("Unit price")), Column(_("Currency")), Column(_("Amount")), Column(_("Came")),
        Column(_("Received")), Column(_("Charged")),
    ]  # fmt: skip
    body = (
        (
            found[one.line.order_id].key, found[one.line.order_id].title, str(found[one.line.order_id].vendor),
            found[one.line.order_id].get_state_display(), found[one.line.order_id].ordered_on, one.line.position,
            one.line.description, one.line.category, one.line.get_nature_display(), one.line.quantity,
            one.line.unit_price, found[one.line.order_id].currency, one.line.amount, one.came, one.received, one.charged,
        )
        for one in matches.progress(found.values()).values()
    )  # fmt: skip
    return columns, body


def _contract_rows(actor: Actor, program: Program) -> Table:
    columns = [
        Column(_("Vendor"), 40), Column(_("Contract number"), 20), Column(_("Description"), 60), Column(_("Value")),
        Column(_("From"), 12), Column(_("To"), 12), Column(_("At its end")), Column(_("Notice in days")),
    ]  # fmt: skip
    body = (
        (
            str(one.vendor or one.supplier), one.reference, one.description, one.value, one.starts_on, one.ends_on,
            one.get_renewal_display(), one.notice_days,
        )
        for one in procurement.contracts(actor).filter(program=program)
    )  # fmt: skip
    return columns, body


TABLES = {"orders": _order_rows, "contracts": _contract_rows}
