"""The tolerance of the three-way match in the browser: one writes, another confirms, history stays."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.models import Tolerance
from budgets.selectors import matches
from tests.factories import plans
from tests.factories.browsers import browser

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_two_people_put_a_version_in_force_and_its_history_stays() -> None:
    portfolio = plans.portfolio()
    writer, second = plans.member("FC", portfolio), plans.member("PO", portfolio)
    page = reverse("budgets:portfolio-tolerances", args=[portfolio.pk])
    given = {
        "effective_from": "2026-01-01",
        "price_percent": "2.5",
        "quantity_percent": "0",
        "amount": "150.00",
    }
    assert browser(writer).post(page, given).status_code == 302
    draft = Tolerance.objects.get()
    assert matches.tolerance_on(portfolio.pk, DAY) is None
    confirm = reverse("budgets:tolerance-confirm", args=[draft.pk])
    own = browser(writer)
    assert confirm not in own.get(page).content.decode()
    own.post(confirm, {"version": 1})  # the button is not there, the address is
    assert matches.tolerance_on(portfolio.pk, DAY) is None
    assert browser(second).post(confirm, {"version": 1}).status_code == 302
    assert matches.tolerance_on(portfolio.pk, DAY) == draft
    browser(second).post(page, {**given, "price_percent": "5", "effective_from": "2027-01-01"})
    newer = Tolerance.objects.get(number=2)
    text = " ".join(browser(writer).get(page).content.decode().split())
    assert "in force" in text and "waits for a second person" in text
    assert f"{writer.user}" in text and f"{second.user}" in text
    browser(second).post(reverse("budgets:tolerance-discard", args=[newer.pk]), {"version": 1})
    browser(second).post(reverse("budgets:tolerance-discard", args=[draft.pk]), {"version": 2})
    assert list(Tolerance.objects.values_list("number", flat=True)) == [1]  # what is in force stays


def test_what_makes_no_sense_is_refused_at_its_field() -> None:
    portfolio = plans.portfolio()
    page = reverse("budgets:portfolio-tolerances", args=[portfolio.pk])
    given = {"effective_from": "soon", "price_percent": "51", "quantity_percent": "-1", "amount": "-5"}
    answer = browser(plans.member("FC", portfolio)).post(page, given)
    text = answer.content.decode()
    assert answer.status_code == 422 and not Tolerance.objects.exists()
    assert "less than or equal to 50" in text and text.count("greater than or equal to 0") == 2
