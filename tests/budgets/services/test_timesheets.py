"""Hours entered, agreed by somebody else and posted at the rate of their day: amounts by hand, refusals with their place."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from budgets.models import Actual, FiscalPeriod, TimeEntry, Timesheet
from budgets.selectors import timesheets as selectors
from budgets.services import actuals, periods, time_imports, timesheets
from budgets.services.row_errors import RowsRefused
from budgets.services.timesheets import Hours
from programs.models import Resource
from programs.policies import NotAllowed
from programs.services import resources
from projects.models import Task
from projects.selectors import assignments
from projects.services import plan_edits
from projects.services.commands import Reassign
from tests.budgets.services.test_labour import World
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
MONDAY, WEDNESDAY, THURSDAY = date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 8)


class Office(World):
    """Ann is a contributor and her resource costs 100 an hour, from Thursday 120; Paul manages the project, Tina the program."""

    def __init__(self) -> None:
        super().__init__()
        self.anna, self.paul = plans.member("CO", self.project), plans.member("PM", self.project)
        self.tina, self.stranger = (
            plans.member("TPM", self.program),
            plans.member("PM", plans.project(self.program)),
        )
        resources.update(actor=SYSTEM, resource=Resource.objects.get(pk=self.ann.pk), person=self.anna.user)
        self.task = Task.objects.get(pk=self.task.pk)

    def enter(
        self, actor: Actor, *cells: tuple[date, int], person: Actor | None = None
    ) -> timesheets.Entered:
        worker = (person or actor).user
        assert worker is not None
        rows = [Hours(n, worker, self.task, day, minutes) for n, (day, minutes) in enumerate(cells, 1)]
        return timesheets.enter(actor=actor, rows=rows)

    def worked(self) -> tuple[int | None, int, int | None]:
        """Minutes of Ann's assignment: planned, done, left."""
        one = assignments.visible(SYSTEM).get(task=self.task, resource=self.ann)
        return assignments.planned_work(one), one.actual_work, assignments.remaining_work(one)

    def told(self, minutes: int) -> Reassign:
        one = assignments.visible(SYSTEM).get(task=self.task, resource=self.ann)
        return Reassign(one.pk, one.version, {"actual_work": minutes})

    def submitted(self) -> Timesheet:
        self.enter(self.anna, (WEDNESDAY, 450), (THURSDAY, 95))
        [sheet] = timesheets.submit(actor=self.anna, sheets=Timesheet.objects.all(), at=timezone.now())
        return sheet


def _refused(act: Any) -> list[tuple[int, str]]:
    with pytest.raises(RowsRefused) as refused:
        act()
    return [(one.row, one.column) for one in refused.value.errors]


def test_hours_that_somebody_else_agrees_to_become_cost_at_the_rate_of_their_day() -> None:
    office = Office()
    sheet = office.submitted()
    for nobody in (office.anna, office.stranger, SYSTEM):  # her own; another project's; no person
        with pytest.raises(NotAllowed):
            timesheets.approve(actor=nobody, sheet=sheet, at=timezone.now())
    made = timesheets.approve(actor=office.paul, sheet=sheet, at=timezone.now())
    # Wednesday 7.5 h × 100 = 750.00; Thursday 95 min × 120 / 60 = 190.00
    assert [(one.posted_on, one.amount, one.category, one.task_id) for one in made] == [
        (WEDNESDAY, 750, "labour", office.task.pk), (THURSDAY, 190, "labour", office.task.pk),
    ]  # fmt: skip
    assert office.worked() == (2400, 545, 2400 - 545)  # 9 h 5 min of 5 d are done
    with pytest.raises(ValidationError):  # what a timesheet posted is corrected there
        actuals.reverse(actor=SYSTEM, actual=made[0])
    with pytest.raises(RowsRefused):
        office.enter(office.anna, (WEDNESDAY, 60))
    with pytest.raises(IntegrityError), transaction.atomic():  # the database holds it, too
        Timesheet.objects.filter(pk=sheet.pk).update(decided_by=office.anna.user)

    plan_edits.apply(actor=SYSTEM, program=office.program, commands=[office.told(600)])  # a report says 10 h
    again = timesheets.reopen(actor=office.tina, sheet=Timesheet.objects.get(), reason="Half a day was Ben's")
    assert again.state == "draft" and sum(one.amount for one in Actual.objects.all()) == 0
    assert office.worked() == (2400, 55, 2345)  # what was counted is taken back, the rest of the report stays
    office.enter(office.anna, (WEDNESDAY, 210), (THURSDAY, 0))
    [sheet] = timesheets.submit(actor=office.anna, sheets=[Timesheet.objects.get()], at=timezone.now())
    timesheets.approve(actor=office.tina, sheet=sheet, at=timezone.now())
    recompute.drain(office.program.pk)
    assert sum(one.amount for one in Actual.objects.all()) == 350 and Actual.objects.count() == 5
    assert office.worked() == (2400, 265, 2135)


def test_a_closed_period_and_a_missing_rate_are_refused_by_row_and_nothing_is_posted() -> None:
    office = Office()
    office.enter(office.anna, (date(2025, 12, 31), 60), (date(2026, 1, 1), 60))
    [sheet] = timesheets.submit(actor=office.anna, sheets=Timesheet.objects.all(), at=timezone.now())

    def approve() -> None:
        timesheets.approve(actor=office.paul, sheet=Timesheet.objects.get(), at=timezone.now())

    assert _refused(approve) == [(1, "rate")]  # the card begins in 2026
    office.rate(date(2025, 1, 1), "33.335", resource=office.ann)
    periods.set_calendar(actor=SYSTEM, portfolio=office.portfolio, starts_in=1)
    for year in (2025, 2026):
        periods.open_year(actor=SYSTEM, portfolio=office.portfolio, year=year)
    closer = plans.member("FC", office.portfolio)
    for period in FiscalPeriod.objects.filter(year=2025).order_by("number"):
        periods.close(actor=closer, period=period, at=timezone.now())
    assert _refused(approve) == [(1, "day")] and not Actual.objects.exists()
    timesheets.send_back(actor=office.paul, sheet=sheet, reason="December is closed", at=timezone.now())
    office.enter(office.anna, (date(2025, 12, 31), 0))
    timesheets.submit(actor=office.anna, sheets=Timesheet.objects.all(), at=timezone.now())
    approve()
    assert Actual.objects.get().amount == 100  # an hour of New Year's Day


def test_who_may_enter_what_and_what_a_day_holds() -> None:
    office = Office()
    assert office.enter(office.anna, (MONDAY, 480)) == timesheets.Entered(1, 0, 0)
    assert office.enter(office.anna, (MONDAY, 480)) == timesheets.Entered(0, 0, 0)
    assert _refused(lambda: office.enter(office.anna, (MONDAY, 60), person=office.paul)) == [(1, "task")]
    assert _refused(lambda: office.enter(office.paul, (MONDAY, 60), person=office.stranger)) == [
        (1, "person")
    ]
    assert _refused(lambda: office.enter(office.anna, (MONDAY, 1441), (MONDAY, -1))) == [
        (1, "hours"), (2, "day"), (2, "hours"),
    ]  # fmt: skip
    other = plans.tasks(office.project, 5)[0]
    rows = [Hours(7, office.anna.user, Task.objects.get(pk=other.pk), MONDAY, 961)]  # type: ignore[arg-type]
    assert _refused(lambda: timesheets.enter(actor=office.anna, rows=rows)) == [(7, "hours")]
    # who enters for another does not agree to it
    office.enter(office.paul, (THURSDAY, 60), person=office.anna)
    [sheet] = timesheets.submit(actor=office.paul, sheets=Timesheet.objects.all(), at=timezone.now())
    with pytest.raises(NotAllowed):
        timesheets.approve(actor=office.paul, sheet=sheet, at=timezone.now())
    assert [one.pk for one in selectors.waiting(office.tina)] == [sheet.pk] and not selectors.waiting(
        office.paul
    )
    seen = {
        who: Timesheet.objects.visible_to(getattr(office, who)).count()
        for who in ("anna", "paul", "stranger")
    }
    assert seen == {"anna": 1, "paul": 1, "stranger": 0}
    shown = selectors.week(office.anna, MONDAY)
    assert (shown.totals[0], shown.totals[3], shown.total, shown.parts[0].is_open) == (480, 60, 540, False)


def test_a_file_is_tried_first_and_every_row_that_is_wrong_is_named() -> None:
    office = Office()
    assert office.anna.user is not None

    def load(text: str, dry_run: bool = False, who: Actor = office.tina) -> timesheets.Entered:
        files = {"hours.csv": io.BytesIO(text.encode())}
        return time_imports.load(actor=who, program=office.program, files=files, dry_run=dry_run)

    email = office.anna.user.email
    good = f"person,task,day,hours,note\n{email},A,2026-01-05,7.5,Set-up\n{email},#{office.task.pk},2026-01-06,0.25,\n"
    assert load(good, dry_run=True) == timesheets.Entered(2, 0, 0) and not TimeEntry.objects.exists()
    assert load(good) == timesheets.Entered(2, 0, 0)
    assert load(good) == timesheets.Entered(0, 0, 0)
    bad = (
        f"person,task,day,hours\n{email},A,2026-13-05,1\nnobody@example.org,A,2026-01-05,1\n{email},B,2026-01-05,1\n"
        f"{email},A,2026-01-07,-2\n{email},A,2026-01-07,0.333\n{email},A,2026-01-08,1\n"
    )
    assert _refused(lambda: load(bad)) == [(2, "day"), (3, "person"), (4, "task"), (5, "hours"), (6, "hours")]
    assert TimeEntry.objects.count() == 2
    with pytest.raises(ValidationError):
        load("person,task,day,hour\n")
    assert _refused(lambda: load(good.replace("7.5", "7"), who=office.stranger))[0] == (2, "task")
    assert Decimal(office.cost) == 4320
