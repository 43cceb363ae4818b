"""What-if scenarios: computed as the plan would be, and the plan knows nothing of them until they are applied."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from budgets.models import CostLine, TaskValue
from programs.models import Program, Reading, RecomputeState
from programs.policies import NotAllowed
from projects import events
from projects.models import Dependency, Scenario, ScenarioEdit, ScenarioTask, Task, TaskSchedule
from projects.selectors import scenarios as selectors
from projects.services import plan_edits, scenarios
from projects.services.commands import EditRefused, Revert, UpdateTask
from projects.services.scenarios import Outdated, ScenarioClosed
from tests.factories import plans
from tpm import activity, recompute
from tpm import scenarios as pipeline
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet

pytestmark = pytest.mark.django_db
DAY = 480


class World:
    """A (5 d) → B (3 d) → C (2 d), D (4 d) alone; every task costs 1000.00. Nothing has begun at the data date, Thursday 8
    January 2026: work starts on Friday."""

    def __init__(self) -> None:
        self.program = plans.program(data_date=date(2026, 1, 8))
        self.project = plans.project(self.program)
        self.a, self.b, self.c, self.d = plans.tasks(self.project, 5, 3, 2, 4)
        plans.chain([self.a, self.b, self.c])
        with activity.change(actor=actors.system(), event="tests", programs=[self.program]) as change:
            change.bulk_create(
                CostLine(
                    program=self.program, project=self.project, task=task, name="Staff", amount=Decimal(1000)
                )
                for task in (self.a, self.b, self.c, self.d)
            )
        recompute.drain(self.program.pk)
        self.tpm = plans.member("TPM", self.program)

    def start(self, *commands: dict[str, Any], actor: Actor | None = None, shared: bool = False) -> Scenario:
        made = scenarios.create(
            actor=actor or self.tpm,
            program=self.program,
            name="Two crews",
            is_shared=shared,
            commands=commands,
        )
        pipeline.drain(made.pk)
        return made

    def update(self, task: Task, **new: Any) -> dict[str, Any]:
        return {"op": "update", "task": task.pk, "version": 1, "set": new}


@pytest.fixture
def world() -> World:
    return World()


def _everything(program: Program) -> list[Any]:
    """The plan with its revisions, results and figures, and the number of change sets."""
    state = RecomputeState.objects.filter(pk=program.pk).values_list("input_revision", "computed_revision")
    return [
        *state,
        *(list(model.objects.order_by("pk").values()) for model in (Task, Dependency, TaskSchedule, TaskValue, Reading)),
        ChangeSet.objects.exclude(event=events.SCENARIO_CHANGED).count(),
    ]  # fmt: skip


def _row(scenario: Scenario, task: int) -> ScenarioTask:
    return ScenarioTask.objects.get(scenario=scenario, task_id=task)


def test_nothing_of_the_plan_changes_while_a_scenario_lives(world: World) -> None:
    before = _everything(world.program)
    scenario = world.start(world.update(world.a, duration=10 * DAY))
    scenarios.append(
        actor=world.tpm, scenario=scenario, commands=[{"op": "delete", "task": world.d.pk, "version": 1}]
    )
    pipeline.drain(scenario.pk)
    scenarios.drop(actor=world.tpm, scenario=scenario)
    assert _everything(world.program) == before
    assert Scenario.objects.get(pk=scenario.pk).state == "dropped"


def test_plan_and_scenario_stand_side_by_side(world: World) -> None:
    """A five days longer: it and what follows end a working week later, D gains a week of float."""
    scenario = world.start(world.update(world.a, duration=10 * DAY))
    rows = {row.task_id: row for row in ScenarioTask.objects.filter(scenario=scenario)}
    assert {pk for pk, row in rows.items() if row.is_edited} == {world.a.pk}
    assert (rows[world.a.pk].plan_duration, rows[world.a.pk].duration) == (5 * DAY, 10 * DAY)
    assert [rows[task.pk].finish_shift for task in (world.a, world.b, world.c)] == [5 * DAY] * 3
    assert rows[world.d.pk].total_float - rows[world.d.pk].plan_total_float == 5 * DAY  # type: ignore[operator]
    summary = selectors.summary(world.tpm, selectors.get_for(world.tpm, scenario.pk))
    assert summary.figures["finish_shift_wd"].scenario == 5


def test_added_and_deleted_tasks_are_told(world: World) -> None:
    scenario = world.start(
        {"op": "create", "project": world.project.pk, "name": "Review", "set": {"duration": DAY}},
        {"op": "link", "pred": world.c.pk, "succ": -1},
        {"op": "delete", "task": world.d.pk, "version": 1},
    )
    review, gone = _row(scenario, -1), _row(scenario, world.d.pk)
    assert (review.name, review.change, review.plan_start) == ("Review", ScenarioTask.Change.ADDED, None)
    assert review.start.isoformat() == "2026-01-23T08:00:00"  # type: ignore[union-attr]
    assert (gone.name, gone.change, gone.start, gone.plan_eac) == ("D", 2, None, Decimal(1000))
    seen = selectors.get_for(world.tpm, scenario.pk)
    assert (review.driver_task_id, seen.result.links["set"][0][:3]) == (world.c.pk, [-2, world.c.pk, -1])
    bac = selectors.summary(world.tpm, seen).figures["cost_bac"]
    assert (bac.plan, bac.scenario, bac.difference) == (4000, 3000, -1000)


def test_applying_is_one_change_set_that_names_the_scenario_and_can_be_taken_back(world: World) -> None:
    scenario = world.start(world.update(world.a, duration=10 * DAY), world.update(world.d, name="Delta"))
    before = RecomputeState.objects.get(pk=world.program.pk).input_revision
    done = scenarios.apply(actor=world.tpm, scenario=scenario)
    made = ChangeSet.objects.get(pk=done.change_set)
    assert (made.reason, done.revision, scenario.state) == ("What-if “Two crews”", before + 1, "applied")
    assert Scenario.objects.get(pk=scenario.pk).change_set_id == made.pk
    plan_edits.apply(actor=world.tpm, program=world.program, commands=[Revert(made.pk)])
    assert set(Task.objects.values_list("name", "duration")) >= {("A", 5 * DAY), ("D", 4 * DAY)}
    with pytest.raises(ScenarioClosed):
        scenarios.append(actor=world.tpm, scenario=scenario, commands=[])


def test_an_edit_that_can_not_be_is_refused_at_once_and_not_kept(world: World) -> None:
    scenario = world.start(world.update(world.a, duration=DAY))
    with pytest.raises(EditRefused) as caught:
        scenarios.append(
            actor=world.tpm,
            scenario=scenario,
            commands=[{"op": "link", "pred": world.c.pk, "succ": world.a.pk}],
        )
    assert [(error.index, error.code) for error in caught.value.errors] == [(0, "circle")]
    assert ScenarioEdit.objects.filter(scenario=scenario).count() == 1


def test_an_edit_of_somebody_else_is_a_conflict_that_one_keeps_or_drops(world: World) -> None:
    scenario = world.start(world.update(world.a, duration=10 * DAY), world.update(world.d, duration=DAY))
    other = plans.member("PM", world.program)
    edit = UpdateTask(world.a.pk, 1, {"duration": 6 * DAY})
    plan_edits.apply(actor=other, program=world.program, commands=[edit])
    scenario.result.refresh_from_db()
    good = scenario.result.figures
    pipeline.drain(scenario.pk)
    scenario.result.refresh_from_db()
    [problem] = scenario.result.problems
    assert (problem["number"], problem["code"], problem["by"]) == (1, "conflict", other.user.name)  # type: ignore[union-attr]
    assert problem["can_keep"] and scenario.result.figures == good
    with pytest.raises(EditRefused) as caught:
        scenarios.apply(actor=world.tpm, scenario=scenario)
    assert [error.index for error in caught.value.errors] == [1]
    scenarios.keep_mine(actor=world.tpm, scenario=scenario, number=1)
    pipeline.drain(scenario.pk)
    scenario.result.refresh_from_db()
    assert scenario.result.problems == [] and _row(scenario, world.a.pk).plan_duration == 6 * DAY
    assert scenarios.remove(actor=world.tpm, scenario=scenario, number=1) == [1]
    scenarios.apply(actor=world.tpm, scenario=scenario)
    assert (
        Task.objects.get(pk=world.a.pk).duration == 6 * DAY
        and Task.objects.get(pk=world.d.pk).duration == DAY
    )


def test_dropping_an_edit_drops_what_needs_the_task_it_makes(world: World) -> None:
    scenario = world.start(
        {"op": "create", "project": world.project.pk, "name": "Phase"},
        {"op": "create", "project": world.project.pk, "name": "Step", "parent": -1},
        world.update(world.d, duration=DAY),
        {"op": "link", "pred": world.a.pk, "succ": -2},
    )
    assert scenarios.remove(actor=world.tpm, scenario=scenario, number=1) == [1, 2, 4]
    made = scenarios.append(
        actor=world.tpm,
        scenario=scenario,
        commands=[{"op": "create", "project": world.project.pk, "name": "New"}],
    )
    pipeline.drain(scenario.pk)
    assert made == [4] and _row(scenario, -4).name == "New"


def test_undo_cuts_the_last_edits_and_tells_what_they_were(world: World) -> None:
    first, second = world.update(world.a, duration=DAY), world.update(world.b, duration=DAY)
    scenario = world.start(first)
    scenarios.append(actor=world.tpm, scenario=scenario, commands=[second], after=1)
    with pytest.raises(Outdated):
        scenarios.cut(actor=world.tpm, scenario=scenario, to=0, after=1)
    assert scenarios.cut(actor=world.tpm, scenario=scenario, to=1, after=2) == [second]
    assert list(scenario.steps.values_list("command", flat=True)) == [first]


def test_scenarios_are_their_owners_until_shared_and_show_only_projects_one_reads(world: World) -> None:
    hidden = plans.project(world.program)
    (far,) = plans.tasks(hidden, 1)
    near = plans.member("PM", world.project)
    scenario = world.start(world.update(world.a, duration=DAY), world.update(far, duration=2 * DAY))
    assert not Scenario.objects.visible_to(near).exists()
    scenarios.update(actor=world.tpm, scenario=scenario, is_shared=True)
    seen = selectors.get_for(near, scenario.pk)
    assert world.a.pk in {row.task_id for row in selectors.rows(near, seen)}
    assert far.pk not in {row.task_id for row in selectors.rows(near, seen)}
    assert (
        selectors.summary(near, seen).figures == {}
        and hidden.pk not in selectors.summary(near, seen).projects
    )
    with pytest.raises(NotAllowed):
        scenarios.append(actor=plans.member("CO", world.program), scenario=seen, commands=[])


@st.composite
def _lists(draw: st.DrawFn) -> list[tuple[str, int, int, int]]:
    kinds = st.sampled_from(["resize", "pin", "create", "link", "unlink", "move", "delete", "progress"])
    number = st.integers(0, 9)
    return draw(st.lists(st.tuples(kinds, number, number, st.integers(1, 12)), min_size=1, max_size=6))


class Applying(TestCase):
    @settings(max_examples=5, suppress_health_check=list(HealthCheck))
    @given(_lists())
    def test_a_scenario_computes_what_applying_it_gives(
        self, wishes: list[tuple[str, int, int, int]]
    ) -> None:
        world = World()
        scenario = scenarios.create(actor=world.tpm, program=world.program, name="Random")
        kept = 0
        for wish in wishes:
            try:
                kept += len(
                    scenarios.append(
                        actor=world.tpm, scenario=scenario, commands=[_command(world, wish, kept)]
                    )
                )
            except EditRefused:
                continue
        pipeline.drain(scenario.pk)
        numbers = scenario.steps.order_by("number").values_list("number", flat=True)
        before = {row[0]: row for row in _results()}
        rows = {row.task_id: row for row in ScenarioTask.objects.filter(scenario=scenario)}
        done = scenarios.apply(actor=world.tpm, scenario=scenario)
        recompute.drain(world.program.pk)
        names = {pk: -numbers[index] for index, pk in done.created.items()}
        after = {names.get(row[0], row[0]): row for row in _results()}
        for pk, now in after.items():
            foreseen = rows.get(pk)
            assert now[1:] == (_foreseen(foreseen) if foreseen else before[pk][1:]), (pk, wishes)
        assert {pk for pk, row in rows.items() if row.change == 2} == set(before) - set(after)


def _command(world: World, wish: tuple[str, int, int, int], made: int) -> dict[str, Any]:
    kind, one, two, size = wish
    pks = [world.a.pk, world.b.pk, world.c.pk, world.d.pk]
    first, second = (pks[n] if n < 4 else -(n - 3) if n - 3 <= made else pks[n % 4] for n in (one, two))
    link = Dependency.objects.order_by("pk")[one % 2].pk
    return {
        "resize": {"op": "update", "task": first, "version": 1, "set": {"duration": size * DAY}},
        "pin": {"op": "update", "task": first, "version": 1, "set": {"constraint": "SNET", "constraint_at": f"2026-01-{size + 8:02}T08:00"}},
        "progress": {"op": "update", "task": first, "version": 1, "set": {"percent_complete": size * 8}},
        "create": {"op": "create", "project": world.project.pk, "name": "New", "set": {"duration": size * DAY}},
        "link": {"op": "link", "pred": first, "succ": second, "lag": size * 60},
        "unlink": {"op": "unlink", "link": link, "version": 1},
        "move": {"op": "move", "task": first, "version": 1, "parent": second, "after": None},
        "delete": {"op": "delete", "task": first, "version": 1},
    }[kind]  # fmt: skip


COLUMNS = ("start", "finish", "duration", "total_float", "is_critical", "late_finish", "percent_complete")


def _results() -> list[tuple[Any, ...]]:
    return list(
        TaskSchedule.objects.values_list(
            "task_id", *COLUMNS, "task__value__bac", "task__value__eac"
        ).order_by("task_id")
    )


def _foreseen(row: ScenarioTask) -> tuple[Any, ...]:
    return (*(getattr(row, name) for name in COLUMNS), row.bac, row.eac)
