"""Browser pages take a recorded number of queries, however many tasks, risks, cost lines, people and programs there are."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.services import actuals, baselines, cost_lines
from programs.models import Program
from programs.selectors import actions as actions_of
from programs.services import actions
from projects.models import Task
from projects.services import gates, ledger, plan_edits
from projects.services.commands import CreateTask, LinkTasks, UpdateTask
from risks.services import risks
from tests.access.table import TABLE
from tests.factories import plans
from tests.factories.browsers import browser
from tests.query_counts import counted
from tpm import recompute
from tpm.accounts import actors
from tpm.activity import subjects

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()
# Files, streams and pages whose object is one row, not a list that grows.
NOT_A_LIST = {"live:events", "budgets:money-export", "risks:risk-export"}


def _grow(program: Program, count: int) -> None:
    project = plans.project(program)
    commands = [CreateTask(project.pk, f"Task {n}", set={"is_milestone": n % 4 == 0}) for n in range(count)]
    made = plan_edits.apply(actor=SYSTEM, program=program, commands=commands).created
    links = [LinkTasks(made[n], made[n + 1]) for n in range(count - 1)]
    plan_edits.apply(actor=SYSTEM, program=program, commands=links)
    task = Task.objects.get(pk=made[1])
    for n in range(count // 4):
        cost_lines.create(actor=SYSTEM, program=program, task=task, name=f"Line {n}", amount=Decimal("10.00"))
        risks.create(
            actor=SYSTEM, program=program, project=project, title=f"Risk {n}", probability=0.5, impact_days=3
        )
        plans.grant(plans.user(), "CO", program)
        gate = gates.create(
            actor=SYSTEM, program=program, project=project if n % 2 else None, name=f"Gate {n}",
            **({"task": Task.objects.get(pk=made[n * 4])} if n % 2 else {"planned_on": date(2026, 3, 2)}),
        )  # fmt: skip
        gates.add_criterion(actor=SYSTEM, gate=gate, text="Money")
        owner = next(iter(actions_of.people_of(program)))
        actions.create(
            actor=SYSTEM, program=program, today=date(2026, 2, 2), title=f"Do {n}", owner=owner,
            due_on=date(2026, 2, 2), origin=subjects.look(SYSTEM, "gate", gate.pk),
        )  # fmt: skip
    posted = [{"task": task, "posted_on": date(2026, 1, 6), "amount": Decimal(5)} for _ in range(count // 4)]
    actuals.post(actor=SYSTEM, program=program, rows=posted)
    recompute.drain(program.pk)
    baselines.take(actor=SYSTEM, program=program, name=f"After {count}")
    recompute.drain(program.pk)
    moved = UpdateTask(task.pk, Task.objects.get(pk=task.pk).version, {"duration": 4800})
    plan_edits.apply(actor=SYSTEM, program=program, commands=[moved])
    recompute.drain(program.pk)
    ledger.post(program.pk)


@pytest.mark.slow
def test_pages_take_the_recorded_number_of_queries_however_much_they_show() -> None:
    portfolio = plans.portfolio()
    program = plans.program(portfolio, data_date=date(2026, 2, 2))
    actor = plans.member("TPM", portfolio)
    client = browser(actor)
    pages = {
        row.route: reverse(
            row.route,
            kwargs={"pk": program.pk if row.at == {"pk": "program"} else portfolio.pk} if row.at else {},
        )
        for row in TABLE
        if row.method == "GET"
        and not row.route.startswith(("api:", "imports:"))
        and row.needs not in {"anybody", "administrator"}
        and row.route not in NOT_A_LIST
        and row.at in ({}, {"pk": "program"}, {"pk": "portfolio"})
        and not row.query
    }
    assert len(pages) > 20
    for count in (8, 40):
        _grow(program, count)
        for _ in range(count // 8):
            plans.project(plans.program(portfolio))
        for name, path in pages.items():
            client.get(path)
            with counted(name):
                answer = client.get(path)
            assert answer.status_code in {200, 204, 302, 403}, (name, answer.status_code)
