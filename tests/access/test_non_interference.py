"""What one may not see must not show: answers are the same bytes whether or not the other program's data exist."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.urls import reverse

from budgets.services import actuals, budgets, cost_lines
from programs.models import Program
from programs.policies import CAPABILITIES, Role
from projects.services import plan_edits
from projects.services.commands import CreateTask, LinkTasks
from risks.services import risks
from tests.access.routes import all_routes
from tests.access.table import TABLE
from tests.api_client import Api
from tests.factories import plans
from tpm import activity, recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import comments, subjects
from tpm.lib.api.pagination import PARAMETERS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CANARY = "xkanarienvogelx"
# Parameters that an API could leak by: each list is asked with all of them that it knows.
QUERIES = ("", "limit=1", "ordering=-id", f"text={CANARY}", "text=a", "critical=true", "late=false", "live=true", "program=%d",
           "project=%d", "task=%d", "predecessor=%d", "parent=%d", "id=%d", "changed_since=0&program=%d", "owner=%d")  # fmt: skip


def _lists() -> list[tuple[str, frozenset[str]]]:
    """Return the address of every list of the API with the query parameters that it knows."""
    routes = all_routes()
    found = []
    for row in TABLE:
        is_list = row.route.startswith("api:") and row.method == "GET" and not row.at
        endpoint = routes[row.route].endpoint if is_list else None
        if endpoint is not None and row.needs in CAPABILITIES:
            known = PARAMETERS | set(getattr(endpoint.filterset_class, "base_filters", {}))
            found.append((reverse(row.route), frozenset(known)))
    assert len(found) > 10
    return found


def _fill(program, mark: str = "") -> tuple[int, int]:
    """Give a program tasks, money and risks; returns a project and a task."""
    system = actors.system()
    project = plans.project(program, name=f"Project {mark}", description=mark)
    made = plan_edits.apply(
        actor=system,
        program=program,
        commands=[
            CreateTask(project.pk, f"Task {mark} {n}", set={"responsible": mark, "notes": mark})
            for n in range(3)
        ],
    )
    first, second, _third = (made.created[n] for n in range(3))
    plan_edits.apply(actor=system, program=program, commands=[LinkTasks(first, second)])
    budgets.approve(actor=system, program=program, project=project, approved=777, note=mark)
    cost_lines.create(
        actor=system, program=program, task=plans.Task.objects.get(pk=first), name=f"Line {mark}", amount=500
    )
    actuals.post(
        actor=system,
        program=program,
        rows=[{"project": project, "posted_on": "2026-01-06", "amount": 40, "description": mark}],
    )
    risks.create(
        actor=system,
        program=program,
        project=project,
        title=f"Risk {mark}",
        probability=0.5,
        description=mark,
    )
    for kind, pk in (("task", first), ("program", program.pk), ("project", project.pk)):
        talker = subjects.look(plans.member("TPM", program), kind, pk)
        comments.write(seen=talker, text=f"Said {mark}")
    recompute.drain(program.pk)
    return project.pk, first


def _count_from(number: int) -> None:
    with connection.cursor() as cursor:
        for model in (Program, plans.Project, plans.Task):
            number += 1000
            table = model._meta.db_table
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])


def _answers(actor: Actor, ids: tuple[int, ...]) -> Iterator[tuple[str, int, str]]:
    api = Api(actor)
    for path, known in _lists():
        for query in QUERIES:
            if not {part.partition("=")[0] for part in query.split("&") if part} <= known:
                continue
            for asked in ids if "%d" in query else (0,):
                text = query % asked if "%d" in query else query
                response = api.get(f"{path}?{text}")
                body = re.sub(r'"request_id":"[^"]*"', "", response.content.decode())
                yield f"{path}?{text}", response.status_code, body


@pytest.mark.parametrize("role", ["TPM", "CO", "SV"])
def test_lists_and_filters_do_not_tell_of_other_programs(role: str) -> None:
    portfolio = plans.portfolio()
    mine = plans.program(portfolio, name="Mine")
    project, task = _fill(mine)
    actor = plans.member(role, mine)
    absent = (mine.pk, project, task, 10**9)
    before = list(_answers(actor, absent))

    _count_from(5_000_000)  # no hidden id is by chance that of something one sees in another table
    other = plans.program(portfolio, name=f"Other {CANARY}", description=CANARY, code=CANARY)
    hidden_project, hidden_task = _fill(other, CANARY)
    assert list(_answers(Actor(actor.user, actors.WEB), absent)) == before

    # A link between the two is a change of both; who does not see the other end does not see the link.
    plan_edits.apply(actor=actors.system(), program=other, commands=[LinkTasks(task, hidden_task)])
    recompute.drain(other.pk)
    told = list(_answers(Actor(actor.user, actors.WEB), (other.pk, hidden_project, hidden_task)))
    # (an error names what was asked, as here the text filter's own words in "next")
    assert not [path for path, _status, body in told if CANARY in body.replace(f"text={CANARY}", "")]
    unknown = {
        path.replace("1000000000", "N"): (status, body)
        for path, status, body in before
        if "1000000000" in path
    }
    for path, status, body in told:
        for pk in (other.pk, hidden_project, hidden_task):
            shape = re.sub(rf"={pk}$", "=N", path)
            if shape in unknown and pk not in (mine.pk, project, task):
                assert (status, body) == unknown[shape], path


def test_a_grant_that_ended_gives_nothing_any_more() -> None:
    program = plans.program(name=CANARY)
    _fill(program, CANARY)
    actor = plans.member("TPM", program)
    assert any(CANARY in body for path, _status, body in _answers(actor, ()) if "text=" not in path)
    grant = actor.user.grants.get()
    with activity.change(actor=actors.system(), event="tests") as change:
        change.delete(grant)
    fresh = Actor(actor.user, actors.WEB)
    assert not any(CANARY in body for path, _status, body in _answers(fresh, ()) if "text=" not in path), (
        "rights end with the grant"
    )


def test_every_role_that_may_not_read_amounts_gets_none() -> None:
    program = plans.program()
    _fill(program)
    for role in Role.values:
        if role in CAPABILITIES["budget.read"]:
            continue
        bodies = [
            body
            for path, status, body in _answers(plans.member(role, program), (program.pk,))
            if status == 200
        ]
        assert not [body for body in bodies if re.search(r'"(777|500|40)\.0', body) or '"cost.' in body], role
