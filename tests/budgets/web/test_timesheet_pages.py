"""A week entered, submitted, agreed and opened again by page and API; estimates made, issued and compared by page and API."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budgets.models import Actual, Budget, Estimate, TimeEntry, Timesheet
from tests.budgets.services.test_timesheets import Office
from tests.factories import plans

pytestmark = pytest.mark.django_db
WEEK = "/timesheet/?week=2026-01-07"


def test_a_week_from_the_grid_to_the_books(client: Client) -> None:
    office = Office()
    manager = Client()
    client.force_login(office.anna.user)  # type: ignore[arg-type]
    manager.force_login(office.paul.user)  # type: ignore[arg-type]
    page = client.get(WEEK)
    assert f"h-{office.task.pk}-2" in page.content.decode()  # she is assigned to it
    assert "My timesheet" in client.get("/").content.decode()
    cells = {f"h-{office.task.pk}-2": "7:30", f"h-{office.task.pk}-3": "1,5"}
    refused = client.post(WEEK, cells | {f"h-{office.task.pk}-0": "25", f"h-{office.task.pk}-1": "x"})
    assert (
        refused.status_code == 422 and "7:30" in refused.content.decode() and not TimeEntry.objects.exists()
    )
    assert client.post(WEEK, cells).status_code == 302
    assert list(TimeEntry.objects.order_by("day").values_list("day", "minutes")) == [
        (date(2026, 1, 7), 450), (date(2026, 1, 8), 90),
    ]  # fmt: skip
    assert client.post("/timesheet/?week=2026-01-12", {"act": "copy"}).status_code == 302
    assert TimeEntry.objects.filter(day=date(2026, 1, 14), minutes=450).exists()
    assert client.post(WEEK, cells | {"act": "submit"}).status_code == 302
    sheet = Timesheet.objects.get(week=date(2026, 1, 5))
    assert sheet.state == "submitted"
    own = client.get(f"/timesheets/{sheet.pk}/").content.decode()
    assert "Agree and post" not in own and "Take back" in own
    assert client.post(f"/timesheets/{sheet.pk}/approve/").status_code == 403

    assert f"/timesheets/{sheet.pk}/" in manager.get("/").content.decode()  # on My day
    assert "Agree and post" in manager.get(f"/timesheets/{sheet.pk}/").content.decode()
    assert manager.post(f"/timesheets/{sheet.pk}/approve/", {"version": sheet.version}).status_code == 302
    assert sorted(Actual.objects.values_list("amount", flat=True)) == [180, 750]  # 1.5 h × 120, 7.5 h × 100
    seen = manager.get(f"/timesheets/{sheet.pk}/").content.decode()
    assert "930.00" in seen
    assert "930.00" not in client.get(f"/timesheets/{sheet.pk}/").content.decode()  # she does not read money
    assert b"450" not in manager.get("/timesheets/export/?kind=csv").content
    assert b"7.5" in manager.get("/timesheets/export/?kind=csv").content

    at = f"/api/v1/timesheets/{sheet.pk}/"
    read = manager.get(at)
    reopened = manager.post(
        f"{at}reopen/", {"reason": "Too much"}, "application/json", HTTP_IF_MATCH=read["ETag"]
    )
    assert reopened.status_code == 200 and reopened.json()["state"] == "draft"
    assert sum(Actual.objects.values_list("amount", flat=True)) == 0
    rows = [
        {"task": office.task.pk, "day": "2026-01-09", "minutes": 60},
        {"task": office.task.pk, "day": "2026-01-09", "minutes": 5},
    ]
    entered = client.post("/api/v1/time-entries/", {"rows": rows}, "application/json")
    assert entered.status_code == 400 and "same person, task and day" in str(entered.json()["errors"])
    entered = client.post("/api/v1/time-entries/", {"rows": rows[:1], "dry_run": True}, "application/json")
    assert entered.json() == {"added": 1, "changed": 0, "removed": 0}

    text = f"task,day,hours\n#{office.task.pk},2026-01-09,1\n#{office.task.pk},2026-01-10,99\n"
    load = f"/programs/{office.program.pk}/timesheets/import/"
    tried = client.post(load, {"file": SimpleUploadedFile("hours.csv", text.encode())})
    assert tried.status_code == 422 and "from 0 to 24" in tried.content.decode()
    good = SimpleUploadedFile("hours.csv", text.replace(",99", ",2").encode())
    loaded = client.post(
        f"/api/v1/programs/{office.program.pk}/time-imports/", {"file": good, "dry_run": "false"}
    )
    assert loaded.json() == {"added": 2, "changed": 0, "removed": 0}


def test_an_estimate_from_the_draft_to_the_forecast(client: Client) -> None:
    program = plans.program()
    project = plans.project(program)
    user = plans.user()
    plans.grant(user, "TPM", program)
    client.force_login(user)
    home = f"/programs/{program.pk}/estimates/"
    assert client.post(home, {"project": project.pk}).status_code == 302
    first = Estimate.objects.get()
    at = f"/estimates/{first.pk}/"
    line = {
        "name": "Cable",
        "category": "hardware",
        "method": "three_point",
        "optimistic": "60",
        "likely": "90",
        "pessimistic": "180",
    }
    assert client.post(f"{at}lines/new/", line | {"pessimistic": "80"}).status_code == 422
    assert client.post(f"{at}lines/new/", line).status_code == 302
    head = {
        "title": "Network",
        "estimate_class": "4",
        "confidence": "60",
        "prepared_on": "2026-02-02",
        "basis": "Floor plans",
    }
    assert client.post(at, head | {"version": first.version}).status_code == 302
    page = client.get(at).content.decode()
    assert "100.00" in page and "116.83" in page  # (60 + 4 · 90 + 180) / 6, and 0.8416 · 20 more
    exported = client.get(f"{at}export.csv").content
    assert (
        client.post(
            f"{at}lines/load/", {"file": SimpleUploadedFile("lines.csv", exported), "act": "write"}
        ).status_code
        == 302
    )
    wrong = SimpleUploadedFile("lines.csv", b"name,likely\nCable,-1\n")
    assert client.post(f"{at}lines/load/", {"file": wrong, "act": "check"}).status_code == 422
    assert client.post(f"{at}issue/").status_code == 302
    assert "116.83" in client.get(home).content.decode()

    api = f"/api/v1/programs/{program.pk}/estimates/"
    assert client.get(api).json()["total"]["expected"] == {
        "mean": "100.00", "deviation": "20.00", "p50": "100.00", "p80": "116.83",
    }  # fmt: skip
    made = client.post(api, {"project": project.pk}, "application/json")
    assert made.status_code == 201 and made.json()["number"] == 2 and len(made.json()["lines"]) == 1
    item = f"/api/v1/estimates/{made.json()['id']}/"
    lines = {"lines": [{"key": "L001", "name": "Cable", "category": "hardware", "likely": "110.00"}]}
    put = client.put(f"{item}lines/", lines, "application/json", HTTP_IF_MATCH=made["ETag"])
    assert put.status_code == 200 and put.json()["sums"]["expected"]["mean"] == "110.00"
    issued = client.post(f"{item}issue/", {}, "application/json", HTTP_IF_MATCH=put["ETag"])
    assert issued.status_code == 200 and issued.json()["state"] == "issued"
    refused = client.patch(item, {"title": "Other"}, "application/json", HTTP_IF_MATCH=issued["ETag"])
    assert refused.status_code == 400
    compared = client.get(f"/api/v1/estimates/{first.pk}/compare/{made.json()['id']}/").json()
    assert compared["delta"] == "10.00" and compared["changes"][0]["kind"] == "changed"
    assert "+10" in client.get(f"{at}compare/{made.json()['id']}/").content.decode()
    taken = client.post(f"{item}forecast/", {}, "application/json")
    assert taken.status_code == 400  # no budget is approved
    client.post(
        f"/api/v1/programs/{program.pk}/budgets/",
        {"project": project.pk, "approved": "90"},
        "application/json",
    )
    assert client.post(f"/estimates/{made.json()['id']}/forecast/", {"percentile": "p50"}).status_code == 302
    assert Budget.objects.get().forecast == 110
