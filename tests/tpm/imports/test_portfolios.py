"""A portfolio's tables through the database: nothing is lost, twice is once, and taking back leaves no trace."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from budgets.models import BaselineCost, Budget, Contract, CostLine
from programs.models import Kpi, Portfolio, Program, RecomputeState
from projects.models import BaselineTask, ImportRun, Plan, Project, Task
from tests.tpm.imports.conftest import everything, imported, start
from tpm import recompute
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.imports import runs

pytestmark = pytest.mark.django_db
Owner = tuple[Actor, Portfolio]
TABLES = ("programs", "projects", "activities", "contracts", "metrics")


def rows(samples: Path, table: str) -> Iterator[dict[str, str]]:
    with (samples / "hhs-it-portfolio" / f"{table}.csv").open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def files(samples: Path) -> list[Path]:
    return [samples / "hhs-it-portfolio" / f"{table}.csv" for table in TABLES]


def millions(values: Iterator[str]) -> Decimal:
    return sum((Decimal(value) for value in values if value), Decimal(0)) * 1_000_000


def test_a_real_portfolio_arrives_whole_twice_is_once_and_goes_without_a_trace(
    samples: Path, owner: Owner
) -> None:
    actor, portfolio = owner
    before = everything()
    run = imported(actor, files(samples), portfolio)
    assert run.state == ImportRun.State.APPLIED

    # Counts and sums of the tables themselves; one program more holds the projects that name none.
    assert Program.objects.count() == sum(1 for _ in rows(samples, "programs")) + 1 == 82
    assert Project.objects.count() == sum(1 for _ in rows(samples, "projects")) == 202
    assert Task.objects.count() == sum(1 for _ in rows(samples, "activities")) == 1102
    assert Contract.objects.count() == sum(1 for _ in rows(samples, "contracts")) == 157
    assert Kpi.objects.count() == sum(1 for _ in rows(samples, "metrics")) == 455
    activities = millions(row["planned_cost_musd"] for row in rows(samples, "activities"))
    assert CostLine.objects.aggregate(all=Sum("amount"))["all"] == activities
    assert BaselineCost.objects.aggregate(all=Sum("cost"))["all"] == activities
    by_project = {row["project_id"]: row["planned_cost_musd"] for row in rows(samples, "projects")}
    stated = {key for key, cost in by_project.items() if cost}
    approved = Budget.objects.filter(project__external_key__in=stated).aggregate(all=Sum("approved"))["all"]
    assert approved == millions(iter(by_project.values()))
    assert Contract.objects.aggregate(all=Sum("value"))["all"].quantize(Decimal(1)) == millions(
        row["value_musd"] for row in rows(samples, "contracts")
    ).quantize(Decimal(1))
    done = sum(bool(row["actual_duration_calendar_days"]) for row in rows(samples, "activities"))
    assert Task.objects.filter(actual_finish__isnull=False, percent_complete=100).count() == done

    # Every row that was doubtful is named with its place.
    nameless = {
        row["row"] for row in run.report if row["code"] == "no_name" and row["file"] == "projects.csv"
    }
    expected = {n for n, row in enumerate(rows(samples, "projects"), 2) if not row["name"]}
    assert nameless == expected and len(expected) == 94
    assert run.counts["codes"]["no_program"] == 94

    # One change set, one revision of each program, and the plan can be computed: slippage shows at once.
    assert set(run.change_set.revisions.values_list("revision", flat=True)) == {1}
    assert run.change_set.revisions.count() == 82
    program = Program.objects.get(code="009-000001422")
    recompute.drain(program.pk)
    state = RecomputeState.objects.get(pk=program.pk)
    assert (state.computed_revision, state.error_code) == (1, "")
    slipped = Task.objects.filter(program=program, schedule__finish_slip__isnull=False)
    assert (
        slipped.count()
        == program.tasks.count()
        == BaselineTask.objects.filter(baseline=Plan.objects.get(pk=program.pk).baseline).count()
    )

    # Again: nothing differs, so there is no change set and no revision.
    sets, after = ChangeSet.objects.count(), everything()
    again = imported(actor, files(samples), portfolio)
    assert (again.state, again.change_set) == (ImportRun.State.APPLIED, None)
    assert ChangeSet.objects.count() == sets and everything() == after
    assert not RecomputeState.objects.exclude(input_revision=1).exists()

    # Back, in one step.
    runs.revert(actor=actor, run=run)
    run.refresh_from_db()
    assert run.state == ImportRun.State.REVERTED and run.reverted_by.cause == run.change_set
    assert everything() == before
    assert not BaselineTask.objects.exists() and not RecomputeState.objects.exists()


def write(folder: Path, **tables: list[dict[str, Any]]) -> list[Path]:
    """Write tables as CSV files."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, lines in tables.items():
        path = folder / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, list(dict.fromkeys(key for line in lines for key in line)))
            writer.writeheader()
            writer.writerows(lines)
        paths.append(path)
    return paths


def small(folder: Path, **new: Any) -> list[Path]:
    """Two linked tasks, a cost line and a risk."""
    tasks = [
        {
            "task_id": "T1",
            "project_id": "A",
            "name": "Dig",
            "duration": "5d",
            "planned_cost": "1000.00",
            "owner": "Ana",
        },
        {
            "task_id": "T2",
            "project_id": "A",
            "name": "Lay",
            "duration": new.get("lay", "3d"),
            "planned_cost": "",
            "owner": "",
        },
    ]
    return write(
        folder,
        portfolio=[{"name": "Pipes", "currency": "USD", "data_date": "2026-01-09"}],
        programs=[{"program_id": "P", "name": "Pipes", "start": "2026-01-05"}],
        projects=[{"project_id": "A", "program_id": "P", "name": "Trench", "kind": "infrastructure", "planned_cost": "2500"}],
        tasks=tasks + new.get("more_tasks", []),
        dependencies=new.get("links", [{"predecessor_id": "T1", "successor_id": "T2", "kind": "FS", "lag": "2d"}]),
        budget=[
            {"line_id": "B", "project_id": "A", "task_id": "T2", "name": "Pipe", "category": "hardware", "capital": "yes",
             "amount": "700", "actual_amount": "650.50", "actual_date": "2026-01-08"},
        ],
        risks=[{"risk_id": "R", "program_id": "P", "title": "Rock", "probability": "40%", "impact_days": "10", "impact_amount": "500"}],
    )  # fmt: skip


def test_own_tables_become_a_plan_whose_dates_follow_its_links(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    imported(actor, small(tmp_path / "a"), portfolio)
    program = Program.objects.get()
    recompute.drain(program.pk)
    dig, lay = Task.objects.order_by("position")
    # Nothing is begun by Friday 9 January: five days of work from Monday, two days of lag, three days of work.
    assert str(dig.schedule.finish) == "2026-01-16 17:00:00"
    assert str(lay.schedule.start) == "2026-01-21 08:00:00"
    assert str(lay.schedule.finish) == "2026-01-23 17:00:00"
    pipe = CostLine.objects.get(external_key="line:B")
    assert (pipe.amount, pipe.category, pipe.nature, pipe.task) == (Decimal(700), "hardware", "capex", lay)
    assert program.risks.get().impact_days == 10


def test_a_later_file_changes_what_it_says_differently_and_nothing_that_a_person_changed(
    tmp_path: Path, owner: Owner
) -> None:
    actor, portfolio = owner
    imported(actor, small(tmp_path / "a"), portfolio)
    dig, lay = Task.objects.order_by("position")
    from projects.services import plan_edits
    from projects.services.commands import UpdateTask

    edits = [UpdateTask(dig.pk, 1, {"duration": 960}), UpdateTask(lay.pk, 1, {"name": "Lay and weld"})]
    plan_edits.apply(actor=plans_editor(lay), program=lay.program, commands=edits)

    run = start(actor, small(tmp_path / "b", lay="8d"), portfolio)
    assert run.counts["tables"]["tasks"] == {
        "new": 0,
        "changed": 1,
        "dropped": 0,
        "same": 1,
        "kept": 1,
        "absent": 0,
    }
    assert run.counts["changed"] == [{"table": "tasks", "name": "Lay and weld", "fields": ["duration"]}]
    imported(actor, small(tmp_path / "b", lay="8d"), portfolio)
    dig.refresh_from_db()
    lay.refresh_from_db()
    assert (dig.duration, lay.duration, lay.name) == (960, 8 * 480, "Lay and weld")

    # A third time the first file's duration is gone for good, and the person's edits still stand.
    imported(actor, small(tmp_path / "b", lay="8d"), portfolio)
    dig.refresh_from_db()
    assert dig.duration == 960


def plans_editor(task: Task) -> Actor:
    from tests.factories import plans

    return plans.member("PM", task.project)


def test_a_row_that_somebody_deleted_stays_deleted_and_what_hangs_on_it_too(
    tmp_path: Path, owner: Owner
) -> None:
    from projects.services import plan_edits
    from projects.services.commands import DeleteTask

    actor, portfolio = owner
    imported(actor, small(tmp_path / "a"), portfolio)
    lay = Task.objects.get(name="Lay")
    plan_edits.apply(actor=plans_editor(lay), program=lay.program, commands=[DeleteTask(lay.pk, 1)])
    again = imported(actor, small(tmp_path / "a"), portfolio)
    assert again.change_set is None and not Task.objects.filter(name="Lay").exists()


def test_links_that_close_a_circle_are_refused_and_nothing_is_written(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    circle = [{"predecessor_id": "T1", "successor_id": "T2"}, {"predecessor_id": "T2", "successor_id": "T1"}]
    before = everything()
    run = imported(actor, small(tmp_path / "a", links=circle), portfolio)
    assert run.state == ImportRun.State.REFUSED
    assert "Dig" in run.message and "Lay" in run.message
    assert everything() == before and not RecomputeState.objects.exists()


def test_files_without_a_known_table_are_refused_with_the_reason(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    run = start(actor, write(tmp_path / "x", apples=[{"sort": "Boskoop"}]), portfolio)
    assert run.state == ImportRun.State.REFUSED and "apples" in run.message
    assert run.report[0]["code"] == "unknown_tables"


def test_a_revert_is_refused_once_somebody_worked_on_what_was_imported(tmp_path: Path, owner: Owner) -> None:
    from projects.services import plan_edits
    from projects.services.commands import UpdateTask

    actor, portfolio = owner
    run = imported(actor, small(tmp_path / "a"), portfolio)
    dig = Task.objects.get(name="Dig")
    plan_edits.apply(
        actor=plans_editor(dig), program=dig.program, commands=[UpdateTask(dig.pk, 1, {"duration": 960})]
    )
    before = everything()
    with pytest.raises(runs.RevertRefused):
        runs.revert(actor=actor, run=run)
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED and everything() == before
