"""Lists and objects of the API take a recorded number of queries, however many rows there are."""

import time
from decimal import Decimal

import pytest
from django.urls import reverse

from budgets.services import actuals, cost_lines
from programs.services import calendars
from projects.services import ledger, plan_edits
from projects.services.commands import CreateTask, LinkTasks
from risks.services import risks
from tests.access.routes import all_routes
from tests.access.table import TABLE
from tests.api_client import Api
from tests.factories import plans
from tests.query_counts import counted
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = actors.system()


def _grow(program, count: int) -> None:
    project = plans.project(program)
    commands = [CreateTask(project.pk, f"Task {n}") for n in range(count)]
    made = plan_edits.apply(actor=SYSTEM, program=program, commands=commands).created
    plan_edits.apply(
        actor=SYSTEM, program=program, commands=[LinkTasks(made[n], made[n + 1]) for n in range(count - 1)]
    )
    task = plans.Task.objects.get(pk=made[0])
    for n in range(count // 5):
        cost_lines.create(actor=SYSTEM, program=program, task=task, name=f"Line {n}", amount=Decimal("10.00"))
        risks.create(
            actor=SYSTEM, program=program, project=project, task=task, title=f"Risk {n}", probability=0.5
        )
        plans.grant(plans.user(), "CO", program)
        calendar = calendars.create(
            actor=SYSTEM, portfolio=program.portfolio, name=f"Shift {task.pk} {n}", week=[[[480, 960]]] * 7
        )
        assert calendar.pk
    rows = [{"task": task, "posted_on": "2026-01-06", "amount": 5} for _ in range(count // 5)]
    actuals.post(actor=SYSTEM, program=program, rows=rows)
    recompute.drain(program.pk)
    ledger.post(program.pk)


@pytest.mark.slow
def test_lists_take_the_recorded_number_of_queries_however_long_they_are() -> None:
    program = plans.program()
    actor = plans.member("TPM", program)
    api = Api(actor)
    routes = all_routes()
    addresses = {
        row.route: reverse(row.route, kwargs={"pk": program.pk} if row.at else {}) + row.query
        for row in TABLE
        if row.route.startswith("api:") and row.method == "GET" and routes[row.route].endpoint
        and (not row.at or row.at == {"pk": "program"})
    }  # fmt: skip
    for count in (5, 110):
        _grow(program, count)
        for name, path in addresses.items():
            api.get(path)
            with counted(name):
                answer = api.get(path)
            assert answer.status_code == 200, name
    took = []
    for _ in range(15):
        start = time.perf_counter()
        page = api.get("tasks/?limit=100")
        took.append((time.perf_counter() - start) * 1000)
    assert len(page.json()["results"]) == 100
    print(f"100 tasks: median {sorted(took)[7]:.1f} ms, best {min(took):.1f} ms")
