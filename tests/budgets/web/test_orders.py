"""An order through its pages, from the draft to the posted invoice."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.models import Actual, Contract, PurchaseOrder, Vendor
from tests.factories import plans, purchases

pytestmark = pytest.mark.django_db


def _as(actor: object) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
    return client


def test_an_order_goes_from_draft_to_posted_invoice_in_the_browser() -> None:
    at = purchases.placed()
    today = timezone.localdate().isoformat()  # the day on which an order is placed in the browser
    day = {"delivered_on": today, "invoiced_on": today, "on": today}
    orderer, manager, controller = _as(at.orderer), _as(at.manager), _as(at.controller)
    form = {"title": "Cables", "vendor": at.vendor.pk, "project": at.project.pk, "currency": "EUR"}
    line = {
        "line_description": "Cable", "line_category": "hardware", "line_nature": "opex", "line_quantity": "x",
        "line_unit_price": "2.50", "line_task": "", "line_expected_on": "", "line_acceptance": "no",
    }  # fmt: skip
    create = reverse("budgets:order-create", args=[at.program.pk])
    assert orderer.get(create).status_code == 200
    refused = orderer.post(create, form | line)
    assert refused.status_code == 422
    assert "is no number" in refused.content.decode()
    assert orderer.post(create, form | line | {"line_quantity": "40"}).status_code == 302
    order = PurchaseOrder.objects.get(title="Cables")
    pk = order.lines.get().pk
    orderer.post(reverse("budgets:order-place", args=[order.pk]))
    manager.post(reverse("budgets:order-receive", args=[order.pk]), day | {f"came_{pk}": "30"})
    invoice = {**day, "number": "R 77", "total": "100", f"quantity_{pk}": "40", f"price_{pk}": "2.5"}
    controller.post(reverse("budgets:order-invoice", args=[order.pk]), invoice)
    page = controller.get(reverse("budgets:order-detail", args=[order.pk])).content.decode()
    assert "40 are charged in all, 30 were received and accepted" in page
    post = reverse("budgets:invoice-post", args=[order.invoices.get().pk])
    assert controller.post(post, day).status_code == 422
    manager.post(reverse("budgets:order-receive", args=[order.pk]), day | {f"came_{pk}": "10"})
    assert controller.post(post, day).status_code == 302
    assert Actual.objects.get().amount == Decimal(100)
    listed = manager.get(reverse("budgets:program-orders", args=[at.program.pk])).content.decode()
    assert "Cables" in listed and "Halden A.S." in listed


def test_a_contract_and_a_vendor_are_written_in_the_browser() -> None:
    at = purchases.placed()
    given = {
        "vendor": at.vendor.pk, "currency": "EUR", "value": "1200", "ends_on": "2026-03-20", "renewal": "automatic",
        "notice_days": "30", "description": "Support",
    }  # fmt: skip
    [task] = plans.tasks(at.project, 5)
    rows: dict[str, list[str]] = {
        "milestone_name": ["First payment", "Accepted", ""], "milestone_task": ["", f"{task.name} #{task.pk}", ""],
        "milestone_due_on": ["2026-02-01", "", ""], "milestone_amount": ["400.00", "800", ""],
    }  # fmt: skip
    client = _as(at.manager)
    create = reverse("budgets:contract-create", args=[at.program.pk])
    refused = client.post(create, given | rows | {"milestone_amount": ["-1", "x", ""]})
    said = refused.content.decode()
    assert refused.status_code == 422 and "Row 1, amount" in said and "Row 2, amount" in said
    assert client.post(create, given | rows).status_code == 302
    contract = Contract.objects.get()
    assert contract.ends_on == date(2026, 3, 20)
    edit = reverse("budgets:contract-edit", args=[contract.pk])
    assert f"{task.name} #{task.pk}" in client.get(edit).content.decode()
    assert client.post(edit, given | rows | {"version": contract.version}).status_code == 302
    agreed = contract.milestones.order_by("pk").values_list("name", "task", "due_on", "amount")
    assert list(agreed) == [("First payment", None, date(2026, 2, 1), 400), ("Accepted", task.pk, None, 800)]
    listed = client.get(reverse("budgets:program-orders", args=[at.program.pk])).content.decode()
    assert "First payment" in listed and f"Accepted · {task.name}" in listed
    filed = client.get(
        reverse("budgets:order-export", args=[at.program.pk, "milestones", "csv"])
    ).content.decode()
    assert f"Accepted,{task.name}," in filed
    money = _as(at.manager).get(reverse("budgets:program-money", args=[at.program.pk])).content.decode()
    assert "renews itself" in money
    edit = reverse("budgets:vendor-edit", args=[at.vendor.pk])
    assert _as(at.manager).get(edit).status_code == 403
    owner = _as(plans.member("PO", at.program.portfolio))
    contacts = {
        "contact_name": ["Ola", ""],
        "contact_role": ["Sales", ""],
        "contact_email": ["", ""],
        "contact_phone": ["1", ""],
    }
    assert owner.post(edit, {"name": "Halden ASA", "key": "", **contacts}).status_code == 302
    assert [one.name for one in Vendor.objects.get().contacts.all()] == ["Ola"]
    assert "Ola" in owner.get(reverse("budgets:vendor-detail", args=[at.vendor.pk])).content.decode()
