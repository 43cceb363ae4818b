"""Tasks through the REST API: reading, changing under a version, many edits in one revision."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.services import baselines, cost_lines
from projects.api.task_json import TaskOut, ValueOut
from projects.models import Task
from tests.api_client import Api
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan():
    program = plans.program(starts_on=date(2026, 1, 5), data_date=date(2026, 1, 2))
    project = plans.project(program)
    first, second = plans.tasks(project, 5, 5)
    plans.chain([first, second])
    cost_lines.create(
        actor=actors.system(), program=program, task=first, name="Staff", amount=Decimal("1000.00")
    )
    recompute.drain(program.pk)
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    recompute.drain(program.pk)
    return program, project, first, second


def test_a_task_shows_dates_float_driver_slippage_and_value(plan) -> None:
    """Five working days from Monday 5 January 2026, 08:00 to 17:00: the first task ends on Friday, the second a week later."""
    program, _project, first, second = plan
    api = Api(plans.member("TPM", program))
    rows = api.get(f"tasks/?program={program.pk}").json()["results"]
    one, two = rows
    assert set(one) == set(TaskOut().fields)
    assert set(one["value"]) == set(ValueOut().fields)
    assert (one["schedule"]["start"], one["schedule"]["finish"]) == ("2026-01-05T08:00", "2026-01-09T17:00")
    assert (two["schedule"]["start"], two["schedule"]["finish"]) == ("2026-01-12T08:00", "2026-01-16T17:00")
    assert two["schedule"]["driver"] == {"kind": "predecessor", "task": first.pk}
    assert (two["schedule"]["slip_wd"], two["schedule"]["slip_cd"]) == (0, 0)
    assert one["value"]["bac"] == "1000.00"
    assert one["value"]["pv"] == "0.00"  # nothing was planned by the data date
    assert one["computed_revision"] == api.get(f"programs/{program.pk}/status/").json()["computed_revision"]

    changed = api.patch(f"tasks/{first.pk}/", {"duration": 10 * 480}, first.version)
    assert changed.status_code == 200
    assert changed.json()["revision"] == changed.json()["computed_revision"] + 1
    recompute.drain(program.pk)
    slipped = api.get(f"tasks/{second.pk}/").json()["schedule"]
    assert (slipped["finish"], slipped["slip_wd"], slipped["slip_cd"]) == ("2026-01-23T17:00", 5, 7)
    late = api.get(f"tasks/?program={program.pk}&late=true").json()["results"]
    assert [row["id"] for row in late] == [first.pk, second.pk]


def test_amounts_are_hidden_without_the_right_to_read_them(plan) -> None:
    program, _project, first, _second = plan
    row = Api(plans.member("CO", program)).get(f"tasks/{first.pk}/").json()
    assert row["value"] is None
    assert "1000.00" not in str(row)


def test_a_change_needs_the_version_it_was_made_on(plan) -> None:
    program, _project, first, _second = plan
    api = Api(plans.member("TPM", program))
    path = f"tasks/{first.pk}/"
    absent = api.patch(path, {"name": "Dig"})
    assert (absent.status_code, absent.json()["code"]) == (428, "version_required")
    fine = api.patch(path, {"name": "Dig"}, first.version)
    assert (fine.status_code, fine.json()["name"]) == (200, "Dig")
    assert fine.headers["ETag"] == f'"v{first.version + 1}"' == api.get(path).headers["ETag"]
    stale = api.patch(path, {"name": "Drill"}, first.version)
    assert (stale.status_code, stale.headers["Content-Type"]) == (412, "application/problem+json")
    assert (stale.json()["current"]["name"], stale.json()["current"]["version"]) == ("Dig", first.version + 1)
    assert stale.headers["ETag"] == fine.headers["ETag"]
    assert api.delete(path, first.version).status_code == 412
    assert api.delete(path).status_code == 428
    gone = api.delete(path, first.version + 1)
    assert (gone.status_code, gone.json()["deleted"]) == (200, True)
    assert api.get(path).status_code == 404


def test_a_contributor_reports_progress_but_does_not_replan(plan) -> None:
    program, _project, first, _second = plan
    api = Api(plans.member("CO", program))
    assert api.patch(f"tasks/{first.pk}/", {"name": "Mine"}, first.version).status_code == 403
    assert (
        api.patch(f"tasks/{first.pk}/", {"percent_complete": 40, "duration": 1}, first.version).status_code
        == 403
    )
    done = api.patch(f"tasks/{first.pk}/", {"percent_complete": 40}, first.version)
    assert (done.status_code, done.json()["percent_complete"]) == (200, 40)
    assert done.json()["actual_start"] == "2026-01-05T08:00"


def test_what_is_wrong_is_told_with_pointers(plan) -> None:
    program, project, first, _second = plan
    api = Api(plans.member("TPM", program))
    bad = api.patch(
        f"tasks/{first.pk}/", {"duration": -5, "program": 7, "deadline": "2026-01-05T08:00Z"}, first.version
    )
    assert bad.status_code == 400
    assert {one["pointer"] for one in bad.json()["errors"]} == {"/duration", "/program", "/deadline"}
    made = api.post(f"programs/{program.pk}/tasks/", {"project": project.pk, "duration": 480})
    assert [one["pointer"] for one in made.json()["errors"]] == ["/name"]
    elsewhere = plans.project(plans.program())
    hidden = api.post(f"programs/{program.pk}/tasks/", {"project": elsewhere.pk, "name": "x"})
    unknown = api.post(f"programs/{program.pk}/tasks/", {"project": 999_999, "name": "x"})
    assert hidden.status_code == unknown.status_code == 422
    assert hidden.json()["errors"][0]["code"] == unknown.json()["errors"][0]["code"] == "not_found"


def test_a_task_is_added_moved_and_found_by_what_changed(plan) -> None:
    program, project, first, second = plan
    api = Api(plans.member("TPM", program))
    made = api.post(f"programs/{program.pk}/tasks/", {"project": project.pk, "name": "Test", "duration": 960})
    assert made.status_code == 201
    assert api.get(made.headers["Location"]).json()["duration"] == 960
    before = made.json()["revision"]
    moved = api.patch(f"tasks/{made.json()['id']}/", {"parent": first.pk, "name": "Trial"}, 1)
    assert (moved.status_code, moved.json()["parent"], moved.json()["name"]) == (200, first.pk, "Trial")
    assert moved.json()["revision"] == before + 1
    since = api.get(f"tasks/?program={program.pk}&changed_since={before}").json()["results"]
    assert [row["id"] for row in since] == [made.json()["id"]]
    assert api.get(f"tasks/?changed_since={before}").status_code == 400
    assert [r["id"] for r in api.get(f"tasks/?parent={first.pk}").json()["results"]] == [made.json()["id"]]
    assert [r["id"] for r in api.get(f"tasks/?program={program.pk}&text=tria").json()["results"]] == [
        made.json()["id"]
    ]
    assert api.get("tasks/?colour=red").json()["errors"][0]["pointer"] == "?colour"
    assert second.pk


def test_many_edits_make_one_revision_or_none(plan) -> None:
    program, project, first, second = plan
    api = Api(plans.member("TPM", program))
    start = api.get(f"programs/{program.pk}/status/").json()["revision"]
    commands = [
        {"op": "update", "task": first.pk, "version": first.version, "set": {"duration": 960}},
        {"op": "create", "project": project.pk, "name": "Review", "set": {"duration": 480}},
        {"op": "update", "task": second.pk, "version": second.version, "set": {"responsible": "Ada"}},
    ]
    done = api.post(f"programs/{program.pk}/plan/edits/", {"commands": commands, "reason": "replanned"})
    assert done.status_code == 200
    assert done.json()["revision"] == done.json()["input_revision"] == start + 1
    assert done.json()["versions"][str(first.pk)] == first.version + 1
    assert done.json()["created"][0]["op_index"] == 1

    commands[0]["version"], commands[0]["set"] = first.version + 1, {"duration": 480}
    commands[2]["set"] = {"responsible": "Bob"}
    refused = api.post(f"programs/{program.pk}/plan/edits/", {"commands": [commands[0], commands[2]]})
    assert refused.status_code == 409
    [error] = refused.json()["errors"]
    assert (error["pointer"], error["code"], error["theirs"]["responsible"]) == (
        "/commands/1",
        "conflict",
        "Ada",
    )
    assert Task.objects.get(pk=first.pk).duration == 960
    assert api.get(f"programs/{program.pk}/status/").json()["revision"] == start + 1

    undone = api.post(f"programs/{program.pk}/plan/edits/", {"commands": done.json()["undo"]})
    assert undone.status_code == 200
    assert Task.objects.get(pk=first.pk).duration == 5 * 480


def test_a_circle_is_refused_with_the_circle(plan) -> None:
    program, _project, first, second = plan
    api = Api(plans.member("TPM", program))
    made = api.post(f"programs/{program.pk}/dependencies/", {"predecessor": second.pk, "successor": first.pk})
    assert made.status_code == 422
    assert made.json()["errors"][0]["code"] == "circle"
    assert "→" in made.json()["errors"][0]["detail"]


def test_a_link_is_made_changed_and_removed(plan) -> None:
    program, project, first, _second = plan
    api = Api(plans.member("TPM", program))
    [third] = plans.tasks(project, 1)
    made = api.post(
        f"programs/{program.pk}/dependencies/",
        {"predecessor": first.pk, "successor": third.pk, "kind": "SS", "lag": 480},
    )
    assert made.status_code == 201
    path = f"dependencies/{made.json()['id']}/"
    changed = api.patch(path, {"kind": "FF"}, made.json()["version"])
    assert (changed.json()["kind"], changed.json()["lag"], changed.json()["lag_unit"]) == (
        "FF",
        480,
        "working",
    )
    assert api.patch(path, {"kind": "FS"}, made.json()["version"]).json()["current"]["kind"] == "FF"
    ends = {"predecessor": first.pk, "successor": third.pk}
    again = api.post(f"programs/{program.pk}/dependencies/", {**ends, "kind": "FF"})
    assert again.status_code == 422
    beside = api.post(f"programs/{program.pk}/dependencies/", {**ends, "kind": "SS"})
    assert beside.status_code == 201
    assert (
        api.patch(
            f"dependencies/{beside.json()['id']}/", {"kind": "FF"}, beside.json()["version"]
        ).status_code
        == 422
    )
    assert api.delete(path, changed.json()["version"]).status_code == 200
    assert api.get(path).status_code == 404
