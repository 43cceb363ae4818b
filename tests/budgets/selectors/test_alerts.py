"""What will cost money soon unless somebody decides, on My day: before it happens, and for those only who read the money."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.models import CapitalRequest, Contract
from budgets.selectors import alerts
from budgets.services import capex
from tests.factories import capex as stages
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db


def _contract(at: stages.Stage, supplier: str, ends_on: date, **fields: object) -> None:
    with activity.change(actor=actors.system(), event="tests", programs=[at.program]) as change:
        change.create(Contract(program=at.program, supplier=supplier, ends_on=ends_on, **fields))


def _expect(at: stages.Stage, made: CapitalRequest, amount: str) -> None:
    now = CapitalRequest.objects.get(pk=made.pk)
    capex.record(actor=at.tpm, request=now, still_expected=Decimal(amount))


def test_overruns_and_contracts_are_told_before_it_happens() -> None:
    at = stages.stage()
    today = timezone.localdate()
    made, fine = stages.approved(at, "5000.00"), stages.approved(at, "4000.00", vendor="Other")
    _expect(at, made, "5000.01")  # one cent more than authorised is expected; nothing is spent yet
    _expect(at, fine, "4000.00")
    _contract(at, "Hosting", today + timedelta(days=200), notice_days=180)
    _contract(at, "Telephony", today + timedelta(days=20), renewal=Contract.Renewal.AUTOMATIC)
    _contract(at, "Far away", today + timedelta(days=900))
    _contract(at, "Over", today - timedelta(days=3))
    _contract(at, "Went on", today - timedelta(days=2), renewal=Contract.Renewal.AUTOMATIC)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = alerts.due(Actor(at.tpm.user, at.tpm.via), today)
    assert [one.request.pk for one in found.overruns] == [made.pk]
    assert not found.overruns[0].spend.is_overrun
    assert [(one.contract.supplier, one.has_ended) for one in found.expiring] == [
        ("Telephony", False), ("Hosting", False), ("Over", True), ("Went on", False),
    ]  # fmt: skip
    text = " ".join(browser(at.tpm).get(reverse("home")).content.decode().split())
    assert "will overrun what was authorised" in text and "renews itself" in text and "decide by" in text
    stages.approved(at, "100.00", vendor="More")
    _contract(at, "Another", today)
    with CaptureQueriesContext(connection) as again:
        alerts.due(Actor(at.tpm.user, at.tpm.via), today)
    assert len(again) == len(captured)


def test_who_does_not_read_the_money_learns_nothing() -> None:
    at = stages.stage()
    _expect(at, stages.approved(at, "5000.00"), "9000.00")
    _contract(at, "Hosting", timezone.localdate())
    found = alerts.due(plans.member("CO", at.program), timezone.localdate())
    assert (found.overruns, found.expiring) == ([], [])
