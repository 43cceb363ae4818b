"""Money settings, the budget page and phasing, as people use them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.models import Actual, BudgetRevision, CostLine, FiscalPeriod
from budgets.services import actuals, cost_lines
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def test_a_controller_sets_rates_calendar_and_categories_and_a_manager_only_reads() -> None:
    world = money.world(computed=False)
    portfolio = world.program.portfolio
    client = browser(plans.member("FC", portfolio))
    page = reverse("budgets:money-settings", args=[portfolio.pk])
    rate = {"currency": "usd", "on": "2026-01-01", "rate": "0.92", "source": "Bank"}
    assert client.post(reverse("budgets:rate-create", args=[portfolio.pk]), rate).status_code == 302
    again = client.post(reverse("budgets:rate-create", args=[portfolio.pk]), rate)
    assert again.status_code == 422 and "on this day already" in again.content.decode()
    calendar = {"pattern": "months", "starts_in": "4", "week_starts_on": "0", "named_by_end": "on"}
    client.post(reverse("budgets:fiscal-calendar", args=[portfolio.pk]), calendar)
    client.post(reverse("budgets:fiscal-year-open", args=[portfolio.pk]), {"year": "2026"})
    period = FiscalPeriod.objects.order_by("starts_on")[0]
    assert (period.starts_on, str(period)) == (date(2025, 4, 1), "FY2026 P1")
    client.post(reverse("budgets:period-close", args=[period.pk]), {"version": period.version})
    client.post(reverse("budgets:period-reopen", args=[period.pk]), {"reason": "Missed"})
    client.post(reverse("budgets:period-confirm", args=[period.pk]))
    client.post(
        reverse("budgets:category-put", args=[portfolio.pk]),
        {"code": "training", "name": "Training", "is_active": "on"},
    )
    text = client.get(page).content.decode()
    for said in ("USD", "0.92", "reopening asked for", "Another person must confirm", "Training"):
        assert said in text
    reader = browser(plans.member("TPM", world.program)).get(page)
    assert reader.status_code == 200 and "Add the rate" not in reader.content.decode()


def test_the_budget_page_transfers_and_shows_every_revision() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    dialog = reverse("budgets:budget-edit", args=[world.program.pk, world.project.pk])
    values = {"approved": "2500.00", "contingency": "100", "line_cloud": "900.00", "reason": "Broken down"}
    assert client.post(dialog, values, headers=HTMX).status_code == 204
    transfer = reverse("budgets:budget-transfer", args=[world.program.pk])
    move = {
        "source": f"{world.project.pk}:",
        "target": f"{world.project.pk}:cloud",
        "amount": "50",
        "reason": "More cloud",
    }
    assert client.post(transfer, move).status_code == 302
    refused = client.post(transfer, move | {"amount": "9000"})
    assert refused.status_code == 422 and "less than is taken" in refused.content.decode()
    last = BudgetRevision.objects.latest("pk")
    assert {line.category: line.amount for line in last.lines.all()} == {
        "": Decimal(1550),
        "cloud": Decimal(950),
    }
    text = client.get(reverse("budgets:program-budget", args=[world.program.pk])).content.decode()
    assert "More cloud" in text and "Broken down" in text and "950.00" in text
    body = client.get(
        reverse("budgets:money-export", args=[world.program.pk, "revisions", "csv"])
    ).content.decode()
    assert "More cloud" in body


def test_saving_a_budget_dialog_without_a_change_approves_nothing_anew() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    before = BudgetRevision.objects.count()
    dialog = reverse("budgets:budget-edit", args=[world.program.pk, world.project.pk])
    values = {"approved": "2500.00", "contingency": "0", "reserve": "0", "note": "Seen"}
    assert client.post(dialog, values, headers=HTMX).status_code == 204
    assert BudgetRevision.objects.count() == before


def test_a_line_is_phased_by_hand_in_a_dialog() -> None:
    world = money.world(computed=False)
    line = cost_lines.create(
        actor=SYSTEM, program=world.program, name="Licences", amount=Decimal("100.01"),
        starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 31),
    )  # fmt: skip
    client = browser(plans.member("TPM", world.program))
    dialog = reverse("budgets:cost-line-phasing", args=[line.pk])
    text = client.get(dialog, headers=HTMX).content.decode()
    assert "33.34" in text and "33.33" in text
    wrong = client.post(dialog, {"2026-03-01": "100.00", "version": "1"}, headers=HTMX)
    assert wrong.status_code == 422 and "sum to 100.00, the line says 100.01" in wrong.content.decode()
    right = client.post(dialog, {"2026-03-01": "100.00", "2026-05-01": "0.01", "version": "1"}, headers=HTMX)
    assert right.status_code == 204
    assert CostLine.objects.get(pk=line.pk).by_hand


def test_a_posting_is_taken_back_from_its_row() -> None:
    world = money.world(computed=False)
    posted = Actual.objects.get()
    client = browser(plans.member("FC", world.program))
    answer = client.post(reverse("budgets:actual-reverse", args=[posted.pk]), headers=HTMX)
    assert "−1,250.00" in answer.content.decode() and posted.reversal.amount == Decimal(-1250)
    again = client.post(reverse("budgets:actual-reverse", args=[posted.pk]), headers=HTMX)
    assert again.status_code == 204 and "already" in again.headers["HX-Trigger"]


def test_an_accrual_is_posted_with_its_reversal_from_the_form() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("FC", world.program))
    values = {
        "posted_on": "2026-01-31",
        "amount": "10",
        "category": "cloud",
        "accrual": "on",
        "project": world.project.pk,
    }
    answer = client.post(reverse("budgets:actual-create", args=[world.program.pk]), values, headers=HTMX)
    assert "Accrual" in answer.content.decode()
    accrual = actuals.Actual.objects.get(kind="accrual")
    assert accrual.reversal.posted_on == date(2026, 2, 1)
