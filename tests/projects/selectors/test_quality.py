"""Schedule quality from the tables: the index of the reference, whose money counts, and who sees what of it."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from budgets.services import baselines
from programs.models import Program
from programs.services import programs as program_services
from projects.models import Project, Task
from projects.selectors import quality
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def program() -> Program:
    """18 tasks done, 20 due, 2 without a baseline (the reference's example: BEI 18 / 22 = .818)."""
    made = plans.program(starts_on=date(2026, 1, 5))
    project = plans.project(made, name="Network")
    tasks = plans.tasks(project, *[1] * 20)
    recompute.drain(made.pk)
    baselines.take(actor=SYSTEM, program=made, name="Agreed")
    plans.tasks(project, 1, 1)
    begun, done = datetime(2026, 1, 5, 8), datetime(2026, 1, 5, 17)
    values = {"actual_start": begun, "actual_finish": done, "percent_complete": 100.0}
    commands = [UpdateTask(one.pk, one.version, values) for one in tasks[:18]]
    plan_edits.apply(actor=SYSTEM, program=made, commands=list(commands))
    program_services.update(actor=SYSTEM, program=Program.objects.get(pk=made.pk), data_date=date(2026, 1, 9))
    recompute.drain(made.pk)
    return Program.objects.select_related("portfolio", "computation").get(pk=made.pk)


def check(actor: Actor, program: Program, code: str, project: int | None = None) -> quality.Check:
    found = quality.of_program(actor, program, project=project)
    return next(one for one in found.chosen.checks if one.code == code)


def test_the_baseline_execution_index_of_the_reference_is_that_of_the_tables(program: Program) -> None:
    index = check(SYSTEM, program, "bei")
    assert index.value == pytest.approx(0.818, abs=5e-4)
    assert (index.passed, index.notes["hit"]) == (False, 18)
    late = Task.objects.filter(program=program, actual_finish=None).order_by("pk")[:2]
    found = quality.of_program(SYSTEM, program)
    assert found.offenders(index) == [one.pk for one in late]


def test_a_task_with_planned_cost_or_a_name_has_resources() -> None:
    world = money.world()
    assert check(SYSTEM, world.program, "resources").count == 0
    bare = plans.tasks(world.project, 3)[0]
    named = plans.tasks(world.project, 3, responsible="Anna")[0]
    found = quality.of_program(SYSTEM, world.program)
    resources = next(one for one in found.chosen.checks if one.code == "resources")
    assert (found.offenders(resources), resources.passed) == ([bare.pk], None)
    assert named.pk not in found.offenders(resources)


def test_who_reads_one_project_is_told_its_figures_only(program: Program) -> None:
    hidden = plans.project(program, name="Hidden")
    plans.tasks(hidden, 90)
    seen = Project.objects.get(name="Network")
    narrow = quality.of_program(plans.member("PM", seen), program)
    assert (narrow.is_whole, [one.project for one in narrow.projects]) == (False, [seen])
    high = next(one for one in narrow.chosen.checks if one.code == "high_duration")
    whole = check(SYSTEM, program, "high_duration")
    assert (high.count, high.population, whole.count, whole.population) == (0, 4, 1, 5)
    with pytest.raises(Project.DoesNotExist):
        quality.of_program(plans.member("PM", seen), program, project=hidden.pk)


def test_page_and_api_show_checks_limits_verdicts_and_tasks(program: Program) -> None:
    client = browser(plans.member("TPM", program))
    url = reverse("projects:program-quality", args=[program.pk])
    page = client.get(url).content.decode()
    assert page.count('class="rag rag-bad') >= 3
    assert "at least 0.95" in page
    listed = client.get(url + "?check=logic", headers=HTMX).content.decode()
    assert listed.count('data-drawer="task"') == 4  # four tasks are not done, all without a link
    assert client.get(url + "?check=nothing").status_code == 404
    answer = client.get(f"/api/v1/programs/{program.pk}/quality/").json()
    checks = {one["code"]: one for one in answer["checks"]}
    assert (len(checks), checks["logic"]["count"], len(checks["logic"]["tasks"])) == (14, 4, 4)
    assert (checks["bei"]["passed"], checks["leads"]["passed"]) == (False, None)
    project = Project.objects.get(name="Network").pk
    own = client.get(f"/api/v1/projects/{project}/quality/").json()
    assert (own["score"], answer["projects"][0]["score"]) == (answer["score"], answer["score"])
