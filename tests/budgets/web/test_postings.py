"""A posting is corrected in the browser while its period is open; closed, it says why and is taken back in an open one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from budgets.models import Actual
from budgets.services import periods
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)


class Desk:
    """The textbook world: one posting of 1,250.00 on a day of January 2026; its fiscal calendar runs by months."""

    def __init__(self) -> None:
        self.world = money.world(computed=False)
        portfolio = self.world.program.portfolio
        periods.set_calendar(actor=SYSTEM, portfolio=portfolio, pattern="months", starts_in=1)
        self.january, *_rest = periods.open_year(actor=SYSTEM, portfolio=portfolio, year=2026)
        self.posting = Actual.objects.get()
        self.controller: Client = browser(plans.member("FC", portfolio))

    def url(self, name: str) -> str:
        return reverse(f"budgets:actual-{name}", args=[self.posting.pk])

    def form(self, **new: str) -> dict[str, str]:
        return {
            "posted_on": self.posting.posted_on.isoformat(), "amount": "1250.00", "currency": "EUR",
            "project": str(self.posting.project_id or ""), "task": f"#{self.posting.task_id}", "category": self.posting.category,
            "description": "", "version": str(self.posting.version), **new,
        }  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_an_open_posting_is_corrected_with_a_reason_and_a_history(desk: Desk) -> None:
    page = desk.controller.get(desk.url("edit"), headers=HTMX).content.decode()
    assert 'value="1250.00"' in page and "can not change" not in page
    answer = desk.controller.post(
        desk.url("edit"), desk.form(amount="1300.50", reason="Invoice arrived"), headers=HTMX
    )
    assert answer.status_code == 200 and "1,300.50" in answer.content.decode()
    desk.posting.refresh_from_db()
    assert (desk.posting.amount, desk.posting.version) == (Decimal("1300.50"), 2)
    history = desk.controller.get(desk.url("edit"), headers=HTMX).content.decode()
    assert "“Invoice arrived”" in history
    assert '<span class="muted">1,250</span> → 1,300.50' in history
    assert "1,300.50" in desk.controller.get(desk.url("row"), headers=HTMX).content.decode()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    read = desk.form(amount="1.00")
    desk.controller.post(desk.url("edit"), desk.form(amount="2.00"), headers=HTMX)
    answer = desk.controller.post(desk.url("edit"), read, headers=HTMX)
    assert answer.status_code == 409
    desk.posting.refresh_from_db()
    assert desk.posting.amount == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"posted_on": "2031-01-01"}, "Open fiscal year 2031 first"),
        ({"currency": "XXZ"}, "Select a valid choice"),
        ({"amount": "12.345"}, "decimal"),
        ({"category": "gold"}, "Select a valid choice"),
        ({"task": "#999999"}, "task"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_writes_nothing(
    desk: Desk, wrong: dict[str, str], said: str
) -> None:
    answer = desk.controller.post(desk.url("edit"), desk.form(**wrong), headers=HTMX)
    assert answer.status_code == 422 and said in answer.content.decode()
    desk.posting.refresh_from_db()
    assert (desk.posting.amount, desk.posting.version) == (Decimal("1250.00"), 1)


def test_a_closed_posting_says_why_and_offers_its_opposite(desk: Desk) -> None:
    periods.close(actor=SYSTEM, period=desk.january, at=NOW)
    page = desk.controller.get(desk.url("edit"), headers=HTMX).content.decode()
    assert "FY2026 P1 is closed" in page and "Take it back by its opposite" in page
    assert 'name="amount"' not in page and 'name="description"' in page
    # Whoever sends the money all the same changes the description only.
    desk.controller.post(desk.url("edit"), desk.form(amount="1.00", description="Crane"), headers=HTMX)
    desk.posting.refresh_from_db()
    assert (desk.posting.amount, desk.posting.description) == (Decimal("1250.00"), "Crane")
    closed = desk.controller.post(desk.url("take-back"), {"back-on": "2026-01-20"}, headers=HTMX)
    assert closed.status_code == 422 and "FY2026 P1 is closed" in closed.content.decode()
    assert Actual.objects.count() == 1
    given = {"back-on": "2026-03-02", "back-reason": "Booked twice"}
    done = desk.controller.post(desk.url("take-back"), given, headers=HTMX)
    assert done.status_code == 200
    back = Actual.objects.get(reverses=desk.posting)
    assert (back.posted_on, back.amount) == (date(2026, 3, 2), Decimal("-1250.00"))
    for one in (desk.posting, back):
        told = desk.controller.get(
            reverse("budgets:actual-edit", args=[one.pk]), headers=HTMX
        ).content.decode()
        assert "can not change" in told and "Take it back by its opposite" not in told
