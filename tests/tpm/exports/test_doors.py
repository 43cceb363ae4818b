"""The ways out: API, page and console give the same file, and tell what it can not hold."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from budgets.services import cost_lines
from programs.models import Program
from programs.services import calendars
from programs.services import resources as resource_services
from projects.importers import mspdi
from projects.models import TaskSchedule
from projects.services import plan_edits
from projects.services.commands import Assign, Command, CreateTask, LinkTasks, UpdateTask
from tests.api_client import Api
from tests.factories import plans
from tests.tpm.exports.plan_rows import rows_of
from tests.tpm.imports.conftest import imported
from tpm import recompute
from tpm.accounts import actors
from tpm.exports import doors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def edit(program: Program, *commands: Command) -> dict[int, int]:
    return plan_edits.apply(actor=SYSTEM, program=program, commands=list(commands)).created


def made_here() -> Program:
    """A program of two projects that was never a file: own starts and calendars, a person, an interruption of percent lags."""
    program = plans.program(name="Renewal", data_date=date(2026, 1, 30))
    shift = [[[360, 840]]] * 5 + [[], []]
    early = calendars.create(
        actor=SYSTEM, portfolio=program.portfolio, program=program, name="Early", week=shift
    )
    one, two = (
        plans.project(program, name="Network"),
        plans.project(program, name="Sites", starts_on=date(2026, 2, 2)),
    )
    first, second = plans.tasks(one, 2, 3)
    edit(program, CreateTask(two.pk, "Phase"))
    phase = two.tasks.get()
    made = edit(
        program, CreateTask(two.pk, "Install", parent=phase.pk, set={"duration": 960, "responsible": "Ada"})
    )
    ann = resource_services.create(
        actor=SYSTEM,
        portfolio=program.portfolio,
        program=program,
        name="Ann",
        calendar=early,
        max_units=Decimal("1.5"),
    )
    edit(
        program,
        LinkTasks(first.pk, second.pk, lag=-2500, lag_unit=3),
        LinkTasks(second.pk, made[0], kind=1, lag=480),
        Assign(made[0], ann.pk, {"units": Decimal("0.5"), "work": 300}),
        UpdateTask(first.pk, first.version, {"percent_complete": 100.0}),
    )
    cost_lines.create(
        actor=SYSTEM, program=program, name="Licence", amount=Decimal("12.50"), task=first, project=one
    )
    recompute.drain(program.pk)
    return program


def dates(program: Program) -> list[tuple[Any, ...]]:
    rows = TaskSchedule.objects.filter(program=program).order_by("sequence")
    return list(rows.values_list("task__name", "start", "finish", "total_float"))


def test_a_plan_made_here_comes_back_with_its_dates_people_and_money(tmp_path: Path, uploads: Path) -> None:
    program = made_here()
    path = tmp_path / "plan.xml"
    call_command("export_plan", str(program.pk), str(path), stderr=io.StringIO())
    second = plans.program(data_date=program.data_date)
    imported(plans.member("TPM", second), [path], second.portfolio, second)
    recompute.drain(second.pk)
    assert dates(second) == dates(program)
    before, after = rows_of(program), rows_of(second)

    def said(rows: Any, table: str, *columns: str) -> list[tuple[Any, ...]]:
        return [tuple(row[column] for column in columns) for row in rows[table]]

    for table, columns in (
        ("projects", ("name", "starts_on")),
        ("links", ("kind", "lag", "lag_unit")),
        ("resources", ("name", "kind", "calendar_id", "max_units")),
        ("assignments", ("resource_id", "units", "work", "actual_work", "delay")),
        ("cost_lines", ("amount",)),
    ):
        wanted = said(before, table, *columns)
        if table == "projects":  # without a day of its own a project starts with the program
            wanted = [(name, starts_on or program.starts_on) for name, starts_on in wanted]
        assert sorted(said(after, table, *columns)) == sorted(wanted), table
    assert {row["responsible"] for row in after["tasks"]} == {"", "Ada"}


def test_the_api_streams_the_file_and_tells_what_it_can_not_hold() -> None:
    program, other = made_here(), plans.program()
    [outside] = plans.tasks(plans.project(other), 1)
    edit(program, LinkTasks(outside.pk, program.tasks.get(name="A").pk))
    recompute.drain(program.pk)
    api = Api(plans.member("PO", program.portfolio))
    answer = api.get(f"programs/{program.pk}/export/mspdi/")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/xml"
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    plan = mspdi.read(io.BytesIO(body))
    assert {task.name for task in plan.tasks} == {"Network", "Sites", "Phase", "A", "B", "Install"}
    report = api.get(f"programs/{program.pk}/export/mspdi/report/").json()
    assert "cross_program_link" not in {
        loss["code"] for loss in report["losses"]
    }  # its far end is not theirs to see
    owner = Api(plans.member("PO", program.portfolio))
    plans.grant(owner_user := plans.user(), "PO", program.portfolio)
    plans.grant(owner_user, "PO", other.portfolio)
    both = Api(actors.Actor(user=owner_user, via=actors.WEB))
    [loss] = [one for one in both.get(f"programs/{program.pk}/export/mspdi/report/").json()["losses"]
              if one["code"] == "cross_program_link"]  # fmt: skip
    assert loss["value"] == "A" and loss["severity"] == "warning"
    sites = program.projects.get(name="Sites")
    part = both.get(f"programs/{program.pk}/export/mspdi/report/?project={sites.pk}").json()
    assert part["tasks"] == 2 and "outside_link" in {one["code"] for one in part["losses"]}
    assert both.get(f"programs/{program.pk}/export/mspdi/?project=999999").status_code == 404
    assert owner.get(f"programs/{program.pk}/export/mspdi/").headers["X-Computed-Revision"] != "0"


def test_amounts_are_only_for_those_who_read_money(monkeypatch: pytest.MonkeyPatch) -> None:
    program = made_here()
    for role, cents in (("CO", 0), ("FC", 1250)):
        plan = doors.make(plans.member(role, program), program.pk).plan
        assert sum(task.costs.cost for task in plan.tasks if not task.is_summary) == cents
    monkeypatch.setattr(doors, "MOST", 3)
    api = Api(plans.member("TPM", program))
    refused = api.get(f"programs/{program.pk}/export/mspdi/")
    assert refused.status_code == 422 and refused.json()["code"] == "too_large"
