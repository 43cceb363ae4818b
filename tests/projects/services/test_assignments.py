"""Assignments: who works on a task decides its dates by calendar, like any edit of the plan; and what everybody has to do.

Dates are counted by hand on the wall calendar of January 2026 (the 5th is a Monday); a day has eight hours.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from programs import policies
from programs.models import Program, Resource, WorkCalendar
from programs.policies import Role
from programs.selectors import programs
from programs.services import calendars
from programs.services import resources as services
from projects.models import Assignment, Task
from projects.selectors import assignments, gantt, networks
from projects.services import plan_edits
from projects.services.commands import Assign, Command, EditRefused, Reassign, Revert, Unassign, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
DAY = [[480, 720], [780, 1020]]
SYSTEM = actors.system()


def calendar(task: Task, name: str, *weekdays: int) -> WorkCalendar:
    week = [DAY if day in weekdays else [] for day in range(7)]
    return calendars.create(actor=SYSTEM, portfolio=task.program.portfolio, name=name, week=week)


def resource(task: Task, name: str, works: WorkCalendar | None = None, **fields: object) -> Resource:
    return services.create(
        actor=SYSTEM,
        portfolio=task.program.portfolio,
        program=task.program,
        name=name,
        calendar=works,
        **fields,
    )


def edit(task: Task, *commands: Command) -> plan_edits.Applied:
    return plan_edits.apply(actor=SYSTEM, program=task.program, commands=list(commands))


def finish(task: Task) -> datetime | None:
    recompute.drain(task.program_id)
    return Task.objects.select_related("schedule").get(pk=task.pk).schedule.finish


def five_days() -> Task:
    return plans.tasks(plans.project(plans.program()), 5)[0]


def test_a_task_works_when_its_people_do_until_the_edit_is_taken_back():
    task = five_days()
    part_time = resource(task, "Ann", calendar(task, "Monday to Wednesday", 0, 1, 2))
    assert finish(task) == datetime(2026, 1, 9, 17)
    done = edit(task, Assign(task.pk, part_time.pk, {"units": Decimal("0.5")}))
    assert finish(task) == datetime(2026, 1, 13, 17)  # 5, 6, 7, 12, 13 January
    shown = gantt.data(SYSTEM, _loaded(task))
    assert shown["tasks"]["calendar"] == [part_time.calendar_id] and shown["tasks"]["who"] == ["Ann 50 %"]
    edit(task, Revert(done.change_set or 0))
    assert finish(task) == datetime(2026, 1, 9, 17) and not Assignment.objects.exists()


def test_a_task_with_a_calendar_of_its_own_works_when_both_do_unless_it_ignores_its_people():
    task = five_days()
    ann = resource(task, "Ann", calendar(task, "Monday to Wednesday", 0, 1, 2))
    own = calendar(task, "Tuesday to Friday", 1, 2, 3, 4)
    done = edit(task, Assign(task.pk, ann.pk), UpdateTask(task.pk, task.version, {"calendar": own.pk}))
    assert finish(task) == datetime(2026, 1, 20, 17)  # 6, 7, 13, 14, 20 January
    shown = gantt.data(SYSTEM, _loaded(task))
    [number] = shown["tasks"]["calendar"]
    week = next(one["week"] for one in shown["calendars"] if one["id"] == number)
    assert number < 0 and [bool(hours) for hours in week] == [False, True, True, False, False, False, False]
    edit(task, UpdateTask(task.pk, done.versions[task.pk], {"ignores_resource_calendars": True}))
    assert finish(task) == datetime(2026, 1, 13, 17)  # 6, 7, 8, 9, 13 January


def test_people_who_work_differently_and_things_leave_the_task_on_its_projects_calendar():
    task = five_days()
    early, late = calendar(task, "Early", 0, 1, 2), calendar(task, "Late", 2, 3, 4)
    same = calendar(task, "Also early", 0, 1, 2)
    edit(task, Assign(task.pk, resource(task, "Crane", late, kind="material").pk))
    edit(
        task,
        Assign(task.pk, resource(task, "Ann", early).pk),
        Assign(task.pk, resource(task, "Eve", same).pk),
    )
    assert finish(task) == datetime(2026, 1, 13, 17)
    edit(task, Assign(task.pk, resource(task, "Ben", late).pk))
    assert finish(task) == datetime(2026, 1, 9, 17)
    used = networks.load(_loaded(task)).network
    assert used.calendars[used.calendar[0]].week[3]


def test_an_assignment_that_can_not_be_is_refused_with_its_reason():
    task, stranger = five_days(), five_days()
    ann, foreign = resource(task, "Ann"), resource(stranger, "Foreign")
    edit(task, Assign(task.pk, ann.pk))
    mine = Assignment.objects.get()

    def code(*commands: Command) -> str:
        with pytest.raises(EditRefused) as caught:
            edit(task, *commands)
        return caught.value.errors[0].code

    assert code(Assign(task.pk, foreign.pk)) == "not_found"
    assert code(Assign(task.pk, ann.pk)) == "invalid"
    assert code(Reassign(mine.pk, mine.version, {"units": Decimal(-1)})) == "invalid"
    assert code(Reassign(mine.pk, mine.version, {"resource": foreign.pk})) == "unknown_field"
    edit(task, Reassign(mine.pk, mine.version, {"work": 480}))
    assert code(Unassign(mine.pk, mine.version)) == "conflict"
    contributor = plans.member(Role.CO, task.program)
    done = Reassign(mine.pk, mine.version + 1, {"actual_work": 60})
    plan_edits.apply(actor=contributor, program=task.program, commands=[done])
    with pytest.raises(policies.NotAllowed):
        plan_edits.apply(
            actor=contributor, program=task.program, commands=[Unassign(mine.pk, mine.version + 2)]
        )


def test_a_resource_is_over_allocated_from_the_moment_its_tasks_ask_for_more_than_there_is():
    first, second = plans.tasks(plans.project(plans.program()), 2, 3)
    crew = resource(first, "Crew", max_units=Decimal(2))
    edit(
        first, Assign(first.pk, crew.pk, {"units": Decimal("1.5")}), Assign(second.pk, crew.pk, {"work": 600})
    )
    recompute.drain(first.program_id)
    [one] = assignments.allocations(SYSTEM, first.program)
    assert (one.tasks, one.work, one.peak) == (2, 2 * 480 * 3 // 2 + 600, Decimal("2.5"))
    assert one.over == datetime(2026, 1, 5, 8)
    plans.chain([first, second])
    recompute.drain(first.program_id)
    [one] = assignments.allocations(SYSTEM, first.program)
    assert one.peak == Decimal("1.5") and one.over is None
    nobody = plans.member(Role.SV, first.program)
    assert not assignments.allocations(nobody, first.program)


def _loaded(task: Task) -> Program:
    return programs.get_for(SYSTEM, task.program_id)
