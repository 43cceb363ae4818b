"""Objectives, what is aligned to them, and the road map: by program, by objective, downloads, nothing hidden."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.services import baselines
from programs.models import KeyResult, Objective
from programs.services import objectives
from projects.models import Alignment, Task
from projects.selectors import roadmaps
from projects.services import alignments, plan_edits
from projects.services.commands import CreateTask, LinkTasks, UpdateTask
from tests.api_client import Api
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def world():
    """Network: 10 days and a milestone behind it, agreed, then 5 days longer. A second program has a project of its own."""
    here = plans.portfolio(name="Here")
    program, other = plans.program(here, data_date=date(2026, 1, 4)), plans.program(here, name="Elsewhere")
    project = plans.project(program, name="Network")
    (task,) = plans.tasks(project, 10)
    mark = CreateTask(project.pk, "Ring in service", set={"is_milestone": True})
    plan_edits.apply(actor=SYSTEM, program=program, commands=[mark, LinkTasks(task.pk, -1)])
    plans.tasks(plans.project(other, name="Hidden works"), 10)
    for one in (program, other):
        recompute.drain(one.pk)
    baselines.take(actor=SYSTEM, program=program, name="Agreed")
    recompute.drain(program.pk)
    task.refresh_from_db()
    longer = UpdateTask(task.pk, Task.objects.get(pk=task.pk).version, {"duration": 15 * 480})
    plan_edits.apply(actor=SYSTEM, program=program, commands=[longer])
    recompute.drain(program.pk)
    objective = objectives.create(
        actor=SYSTEM,
        portfolio=here,
        name="Fewer calls",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 30),
    )
    return here, program, project, objective


def test_a_bar_has_its_dates_its_shadow_and_its_rating(world):
    here, program, project, _objective = world
    found = roadmaps.roadmap(SYSTEM, here, program=program)
    (bar,) = found.bands[0].bars
    # Mon 5 January + 10 days is Fri 16, + 15 days is Fri 23: five working days late, beyond 3 (watch), not beyond 10.
    assert (bar.start.date(), bar.finish.date()) == (date(2026, 1, 5), date(2026, 1, 23))
    assert bar.baseline_finish.date() == date(2026, 1, 16)
    assert (bar.slip_wd, bar.level) == (Decimal(5), "watch")
    assert [mark.name for mark in bar.marks] == ["Ring in service"]
    assert bar.project == project


def test_projects_stand_under_each_objective_they_serve_and_the_rest_below(world):
    here, _program, project, objective = world
    alignments.align(actor=SYSTEM, project=project, objective=objective)
    with pytest.raises(ValidationError, match="aligned to this objective already"):
        alignments.align(actor=SYSTEM, project=project, objective=objective)
    found = roadmaps.roadmap(SYSTEM, here, by="objective")
    assert [(band.name, [bar.project.name for bar in band.bars]) for band in found.bands] == [
        ("Fewer calls", ["Network"]), ("", ["Hidden works"]),
    ]  # fmt: skip
    foreign = objectives.create(
        actor=SYSTEM,
        portfolio=plans.portfolio(),
        name="Theirs",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 2, 1),
    )
    with pytest.raises(ValidationError, match="another portfolio"):
        alignments.align(actor=SYSTEM, project=project, objective=foreign)


def test_the_page_draws_lanes_and_a_member_of_one_program_sees_only_its_projects(world):
    here, program, _project, _objective = world
    person = browser(plans.member("TPM", program))
    text = person.get(f"/programs/{program.pk}/roadmap/?by=objective&span=4").content.decode()
    assert "Network" in text and "c-bar c-watch" in text and "▲ +5" in text and "Q1 2026" in text
    shared = person.get(f"/portfolios/{here.pk}/roadmap/").content.decode()
    assert "Network" in shared and "Hidden works" not in shared and "there may be more" in shared
    rows = (
        person.get(f"/portfolios/{here.pk}/roadmap/export.csv")
        .content.decode("utf-8-sig")
        .strip()
        .splitlines()
    )
    assert len(rows) == 3 and "Ring in service" in rows[2]
    whole = browser(plans.member("PO", here)).get(f"/portfolios/{here.pk}/roadmap/").content.decode()
    assert "Hidden works" in whole and "there may be more" not in whole


def test_an_objective_is_set_measured_and_aligned_in_the_browser(world):
    here, _program, project, _objective = world
    owner = browser(plans.member("PO", here))
    form = {"name": "No own data centre", "starts_on": "2026-03-01", "ends_on": "2026-02-01", "state": "open"}
    wrong = owner.post(f"/portfolios/{here.pk}/objectives/new/", form)
    assert wrong.status_code == 422 and "can not end before it starts" in wrong.content.decode()
    made = owner.post(f"/portfolios/{here.pk}/objectives/new/", form | {"ends_on": "2027-02-01"})
    objective = Objective.objects.get(name="No own data centre")
    assert made.status_code == 302
    result = {"name": "Applications moved", "start": "0", "target": "200", "current": "50"}
    owner.post(f"/objectives/{objective.pk}/results/", result)
    assert KeyResult.objects.get().share == Decimal("0.25")
    page = owner.get(f"/objectives/{objective.pk}/").content.decode()
    assert "Applications moved" in page and "25" in page
    manager = browser(plans.member("TPM", here))
    panel = f"/objectives/{objective.pk}/projects/panel/"
    assert "Network" in manager.post(panel, {"project": project.pk}).content.decode()
    aligned = Alignment.objects.get()
    assert owner.post(f"/alignments/{aligned.pk}/remove/").status_code == 403  # the owner runs no project
    assert "No project serves it yet" in manager.post(f"/alignments/{aligned.pk}/remove/").content.decode()


def test_the_api_sets_measures_and_aligns(world):
    here, program, project, _objective = world
    api = Api(plans.member("TPM", program))
    body = {"name": "Faster", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert api.post(f"portfolios/{here.pk}/objectives/", body).status_code == 403
    made = api.post(f"programs/{program.pk}/objectives/", body).json()
    result = api.post(
        f"objectives/{made['id']}/results/", {"name": "Days", "start": "9", "target": "3"}
    ).json()
    changed = api.patch(f"key-results/{result['id']}/", {"current": "6"}, version=1).json()
    assert changed["share"] == 0.5
    same = api.patch(f"key-results/{result['id']}/", {"target": "9"}, version=2)
    assert same.status_code == 400 and "nothing to reach" in same.content.decode()
    aligned = api.post(f"projects/{project.pk}/alignments/", {"objective": made["id"]})
    assert aligned.status_code == 201
    assert api.get(f"alignments/?objective={made['id']}").json()["results"][0]["project"] == project.pk
    assert api.delete(f"objectives/{made['id']}/", version=1).status_code == 200
    assert not Alignment.objects.exists()
