"""KPIs: promised, measured, rated by their thresholds, in the browser and over the API."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from programs.models import Kpi, KpiValue
from programs.selectors import kpis as selectors
from programs.services import kpis
from tests.api_client import Api
from tests.factories import plans
from tests.factories.browsers import browser
from tpm.accounts import actors
from tpm.activity.models import ChangeSet

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def test_a_kpi_is_promised_measured_corrected_and_deleted_in_the_browser() -> None:
    program = plans.program()
    manager, reader = (browser(plans.member(role, program)) for role in ("TPM", "PM"))
    create = reverse("programs:kpi-create", args=[program.pk])
    said = {"description": "Calls answered", "unit": "%", "higher_is_better": "on", "target": "95", "watch_at": "90", "bad_at": "80", "result": "open"}  # fmt: skip
    refused = manager.post(create, said | {"bad_at": "92"})
    assert refused.status_code == 422 and "milder than that of" in refused.content.decode()
    assert manager.post(create, said).status_code == 302
    kpi = Kpi.objects.get(program=program)
    page = reverse("programs:kpi-detail", args=[kpi.pk])
    for day, value in (("2026-01-31", "92"), ("2026-02-28", "85.5")):
        answer = manager.post(
            reverse("programs:kpi-measure", args=[kpi.pk]), {"measured_on": day, "value": value}
        )
        assert answer.status_code == 302
    again = manager.post(
        reverse("programs:kpi-measure", args=[kpi.pk]), {"measured_on": "2026-01-31", "value": "1"}
    )
    assert again.status_code == 422 and "a value of this day already" in again.content.decode()
    seen = reader.get(page).content.decode()
    assert "<svg" in seen and "85.50 %" in seen and "New value" not in seen
    assert "85.50 %" in reader.get(reverse("programs:kpi-list", args=[program.pk])).content.decode()
    value = KpiValue.objects.get(measured_on=date(2026, 2, 28))
    corrected = {"measured_on": "2026-02-27", "value": "79", "version": value.version}
    assert manager.post(reverse("programs:kpi-value-edit", args=[value.pk]), corrected).status_code == 302
    assert selectors.row(Kpi.objects.get()).level == "bad"
    assert reader.post(reverse("programs:kpi-value-delete", args=[value.pk])).status_code == 403
    assert manager.post(reverse("programs:kpi-value-delete", args=[value.pk])).status_code == 302
    before = ChangeSet.objects.count()
    assert manager.post(reverse("programs:kpi-delete", args=[kpi.pk])).status_code == 302
    assert not Kpi.objects.exists() and not KpiValue.objects.exists()
    assert ChangeSet.objects.count() == before + 1


@pytest.mark.parametrize(
    ("higher", "value", "level"),
    [
        (True, "90", "ok"),
        (True, "89.9", "watch"),
        (True, "79", "bad"),
        (False, "90", "bad"),
        (False, "79", "ok"),
    ],
)
def test_a_value_at_the_threshold_is_fine_and_beyond_it_is_not(higher: bool, value: str, level: str) -> None:
    watch, bad = (Decimal(90), Decimal(80)) if higher else (Decimal(80), Decimal(85))
    kpi = Kpi(higher_is_better=higher, watch_at=watch, bad_at=bad)
    assert selectors.level(kpi, Decimal(value)) == level
    assert selectors.level(Kpi(), Decimal(value)) == "none"


def test_the_api_writes_kpis_and_values_and_refuses_thresholds_that_do_not_fit() -> None:
    program = plans.program()
    api = Api(plans.member("TPM", program))
    made = api.post(
        f"/api/v1/programs/{program.pk}/kpis/", {"description": "Failures", "higher_is_better": False}
    )
    assert made.status_code == 201
    address = f"/api/v1/kpis/{made.json()['id']}/"
    assert api.patch(address, {"watch_at": "5", "bad_at": "2"}, version=1).status_code == 400
    assert api.patch(address, {"watch_at": "2", "bad_at": "5"}, version=1).json()["bad_at"] == "5.000000"
    value = api.post(f"{address}values/", {"measured_on": "2026-01-31", "value": "3"}).json()
    assert value["value"] == "3.000000"
    one = f"/api/v1/kpi-values/{value['id']}/"
    assert api.patch(one, {"value": "4"}, version=1).json()["value"] == "4.000000"
    assert api.delete(one, version=2).status_code == 200
    assert api.delete(address, version=2).status_code == 200
    assert not Kpi.objects.exists()


def test_another_value_of_a_day_is_refused() -> None:
    kpi = kpis.create(actor=SYSTEM, program=plans.program(), description="Calls")
    kpis.measure(actor=SYSTEM, kpi=kpi, measured_on=date(2026, 1, 31), value=Decimal(1))
    with pytest.raises(ValidationError):
        kpis.measure(actor=SYSTEM, kpi=kpi, measured_on=date(2026, 1, 31), value=Decimal(2))
