"""Replay the weeks: status date by status date, through the services, computed each time. So past figures are real ones."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from budgets import events as budget_events
from budgets.models import Actual
from programs.models import Program
from programs.services import programs
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import Command, UpdateTask
from tpm import activity
from tpm.demo import reports, story, truth
from tpm.demo.building import SEED, World, bring_up_to_date
from tpm.demo.programs import STORY_DATE
from tpm.demo.truth import Course

WEEKS = 12
DATES = tuple(STORY_DATE - timedelta(weeks=WEEKS - 1 - n) for n in range(WEEKS))


def replay(world: World) -> None:
    """Live through the status dates."""
    courses = truth.courses(world)
    rng = random.Random(SEED + 2)
    told: dict[str, float] = {}
    for on in DATES:
        today = truth.number(on)
        for code, program in world.programs.items():
            programs.update(
                actor=world.cast.manager(code), program=Program.objects.get(pk=program.pk), data_date=on
            )
            _report_progress(world, code, on, today, courses, told, rng)
        for happen in story.EVENTS.get(on, ()):
            happen(world)
        bring_up_to_date(world)
        if on == reports.PUBLISHED_FOR:
            reports.publish(world)
    reports.draft(world)


def _report_progress(
    world: World,
    code: str,
    on: date,
    today: int,
    courses: dict[str, Course],
    told: dict[str, float],
    rng: random.Random,
) -> None:
    commands: list[Command] = []
    earned: list[tuple[str, Decimal]] = []
    for work in world.of(code):
        course, before = courses[work.key], told.get(work.key, 0.0)
        percent = course.percent(today)
        if percent <= before:
            continue
        told[work.key] = percent
        new: dict[str, Any] = {"percent_complete": percent, "actual_start": course.started_at}
        if percent == 100.0:
            new["actual_finish"] = course.finished_at
            new["actual_start"] = (
                min(course.started_at, course.finished_at) if work.days else course.finished_at
            )
        commands.append(UpdateTask(work.pk, world.versions[work.pk], new))
        cost = Decimal(work.cost) * Decimal(percent - before) / 100
        price = Decimal(str(round(work.project.price * rng.uniform(0.95, 1.05), 3)))
        earned.append((work.key, (cost * price).quantize(Decimal("0.01"))))
    if not commands:
        return
    done = plan_edits.apply(
        actor=world.cast.manager(code),
        program=world.programs[code],
        commands=commands,
        reason=f"Progress up to {on:%d %B %Y}",
    )
    world.versions |= done.versions
    _post(world, code, on, [(key, amount) for key, amount in earned if amount])


def _post(world: World, code: str, on: date, earned: list[tuple[str, Decimal]]) -> None:
    """What the work of the week cost, as the ledger sends it."""
    program = world.programs[code]
    places = dict(Task.objects.filter(program=program).values_list("pk", "project_id"))
    rows = [
        Actual(
            program=program,
            project_id=places[world.work[key].pk],
            task_id=world.work[key].pk,
            posted_on=on,
            amount=amount,
            category=world.work[key].row.category,
            description=f"Ledger, week to {on:%d %b}",
        )
        for key, amount in earned
    ]
    with activity.change(
        actor=world.cast.actor("ledger"),
        event=budget_events.ACTUALS_POSTED,
        programs=[program],
        reason=f"Ledger of the week to {on:%d %B %Y}",
    ) as change:
        change.bulk_create(rows)
