"""MS Project files through the database: computed here, the dates are those that MS Project stored."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from budgets.models import Actual, BaselineCost, CostLine
from programs.engine.calendars import same_instant, wall_minutes
from programs.models import RecomputeState
from projects.models import Baseline, Dependency, ImportRun, Plan, Project, Task
from projects.selectors import networks
from tests.factories import plans
from tests.projects.importers import xer_documents as xer
from tests.tpm.imports.conftest import everything, imported
from tpm import recompute
from tpm.activity.models import ChangeSet
from tpm.imports import runs

pytestmark = pytest.mark.django_db
DATES = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish")


@pytest.mark.parametrize("name", ["mp_j30_a2_nr5", "mp_j120_a2_nr5"])
def test_the_dates_of_an_imported_plan_are_those_of_ms_project(samples: Path, name: str) -> None:
    program = plans.program()
    actor = plans.member("TPM", program)
    before = everything()
    run = imported(actor, [samples / "mspdi" / f"{name}.xml"], program.portfolio, program)
    assert run.state == ImportRun.State.APPLIED
    recompute.drain(program.pk)
    assert RecomputeState.objects.get(pk=program.pk).error_code == ""

    tasks = {t.external_key: t for t in Task.objects.filter(program=program).select_related("schedule")}
    network = networks.load(program).network
    place = {int(pk): i for i, pk in enumerate(network.task_id)}
    wrong = []
    with (samples / "mspdi" / f"{name}.answers.csv").open() as lines:
        answers = list(csv.DictReader(lines))
    for row in answers:
        task = tasks[f"plan:{row['uid']}"]
        calendar = network.calendars[network.calendar[place[task.pk]]]
        for column in DATES:
            ours = wall_minutes(getattr(task.schedule, column))
            if not same_instant(calendar, ours, wall_minutes(datetime.fromisoformat(row[column]))):
                wrong.append(f"{row['uid']} {column}")
        if task.schedule.total_float != int(row["total_slack_min"]):
            wrong.append(f"{row['uid']} total slack")
        if task.schedule.is_critical != bool(int(row["critical"])):
            wrong.append(f"{row['uid']} critical")
    assert not wrong and len(answers) == len(tasks)

    sets = ChangeSet.objects.count()
    assert imported(actor, [samples / "mspdi" / f"{name}.xml"], program.portfolio, program).change_set is None
    assert ChangeSet.objects.count() == sets
    runs.revert(actor=actor, run=run)
    assert everything() == before


def feature(samples: Path, name: str, **more: str) -> tuple[ImportRun, Project]:
    program = plans.program()
    run = imported(
        plans.member("TPM", program),
        [samples / "mspdi-features" / f"{name}.xml"],
        program.portfolio,
        program,
        **more,
    )
    assert run.state == ImportRun.State.APPLIED, run.message
    recompute.drain(program.pk)
    assert RecomputeState.objects.get(pk=program.pk).error_code == ""
    return run, Project.objects.get(program=program)


def test_links_of_all_kinds_arrive_in_the_project_that_is_named(samples: Path) -> None:
    _, project = feature(samples, "mspdirelations", project="LINKS")
    assert project.code == "LINKS"
    kinds = Dependency.objects.order_by("predecessor__position").values_list("kind", "lag")
    assert list(kinds) == [(0, 0), (1, 480), (2, 0), (3, 0)]


def test_all_eleven_baselines_arrive_and_the_first_is_referred_to(samples: Path) -> None:
    _, project = feature(samples, "task-baselines-project2007-mspdi")
    numbers = list(Baseline.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(11))
    assert Plan.objects.get(pk=project.program_id).baseline.number == 0
    first = Task.objects.get(name="Baseline Cost - Task")
    assert BaselineCost.objects.get(baseline__number=0, task_id=first.pk).cost == 1


def test_an_interrupted_task_keeps_its_interruption(samples: Path) -> None:
    _, project = feature(samples, "mspdisplittask")
    assert project.tasks.filter(gap__gt=0).exists()


def test_calendars_of_the_file_become_the_programs_own(samples: Path) -> None:
    _, project = feature(samples, "calendar-recurring-exceptions-project2016-mspdi")
    assert project.calendar.program_id == project.program_id


def test_costs_of_the_file_become_cost_lines_and_actuals(samples: Path) -> None:
    _, project = feature(samples, "mspdicostratetable")
    assert (
        CostLine.objects.filter(project=project).exists()
        or not Actual.objects.filter(project=project).exists()
    )


def test_a_primavera_file_becomes_component_projects_and_is_known_again(tmp_path: Path) -> None:
    program = plans.program()
    actor = plans.member("TPM", program)
    file = tmp_path / "site.xer"
    second = {"node": 2, "in_project": 2}
    old = {
        "node": 3,
        "in_project": 3,
        "early_start_date": "2026-01-05 08:00",
        "early_end_date": "2026-01-06 17:00",
    }
    file.write_bytes(
        xer.document(
            [xer.task(1, 2), xer.task(2, 3, **second), xer.task(11, 2, **old, task_code="A1")],
            [xer.link(1, 2), xer.link(1, 2, "SS", 1), xer.link(1, 2, "SS", 2)],
            PROJECT=[xer.project(1, sum_base_proj_id=3), xer.project(2), xer.project(3)],
            PROJWBS=[xer.wbs(1), xer.wbs(2, in_project=2), xer.wbs(3, in_project=3)],
            PROJCOST=[{"task_id": 2, "target_cost": 1250}],
        )
    )
    run = imported(actor, [file], program.portfolio, program)
    assert run.state == ImportRun.State.APPLIED
    assert list(Project.objects.filter(program=program).values_list("code", "name")) == [
        ("W1", "Node 1"),
        ("W2", "Node 2"),
    ]
    first, other = Task.objects.filter(program=program).order_by("position")
    assert (first.name, first.project.code, first.notes) == ("Task 1", "W1", "P6 activity A1")
    assert (other.name, other.project.code, other.duration) == ("Task 2", "W2", 3 * 480)
    links = Dependency.objects.filter(program=program).order_by("kind").values_list("kind", "lag")
    assert list(links) == [(Dependency.Kind.FS, 0), (Dependency.Kind.SS, 480)]
    assert run.counts["codes"]["duplicate_link"] == 1
    assert CostLine.objects.get(task=other).amount == 1250
    (promise,) = Baseline.objects.get(program=program, number=0).tasks.all()
    assert (promise.task_id, promise.finish) == (first.pk, datetime(2026, 1, 6, 17))
    assert imported(actor, [file], program.portfolio, program).change_set is None
